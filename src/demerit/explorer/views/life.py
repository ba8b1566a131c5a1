"""View 2, a life: its addresses. The page, its causes, why not, and the world lived again without a rule."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from demerit.errors import UsageError
from demerit.explain.lives import life_of
from demerit.explain.source import Told
from demerit.explain.why import find_rule
from demerit.explain.without import find
from demerit.explorer.answer import Answer
from demerit.explorer.jobs import AllJobs, JobState
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import Opened, OpenRun
from demerit.explorer.views.life_cast import Character, cast
from demerit.explorer.views.life_model import LifePage, Line, Ties
from demerit.explorer.views.life_page import life_page, unfolded
from demerit.explorer.views.life_ties import ties_page
from demerit.explorer.views.life_why import WhyPage, at_once, live_for_counts, live_without
from demerit.explorer.views.model import WorldAsked, world_with_ledger

Subject = Annotated[
    str, Path(max_length=60, description="As people write it: citizen:8173, company:12, vehicle:5.")
]
Rule = Annotated[str, Path(max_length=120, description="As chain:driver-to-vehicle, or a section.")]
Sanction = Annotated[str, Path(max_length=120, description="Id of a sanction or reward.")]
Entry = Annotated[int, Path(ge=0, lt=1 << 63, description="Id of an entry.")]

router = APIRouter(prefix="/api/runs/{run}/lives", tags=["a life"], responses=REFUSALS)


class Cast(Answer):
    """Lives to begin with."""

    world: str
    characters: tuple[Character, ...]
    population: int = Field(description="Citizens have the numbers 0 to this less one.")


class Unfolded(Answer):
    """An entry with all that it has led to."""

    subject: str
    lines: tuple[Line, ...]


def twin_of(run: Opened, told: Told) -> Told | None:
    """Return the other world of a run; None if it was lived alone."""
    other = next((name for name in run.names if name != told.name), None)
    return None if other is None else world_with_ledger(run, other)


@router.get("")
def characters(run: OpenRun, world: WorldAsked = None) -> Cast:
    """Name lives to begin with, found by what is true of them."""
    told = world_with_ledger(run, world)
    return Cast(
        world=told.name,
        characters=cast(told, twin_of(run, told)),
        population=told.manifest.population,
    )


@router.get("/{subject}")
def life(run: OpenRun, subject: Subject, world: WorldAsked = None) -> LifePage:
    """Tell a life, beside itself in the twin world."""
    told = world_with_ledger(run, world)
    return life_page(told, subject, twin_of(run, told))


@router.get("/{subject}/ties")
def ties(run: OpenRun, subject: Subject, world: WorldAsked = None) -> Ties:
    """Tell who is near a life, in which band they stand on each day, and what came to or from them."""
    told = world_with_ledger(run, world)
    return ties_page(told, subject, twin_of(run, told))


@router.get("/{subject}/entries/{entry}")
def entry(run: OpenRun, subject: Subject, entry: Entry, world: WorldAsked = None) -> Unfolded:
    """Unfold an entry: everything it has led to, each under its cause."""
    lines = unfolded(world_with_ledger(run, world), subject, entry)
    return Unfolded(subject=subject, lines=lines)


@router.get("/{subject}/why-not/{sanction}")
def why(run: OpenRun, subject: Subject, sanction: Sanction, world: WorldAsked = None) -> WhyPage:
    """Say why a sanction or reward is in force, or not, how far off it is, and the ways out."""
    told = world_with_ledger(run, world)
    if _counts(told, subject, sanction):
        raise UsageError(f"{sanction} hangs on counts that no ledger holds; ask with POST, which lives again")
    return at_once(told, subject, sanction)


@router.post("/{subject}/why-not/{sanction}")
def why_by_living(
    run: OpenRun, jobs: AllJobs, subject: Subject, sanction: Sanction, world: WorldAsked = None
) -> JobState:
    """Begin to find out the same of a sanction that hangs on counts, by living the world again."""
    told = world_with_ledger(run, world)
    _counts(told, subject, sanction)
    what = f"Why {sanction} is in force for {subject}, or not"
    return jobs.start(what, live_for_counts, str(run.folder), told.name, subject, sanction).told()


@router.post("/{subject}/without/{rule}")
def without(run: OpenRun, jobs: AllJobs, subject: Subject, rule: Rule, world: WorldAsked = None) -> JobState:
    """Begin to live the world again without a rule; what comes of it is a `WithoutPage`."""
    told = world_with_ledger(run, world)
    life_of(told, subject)
    find(told.regime, rule)
    what = f"The life of {subject} without {rule}"
    return jobs.start(what, live_without, str(run.folder), told.name, subject, rule).told()


def _counts(told: Told, subject: str, sanction: str) -> bool:
    """Tell whether a sanction hangs on counts that no ledger holds.

    Raises:
        UsageError: there is no such subject or sanction.
    """
    return getattr(find_rule(life_of(told, subject), sanction), "counts", None) is not None
