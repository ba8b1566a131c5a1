"""Run folders beside each other: listed, shown, and thrown away only when they are runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.runs import carry_out

from demerit.cli import main
from demerit.engine.folder import RunFolder
from demerit.engine.hashlist import HASH_LIST, write_hash_list
from demerit.report.run_tables import size_text
from demerit.study import lived
from demerit.study.run import Interrupted

Tell = Callable[..., tuple[int, str, str]]
HEADINGS = ["folder", "state", "regimes", "society", "people", "years", "seed", "finished", "size"]
TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run that was stopped after a hundred days."""
    place = tmp_path_factory.mktemp("stopped")
    after_day = lived.LivedWorld._after_day

    def stop_then(self: lived.LivedWorld, world: Any) -> None:
        if world.day == 100 and self.name == "ordinary-law":
            self.stop.set()
        after_day(self, world)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lived.LivedWorld, "_after_day", stop_then)
        with pytest.raises(Interrupted):
            carry_out(place / "half", population=40)
    return place / "half.partial"


@pytest.fixture
def runs(hamlet: Any, stopped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a finished run, an interrupted one, a damaged one, and things that are no runs."""
    root = tmp_path / "runs"
    shutil.copytree(hamlet.folder, root / "essay-1")
    shutil.copytree(hamlet.folder, root / "essay-2")
    (root / "essay-2/notes.txt").write_text("mine")
    shutil.copytree(stopped, root / "half.partial")
    (root / "pictures").mkdir()
    (root / "pictures/holiday.png").write_bytes(b"x")
    (root / "letter.txt").write_text("mine")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(stopped, elsewhere / "other.partial")
    (root / "link.partial").symlink_to(elsewhere / "other.partial")
    monkeypatch.chdir(tmp_path)
    return root


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Return a function that runs a command on runs: exit code, output, errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["runs", *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return call


def names(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()}


def size(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file() and path != folder / HASH_LIST]
    return size_text(sum(path.stat().st_size for path in files))


def test_a_shelf_is_a_table_of_runs_and_of_nothing_else(runs: Path, tell: Tell) -> None:
    code, out, _ = tell("list")
    assert code == 0
    head, *lines = out.splitlines()
    assert head.split() == HEADINGS
    about = ["essay,", "ordinary-law", "hamlet"]
    assert [line.split() for line in lines[:3]] == [
        ["essay-1", "complete", *about, "200", "1", "1", TODAY, *size(runs / "essay-1").split()],
        ["essay-2", "damaged", *about, "200", "1", "1", TODAY, *size(runs / "essay-2").split()],
        ["half.partial", "partial", *about, "40", "1", "1", "–", *size(runs / "half.partial").split()],
    ]
    assert lines[3:] == [
        "essay-2: damaged: notes.txt: not in MANIFEST.sha256",
        "half.partial: partial: checkpoint after day 100",
    ]


def test_a_shelf_as_data(runs: Path, tell: Tell) -> None:
    code, out, _ = tell("list", "runs", "--json")
    found = json.loads(out)["runs"]
    assert code == 0
    assert [(run["folder"], run["state"]) for run in found] == [
        ("runs/essay-1", "complete"),
        ("runs/essay-2", "damaged"),
        ("runs/half.partial", "partial"),
    ]
    assert found[0] | {"bytes": 0} == {
        "folder": "runs/essay-1",
        "state": "complete",
        "regimes": ["essay", "ordinary-law"],
        "society": "hamlet",
        "population": 200,
        "years": 1,
        "seed": 1,
        "finished": TODAY,
        "version": "0.1.0",
        "bytes": 0,
        "note": "",
    }


def test_an_empty_shelf_and_none(tmp_path: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert tell("list") == (2, "", "demerit: there is no folder runs; name the one that holds the runs\n")
    (tmp_path / "runs").mkdir()
    assert tell("list") == (0, "runs holds no run folder\n", "")
    assert tell("prune") == (0, "runs holds nothing to prune\n", "")


def test_looking_at_the_shelf_does_not_load_the_model(runs: Path) -> None:
    code = (
        "import sys\nfrom demerit.cli import main\n"
        "try: main(['runs', 'list'])\n"
        "except SystemExit: print('numba' in sys.modules, 'polars' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False False"


def test_a_run_is_shown_on_a_page(runs: Path, tell: Tell, hamlet: Any) -> None:
    code, out, _ = tell("show", "runs/essay-1")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == (
        "200 people of the synthetic society “hamlet”, 1 year from 2014-01-01, seed 1, ledger full."
    )
    assert lines[1].startswith(f"Written by demerit 0.1.0 on {TODAY} with python 3.")
    rows = [line.split() for line in lines]
    for world in hamlet.worlds:
        told = next(row for row in rows if row[:1] == [world.name])
        assert told[1:5] == [
            world.regime.hash8,
            world.digest(),
            f"{world.world.events:,}",
            f"{world.rows:,}",
        ]
    from demerit.report.words import number, signed
    from demerit.study.results import indicators_json

    figures = indicators_json(hamlet)["trust.neighbours"]
    shown = [number(figures["value"]), number(figures["against"]), signed(figures["difference"])]
    assert next(line for line in lines if line.startswith("trust in neighbours")).split()[6:9] == shown


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("runs/essay-2", "runs/essay-2 was altered after the run: 1 file differs from MANIFEST.sha256"),
        ("runs/half", "runs/half.partial is an interrupted run; continue it with `demerit resume"),
        ("runs/pictures", "runs/pictures is not a finished run"),
        ("runs/none", "runs/none does not exist"),
    ],
)
def test_what_cannot_be_shown_is_said(name: str, message: str, runs: Path, tell: Tell) -> None:
    code, out, err = tell("show", name)
    assert (code, out) == (2, "")
    assert message in err


def test_pruning_says_what_and_deletes_nothing_until_it_is_told_to(runs: Path, tell: Tell) -> None:
    before = names(runs)
    freed = size(runs / "half.partial")
    about = f"runs/half.partial ({freed}): interrupted, checkpoint after day 100\n"
    end = f"{freed} would be freed; nothing was deleted: add --yes\n"
    assert tell("prune") == (0, f"would delete {about}{end}", "")
    assert names(runs) == before
    assert tell("prune", "--yes") == (0, f"deleted {about}{freed} freed\n", "")
    assert names(runs) == before - {"half.partial"}
    assert (runs / "link.partial/plan.json").is_file()


def test_old_runs_go_when_asked_and_damaged_ones_never(runs: Path, tell: Tell) -> None:
    told = json.loads((runs / "essay-1/manifest.json").read_text())
    for folder in ("essay-1", "essay-2"):
        (runs / folder / "manifest.json").write_text(json.dumps({**told, "created": "2020-01-31"}))
    (runs / "essay-1" / HASH_LIST).unlink()
    write_hash_list(runs / "essay-1")
    _, out, _ = tell("prune", "--older-than", "36500")
    assert "essay" not in out
    _, out, _ = tell("prune", "--older-than", "30", "--yes")
    assert f"deleted runs/essay-1 ({size(runs / 'essay-2')[:2]}" in out
    assert names(runs) == {"essay-2", "link.partial", "pictures", "letter.txt"}
    assert tell("prune", "--older-than", "-1")[0] == 2


def test_an_unfinished_run_with_things_of_yours_in_it_is_left_alone(runs: Path, tell: Tell) -> None:
    (runs / "half.partial/thesis.tex").write_text("mine")
    assert tell("prune", "--yes") == (0, "runs holds nothing to prune\n", "")
    assert (runs / "half.partial/thesis.tex").read_text() == "mine"


def test_a_run_in_progress_is_left_alone(runs: Path, tell: Tell) -> None:
    with RunFolder.resume(runs / "half"):
        _, out, _ = tell("list")
        assert "half.partial: running: checkpoint after day 100" in out
        assert tell("prune", "--yes")[1] == "runs holds nothing to prune\n"
    assert (runs / "half.partial").is_dir()


def test_no_bytes_in_a_folder_bring_the_list_down(runs: Path, tell: Tell) -> None:
    plan = runs / "half.partial/plan.json"
    manifest = runs / "essay-1/manifest.json"
    for content in (b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"plan": {"request": {"regime": 7}}}', b"null"):
        plan.write_bytes(content)
        manifest.write_bytes(content)
        code, out, _ = tell("list")
        assert code == 0
        assert [line.split()[1] for line in out.splitlines()[1:4]] == ["damaged", "damaged", "partial"]
        assert "essay-1: damaged: manifest.json: altered" in out
    shutil.rmtree(runs / "half.partial/worlds")
    (runs / "half.partial/worlds").write_text("not a folder")
    os.mkfifo(runs / "essay-2/pipe")
    code, out, _ = tell("list")
    assert code == 0
    assert "essay-2: damaged: " in out
