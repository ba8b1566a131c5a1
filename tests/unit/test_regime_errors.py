"""Broken regime files, each with two mistakes of different kinds, and the text that a user reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from demerit.errors import FileProblems
from demerit.regime import Regime

GOLDEN = Path(__file__).parent / "golden" / "regime_errors"
FILES = sorted(path.name for path in GOLDEN.glob("*.toml"))


def test_there_are_six_broken_files() -> None:
    assert len(FILES) == 6


@pytest.mark.parametrize("name", FILES)
def test_both_mistakes_of_a_broken_file_are_explained(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    with pytest.raises(FileProblems) as raised:
        Regime.load(Path(name))
    assert f"{raised.value}\n" == (GOLDEN / name).with_suffix(".txt").read_text()
    assert len(raised.value.problems) == 2


@pytest.mark.parametrize("name", FILES)
def test_every_problem_names_file_line_key_and_what_was_expected(name: str) -> None:
    with pytest.raises(FileProblems) as raised:
        Regime.load(GOLDEN / name)
    lines = (GOLDEN / name).read_text().splitlines()
    for problem in raised.value.problems:
        assert problem.file == str(GOLDEN / name)
        assert problem.line is not None
        assert 1 <= problem.line <= len(lines)
        assert problem.key
        assert problem.expected
