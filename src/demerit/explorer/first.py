"""The first run, made for whoever opens the explorer without one."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.folder import RunFolder, free_name
from demerit.errors import RunFolderError
from demerit.regime import Regime
from demerit.study.request import RunRequest

if TYPE_CHECKING:
    from demerit.explorer.jobs import Job, Jobs, Tell
    from demerit.explorer.shelf import Shelf
    from demerit.study.lived import LivedWorld

PEOPLE, YEARS = 5_000, 10
"""Enough for rare things to happen, few enough for somebody to wait."""


def start_first(jobs: Jobs, shelf: Shelf, people: int = PEOPLE, years: int = YEARS) -> Job:
    """Begin the first run, and let it be read once it is there."""
    what = f"Living {years} years of {people:,} people under the essay's regime and under ordinary law"

    def keep(made: dict[str, Any]) -> None:
        shelf.add(Path(made["folder"]))

    request = RunRequest(population=people, years=years)
    regime = Regime.load(request.regime)
    root = (shelf.root or Path("runs")).resolve()  # the process may begin elsewhere
    place = free_name(root, f"{regime.id}-{regime.hash8}-{request.seed}")
    return jobs.start(what, make_run, place, request, then=keep, undo=partial(clear_away, place))


def clear_away(place: Path) -> None:
    """Remove what a run that was cancelled has left; one that is whole after all stays."""
    with suppress(RunFolderError):
        RunFolder.resume(place).abandon()


def make_run(tell: Tell, place: Path, request: RunRequest) -> dict[str, Any]:
    """Make a run in a folder and return its name and folder."""
    tell(0.0, "loading the model; the first time on a machine it is compiled, about 90 seconds")
    from demerit.report.charts import write_overview
    from demerit.study.request import make_plan
    from demerit.study.run import run_plan

    plan = make_plan(request)

    def watch(worlds: list[LivedWorld]) -> None:
        lived = sum(world.day for world in worlds)
        tell(
            lived / (plan.days * len(plan.regimes)),
            f"day {min(world.day for world in worlds):,} of {plan.days:,}",
        )

    done = run_plan(plan, place, watch, write_overview)
    return {"run": done.folder.name, "folder": str(done.folder)}
