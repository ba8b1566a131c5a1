"""View 1, two worlds: four numbers, and the city as a field of people in both worlds, day by day."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import numpy as np
from fastapi import APIRouter
from pydantic import Field

from demerit.catalogue.words import FIFTHS, HUKOU, STRATA
from demerit.explorer.answer import Answer, Indicated
from demerit.explorer.field import live_field, ripples, shown_people
from demerit.explorer.jobs import AllJobs, JobState
from demerit.explorer.refusal import REFUSALS, Unknown
from demerit.explorer.shelf import Opened, OpenRun
from demerit.explorer.ways import Ways, ways_of_run
from demerit.measures.indicators import BY_NAME
from demerit.report.headlines import HEADLINES
from demerit.report.palette import band_colours
from demerit.report.titles import title_of
from demerit.report.words import number, signed

_FIGURES = (
    ("changed", "acts_share.road.crosswalk"),
    ("paid", "penalty_days"),
    ("wronged", "wrongful_share"),
    ("trust", "trust.strangers"),
)
_QUESTIONS = {
    "changed": "What it changed",
    "paid": "Who paid",
    "wronged": "Who was wrongly punished",
    "trust": "What happened to trust",
}


class Figure(Indicated):
    """An indicator in both worlds."""

    question: str = Field(description="Which of the four questions it answers.")
    label: str = Field(description="What is counted.")
    value: float | None = Field(description="In the world of the regime; null without an occasion.")
    against: float | None = Field(description="In the twin world; null without one or without an occasion.")
    difference: float | None = Field(description="The first less the second.")
    shown: str = Field(
        description="The difference, or the value of a world alone, rounded as people read it."
    )
    beside: str = Field(description="Both worlds, and for a penalty the poorest and the richest fifth.")


class Worlds(Answer):
    """What a run came to, in a sentence and four numbers."""

    sentence: str = Field(description="The result in one sentence.")
    figures: list[Figure] = Field(description="Four indicators: change, payment, wrong, trust.")
    table: list[Figure] = Field(description="Every headline indicator.")
    seeds: int = Field(description="Seeds behind the numbers; with one there is no interval.")
    ways: Ways = Field(description="How to get the numbers without the page.")


class FieldWorld(Answer):
    """The dots of a world: on the first morning, and then what changed in the evening of each day.

    A code is 0 for a child or somebody dead, 1 to 8 for a band, the highest first, 9 for an adult in a world
    without bands; 16 more for somebody under a sanction.
    """

    name: str = Field(description="Name of the world.")
    bands: list[str] = Field(description="Titles of its bands, the highest first.")
    colours: list[str] = Field(description="Their colours.")
    first: list[int] = Field(description="Code of each dot on the first morning.")
    moved_a_day: list[int] = Field(description="How many dots changed on each day.")
    place: list[int] = Field(description="Which dots changed, day after day.")
    code: list[int] = Field(description="What they changed to.")
    ripple_day: list[int] = Field(description="Day of each penalty that came from another person.")
    ripple_from: list[int] = Field(description="Dot that it came from.")
    ripple_to: list[int] = Field(description="Dot that it fell on.")
    ripple_what: list[str] = Field(description="What it was.")


class City(Answer):
    """The city as a field of people; all or some neighbourhoods."""

    start: date = Field(description="Date of day 0.")
    days: int = Field(description="Days.")
    population: int = Field(description="Everybody; more than the dots where only some are shown.")
    people: list[int] = Field(description="Citizen of each dot; 64 to a neighbourhood.")
    cells: list[int] = Field(description="Stratum, registration and income fifth of each dot, as one code.")
    strata: list[str] = Field(description="Names: the code divided by registrations times fifths.")
    hukou: list[str] = Field(description="Names: the code divided by fifths, remainder by registrations.")
    fifths: list[str] = Field(description="Names: the remainder by fifths.")
    worlds: list[FieldWorld] = Field(description="The worlds, the regime asked for first.")


def worlds_of(run: Opened) -> Worlds:
    """Return a run's headline numbers."""
    about = run.material
    table = {name: figure_of(run, name, unit, _asked(name)) for name, _, unit in HEADLINES}
    chosen = [table[name] for _, name in _FIGURES]
    return Worlds(
        sentence=sentence_of(run, chosen),
        figures=chosen,
        table=[*table.values()],
        seeds=len(about.seeds),
        ways=ways_of_run(run),
    )


def _asked(name: str) -> str:
    return next((_QUESTIONS[key] for key, one in _FIGURES if one == name), "")


def figure_of(run: Opened, name: str, unit: str, question: str) -> Figure:
    """Return an indicator of everybody in both worlds."""
    about = run.material
    value = about.mean(about.assessed, 0, name).value
    against = difference = None
    if about.measure is not None:
        against = about.mean(about.measure, 0, name).value
        difference = about.difference(about.assessed, about.measure, 0, name).value
    beside = f"{number(value)} under {about.name}"
    if about.measure is not None:
        beside += f", {number(against)} under {about.against}"
    if name == "penalty_days":
        ends = [about.groups.index(("income fifth", FIFTHS[place])) for place in (0, -1)]
        poorest, richest = (number(about.mean(about.assessed, group, name).value) for group in ends)
        beside += f"; poorest fifth {poorest}, richest fifth {richest}"
    return Figure(
        question=question,
        indicator=name,
        label=title_of(name),
        unit=unit,
        definition=BY_NAME[name].definition,
        value=value,
        against=against,
        difference=difference,
        shown=signed(difference) if about.measure is not None else number(value),
        beside=beside,
    )


def sentence_of(run: Opened, chosen: list[Figure]) -> str:
    """Say in one sentence what the four numbers tell."""
    about = run.material
    changed, paid, wronged, trust = chosen
    if about.measure is None:
        return (
            f"{about.population:,} people lived {about.years} years under {about.regime.data.regime.title}."
        )
    return (
        f"Of drivers at crossings {_percent(changed.value)} do not yield, under ordinary rules "
        f"{_percent(changed.against)}; for it adults give up {number(paid.value)} days of their own income a "
        f"year ({number(paid.against)}), {_percent(wronged.value)} of the records are wrongful, and trust in "
        f"strangers ends at {number(trust.value)} ({number(trust.against)})."
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def city_of(run: Opened, lived: list[dict[str, Any]]) -> City:
    """Return the field of a run.

    Args:
        run: the run.
        lived: what `live_field` has returned.
    """
    manifest, people = run.manifest, shown_people(run.manifest.population)
    traits = run.told().setting.population.traits
    worlds = []
    for name, dots in zip(run.names, lived, strict=True):
        told = run.told(name)
        moves = ripples(told.ledger, people)
        bands = sorted(told.regime.data.bands, key=lambda band: -float(band.from_))
        worlds.append(
            FieldWorld(
                name=name,
                bands=[band.title for band in bands],
                colours=band_colours(len(bands)),
                **dots,
                ripple_day=[told.day_of(when) for when in moves["date"]],
                ripple_from=moves["from"].to_list(),
                ripple_to=moves["to"].to_list(),
                ripple_what=moves["what"].to_list(),
            )
        )
    return City(
        start=manifest.start,
        days=manifest.days,
        population=manifest.population,
        people=people.tolist(),
        cells=np.asarray(traits["cell"])[people].tolist(),
        strata=[one.replace("_", " ") for one in STRATA],
        hukou=[one.replace("_", " ") for one in HUKOU],
        fifths=list(FIFTHS),
        worlds=worlds,
    )


router = APIRouter(prefix="/api/runs/{run}", tags=["two worlds"], responses=REFUSALS)


@router.get("/worlds")
def worlds(run: OpenRun) -> Worlds:
    """Tell what a run came to: a sentence, four numbers, a table."""
    return worlds_of(run)


@router.post("/field")
def begin_field(run: OpenRun, jobs: AllJobs) -> JobState | None:
    """Begin to make the field of a run; null if it is there. It is read with GET once the job is done."""
    if "field" in run.kept:
        return None
    return jobs.start(
        f"Following everybody in {run.name}",
        live_field,
        run.folder,
        then=partial(run.kept.__setitem__, "field"),
    ).told()


@router.get("/field")
def field(run: OpenRun) -> City:
    """Return the field of a run, once it has been made."""
    if "field" not in run.kept:
        raise Unknown("the field of this run has not been made; ask for it with POST and wait for the job")
    with run.lock:
        if "city" not in run.kept:
            run.kept["city"] = city_of(run, run.kept["field"])
    found: City = run.kept["city"]
    return found
