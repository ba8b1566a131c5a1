"""Why a sanction hangs on a life or not, and the life without a rule; the slow ones as work of a process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from demerit.explain.lives import Life, life_of
from demerit.explain.why import WhyNot, why_not
from demerit.explain.without import Without, without
from demerit.explorer.answer import Answer
from demerit.explorer.views.life_model import EdgeNear, Line
from demerit.explorer.views.life_page import line_of

if TYPE_CHECKING:
    from demerit.explain.source import Begin, Told
    from demerit.study.lived import LivedWorld

_SENT = 200
"""Entries of a difference that are sent; all are counted."""
Tell = Callable[[float, str], None]


class RoadOut(Answer):
    """A road out of a sanction."""

    what: str = Field(description="wait, course, perform, appeal or deeds.")
    days: int | None = Field(description="How long until it ends the sanction; null where nobody can tell.")
    cost: float | None = Field(description="Its price in days of own income; null where nobody can tell.")
    certain: bool = Field(description="Whether it is sure to end it, if nothing new is added.")
    how: str


class WhyPage(Answer):
    """Why a sanction or reward is in force, or not."""

    subject: str
    sanction: str
    title: str
    in_force: bool
    since: str | None
    condition: str = Field(description="What it takes.")
    state: str = Field(description="How things stand.")
    missing: float | None = Field(description="What would bring it on, or end it; null if it is no number.")
    unit: str
    clears: str | None = Field(description="First day on which time alone ends it.")
    clears_by: str | None
    edges: tuple[EdgeNear, ...]
    roads: tuple[RoadOut, ...]
    cheapest: str | None


class Both(Answer):
    """A figure with the rule and without."""

    name: str
    with_rule: float | None
    without_rule: float | None


class WithoutPage(Answer):
    """A life beside itself in the same world lived again without a rule."""

    subject: str
    rule: str
    reached: bool = Field(description="Whether the rule has changed anything in this life.")
    first_difference: str | None
    scores: tuple[Both, ...] = Field(description="What each score shows on the last day, points.")
    sanction_days: tuple[Both, ...] = Field(description="Days under each sanction, reward or list.")
    entries: tuple[Both, ...] = Field(description="Entries of each kind that differ in number.")
    fines_cny: Both
    gone: tuple[Line, ...] = Field(description="Entries that are only there with the rule.")
    new: tuple[Line, ...] = Field(description="Entries that are only there without it.")
    gone_count: int
    new_count: int


def why_page(found: WhyNot) -> WhyPage:
    """Return an answer as a view tells it."""
    plain = found.as_plain()
    return WhyPage(
        subject=plain["subject"],
        sanction=plain["sanction"],
        title=plain["title"],
        in_force=plain["in_force"],
        since=plain["since"],
        condition=plain["condition"],
        state=plain["state"],
        missing=plain["missing"],
        unit=plain["unit"],
        clears=plain["clears"],
        clears_by=plain["clears_by"],
        edges=tuple(EdgeNear(**edge) for edge in plain["edges"]),
        roads=tuple(RoadOut(**road) for road in plain["roads"]),
        cheapest=plain["cheapest"],
    )


def without_page(found: Without) -> WithoutPage:
    """Return a life without a rule as a view tells it."""
    plain = found.as_plain()

    def pairs(of: dict[str, dict[str, Any]]) -> tuple[Both, ...]:
        return tuple(_both(name, pair) for name, pair in of.items())

    differing = {name: pair for name, pair in plain["entries"].items() if pair["with"] != pair["without"]}
    return WithoutPage(
        subject=found.life.name,
        rule=found.rule,
        reached=found.reached,
        first_difference=plain["first_difference"],
        scores=pairs(plain["scores"]),
        sanction_days=pairs(plain["sanction_days"]),
        entries=pairs(differing),
        fines_cny=_both("fines", plain["fines_cny"]),
        gone=_lines(found.life, found.gone),
        new=_lines(found.other, found.new),
        gone_count=len(found.gone),
        new_count=len(found.new),
    )


def _both(name: str, pair: dict[str, Any]) -> Both:
    return Both(name=name, with_rule=pair["with"], without_rule=pair["without"])


def _lines(life: Life, entries: list[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(line_of(life, entry) for entry in entries[:_SENT])


def at_once(told: Told, subject: str, sanction: str) -> WhyPage:
    """Answer why a sanction hangs on a subject or not, from the ledger alone.

    Raises:
        UsageError: there is no such subject or sanction.
    """

    def begin() -> None:
        raise AssertionError("a sanction that counts is asked about in a process of its own")

    return why_page(why_not(life_of(told, subject), sanction, begin))


def live_without(tell: Tell, folder: str, world: str, subject: str, rule: str) -> dict[str, Any]:
    """Live a world again without a rule, in a process of its own; returns a `WithoutPage` as plain data."""
    told = _opened(tell, folder, world)
    found = without(life_of(told, subject), rule, _watched(tell, told.manifest.days))
    return without_page(found).model_dump()


def live_for_counts(tell: Tell, folder: str, world: str, subject: str, sanction: str) -> dict[str, Any]:
    """Live a world again for counts that no ledger holds; returns a `WhyPage` as plain data."""
    told = _opened(tell, folder, world)
    found = why_not(life_of(told, subject), sanction, _watched(tell, told.manifest.days))
    return why_page(found).model_dump()


def _opened(tell: Tell, folder: str, world: str) -> Told:
    from demerit.explain.source import open_world

    tell(0.0, "reading the life")
    return open_world(Path(folder), world)


def _watched(tell: Tell, days: int) -> Begin:
    """Return what tells of the days that are lived."""

    def watch(worlds: list[LivedWorld]) -> None:
        day = min(world.day for world in worlds)
        tell(0.05 + 0.9 * day / days, f"living day {day:,} of {days:,}")

    def begin() -> Callable[[list[LivedWorld]], None]:
        tell(0.05, "making the people again")
        return watch

    return begin
