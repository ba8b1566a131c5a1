"""View 5, who pays: sanctions at equal conduct, burden, wrongful days and escape, by group of adults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from fastapi import APIRouter, Query

from demerit.catalogue.words import DEEDS, KINDS
from demerit.claims.rates import standardised
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OpenRun
from demerit.explorer.views.burdens import burdens, kinds_by_rule, people, sanction_spells
from demerit.explorer.views.model import WorldAsked, finite, world_with_ledger
from demerit.explorer.views.pays_charts import equal_conduct_chart, spread_chart, thousand_chart
from demerit.explorer.views.pays_model import FATES, Grouping, Paid, WhoPays
from demerit.report.impact.measured import group_name

if TYPE_CHECKING:
    import polars as pl

    from demerit.explain.source import Told

COUNTED = ("stratum", "hukou", "income fifth")
"""Groupings by which the engine counts acts; within a stratum others are taken to act alike."""
STRETCHES = (("none", 0), ("1–30", 30), ("31–180", 180), ("181–365", 365), ("more than 365", 10**9))
"""Days under sanctions, and the last day of each stretch."""


@dataclass(frozen=True, eq=False)
class Adults:
    """What has fallen on the adults of a world.

    Attributes:
        told: the world.
        frame: its adults with their groups and burdens.
        spells: sanctions on citizens.
        months: the run's indicators.
    """

    told: Told
    frame: pl.DataFrame
    spells: pl.DataFrame
    months: pl.DataFrame

    @cached_property
    def offences(self) -> list[str]:
        """The situations in which this world records an act against somebody."""
        found = {
            one.answers
            for _, rules in self.told.periods
            for one in rules.conducts
            if one.answers not in DEEDS
            and not one.answers.startswith(("svc.", "ag.", "work.firm", "work.shop"))
        }
        return [kind for kind in KINDS if kind in found]

    @cached_property
    def records(self) -> pl.DataFrame:
        """Root records about citizens who did what they say: citizen, kind."""
        import polars as pl

        wanted = pl.col("label").cast(pl.String).is_in(["true", "necessity", "inability"])
        answers = kinds_by_rule(self.told)
        return (
            self.told.ledger.filter((pl.col("what") == "record") & (pl.col("kind") == "citizen") & wanted)
            .select(
                pl.col("subject").cast(pl.Int64).alias("citizen"),
                pl.col("rule").cast(pl.String).replace_strict(answers, default=None).alias("kind"),
            )
            .collect()
        )

    def acts(self, by: Grouping) -> dict[str, Any]:
        """Return acts by group and situation: float64 (KINDS) by group."""
        counted = by if by in COUNTED else "stratum"
        found = self._counted(counted)
        if by in COUNTED:
            return found
        import polars as pl

        sizes = dict(self.frame.group_by("stratum").len().iter_rows())
        shares = self.frame.group_by(by, "stratum").agg(pl.len().alias("n"))
        acts: dict[str, Any] = {}
        for group, stratum, n in shares.iter_rows():
            acts.setdefault(group, np.zeros(len(KINDS)))
            acts[group] += found[stratum] * n / sizes[stratum]
        return acts

    def _counted(self, by: str) -> dict[str, Any]:
        import polars as pl

        rows = self.months.filter(
            pl.col("world") == self.told.name,
            pl.col("by") == by,
            pl.col("indicator").is_in([f"acts.{kind}" for kind in KINDS]),
        )
        sums = rows.group_by("group", "indicator").agg(pl.col("top").sum())
        found: dict[str, Any] = {group: np.zeros(len(KINDS)) for group in self.frame[by].unique()}
        for group, indicator, top in sums.iter_rows():
            if group in found:
                found[group][KINDS.index(indicator.removeprefix("acts."))] = top
        return found

    def by_kind(self, frame: pl.DataFrame, value: pl.Expr, by: Grouping) -> dict[str, Any]:
        """Return sums over adults' rows by group and situation: float64 (KINDS) by group."""
        groups = self.frame.select("citizen", by)
        sums = frame.join(groups, on="citizen").drop_nulls("kind").group_by(by, "kind").agg(value)
        found: dict[str, Any] = {group: np.zeros(len(KINDS)) for group in self.frame[by].unique()}
        for group, kind, total in sums.iter_rows():
            found[group][KINDS.index(kind)] = total
        return found


@lru_cache(maxsize=4)
def adults_of(told: Told) -> Adults:
    """Return what has fallen on the adults of a world; kept for the groupings that are asked for next."""
    spells = sanction_spells(told)
    return Adults(told, burdens(told, people(told), spells), spells, read_months(told.folder))


def read_months(folder: Path) -> pl.DataFrame:
    """Return the indicators of a finished run by month and group."""
    import polars as pl

    from demerit.study.layout import INDICATORS

    return pl.read_parquet(folder / INDICATORS)


def who_pays(adults: Adults, by: Grouping) -> WhoPays:
    """Return what each group of adults has paid.

    Args:
        adults: the adults of a world.
        by: how they are put into groups.
    """
    import polars as pl

    acts = adults.acts(by)
    days = adults.by_kind(adults.spells, pl.col("days").sum().alias("days"), by)
    seen = adults.by_kind(adults.records, pl.len().alias("records"), by)
    offences = np.isin(KINDS, adults.offences)
    names = _ordered(adults, by)
    groups = [_everybody(adults, acts, seen, offences)]
    for name in names:
        others = [one for one in names if one != name]
        ratio = standardised(days[name], acts[name], _sum(days, others), _sum(acts, others))
        groups.append(_paid(adults, by, name, finite(ratio), _escape(seen[name], acts[name], offences)))
    years = adults.told.manifest.years
    stretches = tuple(name for name, _ in STRETCHES)
    return WhoPays(
        world=adults.told.name,
        by=by,
        stretches=stretches,
        counted=by in COUNTED,
        years=years,
        groups=tuple(groups),
        charts=(
            equal_conduct_chart(groups[1:], adults.told.name),
            thousand_chart(groups, FATES),
            spread_chart(groups, stretches),
        ),
    )


def _ordered(adults: Adults, by: Grouping) -> list[str]:
    """Return the groups that have adults, in the order in which indicators name them."""
    import polars as pl

    there = set(adults.frame[by].unique())
    if by not in COUNTED:
        return sorted(there)
    named = adults.months.filter(pl.col("by") == by)["group"].unique(maintain_order=True)
    return [name for name in named if name in there]


def _sum(found: dict[str, Any], names: Sequence[str]) -> Any:
    return np.sum([found[name] for name in names], axis=0) if names else np.zeros(len(KINDS))


def _escape(seen: Any, acts: Any, offences: Any) -> float | None:
    """Return the share of offences without a record about who did them; null where there was none."""
    done = float(acts[offences].sum())
    return None if done <= 0 else max(0.0, 1 - float(seen[offences].sum()) / done)


def _everybody(adults: Adults, acts: dict[str, Any], seen: dict[str, Any], offences: Any) -> Paid:
    escaped = _escape(_sum(seen, list(seen)), _sum(acts, list(acts)), offences)
    return _paid(adults, None, "all", 1.0, escaped)


def _paid(adults: Adults, by: Grouping | None, name: str, ratio: float | None, escaped: float | None) -> Paid:
    import polars as pl

    mine = adults.frame if by is None else adults.frame.filter(pl.col(by) == name)
    size, years = mine.height, adults.told.manifest.years
    over = size * years
    own, twin = _burden(adults, by, name)
    return Paid(
        group=name,
        says="everybody" if by is None else _in_words(by, name),
        adults=size,
        equal_conduct=ratio,
        sanctions=adults.spells.join(mine.select("citizen"), on="citizen").height,
        sanction_days=float(mine["days"].sum()) / over,
        wrongful_days=float(mine["wrongful_days"].sum()) / over * 1000,
        burden=own,
        burden_twin=twin,
        escape=escaped,
        of_1000=_of_thousand(mine),
        stretches=_stretches(mine),
    )


def _in_words(by: Grouping, name: str) -> str:
    return group_name(by, name).partition(": ")[2] if by != "province" else f"region {name}"


def _burden(adults: Adults, by: Grouping | None, name: str) -> tuple[float | None, float | None]:
    """Return the penalties of a group in days of own income a year, in the world and in its twin."""
    import polars as pl

    if by is not None and by not in COUNTED:
        return None, None
    rows = adults.months.filter(
        pl.col("indicator") == "penalty_days", pl.col("by") == (by or "all"), pl.col("group") == name
    )
    sums = rows.group_by("world").agg(pl.col("top").sum(), pl.col("bottom").sum())
    found = {world: top / bottom / 1000 if bottom else None for world, top, bottom in sums.iter_rows()}
    own = adults.told.name
    return found.get(own), next((value for world, value in found.items() if world != own), None)


def _of_thousand(mine: pl.DataFrame) -> tuple[int, ...]:
    """Return of 1,000 adults how many came to each fate, in whole numbers that add up."""
    import polars as pl

    fate = (
        pl.when(pl.col("wrongful_days") > 0).then(4)
        .when(pl.col("days") > 0).then(3)
        .when(pl.col("wrongful_records") > 0).then(2)
        .when(pl.col("records") > 0).then(1)
        .otherwise(0)
    )  # fmt: skip
    counts = np.bincount(mine.select(fate.alias("fate"))["fate"].to_numpy(), minlength=len(FATES))
    exact = counts * 1000 / max(mine.height, 1)
    whole = np.floor(exact).astype(int)
    for place in np.argsort(whole - exact, kind="stable")[: 1000 - int(whole.sum())]:
        whole[place] += 1
    return tuple(int(one) for one in whole)


def _stretches(mine: pl.DataFrame) -> tuple[float, ...]:
    edges = [last for _, last in STRETCHES]
    place = np.searchsorted(edges, mine["days"].to_numpy())
    counts = np.bincount(place, minlength=len(STRETCHES))
    return tuple(float(one) for one in counts / max(mine.height, 1))


router = APIRouter(prefix="/api/runs/{run}/who-pays", tags=["who pays"], responses=REFUSALS)
By = Annotated[Grouping, Query(description="How adults are put into groups.")]


@router.get("")
def show(run: OpenRun, by: By = "stratum", world: WorldAsked = None) -> WhoPays:
    """Tell what each group of adults has paid."""
    return who_pays(adults_of(world_with_ledger(run, world)), by)
