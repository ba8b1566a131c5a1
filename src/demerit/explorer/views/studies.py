"""View 8, studies: comparisons over seeds and the draws behind the claims, as one kind of thing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field

from demerit.claims.again import read_claims
from demerit.claims.definitions import claims
from demerit.claims.results import command as claims_command
from demerit.claims.robustness import margins
from demerit.errors import UsageError
from demerit.explorer.answer import Answer
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OnShelf
from demerit.explorer.views.model import Chart, finite
from demerit.explorer.views.studies_charts import differences_chart, front_chart, study_charts
from demerit.explorer.views.study_model import Axis, Measure, Point, Standing, Study, front
from demerit.files.names import nearest
from demerit.measures.indicators import BY_NAME, INDICATORS
from demerit.report.comparing import telling
from demerit.report.forest import forest_frame
from demerit.report.headlines import HEADLINES
from demerit.report.impact.material import estimate
from demerit.report.impact.measured import unit_of
from demerit.report.titles import title_of
from demerit.study.comparison_again import read_comparison
from demerit.study.comparison_manifest import METHOD
from demerit.study.findings import EVERYBODY, findings
from demerit.study.layout import CLAIMS_REQUEST

if TYPE_CHECKING:
    from demerit.study.comparison import Comparison

X, Y = "wrongful_share", "acts_share.road.crosswalk"
"""What a front is drawn by where nothing else is asked: wrongs done, and offences that remain."""


class StudyPage(Answer):
    """A study with its pictures."""

    study: Study
    charts: tuple[Chart, ...] = Field(description="A picture of every measure.")
    differences: tuple[Chart, ...] = Field(
        default=(), description="Of a comparison: what each regime can be told apart by from the first."
    )
    measures_there_are: dict[str, str] = Field(
        default_factory=dict, description="Measures that can be asked for, and what they are called."
    )


class Front(Answer):
    """Every place of a study by two measures; no place is called the best."""

    x: Measure
    y: Measure
    places: tuple[Standing, ...]
    chart: Chart | None = Field(description="The same drawn; null with fewer than two places.")


def study_page(folder: Path, measures: Sequence[str] = ()) -> StudyPage:
    """Return the study that a folder holds.

    Args:
        folder: a finished comparison or claims folder.
        measures: indicators to show; empty for the telling ones.

    Raises:
        RunFolderError: it cannot be read.
        UsageError: there is no such indicator, or the claims were computed without draws.
    """
    if (folder / CLAIMS_REQUEST).is_file():
        study = of_draws(folder)
        return StudyPage(study=study, charts=study_charts(study))
    _refuse_unknown(measures)
    done = read_comparison(folder)
    study = of_comparison(done, measures or shown_first(done))
    return StudyPage(
        study=study,
        differences=_differences(done),
        charts=study_charts(study),
        measures_there_are={one.name: title_of(one.name) for one in INDICATORS},
    )


def front_page(folder: Path, x: str, y: str, less: tuple[bool, bool]) -> Front:
    """Return the regimes of a comparison by two measures, and which of them none beats by both.

    Args:
        folder: a finished comparison.
        x, y: indicators.
        less: whether less is better, by each.

    Raises:
        RunFolderError: it cannot be read.
        UsageError: there is no such indicator.
    """
    _refuse_unknown((x, y))
    study = of_comparison(read_comparison(folder), (x, y))
    places = front(study, x, y, less)
    return Front(
        x=study.measures[0], y=study.measures[1], places=places, chart=front_chart(study, places, less)
    )


def _refuse_unknown(names: Sequence[str]) -> None:
    for name in names:
        if name not in BY_NAME:
            near = nearest(name, BY_NAME)
            raise UsageError(f"there is no indicator '{name}'" + (f"; did you mean {near}?" if near else ""))


def _differences(done: Comparison) -> tuple[Chart, ...]:
    """Return the clearest differences of every other regime from the first, paired over seeds."""
    first, *others = done.plan.names
    frame = forest_frame(done)
    return tuple(differences_chart(frame, name, first) for name in others)


def shown_first(done: Comparison) -> tuple[str, ...]:
    """Return the headlines, and the indicators by which the regimes can best be told apart."""
    clear = [row.indicator.name for row in telling(findings(done))[:12]]
    return tuple(dict.fromkeys([name for name, _, _ in HEADLINES] + clear))


def of_comparison(done: Comparison, names: Sequence[str]) -> Study:
    """Return a comparison as a study: one axis, the regimes; means over seeds with intervals."""
    plan = done.plan
    places = {indicator.name: place for place, indicator in enumerate(INDICATORS)}
    points = []
    for name in names:
        for place, regime in enumerate(plan.names):
            values = done.values[place, :, EVERYBODY, places[name]]
            found = estimate(values)
            points.append(
                Point(
                    at=(regime,),
                    measure=name,
                    mean=found.value,
                    low=found.low,
                    high=found.high,
                    n=int(np.isfinite(values).sum()),
                )
            )
    regimes = " ".join(plan.names)
    return Study(
        id=done.folder.name,
        title=f"{', '.join(plan.names)}: {plan.population:,} people, {plan.years} years, "
        f"{len(plan.seeds)} seeds",
        method=f"{METHOD}. Means of each regime stand with their own intervals.",
        command=f"demerit compare {regimes} --society {plan.society.id} --population {plan.population} "
        f"--years {plan.years} --seeds {len(plan.seeds)} --seed {plan.seeds[0]} --start {plan.start}",
        axes=(Axis(id="regime", title="regime", kind="category", values=plan.names),),
        measures=tuple(_measure(name) for name in names),
        points=tuple(points),
        notes=tuple(f"{one.name}, seed {one.seed}: {one.reason}" for one in done.failures),
    )


def _measure(name: str) -> Measure:
    return Measure(id=name, title=title_of(name), unit=unit_of(name), definition=BY_NAME[name].definition)


def of_draws(folder: Path) -> Study:
    """Return the draws behind the claims as a study: a claim by draw, its margin.

    Raises:
        RunFolderError: it cannot be read.
        UsageError: the claims were computed without draws.
    """
    done = read_claims(folder)
    draws = {job.draw: seeds for job, seeds in done.jobs.items() if job.draw}
    if not draws:
        raise UsageError(
            f"{folder.name} holds claims without draws; a study of draws is left by: "
            f"{claims_command(done.plan).rpartition(' ')[0]} 64"
        )
    points = []
    named = {one.id: f"{one.id} {one.text}" for one in claims()}
    for claim in claims():
        found = margins(claim, list(draws.values()))
        points += [
            Point(at=(named[claim.id], f"draw {draw}"), measure="margin", mean=finite(float(value)))
            for draw, value in zip(draws, found, strict=True)
        ]
        told = done.robustness[claim.id]
        points.append(
            Point(
                at=(named[claim.id], "all draws"), measure="robustness", mean=finite(told.share), n=told.draws
            )
        )
    return Study(
        id=folder.name,
        title=f"{len(draws)} draws of all numbers from their ranges, each claim held against every one",
        method="Every draw sets all assumed numbers at once by a Latin hypercube and is lived on two seeds.",
        command=claims_command(done.plan),
        axes=(
            Axis(id="claim", title="claim", kind="category", values=tuple(named.values())),
            Axis(
                id="draw",
                title="draw",
                kind="category",
                values=(*(f"draw {draw}" for draw in draws), "all draws"),
            ),
        ),
        measures=(
            Measure(
                id="robustness",
                title="draws in which it holds",
                unit="share",
                definition="Share of draws in which all parts of a claim lie beyond what matters.",
            ),
            Measure(
                id="margin",
                title="margin of the claim",
                unit="median distances",
                definition="How far the weakest part lies beyond the smallest effect of interest, in median "
                "distances of that part over the draws; above nought the claim holds in that draw.",
            ),
        ),
        points=tuple(points),
        notes=tuple(f"{one.name}: {one.reason}" for one in done.failures),
    )


router = APIRouter(prefix="/api", tags=["studies"], responses=REFUSALS)
Name = Annotated[str, InPath(max_length=255, description="Name of a study.")]
Names = Annotated[tuple[str, ...], Query(max_length=40, description="Indicators; telling ones by default.")]
One = Annotated[str, Query(max_length=80, description="An indicator that the front is drawn by.")]
Less = Annotated[bool, Query(description="Whether less of it is better.")]


@router.get("/comparisons/{name}")
def comparison(name: Name, shelf: OnShelf, measure: Names = ()) -> StudyPage:
    """Tell a comparison over seeds: every regime by every measure, with intervals."""
    return study_page(shelf.folder_of(name, "comparison"), measure)


@router.get("/comparisons/{name}/front")
def trade_off(
    name: Name, shelf: OnShelf, x: One = X, y: One = Y, x_less: Less = True, y_less: Less = True
) -> Front:
    """Set the regimes of a comparison against each other by two measures, without a winner."""
    return front_page(shelf.folder_of(name, "comparison"), x, y, (x_less, y_less))


@router.get("/claims/{name}/draws")
def draws(name: Name, shelf: OnShelf) -> StudyPage:
    """Tell the draws behind the claims: in how many each holds, and by how much in each."""
    return study_page(shelf.folder_of(name, "claims"))
