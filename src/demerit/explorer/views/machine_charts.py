"""The charts of the machine: registers by the truth of what they hold, and the queue of appeals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from demerit.catalogue.words import LABELS
from demerit.explorer.views.model import Chart, drawn
from demerit.report.palette import PALE, REGIME, SERIES, TWIN, styled

if TYPE_CHECKING:
    from demerit.explorer.views.machine import Kept, Month

TRUTHS = dict(zip(LABELS, (TWIN, SERIES[2], SERIES[3], SERIES[4], REGIME, SERIES[7]), strict=True))
"""Colour of each truth label."""


def truth_chart(registers: Sequence[Kept]) -> Chart | None:
    """Return records by register and hidden truth; None where there are none."""
    import altair as alt
    import polars as pl

    rows = [
        (one.title, label, count, LABELS.index(label))
        for one in registers
        for label, count in one.truths.items()
        if one.records
    ]
    if not rows:
        return None
    frame = pl.DataFrame(rows, schema=["register", "truth", "records", "order"], orient="row")
    colours = alt.Scale(domain=list(TRUTHS), range=list(TRUTHS.values()))
    chart = (
        alt.Chart(frame)
        .mark_bar(size=16)
        .encode(
            y=alt.Y("register:N", sort=None, title=None, axis=alt.Axis(labelLimit=170, grid=False)),
            x=alt.X("records:Q", stack="normalize", title="share of records", axis=alt.Axis(format=".0%")),
            color=alt.Color("truth:N", scale=colours, sort=list(LABELS), title="what really happened",
                            legend=alt.Legend(orient="bottom", columns=3)),
            order="order:Q",
            tooltip=["register", "truth", "records"],
        )
        .properties(width="container", height=alt.Step(26))
    )  # fmt: skip
    return drawn("What each register holds, by what really happened", styled(chart), frame.drop("order"))


def queue_chart(queue: Sequence[Month]) -> Chart | None:
    """Return appeals by month: how many wait, and how many were decided; None where nobody appealed."""
    import altair as alt
    import polars as pl

    if not any(one.filed for one in queue):
        return None
    names = ("month", "filed", "upheld", "reversed", "left", "waiting")
    frame = pl.DataFrame(
        [tuple(getattr(one, name) for name in names) for one in queue], schema=list(names), orient="row"
    ).with_columns(pl.col("month").str.to_date())
    last = frame.tail(1).with_columns(pl.lit("waiting for an answer").alias("says"))
    x = alt.X("month:T", title=None)
    area = alt.Chart(frame).mark_area(color=PALE, opacity=0.55, interpolate="step-after").encode(
        x=x, y=alt.Y("waiting:Q", title="appeals"),
        tooltip=["month:T", "filed", "upheld", "reversed", "left", "waiting"],
    )  # fmt: skip
    back = alt.Chart(frame).mark_line(color=REGIME, interpolate="step-after").encode(x=x, y="reversed:Q")
    label = (
        alt.Chart(last)
        .mark_text(align="right", dy=-8, color="#555")
        .encode(x=x, y="waiting:Q", text="says:N")
    )
    chart = alt.layer(area, back, label).properties(width="container", height=180)
    return drawn(
        "Appeals waiting at the end of each month (grey), and reversed in it (red)", styled(chart), frame
    )
