"""The first run, made for whoever opens the explorer without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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

    root = (shelf.root or Path("runs")).resolve()  # the process may begin elsewhere
    return jobs.start(what, make_run, root, people, years, then=keep)


def make_run(tell: Tell, root: Path, people: int, years: int) -> dict[str, Any]:
    """Make a run of the essay's regime in a folder below another and return its name and folder."""
    tell(0.0, "loading the model; the first time on a machine it is compiled, about 90 seconds")
    from demerit.engine.folder import free_name
    from demerit.report.charts import write_overview
    from demerit.study.request import RunRequest, make_plan
    from demerit.study.run import run_plan

    plan = make_plan(RunRequest(population=people, years=years))

    def watch(worlds: list[LivedWorld]) -> None:
        lived = sum(world.day for world in worlds)
        tell(
            lived / (plan.days * len(plan.regimes)),
            f"day {min(world.day for world in worlds):,} of {plan.days:,}",
        )

    regime = plan.regimes[0]
    place = free_name(root, f"{regime.id}-{regime.hash8}-{plan.request.seed}")
    done = run_plan(plan, place, watch, write_overview)
    return {"run": done.folder.name, "folder": str(done.folder)}
