"""Who pays over several seeds: what a regime does to each group beside another one, with intervals."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field

from demerit.errors import UsageError
from demerit.explorer.answer import Answer
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OnShelf
from demerit.explorer.views.model import Chart
from demerit.explorer.views.pays_charts import apart_chart
from demerit.measures.indicators import BY_NAME
from demerit.report.impact.material import Material, read_material
from demerit.report.impact.measured import group_name, unit_of
from demerit.report.titles import title_of

FIRST = "penalty_days"
MEASURES = (
    "penalty_days", "sanctioned", "wrongful_share", "necessity_recorded", "records", "recording_recall",
    "job_loss.sanction", "in_debt", "stress", "trust.institutions",
)  # fmt: skip
"""What is offered first; any indicator can be asked for."""


class GroupApart(Answer):
    """A group under two regimes."""

    group: str = Field(description="What the group is called.")
    adults: float = Field(description="Adults on the last day, mean over seeds.")
    mean: float | None = Field(description="Under the regime, mean over seeds.")
    against: float | None = Field(description="Under the one it is set against.")
    difference: float | None = Field(description="Mean difference, paired seed by seed on the same people.")
    low: float | None = Field(description="Lower end of its 95 % interval; null with one seed.")
    high: float | None = Field(description="Upper end.")


class PaysCompared(Answer):
    """An indicator by group under two regimes of a comparison."""

    regime: str
    against: str
    regimes: tuple[str, ...] = Field(description="Regimes that can be asked for.")
    measure: str
    measures: dict[str, str] = Field(description="Measures to choose from, and what they are called.")
    definition: str
    unit: str
    seeds: int
    groups: tuple[GroupApart, ...]
    chart: Chart


def pays_compared(folder: Path, measure: str = FIRST, regime: str | None = None) -> PaysCompared:
    """Return an indicator by group under a regime of a comparison and under the first.

    Args:
        folder: a finished comparison.
        measure: an indicator.
        regime: name of a regime other than the first; the second by default.

    Raises:
        RunFolderError: the folder cannot be read.
        UsageError: there is no such indicator or regime.
    """
    about = _material(folder)
    first, *others = about.names
    if measure not in BY_NAME:
        raise UsageError(f"there is no indicator '{measure}'; try {', '.join(MEASURES)}")
    if regime is not None and regime not in others:
        raise UsageError(f"'{regime}' is not set against {first} there; it has {', '.join(others)}")
    name = regime or others[0]
    groups = tuple(_groups(about, about.names.index(name), measure))
    unit = unit_of(measure)
    return PaysCompared(
        regime=name,
        against=first,
        regimes=tuple(others),
        measure=measure,
        measures={one: title_of(one) for one in MEASURES},
        definition=BY_NAME[measure].definition,
        unit=unit,
        seeds=len(about.seeds),
        groups=groups,
        chart=apart_chart(groups, f"{name} less {first}", unit),
    )


@lru_cache(maxsize=2)
def _material(folder: Path) -> Material:
    return read_material(folder)


def _groups(about: Material, world: int, measure: str) -> list[GroupApart]:
    found = []
    for place, (by, group) in enumerate(about.groups):
        adults = about.adults[place]
        if not adults:
            continue
        apart = about.difference(world, 0, place, measure)
        found.append(
            GroupApart(
                group=group_name(by, group),
                adults=adults,
                mean=about.mean(world, place, measure).value,
                against=about.mean(0, place, measure).value,
                difference=apart.value,
                low=apart.low,
                high=apart.high,
            )
        )
    return found


router = APIRouter(prefix="/api/comparisons/{name}/groups", tags=["who pays"], responses=REFUSALS)
Name = Annotated[str, InPath(max_length=255, description="Name of a comparison.")]
MeasureAsked = Annotated[str, Query(max_length=80, description="An indicator.")]
RegimeAsked = Annotated[str | None, Query(max_length=120, description="A regime; the second by default.")]


@router.get("")
def show(
    name: Name, shelf: OnShelf, measure: MeasureAsked = FIRST, regime: RegimeAsked = None
) -> PaysCompared:
    """Tell an indicator by group under two regimes of a comparison, with intervals over seeds."""
    return pays_compared(shelf.folder_of(name, "comparison"), measure, regime)
