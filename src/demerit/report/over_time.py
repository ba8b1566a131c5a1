"""Indicators over time: one line a world, with the interval over seeds where there are several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from demerit.errors import UsageError
from demerit.files.names import nearest
from demerit.measures.indicators import BY_NAME, INDICATORS
from demerit.measures.terms import Indicator
from demerit.report.palette import SERIES, heading, styled
from demerit.report.words import counted
from demerit.study.card import card_of_comparison
from demerit.study.comparison import Comparison
from demerit.study.paired import CONFIDENCE, paired

if TYPE_CHECKING:
    import polars as pl

_HALF_YEARS_FROM, MOST_PANELS = 3, 12
"""Years from which lines are half-yearly, not monthly; panels in one picture."""
_NAME_SHARE = 0.1
"""Height of a line's name as a share of what the lines span."""


def chosen(name: str) -> list[Indicator]:
    """Return the indicator of a name, or those whose names begin with it: ``trust`` stands for all circles.

    Raises:
        UsageError: there is none.

    >>> [indicator.name for indicator in chosen("trust")][:2]
    ['trust.family', 'trust.friends']
    """
    if name in BY_NAME:
        return [BY_NAME[name]]
    found = [indicator for indicator in INDICATORS if indicator.name.startswith(f"{name}.")]
    if not found:
        near = nearest(name, [*BY_NAME, *(one.split(".")[0] for one in BY_NAME)])
        hint = f"; did you mean '{near}'?" if near else ""
        raise UsageError(f"there is no indicator '{name}'{hint}")
    return found


def step(years: int) -> str:
    """Return the time that one point of a line stands for."""
    return "6mo" if years >= _HALF_YEARS_FROM else "1mo"


def smoothed(months: pl.DataFrame, every: str, *, by: Sequence[str]) -> pl.DataFrame:
    """Return an indicator over longer steps: the columns ``by``, month and value, where it is defined.

    Args:
        months: one indicator by month with top and bottom.
        every: length of a step, as Polars writes it.
        by: columns that tell lines apart.
    """
    import polars as pl

    scale = BY_NAME[str(months["indicator"][0])].scale if len(months) else 1.0
    return (
        months.sort("month")
        .group_by_dynamic("month", every=every, group_by=by)
        .agg(pl.col("top").sum(), pl.col("bottom").sum())
        .filter(pl.col("bottom") > 0)
        .select(*by, "month", (pl.col("top") / pl.col("bottom") * scale).alias("value"))
    )


def line_panel(
    lines: pl.DataFrame,
    colours: Any,
    *,
    title: str,
    unit: str,
    form: str,
    key: Literal["ends", "legend", "none"] = "ends",
) -> Any:
    """Return one panel: a line for each world, with a band where there is an interval.

    Args:
        lines: world, month and value; low and high too where there is an interval.
        colours: scale of the worlds' colours.
        title: heading; unit: title of the axis; form: format of its numbers, to the digits its steps need.
        key: where the worlds are named: at the ends of the lines, in a legend above, or not here.
    """
    import altair as alt

    legend = alt.Legend(orient="top", title=None, labelLimit=400) if key == "legend" else None
    length = np.ptp(lines["month"].to_numpy()) if len(lines) else np.timedelta64(0)
    dates: dict[str, Any] = {"format": "%b %Y", "tickCount": 4}
    if length > np.timedelta64(2 * 366, "D"):
        dates = {"format": "%Y", "tickCount": "year"}
    base = alt.Chart(lines).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(labelOverlap=True, grid=False, **dates)),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=False, nice=True, padding=8),
                axis=alt.Axis(format=form, tickCount=4, minExtent=42)),
        color=alt.Color("world:N", scale=colours, legend=legend),
    )  # fmt: skip
    drawn = base.mark_line(strokeWidth=2.2)
    if "low" in lines.columns:
        band = base.mark_area(opacity=0.22).encode(y="low:Q", y2="high:Q")
        nought = alt.Chart(lines).mark_rule(color="#999").encode(y=alt.datum(0))
        drawn = band + nought + drawn
    if key == "ends":
        ends = alt.Chart(line_ends(lines)).encode(
            x="month:T", y="height:Q", text="world:N", color=alt.Color("world:N", scale=colours, legend=None)
        )
        drawn += ends.mark_text(align="left", dx=5, fontSize=11, fontWeight="bold")
    return drawn.properties(width=230, height=130, title=alt.Title(title, anchor="start", fontSize=13))


def line_ends(lines: pl.DataFrame) -> pl.DataFrame:
    """Return where each line is named: world, month, and a height that leaves room between two names.

    Args:
        lines: world, month and value.
    """
    import polars as pl

    last = lines.sort("month").group_by("world", maintain_order=True).last().sort("value")
    values = last["value"].to_list()
    room = _NAME_SHARE * float(np.ptp(lines["value"].to_numpy())) if values else 0.0
    heights: list[float] = []
    for value in values:
        heights.append(max(value, heights[-1] + room) if heights else value)
    lift = sum(heights) - sum(values)
    heights = [height - lift / len(values) for height in heights]
    return last.select("world", "month", pl.Series("height", heights, dtype=pl.Float64))


def compared_over_time(done: Comparison, months: pl.LazyFrame, name: str) -> Any:
    """Return indicators over time under every regime, and their paired differences from the first.

    Args:
        done: the comparison.
        months: indicators by seed, world, month and group.
        name: an indicator, or the beginning of several.

    Raises:
        UsageError: there is no such indicator.
    """
    import altair as alt
    import polars as pl

    plan = done.plan
    colours = alt.Scale(domain=list(plan.names), range=list(SERIES[: len(plan.names)]))
    rows = []
    for place, indicator in enumerate(chosen(name)[:MOST_PANELS]):
        mine = months.filter(pl.col("indicator") == indicator.name, pl.col("by") == "all").collect()
        lines = smoothed(mine, step(plan.years), by=("seed", "world"))
        means = line_panel(
            _means(lines),
            colours,
            title=indicator.name,
            unit="" if indicator.unit == "1" else indicator.unit,
            form="",
            key="none" if place else "legend",
        )
        differences = _differences(lines, plan.names)
        from_first = f"difference from {plan.names[0]}"
        apart = line_panel(differences, colours, title=from_first, unit="", form="", key="none")
        rows.append(alt.hconcat(means, apart, spacing=30))
    several = (
        f"Mean over {len(plan.seeds)} seeds; band of the difference: {CONFIDENCE:.0%} interval, paired."
        if len(plan.seeds) > 1
        else "One seed: no interval."
    )
    return styled(
        alt.vconcat(*rows, spacing=22, title=heading(f"{name} under {', '.join(plan.names)}",
            f"{counted(plan.population, 'person', 'people')} of the synthetic society “{plan.society.id}”. "
            "No real person is described.", several, *card_of_comparison(plan).lines()))
    )  # fmt: skip


def _means(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the mean over seeds of every line."""
    import polars as pl

    return lines.group_by("world", "month").agg(pl.col("value").mean()).sort("world", "month")


def _differences(lines: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Return mean differences of every world from the first with their paired intervals, by month."""
    import polars as pl

    seeds = lines["seed"].unique().sort().to_list()
    months = lines["month"].unique().sort().to_list()
    values = np.full((len(names), len(seeds), len(months)), np.nan)
    for row in lines.iter_rows(named=True):
        at = names.index(row["world"]), seeds.index(row["seed"]), months.index(row["month"])
        values[at] = row["value"]
    frames = []
    for name, other in zip(names[1:], values[1:], strict=True):
        found = paired(values[0], other)
        ends = {"value": found.difference, "low": found.low, "high": found.high}
        frames.append(pl.DataFrame({"world": [name] * len(months), "month": months, **ends}))
    return pl.concat(frames).with_columns(pl.col("value", "low", "high").fill_nan(None))
