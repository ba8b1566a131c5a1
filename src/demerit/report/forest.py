"""The picture of a comparison: every telling difference with its interval, each row on its own scale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.engine.disk import write_whole
from demerit.report.comparing import telling
from demerit.report.palette import APART, PALE, styled
from demerit.report.words import counted, to_error
from demerit.study.comparison import Comparison, Pair
from demerit.study.findings import EVERYBODY, Finding, findings
from demerit.study.paired import CONFIDENCE

if TYPE_CHECKING:
    import polars as pl

_ROWS, _ROW_HEIGHT = 20, 20


def forest(done: Comparison) -> Any:
    """Return the picture of a comparison: one panel for each regime set against the first."""
    import altair as alt

    plan = done.plan
    rows = telling(findings(done))[:_ROWS]
    panels = [_panel(done, pair, rows) for pair in done.pairs if pair.first == 0]
    several = len(plan.seeds) > 1
    explained = (
        f"Dot: mean difference over {len(plan.seeds)} seeds. Thick: its {CONFIDENCE:.0%} interval, paired on the "
        "same people. Thin: the interval that separate seeds would have given."
        if several
        else "One seed: no interval."
    )
    title = alt.Title(
        f"{', '.join(plan.names[1:])} set against {plan.names[0]}",
        subtitle=[
            f"{counted(plan.population, 'synthetic person', 'synthetic people')}, "
            f"{counted(plan.years, 'year', 'years')}, society “{plan.society.id}”. No real person is described.",
            f"{explained} Each row has its own scale; the line is nought.",
        ],
        anchor="start",
    )
    return styled(alt.hconcat(*panels, spacing=30, title=title))


def forest_frame(done: Comparison, pair: Pair, rows: list[Finding]) -> pl.DataFrame:
    """Return what a panel draws: differences and ends of intervals as shares of the row's scale, and a text.

    The scale of a row is the farthest end of any interval of that indicator, whatever the regime.
    """
    import polars as pl

    one = done.paired(pair)
    drawn = []
    for row in rows:
        at = (EVERYBODY, row.place)
        scale = _scale(done, row)
        ends = {name: getattr(one, name)[at] / scale for name in ("low", "high", "unpaired_low", "unpaired_high")}
        drawn.append(
            {
                "indicator": row.indicator.name,
                "difference": one.difference[at] / scale,
                **ends,
                "text": _text(one, at, row.indicator.unit),
                "apart": bool(one.apart[at]),
            }
        )
    numbers = ("difference", "low", "high", "unpaired_low", "unpaired_high")
    schema = {
        "indicator": pl.String,
        **dict.fromkeys(numbers, pl.Float64),
        "text": pl.String,
        "apart": pl.Boolean,
    }
    return pl.DataFrame(drawn, schema=schema).with_columns(pl.col(numbers).fill_nan(None))


def _scale(done: Comparison, row: Finding) -> float:
    at = (EVERYBODY, row.place)
    ends = [
        abs(float(getattr(done.paired(pair), name)[at]))
        for pair in done.pairs
        if pair.first == 0
        for name in ("difference", "low", "high", "unpaired_low", "unpaired_high")
    ]
    return float(np.nanmax(ends)) or 1.0


def _text(one: Any, at: tuple[int, int], unit: str) -> str:
    error = float(one.error[at])
    text = to_error(float(one.difference[at]), error, sign=True)
    if error > 0:
        text += f" [{to_error(float(one.low[at]), error)}, {to_error(float(one.high[at]), error)}]"
    return f"{text} {unit}"


def _panel(done: Comparison, pair: Pair, rows: list[Finding]) -> Any:
    """Return the differences of a regime from the first, with their text beside them."""
    import altair as alt

    frame = forest_frame(done, pair, rows)
    order = [row.indicator.name for row in rows]
    first_panel = pair.other == 1
    height = _ROW_HEIGHT * max(len(rows), 1)
    y = alt.Y(
        "indicator:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelLimit=260, grid=False, labels=first_panel),
    )
    colour = alt.condition("datum.apart", alt.value(APART), alt.value(PALE))
    scale = alt.Scale(domain=[-1, 1], nice=False)
    hidden = alt.Axis(labels=False, grid=False, title=None)
    base = alt.Chart(frame).encode(y=y)
    nought = alt.Chart().mark_rule(color="#999").encode(x=alt.datum(0, type="quantitative"))
    thin = base.mark_rule(strokeWidth=1.2, color=PALE).encode(
        x=alt.X("unpaired_low:Q", scale=scale, axis=hidden), x2="unpaired_high:Q"
    )
    thick = base.mark_rule(strokeWidth=4).encode(x="low:Q", x2="high:Q", color=colour)
    dot = base.mark_circle(size=46, opacity=1).encode(x=alt.X("difference:Q", axis=hidden), color=colour)
    names = done.plan.names
    drawn = (nought + thin + thick + dot).properties(
        width=300,
        height=height,
        title=alt.Title(f"{names[pair.other]} − {names[pair.first]}", anchor="start", fontSize=13),
    )
    text = alt.Chart(frame).mark_text(align="left", fontSize=11).encode(
        y=alt.Y("indicator:N", sort=order, axis=None), x=alt.value(0), text="text:N"
    )  # fmt: skip
    return alt.hconcat(drawn, text.properties(width=250, height=height), spacing=8)


def write_forest(done: Comparison, folder: Path) -> None:
    """Write the picture of a comparison into its folder as SVG, PNG and, what it draws, as CSV."""
    import polars as pl
    import vl_convert as vlc

    specification = forest(done).to_dict()
    write_whole(folder / "comparison.svg", vlc.vegalite_to_svg(specification).encode())
    write_whole(folder / "comparison.png", vlc.vegalite_to_png(specification, scale=2))
    rows = telling(findings(done))[:_ROWS]
    drawn = [
        forest_frame(done, pair, rows).with_columns(pl.lit(done.plan.names[pair.other]).alias("regime"))
        for pair in done.pairs
        if pair.first == 0
    ]
    write_whole(folder / "comparison.csv", pl.concat(drawn).write_csv().encode())
