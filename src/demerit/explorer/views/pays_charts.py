"""The charts of who pays: at equal conduct, of a thousand people, and how unequally within a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from demerit.claims.verdicts import LEAST_OCCASIONS
from demerit.explorer.views.model import Chart, drawn, upright
from demerit.report.palette import PALE, REGIME, SERIES, styled

if TYPE_CHECKING:
    import polars as pl

    from demerit.explorer.views.pays_compared import GroupApart
    from demerit.explorer.views.pays_model import Paid

_FATES = ("#dfe4e7", PALE, SERIES[3], "#d98c80", REGIME)
"""Colours of the fates, the lightest first: wrong records are ochre, sanctions red."""
_STRETCHES = ("#dfe4e7", "#c9d2d8", "#e0b7b0", "#cb7568", REGIME)


def equal_conduct_chart(groups: Sequence[Paid], world: str) -> Chart:
    """Return sanction days of each group over those its conduct would bring anybody else."""
    import altair as alt
    import polars as pl

    rows = [(one.says, one.equal_conduct, one.adults, one.sanctions) for one in groups]
    schema = {"group": pl.String, "ratio": pl.Float64, "adults": pl.Int64, "sanctions": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    order = frame["group"].to_list()
    y = alt.Y("group:N", sort=order, title=None, axis=alt.Axis(labelLimit=160, grid=False))
    title = "times what others bear for the same acts"
    base = alt.Chart(frame).encode(y=y)
    even = upright(1)
    stalk = base.mark_rule(color=PALE, strokeWidth=3).encode(x=alt.X("ratio:Q", title=title), x2=alt.datum(1))
    few = alt.when(alt.datum.sanctions < LEAST_OCCASIONS).then(alt.value(PALE)).otherwise(alt.value(REGIME))
    dot = base.mark_circle(size=70, opacity=1).encode(
        x="ratio:Q", color=few, tooltip=["group", alt.Tooltip("ratio:Q", format=".2f"), "adults", "sanctions"]
    )
    chart = alt.layer(even, stalk, dot).properties(width="container", height=alt.Step(24))
    return drawn(f"Sanction days at equal conduct under {world}; 1 is alike", styled(chart), frame)


def thousand_chart(groups: Sequence[Paid], fates: Sequence[str]) -> Chart:
    """Return of 1,000 people of each group how many came to each fate."""
    rows = [
        (one.says, fate, count, place)
        for one in groups
        for place, (fate, count) in enumerate(zip(fates, one.of_1000, strict=True))
    ]
    return _stacked("Of 1,000 people of each group", rows, "of 1,000 people", fates, _FATES, "d")


def spread_chart(groups: Sequence[Paid], stretches: Sequence[str]) -> Chart:
    """Return the share of each group by days under sanctions."""
    rows = [
        (one.says, stretch, share * 100, place)
        for one in groups
        for place, (stretch, share) in enumerate(zip(stretches, one.stretches, strict=True))
    ]
    title = "Days under sanctions over the run, within each group"
    return _stacked(title, rows, "per cent of adults", stretches, _STRETCHES, ".0f")


def apart_chart(groups: Sequence[GroupApart], what: str, unit: str) -> Chart:
    """Return the difference of each group between two regimes, with its interval."""
    import altair as alt
    import polars as pl

    rows = [(one.group, one.difference, one.low, one.high) for one in groups]
    schema = {"group": pl.String, "difference": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    order = frame["group"].to_list()
    y = alt.Y("group:N", sort=order, title=None, axis=alt.Axis(labelLimit=190, grid=False))
    base = alt.Chart(frame).encode(y=y)
    nought = upright(0)
    bar = base.mark_rule(color=PALE, strokeWidth=5).encode(x="low:Q", x2="high:Q")
    dot = base.mark_circle(color=REGIME, size=60, opacity=1).encode(
        x=alt.X("difference:Q", title=unit), tooltip=["group", "difference", "low", "high"]
    )
    chart = alt.layer(nought, bar, dot).properties(width="container", height=alt.Step(18))
    return drawn(f"{what}, {unit}, with 95 % intervals over seeds", styled(chart), frame)


def _stacked(
    title: str, rows: list[Any], unit: str, parts: Sequence[str], colours: Sequence[str], form: str
) -> Chart:
    import altair as alt
    import polars as pl

    schema = {"group": pl.String, "part": pl.String, unit: pl.Float64, "order": pl.Int64}
    frame: pl.DataFrame = pl.DataFrame(rows, schema=schema, orient="row")
    order = frame["group"].unique(maintain_order=True).to_list()
    scale = alt.Scale(domain=list(parts), range=list(colours))
    chart = (
        alt.Chart(frame)
        .mark_bar(size=16)
        .encode(
            y=alt.Y("group:N", sort=order, title=None, axis=alt.Axis(labelLimit=160, grid=False)),
            x=alt.X(f"{unit}:Q", stack="zero", title=unit, scale=alt.Scale(nice=False)),
            color=alt.Color("part:N", scale=scale, sort=list(parts), title=None,
                            legend=alt.Legend(orient="bottom", columns=1, labelLimit=320)),
            order="order:Q",
            tooltip=["group", "part", alt.Tooltip(f"{unit}:Q", format=form)],
        )
        .properties(width="container", height=alt.Step(24))
    )  # fmt: skip
    return drawn(title, styled(chart), frame.drop("order"))
