"""A run that was stopped and resumed ends in the same bits as one that was not."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.runs import HEEDING, PROGRAM, carry_out, demerit, digests, with_tests, write_regime

from demerit.engine.folder import verify_folder
from demerit.engine.ledger import read_ledger
from demerit.simulation.manifest import read_manifest
from demerit.study import lived
from demerit.study.run import Interrupted, resume

TOWN: dict[str, Any] = {"society": "city", "population": 1_500, "seed": 3}
DAYS = 365


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a year lived without a stop."""
    return carry_out(tmp_path_factory.mktemp("straight") / "run", **TOWN)


@pytest.fixture
def stop_on(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that names the days after which a world asks for the end of the run, each once."""
    after_day = lived.LivedWorld._after_day

    def choose(*days: int, world: str = "essay") -> None:
        left = list(days)

        def stop_then(self: lived.LivedWorld, state: Any) -> None:
            if left and state.day == left[0] and self.name == world:
                left.pop(0)
                self.stop.set()
            after_day(self, state)

        monkeypatch.setattr(lived.LivedWorld, "_after_day", stop_then)

    return choose


def interrupted(act: Callable[[], Any]) -> Interrupted:
    with pytest.raises(Interrupted) as stopped:
        act()
    return stopped.value


def ledgers(done: Any) -> Iterator[pl.DataFrame]:
    for world in done.worlds:
        yield read_ledger(done.folder / "worlds" / world.name).collect().sort("id")


def assert_same(done: Any, straight: Any) -> None:
    """Compare digests, indicators, ledger and manifest of two runs."""
    assert digests(done) == digests(straight)
    assert (done.folder / "indicators.parquet").read_bytes() == (
        straight.folder / "indicators.parquet"
    ).read_bytes()
    for mine, yours in zip(ledgers(done), ledgers(straight), strict=True):
        assert mine.equals(yours)
    told, expected = read_manifest(done.folder), read_manifest(straight.folder)
    for field in ("society", "gains", "days", "population", "seed", "start", "ledger", "assumptions_share"):
        assert getattr(told, field) == getattr(expected, field)
    for one, other in zip(told.worlds, expected.worlds, strict=True):
        assert one.model_copy(update={"seconds": other.seconds}) == other
    assert verify_folder(done.folder) == []


# each side of a week, of a hand-over to the ledger, of a month; and days that mean nothing
DAYS_OF_NOTE = [1, 7, 28, 363, *random.Random(20).sample(range(2, 362), 2)]


@pytest.mark.parametrize("day", DAYS_OF_NOTE)
def test_straight_on_and_through_a_checkpoint_are_the_same(
    day: int, straight: Any, stop_on: Callable[..., None], tmp_path: Path
) -> None:
    stop_on(day)
    stopped = interrupted(lambda: carry_out(tmp_path / "run", **TOWN))
    assert stopped.folder == tmp_path / "run.partial"
    assert not (tmp_path / "run").exists()
    assert_same(resume(stopped.folder), straight)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("threads", [1, 2])
def test_a_run_stopped_again_and_again_is_the_same(
    threads: int, straight: Any, stop_on: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lived, "CHECKPOINT_DAYS", 50)
    stop_on(20, 21, 75, 200)
    interrupted(lambda: carry_out(tmp_path / "run", **TOWN, threads=threads))
    for _ in range(3):
        interrupted(lambda: resume(tmp_path / "run"))
    assert_same(resume(tmp_path / "run"), straight)


def test_checkpoints_on_the_way_change_nothing(
    straight: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lived, "CHECKPOINT_DAYS", 30)
    assert_same(carry_out(tmp_path / "run", **TOWN), straight)
    kept = {path.name for path in (tmp_path / "run/worlds/essay/checkpoints").iterdir()}
    assert kept == {"day-000300", "day-000330"}


@pytest.mark.parametrize("day", [1, 364])
def test_a_world_that_had_ended_is_not_lived_again(
    day: int, straight: Any, stop_on: Callable[..., None], tmp_path: Path
) -> None:
    stop_on(day, world="ordinary-law")  # one thread: the first world has ended by then
    stopped = interrupted(lambda: carry_out(tmp_path / "run", **TOWN))
    assert stopped.day == day
    assert_same(resume(stopped.folder), straight)
    assert (tmp_path / "run/worlds/essay/checkpoints/day-000365").is_dir()


def test_a_run_without_a_ledger_can_be_resumed_too(stop_on: Callable[..., None], tmp_path: Path) -> None:
    whole = carry_out(tmp_path / "whole", **TOWN, ledger="none")
    stop_on(77)
    stopped = interrupted(lambda: carry_out(tmp_path / "run", **TOWN, ledger="none"))
    assert_same(resume(stopped.folder), whole)


def test_a_resumed_run_needs_none_of_its_files(stop_on: Callable[..., None], tmp_path: Path) -> None:
    mine = write_regime(tmp_path / "mine.toml", **{"conduct.road.crosswalk.fine": 150, "score.base": 1000})
    request = {**TOWN, "regime": str(mine)}
    whole = carry_out(tmp_path / "whole", **request)
    stop_on(50, world="mine")
    stopped = interrupted(lambda: carry_out(tmp_path / "run", **request))
    mine.write_text("")
    done = resume(stopped.folder)
    assert_same(done, whole)
    notes = read_manifest(done.folder).worlds[0].notes
    assert "mine: patches change 1 value in 1 rule" in notes


def test_a_stop_that_comes_when_all_is_lived_comes_too_late(
    straight: Any, stop_on: Callable[..., None], tmp_path: Path
) -> None:
    stop_on(DAYS, world="ordinary-law")
    assert_same(carry_out(tmp_path / "run", **TOWN), straight)


def test_ctrl_c_while_the_last_files_are_written_leaves_a_run_to_resume(
    straight: Any, tmp_path: Path
) -> None:
    from demerit.study.request import RunRequest
    from demerit.study.run import run

    def press(*_: object) -> None:
        raise KeyboardInterrupt

    request = RunRequest(**TOWN, years=1, threads=1, out=str(tmp_path / "run"))
    assert interrupted(lambda: run(request, finish=press)).day == DAYS
    assert_same(resume(tmp_path / "run"), straight)


def test_a_finished_run_has_nothing_to_resume(straight: Any) -> None:
    done = demerit("resume", str(straight.folder), cwd=straight.folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("is complete already; nothing to resume\n")


# Ctrl-C and worse, to a process of its own


def begin(place: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*HEEDING, "run", *arguments, "--quiet"],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )


def wait_until(reached: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until a process has come somewhere."""
    for _ in range(6_000):
        if reached():
            return
        assert process.poll() is None, "the process ended too early"
        time.sleep(0.01)
    raise AssertionError("the process never came there")


LONG = ("--society", "city", "--population", "4000", "--years", "30", "--seed", "3", "--ledger", "panel")


def test_ctrl_c_in_the_day_loop_says_how_to_go_on_and_the_run_goes_on(tmp_path: Path) -> None:
    place = tmp_path / "a desk"
    place.mkdir()
    process = begin(place, *LONG, "--out", "my run")
    wait_until((place / "my run.partial/worlds/essay/ledger").is_dir, process)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    found = re.fullmatch(
        r"demerit: interrupted after day (\d+); continue with: demerit resume 'my run\.partial'\n", err
    )
    assert found is not None, err
    assert 0 < int(found[1]) < 10_957
    checkpoints = [path.name for path in place.rglob("day-*")]
    assert len(checkpoints) == 2
    plan = json.loads((place / "my run.partial/plan.json").read_text())
    assert plan["plan"]["request"]["years"] == 30


def test_ctrl_c_during_start_up_ends_quietly_and_leaves_nothing(tmp_path: Path) -> None:
    process = begin(tmp_path, *LONG)
    maps = Path(f"/proc/{process.pid}/maps")
    wait_until(lambda: "llvmlite" in maps.read_text(), process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert err == "demerit: interrupted before the first day; nothing was written\n"
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize("checkpoint_days", [3650, 40])
def test_a_run_that_was_killed_goes_on_from_what_had_reached_the_disk(
    checkpoint_days: int, tmp_path: Path, straight: Any
) -> None:
    """The process ends as if by a power cut, on a day of its first world between two hand-overs."""
    script = (
        "import os, signal\n"
        "from demerit.study import lived\n"
        f"lived.CHECKPOINT_DAYS = {checkpoint_days}\n"
        "after_day = lived.LivedWorld._after_day\n"
        "def cut(self, world):\n"
        "    after_day(self, world)\n"
        "    if world.day == 203: os.kill(os.getpid(), signal.SIGKILL)\n"
        "lived.LivedWorld._after_day = cut\n"
        "from tests.runs import carry_out\n"
        "from pathlib import Path\n"
        f"carry_out(Path('run'), **{TOWN!r})\n"
    )
    killed = subprocess.run(
        [PROGRAM[0], "-c", script], cwd=tmp_path, env=with_tests(), capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert list((tmp_path / "run.partial/worlds/essay/ledger").iterdir()) or checkpoint_days > 200
    assert_same(resume(tmp_path / "run"), straight)
