"""The charts of a report as SVG inside the page, each with its numbers as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from demerit.measures.indicators import BY_NAME
from demerit.report.forest import forest, forest_frame
from demerit.report.impact.blocks import Cell, Figure, Table
from demerit.report.impact.material import Estimate, Material, estimate
from demerit.report.impact.measured import (
    INTERVAL,
    group_name,
    group_table,
    interval_cell,
    mean_cell,
    shown_number,
    unit_of,
)
from demerit.report.over_time import line_panel, smoothed, step
from demerit.report.palette import PALE, REGIME, TWIN, styled

if TYPE_CHECKING:
    import polars as pl

    from demerit.study.comparison import Comparison

_ID = re.compile(r'(\bid="|url\(#|href="#)')
_LINES = (
    ("sanctioned", "Under a sanction"),
    ("penalty_days", "Penalties"),
    ("trust.institutions", "Trust in institutions"),
    ("restraint_by_fear", "Held back by fear, not principle"),
)
_ENDS = ("value", "low", "high")


def svg_of(chart: Any, name: str) -> str:
    """Return a chart as SVG that can stand beside others in a page: its inner names begin with its own."""
    import vl_convert as vlc

    text = str(vlc.vegalite_to_svg(chart.to_dict()))
    text = text[text.index("<svg") :]
    return _ID.sub(rf"\g<1>{name}-", text)


def over_time(about: Material) -> Figure:
    """Return four indicators over time in the assessed world and in the one it is set against."""
    import altair as alt
    import polars as pl

    worlds = [about.name, *([about.against] if about.measure is not None else [])]
    colours = alt.Scale(domain=worlds, range=[REGIME, TWIN][: len(worlds)])
    frames = [_means(about, name, worlds) for name, _ in _LINES]
    panels = [
        line_panel(
            frame.drop("low", "high"),
            colours,
            title=title,
            unit="0 to 1" if name.startswith("trust") else unit_of(name),
            form="~g",
            key="ends",
        )
        for frame, (name, title) in zip(frames, _LINES, strict=True)
    ]
    rows = [alt.hconcat(*panels[:2], spacing=60), alt.hconcat(*panels[2:], spacing=60)]
    every = pl.concat([frame.with_columns(pl.lit(name).alias("indicator")) for frame, (name, _) in
                       zip(frames, _LINES, strict=True)])  # fmt: skip
    return Figure(
        svg_of(styled(alt.vconcat(*rows, spacing=26)), "lines"),
        f"Four lines over time under {' and '.join(worlds)}: "
        f"{', '.join(title.lower() for _, title in _LINES)}. The numbers are in the table below. The scales "
        "do not begin at nought.",
        _line_table(every, worlds, about),
    )


def _means(about: Material, name: str, worlds: list[str]) -> pl.DataFrame:
    """Return an indicator of everybody over time, mean over seeds: world, month, value, error, low, high."""
    import polars as pl

    rows = about.months.filter(
        pl.col("indicator") == name, pl.col("by") == "all", pl.col("world").is_in(worlds)
    )
    lines = smoothed(rows, step(about.years), by=("seed", "world"))
    points = []
    for (world, month), values in sorted(lines.group_by("world", "month"), key=lambda one: one[0]):
        found = estimate(values.sort("seed")["value"].to_numpy())
        points.append((world, month, found.value, found.error, found.low, found.high))
    numbers = dict.fromkeys(("value", "error", "low", "high"), pl.Float64)
    return pl.DataFrame(points, {"world": pl.String, "month": pl.Date, **numbers}, orient="row")


def _line_table(every: pl.DataFrame, worlds: list[str], about: Material) -> Table:
    columns = [(name, world) for name, _ in _LINES for world in worlds]
    found = {(row["indicator"], row["world"], row["month"]): row for row in every.iter_rows(named=True)}
    rows = tuple(
        (
            Cell(str(month)),
            *(
                _line_cell(found.get((name, world, month)), f"{world} {month} {name}")
                for name, world in columns
            ),
        )
        for month in every["month"].unique().sort().to_list()
    )
    length = "half-year" if step(about.years) == "6mo" else "month"
    told = "; ".join(f"{name}: {BY_NAME[name].definition} Unit: {unit_of(name)}" for name, _ in _LINES)
    over = (
        f"Means over {len(about.seeds)} seeds, each ± half its {INTERVAL}." if about.several else "One seed."
    )
    return Table(
        f"The lines as numbers. {told}. {over}",
        (f"{length} from", *(f"{name}, {world}" for name, world in columns)),
        rows,
    )


def _line_cell(row: dict[str, Any] | None, of: str) -> Cell:
    """Return a point of a line, with its interval where there is one."""
    found = (
        Estimate(None) if row is None else Estimate(*(row[end] for end in ("value", "error", "low", "high")))
    )
    return mean_cell(found, of, "line")


def by_group(about: Material, indicator: str) -> Figure:
    """Return an indicator by group: the difference where there are two worlds, with intervals over seeds."""
    import altair as alt
    import polars as pl

    rows = []
    for place, (by, group) in enumerate(about.groups):
        found = (
            about.mean(about.assessed, place, indicator)
            if about.measure is None
            else about.difference(about.assessed, about.measure, place, indicator)
        )
        if about.adults[place] and found.value is not None:
            rows.append((group_name(by, group), found.value, found.low, found.high))
    schema = {"group": pl.String, **dict.fromkeys(_ENDS, pl.Float64)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    order = frame["group"].unique(maintain_order=True).to_list()
    what = about.name if about.measure is None else f"{about.name} less {about.against}"
    base = alt.Chart(frame).encode(
        y=alt.Y("group:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, grid=False))
    )
    nought = alt.Chart(pl.DataFrame({"nought": [0]})).mark_rule(color="#999").encode(x=alt.datum(0))
    bar = base.mark_rule(strokeWidth=5, color=PALE).encode(x="low:Q", x2="high:Q")
    dot = base.mark_circle(size=46, opacity=1, color=REGIME).encode(
        x=alt.X("value:Q", title=f"{what}, {unit_of(indicator)}", axis=alt.Axis(tickCount=6))
    )
    chart = (nought + bar + dot).properties(width=430, height=17 * max(len(order), 1))
    ends = f" The bars are {INTERVAL}s, paired over {len(about.seeds)} seeds." if about.several else ""
    return Figure(
        svg_of(styled(chart), f"group-{indicator.replace('.', '-').replace('_', '-')}"),
        f"One dot for each group: {BY_NAME[indicator].definition} Shown is {what}, in "
        f"{unit_of(indicator)}.{ends} The numbers are in the table below.",
        group_table(about, indicator),
    )


def regimes_apart(about: Material, done: Comparison) -> Figure:
    """Return the picture of a comparison: the clearest differences from the first regime."""
    import polars as pl

    frame = forest_frame(done)
    first = done.plan.names[0]
    rows = []
    for indicator in frame["indicator"].unique(maintain_order=True):
        mine = frame.filter(pl.col("indicator") == indicator)
        for regime, verdict in mine.select("regime", "verdict").iter_rows():
            found = about.difference(about.names.index(regime), 0, 0, indicator)
            of = f"{regime} all:all {indicator}"
            rows.append(
                (
                    Cell(BY_NAME[indicator].definition, code=indicator),
                    Cell(regime),
                    Cell(unit_of(indicator)),
                    Cell(numbers=(shown_number(found, f"difference {of}", sign=True),)),
                    interval_cell(found, of, sign=True),
                    Cell(verdict),
                )
            )
    return Figure(
        svg_of(forest(done), "forest"),
        f"The indicators that can best be told apart: each regime less {first}, as a share of the larger of "
        "the two means, with intervals where several seeds exist. The numbers are in the table below.",
        Table(
            f"The differences from {first} as numbers, in their own units.",
            ("what is measured", "regime", "unit", f"less {first}", INTERVAL, "what can be said"),
            tuple(rows),
        ),
    )
