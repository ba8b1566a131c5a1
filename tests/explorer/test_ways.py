"""What a page can be copied as gives its numbers: the command in a shell, the script with public names."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.runs import PROGRAM, STRICT, carry_out, write_regime

import demerit as dm
from demerit.explorer.bases import Base, base_of, preset, served
from demerit.explorer.shelf import Opened, Shelf
from demerit.explorer.views.two_worlds import worlds_of
from demerit.explorer.ways import Ways, ways_of_reform, ways_of_run
from demerit.files.writing import whole
from demerit.regime import Regime
from demerit.regime.load import list_presets
from demerit.report.words import number

HARSHER = {"conduct.road.crosswalk.coverage": 0.1, "detection.mismatch": 0.002}
SIZE = {"society": "hamlet", "people": 200, "years": 1, "seeds": 2}


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose regime is no preset, in a folder whose name needs quotes."""
    folder = tmp_path_factory.mktemp("strict").resolve()
    regime = write_regime(folder / "strict.toml", title="A strict regime", **STRICT)
    done = carry_out(folder / "it's a run", regime=str(regime), population=300, years=1)
    return Path(done.folder)


def printed(script: str) -> pl.DataFrame:
    """Carry out a script that names nothing but what is public and return the frame that it prints."""
    assert not re.search(r"demerit\.\w", script)
    assert set(re.findall(r"\bdm\.(\w+)", script)) <= set(dm.__all__)
    found: list[pl.DataFrame] = []
    exec(script, {"print": found.append})
    return found[0]


@pytest.fixture(scope="module")
def lived(hamlet: Any) -> Path:
    """Return the folder of a year of the hamlet."""
    return Path(hamlet.folder).resolve()


@pytest.fixture
def started(lived: Path, strict: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the explorer is started and commands are carried out, and stand in it.

    Ways name folders as they are seen from there.
    """
    here = tmp_path.resolve()
    monkeypatch.chdir(here)
    return here


def in_shell(command: str, folder: Path) -> str:
    """Carry out a command in a shell, in a folder, and return what it writes."""
    program = " ".join(f"'{word}'" for word in PROGRAM)
    done = subprocess.run(
        ["/bin/bash", "-ec", f'demerit() {{ {program} "$@"; }}\n{command}'],
        check=False, cwd=folder, capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", ["of a preset", "of a file"])
def test_a_run_is_read_and_lived_again_with_its_own_numbers(
    kind: str, lived: Path, strict: Path, started: Path
) -> None:
    folder = lived if kind == "of a preset" else strict
    run = Opened(folder.name, folder)
    told = worlds_of(run)
    shown = in_shell(told.ways.cli, started)
    table = {row[0]: row[2:] for row in printed(told.ways.python).iter_rows()}
    for figure in told.table:
        assert number(figure.value) in shown
        expected = (figure.value, figure.against, figure.difference)
        for mine, theirs in zip(expected, table[figure.indicator], strict=True):
            assert mine == theirs if theirs is None else mine == pytest.approx(theirs, abs=1e-6)
    assert told.ways == ways_of_run(run)
    assert ("from_canonical" in told.ways.python) == (kind == "of a file")


@pytest.mark.parametrize("kind", ["of a preset", "of a run"])
def test_a_reform_is_compared_by_command_and_by_script(kind: str, strict: Path, started: Path) -> None:
    base = preset("essay") if kind == "of a preset" else base_of(Shelf((strict,)), f"{strict.name}:strict")
    ways = ways_of_reform(base, HARSHER, **SIZE)  # type: ignore[arg-type]
    told = json.loads(in_shell(f"{ways.cli} --json --quiet", started))["indicators"]
    expected = dm.compare(
        "hamlet", base.regime, base.regime.patched(HARSHER), "ordinary-law",
        years=1, seeds=2, workers=1, quiet=True,
    ).table()  # fmt: skip
    script = printed(ways.python)
    assert script.drop("regime", "against").equals(expected.drop("regime", "against"))
    rows = list(expected.filter(pl.col("indicator") == "records").iter_rows(named=True))
    assert rows[0]["difference"] != 0
    assert [one["difference"] for one in told["records"]["differences"]] == pytest.approx(
        [row["difference"] for row in rows], abs=1e-6
    )


def test_without_a_reform_the_base_is_compared_with_ordinary_law() -> None:
    ways = ways_of_reform(preset("essay"), {}, **SIZE)  # type: ignore[arg-type]
    assert ways == Ways(
        cli="demerit compare essay ordinary-law --society hamlet --population 200 --years 1 --seeds 2",
        python="""import demerit as dm

base = dm.Regime.load("essay")
people = dm.Society.load("hamlet").patched({"society.population": 200})
print(dm.compare(people, base, "ordinary-law", years=1, seeds=2).table())""",
    )


def test_a_regime_of_a_run_can_be_chosen_and_is_written_as_a_file(
    strict: Path, tell: Any, tmp_path: Path
) -> None:
    (found,) = served(Shelf((strict,)))
    assert (found.id, found.world) == (f"{strict.name}:strict", "strict")
    rules = tmp_path / "rules.toml"
    for text in (
        found.file,
        tell("runs", "rules", str(strict))[1],
        tell("runs", "rules", str(strict), "--world", "strict")[1],
    ):
        rules.write_text(text)
        assert Regime.load(rules).hash == found.regime.hash
    code, _, err = tell("runs", "rules", str(strict), "--world", "nobody")
    assert (code, "has no world 'nobody'; it has strict, ordinary-law" in err) == (2, True)


def test_every_preset_written_as_one_file_loads_to_the_same_rules(tmp_path: Path) -> None:
    for one in list_presets():
        regime, file = Regime.load(one.id), tmp_path / f"{one.id}.toml"
        file.write_text(whole(regime.canonical()))
        assert Regime.load(file).hash == regime.hash
        assert isinstance(preset(one.id), Base)
