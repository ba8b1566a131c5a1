"""The command, the first run, and jobs that are watched and cancelled."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demerit.errors import UsageError
from demerit.explorer.first import clear_away, start_first
from demerit.explorer.jobs import MOST_RUNNING, Job, Jobs
from demerit.explorer.refusal import Unknown
from demerit.explorer.shelf import Shelf


def add(tell: Callable[[float, str], None], one: int, other: int) -> int:
    """Add two numbers, as a job does."""
    tell(0.5, "adding")
    return one + other


def refuse(tell: Callable[[float, str], None]) -> None:
    """Fail as a job does whose request cannot be carried out."""
    raise UsageError("that cannot be done")


def wait_for_ever(tell: Callable[[float, str], None]) -> None:
    """Go on until cancelled."""
    tell(0.1, "waiting")
    time.sleep(600)


def ended(job: Job) -> Job:
    for _ in range(1200):
        if job.state != "running":
            return job
        time.sleep(0.05)
    raise AssertionError(job.told())


def test_addresses_that_others_reach_are_refused_unless_meant(tell: Any) -> None:
    for host in ("0.0.0.0", "192.0.2.7", "::"):
        code, out, err = tell("serve", "--host", host, "--no-open")
        assert (code, out) == (2, "")
        assert "--beyond-this-machine" in err
    assert tell("serve", "--port", "70000", "--no-open")[0] == 2
    code, _, err = tell("serve", "nothing-here", "--no-open")
    assert (code, "is not the folder of a finished run" in err) == (2, True)


def test_jobs_tell_what_came_out_and_why_they_failed() -> None:
    jobs = Jobs()
    done = ended(jobs.start("adding", add, 2, 3)).told()
    assert (done.state, done.result, done.share) == ("done", 5, 1.0)
    failed = ended(jobs.start("refusing", refuse)).told()
    assert (failed.state, failed.error) == ("failed", "that cannot be done")
    with pytest.raises(Unknown):
        jobs[99]


def test_jobs_are_few_and_can_be_cancelled() -> None:
    jobs = Jobs()
    running = [jobs.start("waiting", wait_for_ever) for _ in range(MOST_RUNNING)]
    with pytest.raises(UsageError, match="cancel it"):
        jobs.start("adding", add, 1, 1)
    running[0].cancel()
    assert running[0].told().state == "cancelled"
    assert ended(jobs.start("adding", add, 1, 1)).result == 2
    jobs.close()
    assert running[1].state == "cancelled"


def test_the_first_run_is_made_and_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shelf, jobs = Shelf(root=tmp_path / "runs"), Jobs()
    job = ended(start_first(jobs, shelf, people=200, years=1))
    assert job.state == "done", job.error
    assert shelf.open_run(job.result["run"]).manifest.population == 200
    assert [one.folder.parent for _, one in shelf.studies()] == [(tmp_path / "runs").resolve()]


@pytest.mark.parametrize("begun", [False, True], ids=["at once", "while it lives"])
def test_of_a_first_run_that_is_cancelled_nothing_is_left(tmp_path: Path, begun: bool) -> None:
    shelf, jobs = Shelf(root=tmp_path), Jobs()
    job = start_first(jobs, shelf, people=2000, years=10)
    while begun and not job.told().doing.startswith("day"):
        assert job.state == "running", job.error
        time.sleep(0.05)
    assert [one.suffix for one in tmp_path.iterdir()] == [".partial"]
    job.cancel()
    job.wait(60)
    assert (job.state, list(tmp_path.iterdir()), shelf.studies()) == ("cancelled", [], [])


def test_a_run_that_was_whole_when_it_was_cancelled_stays(hamlet: Any) -> None:
    clear_away(hamlet.folder)
    assert (hamlet.folder / "manifest.json").is_file()
