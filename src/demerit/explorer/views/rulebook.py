"""View 3, the rulebook: regimes to begin from, their numbers, the full file, and reforms in words."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field

from demerit.explorer.answer import Answer, Indicated, Titled
from demerit.explorer.bases import Base, base_of, presets, served
from demerit.explorer.live import PEOPLE, YEARS
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OnShelf
from demerit.files.difference import differences
from demerit.files.inventory import evidence_line, numbers
from demerit.files.number import Number
from demerit.files.saying import moved
from demerit.measures.indicators import BY_NAME
from demerit.regime import Regime
from demerit.regime.load import KIND
from demerit.report.live_lines import SHOWN, WORLDS, live_lines
from demerit.study.comparison_plan import rules_hash

CONTROLS = (
    ("detection.mismatch", "Records of the wrong person"),
    ("conduct.road.crosswalk.coverage", "Chance of being seen at a crossing"),
    ("conduct.nb.deed_seen.coverage", "Chance that a good deed is noticed"),
    ("chain.driver-to-vehicle.fraction", "Share of a driver's penalty that falls on the vehicle"),
    ("chain.court-to-household.fraction", "Share of a court record that falls on the household"),
    ("chain.friend-to-friend.fraction", "Share of a penalty that falls on friends"),
    ("score.half_life_days", "Days in which half of a penalty fades"),
    ("sanction.gates.below", "Score below which gates stay shut"),
    ("sanction.band-d.wage_loss", "Wage lost in the lowest band"),
    ("complaints.check", "Complaints that are checked"),
    ("appeals.capacity", "Appeals that can be decided"),
    ("appeals.independence", "Independence of those who decide appeals"),
    ("awareness.share", "People who know of the score"),
)
"""Numbers that are shown as sliders where a regime has them."""
_MOST_CONTROLS, _MOST_VALUES = 13, 32
LONGEST_NAME = 330
"""Letters of the name of a regime: a folder's, a colon, a world's."""


class Choice(Titled):
    """A regime to begin from."""

    run: str = Field(description="The run that it comes from; empty for one that comes with the program.")


class Control(Answer):
    """A number of a regime that can be moved."""

    name: str = Field(description="Dotted name in the file.")
    label: str = Field(description="What it is.")
    value: float = Field(description="Value in the file.")
    low: float | None = Field(description="Least plausible value; null where the file gives no range.")
    high: float | None = Field(description="Largest plausible value; null where the file gives no range.")
    unit: str = Field(description="Its unit.")
    basis: str = Field(description="What it rests on: law, cited, inferred, assumed, calibrated.")
    source: list[str] = Field(description="Sources, by id of the list of sources.")
    note: str = Field(description="What else the file says of it.")


class Line(Indicated):
    """An indicator that is drawn by year."""

    label: str = Field(description="Heading of its lines.")


class Lines(Answer):
    """The chart of a live re-run, without its numbers."""

    spec: dict[str, Any] = Field(description="Vega-Lite specification; its data sets have names and no rows.")
    shown: list[Line] = Field(description="What it shows.")
    worlds: dict[str, str] = Field(description="What reform, base and law are called in it.")


class Rulebook(Titled):
    """A regime with its numbers and its file."""

    evidence: str = Field(description="How many of its numbers are assumptions.")
    controls: list[Control] = Field(description="What can be moved from the start.")
    others: list[Control] = Field(description="Every other number of it.")
    file: str = Field(description="The full file.")
    people: int = Field(description="People of a live re-run.")
    years: int = Field(description="Years of a live re-run.")
    lines: Lines = Field(description="The chart of a live re-run.")


class Asked(BaseModel):
    """Values to set in a regime."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    values: dict[Annotated[str, Field(max_length=128)], Annotated[float, Field(allow_inf_nan=False)]] = Field(
        default_factory=dict, max_length=_MOST_VALUES, description="New values by dotted name."
    )


class Reform(Answer):
    """A reform in words, before its effects."""

    lines: list[str] = Field(description="What it changes, rule by rule.")
    same_rules: bool = Field(description="Whether it changes nothing.")


def rulebook_of(base: Base) -> Rulebook:
    """Return a regime with its numbers: those that people ask for, then all others as in the file."""
    data = base.regime.data
    found = {at: one for at, one in numbers(data) if isinstance(one, Number)}
    first = {at: label for at, label in CONTROLS if at in found and found[at].range is not None}
    for at, one in found.items():
        if len(first) >= _MOST_CONTROLS:
            break
        if one.range is not None:
            first.setdefault(at, in_words(at))
    return Rulebook(
        id=base.id,
        title=data.regime.title,
        summary=data.regime.summary,
        evidence=evidence_line(data),
        controls=[_control(at, label, found[at]) for at, label in first.items()],
        others=[_control(at, in_words(at), one) for at, one in found.items() if at not in first],
        file=base.file,
        people=PEOPLE,
        years=YEARS,
        lines=_lines(),
    )


def in_words(at: str) -> str:
    """Return the dotted name of a number as people say it.

    >>> in_words("conduct.road.red_light.points.road")
    'conduct, road, red light, points, road'
    """
    return at.replace("_", " ").replace(".", ", ")


def _control(at: str, label: str, one: Number) -> Control:
    low, high = (
        (None, None) if one.range is None else (min(*one.range, one.value), max(*one.range, one.value))
    )
    return Control(
        name=at,
        label=label,
        value=one.value,
        low=low,
        high=high,
        unit=one.unit,
        basis=str(one.basis),
        source=list(one.source),
        note=one.note or "",
    )


@cache
def _lines() -> Lines:
    return Lines(
        spec=live_lines(YEARS).to_dict(),
        shown=[
            Line(indicator=name, label=label, unit=unit, definition=BY_NAME[name].definition)
            for name, label, unit in SHOWN
        ],
        worlds=dict(zip(("reform", "base", "law"), WORLDS, strict=True)),
    )


def reform_of(base: Base, values: dict[str, float]) -> tuple[Regime, Reform]:
    """Return a regime after a reform, and what the reform changes in words.

    Raises:
        FileProblems: a name leads nowhere, or a value is not possible there.
    """
    reform = base.regime.patched(values)
    found = differences(base.regime.canonical(), reform.canonical())
    lines = [f"{one.at}: {moved(one, KIND.direction)}" for one in found if one.sort != "prose"]
    return reform, Reform(lines=lines, same_rules=rules_hash(base.regime) == rules_hash(reform))


router = APIRouter(prefix="/api", tags=["rulebook"], responses=REFUSALS)
Name = Annotated[str, InPath(max_length=LONGEST_NAME, description="Id of a regime.")]


@router.get("/regimes")
def regimes(shelf: OnShelf) -> list[Choice]:
    """List the regimes that come with the program, and those of the runs served that differ from them."""
    come = [Choice(id=one.id, title=one.title, summary=one.summary, run="") for one in presets()]
    return come + [
        Choice(
            id=one.id,
            title=one.regime.data.regime.title,
            summary=one.regime.data.regime.summary,
            run=one.id.rpartition(":")[0],
        )
        for one in served(shelf)
    ]


@router.get("/regimes/{name}")
def rulebook(name: Name, shelf: OnShelf) -> Rulebook:
    """Return a regime with its numbers and its file."""
    return rulebook_of(base_of(shelf, name))


@router.post("/regimes/{name}/reform")
def reform(name: Name, asked: Asked, shelf: OnShelf) -> Reform:
    """Say in words what a reform changes; nothing is lived."""
    return reform_of(base_of(shelf, name), asked.values)[1]
