"""Any bytes given as a regime, a society, or a file of their folders load or are met with words."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.errors import FileProblems
from demerit.files.document import load, look
from demerit.files.folder import MOST_FILES
from demerit.regime import Regime
from demerit.regime.load import KIND as REGIMES
from demerit.society.load import KIND as SOCIETIES

ESSAY = (REGIMES.presets / "essay.toml").read_bytes()
CITY = (SOCIETIES.presets / "city.toml").read_bytes()
HEAD = '[regime]\nid = "x"\ntitle = "X"\nbasis = "essay"\nschema_version = 1\nextends = "essay"\n'
scraps = st.binary(max_size=40) | st.sampled_from(
    [
        b"[[",
        b"]]\n",
        b"=",
        b'"""',
        b"'''",
        b"\\",
        b"{",
        b"[",
        b"#",
        b"\n",
        b"\r",
        b"\xff",
        b"2018-01-01",
        b"nan",
        b"1e999",
    ]
)
cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["1", "-6", "0.1..0.2", '"', "id", "x:text", "fine:CNY", "points.road:points", ":", "..", "2018-01-01"]
)


def complaints(read: Callable[[Any, Path], object], kind: Any, path: Path) -> list[str] | None:
    """Return what is said of a file that cannot be loaded; None if it can."""
    try:
        read(kind, path)
    except FileProblems as problems:
        return [problem.message for problem in problems.problems]
    return None


def said(kind: Any, path: Path) -> None:
    """Load and lint a file; if it cannot be loaded, something must be said of it."""
    for read in (load, look):
        told = complaints(read, kind, path)
        assert told is None or (told and all(told))


@settings(max_examples=120)
@given(
    kind=st.sampled_from([(REGIMES, ESSAY), (SOCIETIES, CITY)]),
    at=st.floats(0, 1),
    cut=st.integers(0, 60),
    new=scraps,
)
def test_a_preset_with_a_piece_exchanged(kind: Any, at: float, cut: int, new: bytes) -> None:
    which, whole = kind
    start = int(at * len(whole))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.toml"
        path.write_bytes(whole[:start] + new + whole[start + cut :])
        said(which, path)


@settings(max_examples=120)
@given(rows=st.lists(st.lists(cells, max_size=5), max_size=5), header=st.booleans())
def test_a_folder_with_any_table_of_rules(rows: list[list[str]], header: bool) -> None:
    lines = [",".join(row) for row in rows]
    if header:
        lines.insert(0, "id:text,fine:CNY,points.road:points,coverage.range:range,since:date")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.toml").write_text(HEAD)
        (Path(folder) / "conduct.csv").write_text("\n".join(lines), encoding="utf-8")
        said(REGIMES, Path(folder))


odd = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=6)
    | st.dates()
)


@settings(max_examples=120)
@given(
    step=st.fixed_dictionaries(
        {},
        optional={
            "id": st.sampled_from(["a", "b", "", "A"]) | odd,
            "date": st.dates() | odd,
            "year": st.integers(1800, 2200) | odd,
            "patch": st.lists(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "op": st.sampled_from(["set", "scale", "add", "remove", "replace", "x"]),
                        "at": st.sampled_from(["score.base", "score", "chain", "regime.id", "conduct.x", ""])
                        | odd,
                        "value": odd
                        | st.lists(odd, max_size=2)
                        | st.dictionaries(st.text(max_size=3), odd, max_size=2),
                        "reason": st.just("x") | odd,
                        "date": st.dates(),
                    },
                ),
                max_size=3,
            )
            | odd,
        },
    ),
    since=st.dates() | odd,
)
def test_any_schedule(step: dict[str, Any], since: Any) -> None:
    data = Regime.load("essay").canonical()
    data["tightening"] = [step]
    data["chain"][0]["since"] = since
    try:
        regime = Regime.from_canonical(data)
    except FileProblems as problems:
        regime = None
        told = problems.problems
    assert told if regime is None else Regime.from_canonical(regime.canonical()).hash == regime.hash


def test_a_folder_of_very_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.toml").touch()
    with pytest.raises(FileProblems, match=f"holds {MOST_FILES + 1} files; expected at most {MOST_FILES}"):
        Regime.load(tmp_path)
