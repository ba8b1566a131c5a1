"""Whom the difference between two worlds reaches: the worlds of a run, or two regimes of a comparison."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field

from demerit.explorer.answer import Answer
from demerit.explorer.jobs import AllJobs, JobState
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OnShelf, OpenRun
from demerit.explorer.views.model import Cell, Chart, drawn

if TYPE_CHECKING:
    from demerit.explain.reach_found import ReachFound
    from demerit.explorer.jobs import Tell

_HEIGHT = 220
_SAID_EVERY = 30
"""Days between two words on how far it is."""


class Reached(Answer):
    """Whom a difference reaches; what comes out of the job."""

    sentence: str = Field(description="It in one sentence.")
    seeds: int = Field(description="Seeds behind the shares; with one there is no interval.")
    chart: Chart = Field(description="Share of citizens by the end of each month.")
    kinds: tuple[tuple[Cell, ...], ...] = Field(
        description="By kind of subject: its name, how many, reached, with other entries, first day."
    )
    met: tuple[tuple[str, str], ...] = Field(description="What was met first, in per cent of those reached.")
    through: tuple[tuple[str, str], ...] = Field(
        description="Through whom the first other entry came, in per cent of those with one."
    )


def live_run(tell: Tell, folder: Path) -> dict[str, Any]:
    """Live the two worlds of a run again and tell whom their difference reaches.

    Raises:
        RunFolderError: this version does not live the run to the same bits.
        UsageError: the run has one world alone.
    """
    tell(0.0, "loading the model")
    from demerit.explain.reaching import reach_in_run
    from demerit.simulation.manifest import read_manifest
    from demerit.study.again import plan_of

    manifest = read_manifest(folder)
    plan = plan_of(manifest, folder)

    def told(days: int) -> None:
        if days % _SAID_EVERY == 0:
            tell(days / plan.days, f"living {days:,} of {plan.days:,} days of both worlds")

    digests = [world.state_digest for world in manifest.worlds]
    return reached_page(reach_in_run(plan, digests, folder, told)).model_dump()


def live_comparison(tell: Tell, folder: Path, regime: str | None) -> dict[str, Any]:
    """Live a regime of a comparison and the first one again on every seed; see `live_run`.

    Raises:
        UsageError: there is no such regime.
    """
    tell(0.0, "loading the model")
    from demerit.explain.reaching import find_reach, place_of
    from demerit.study.comparison_again import plan_of_comparison
    from demerit.study.comparison_manifest import read_comparison_manifest
    from demerit.study.side_by_side import Standing

    # a job may have no processes of its own
    plan = replace(plan_of_comparison(read_comparison_manifest(folder), folder), workers=1)
    other = place_of(plan, plan.names[1] if regime is None else regime)
    days = len(plan.seeds) * plan.span[1]

    def watch(standing: Standing) -> None:
        tell(standing.days / days, f"{standing.done} of {standing.worlds} seeds are done")

    return reached_page(find_reach(plan, 0, other, watch)).model_dump()


def reached_page(found: ReachFound) -> Reached:
    """Return what a page shows of whom a difference reaches."""
    from demerit.explain.reach_found import WAYS
    from demerit.report.palette import styled
    from demerit.report.reach_chart import reach_frame, reach_panel
    from demerit.report.reached import kind_words, met_words, percent, sentence, through_words

    frame = reach_frame(found)
    panel = reach_panel(frame, names_inside=True).properties(width="container", height=_HEIGHT)
    caption = f"Share of citizens that the difference between {found.before} and {found.after} has reached"
    return Reached(
        sentence=sentence(found).replace(" %", "\u00a0%"),
        seeds=len(found.seeds),
        chart=drawn(caption, styled(panel), frame),
        kinds=tuple(
            (kind_words(row["kind"]), row["of"], *(percent(row[way]) for way in WAYS), row["first"] or "–")
            for row in found.kinds()
        ),
        met=tuple((met_words(row["name"]), percent(row)) for row in found.tallied("first_met")),
        through=tuple(
            (through_words(row["name"]), percent(row)) for row in found.tallied("first_entry_through")
        ),
    )


router = APIRouter(prefix="/api", tags=["reach"], responses=REFUSALS)
Name = Annotated[str, InPath(max_length=255, description="Name of a comparison.")]
Asked = Annotated[str | None, Query(max_length=120, description="A regime; the second by default.")]


@router.post("/runs/{run}/reach")
def begin_run(run: OpenRun, jobs: AllJobs) -> JobState:
    """Begin to follow the difference between the worlds of a run; the job comes to a `Reached`."""
    return jobs.start(f"Following the difference through {run.name}", live_run, run.folder).told()


@router.post("/comparisons/{name}/reach")
def begin_comparison(name: Name, shelf: OnShelf, jobs: AllJobs, regime: Asked = None) -> JobState:
    """Begin to follow the difference between a regime of a comparison and the first, on every seed."""
    folder = shelf.folder_of(name, "comparison")
    return jobs.start(f"Following the difference through {name}", live_comparison, folder, regime).told()
