"""Pictures of any study: dots for one category, lines for one number, maps for two axes; and a front."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from demerit.explorer.views.model import Chart, drawn, upright
from demerit.report.forest import differences_marks
from demerit.report.palette import PALE, REGIME, SERIES, TWIN, styled
from demerit.report.titles import in_lines, lines_axis, row_height

if TYPE_CHECKING:
    import polars as pl

    from demerit.explorer.views.study_model import Measure, Standing, Study

LAW = "ordinary-law"
"""The regime whose colour is the twin world's."""
_MOST_LABELS = 24
_LABEL, _LETTERS = 190, 30
"""Widest label beside a row, pixels; letters of a line of it."""


def study_charts(study: Study) -> tuple[Chart, ...]:
    """Return a picture of every measure of a study, by how many axes its points have."""
    charts = []
    for measure in study.measures:
        frame = points_of(study, measure)
        if not frame.height or not frame["mean"].drop_nulls().len():
            continue
        varied = [axis for axis in study.axes if frame[axis.id].n_unique() > 1]
        if len(varied) >= 2:
            chart = _map(frame, study, measure)
        elif varied and varied[0].kind == "number":
            chart = _line(frame, varied[0].id, varied[0].title, measure)
        else:
            chart = _dots(frame, (varied or list(study.axes))[0].id, measure)
        charts.append(drawn(f"{measure.title}, {measure.unit}", styled(chart), frame))
    return tuple(charts)


def points_of(study: Study, measure: Measure) -> pl.DataFrame:
    """Return the points of a measure: a column for each axis, then mean, low, high, n."""
    import polars as pl

    axes = {axis.id: pl.Float64 if axis.kind == "number" else pl.String for axis in study.axes}
    rows = [
        (*point.at, point.mean, point.low, point.high, point.n)
        for point in study.points
        if point.measure == measure.id
    ]
    numbers = {"mean": pl.Float64, "low": pl.Float64, "high": pl.Float64, "n": pl.Int64}
    return pl.DataFrame(rows, schema={**axes, **numbers}, orient="row")


def _dots(frame: pl.DataFrame, axis: str, measure: Measure) -> Any:
    import altair as alt

    order = frame[axis].to_list()
    y = alt.Y(f"{axis}:N", sort=order, title=None, axis=alt.Axis(labelLimit=_LABEL, grid=False))
    base = alt.Chart(frame).encode(y=y)
    if not frame["low"].drop_nulls().len():
        return _bars(base, measure)
    x = alt.X("mean:Q", title=measure.unit, axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=False))
    bar = base.mark_rule(strokeWidth=5, color=PALE).encode(x="low:Q", x2="high:Q")
    colours = alt.Scale(domain=order, range=_colours(order))
    dot = base.mark_circle(size=60, opacity=1).encode(
        x=x,
        color=alt.Color(f"{axis}:N", scale=colours, legend=None),
        tooltip=[axis, "mean", "low", "high", "n"],
    )
    return alt.layer(bar, dot).properties(width="container", height=alt.Step(20))


def _colours(names: Sequence[str]) -> list[str]:
    """Return the colour of each regime; ordinary law has the one that it has everywhere."""
    others = [colour for colour in SERIES if colour != TWIN]
    regimes = [name for name in names if name != LAW]
    return [TWIN if name == LAW else others[regimes.index(name) % len(others)] for name in names]


def _names(values: Sequence[str | float]) -> Any:
    """Return values as an order of an axis, whatever they are."""
    return list(values)


def _bars(base: Any, measure: Measure) -> Any:
    """Return bars from nought: there are no intervals, so nothing else than the size is said."""
    import altair as alt

    x = alt.X("mean:Q", title=measure.unit, axis=alt.Axis(tickCount=5))
    return (
        base.mark_bar(color=REGIME, size=12)
        .encode(x=x, tooltip=["mean", "n"])
        .properties(width="container", height=alt.Step(20))
    )


def _line(frame: pl.DataFrame, axis: str, title: str, measure: Measure) -> Any:
    import altair as alt

    base = alt.Chart(frame).encode(x=alt.X(f"{axis}:Q", title=title))
    y = alt.Y("mean:Q", title=measure.unit, scale=alt.Scale(zero=False))
    band = base.mark_area(color=PALE, opacity=0.4).encode(y="low:Q", y2="high:Q")
    line = base.mark_line(color=REGIME, point=True).encode(y=y, tooltip=[axis, "mean", "low", "high", "n"])
    return alt.layer(band, line).properties(width="container", height=200)


def _map(frame: pl.DataFrame, study: Study, measure: Measure) -> Any:
    """Return a map: the first axis down, the second across; blue below nought or the middle, red above."""
    import altair as alt

    down, across = study.axes[0], study.axes[1]
    signed = float(frame["mean"].min() or 0) < 0 < float(frame["mean"].max() or 0)  # type: ignore[arg-type]
    scale = (
        alt.Scale(range=[TWIN, "#f3f2ef", REGIME], clamp=True, domain=[-3, 0, 3])
        if signed
        else alt.Scale(range=["#f3f2ef", REGIME])
    )
    few = len(across.values) <= _MOST_LABELS
    kinds = {"category": "N", "number": "O"}
    return (
        alt.Chart(frame)
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X(f"{across.id}:{kinds[across.kind]}", sort=_names(across.values), title=across.title,
                    axis=alt.Axis(labels=few, labelAngle=-60, grid=False)),
            y=alt.Y(f"{down.id}:{kinds[down.kind]}", sort=_names(down.values), title=None,
                    axis=alt.Axis(labelLimit=_LABEL, grid=False)),
            color=alt.Color("mean:Q", scale=scale, title=measure.unit, legend=alt.Legend(orient="bottom")),
            tooltip=[down.id, across.id, "mean"],
        )
        .properties(width="container", height=alt.Step(15))
    )  # fmt: skip


def differences_chart(frame: pl.DataFrame, regime: str, first: str) -> Chart:
    """Return what a regime can be told apart by from the first: differences with both kinds of interval.

    Args:
        frame: differences as shares of the larger mean, as `report.forest.forest_frame` returns them.
        regime, first: names of the regimes.
    """
    import altair as alt
    import polars as pl

    rows = frame.filter(pl.col("regime") == regime)
    order = [in_lines(title, _LETTERS) for title in rows["title"]]
    y = alt.Y("label:N", sort=order, title=None, axis=lines_axis())
    base = alt.Chart(rows.with_columns(pl.Series("label", order, pl.String))).encode(y=y)
    height = alt.Step(row_height(order))
    marks = differences_marks(base, alt.Scale())
    chart = alt.layer(upright(0), *marks).properties(width="container", height=height)
    return drawn(f"{regime} less {first}: the clearest differences", styled(chart), rows)


def front_chart(study: Study, standings: Sequence[Standing], less: tuple[bool, bool]) -> Chart | None:
    """Return places by two measures, those that none beats by both named; None with fewer than two."""
    import altair as alt
    import polars as pl

    if len(standings) < 2:
        return None
    first, second = study.measures[0], study.measures[-1]
    rows = [
        (", ".join(str(value) for value in one.at), one.x, one.y, "not beaten" if one.on_front else "beaten")
        for one in standings
    ]
    frame = pl.DataFrame(rows, schema=["place", "x", "y", "standing"], orient="row")
    better = ["less is better" if down else "more is better" for down in less]
    base = alt.Chart(frame).encode(
        x=alt.X(
            "x:Q", title=f"{first.title}, {first.unit} ({better[0]})", scale=alt.Scale(zero=False, padding=25)
        ),
        y=alt.Y(
            "y:Q",
            title=f"{second.title}, {second.unit} ({better[1]})",
            scale=alt.Scale(zero=False, padding=25),
        ),
    )
    colour = alt.Color(
        "standing:N",
        scale=alt.Scale(domain=["not beaten", "beaten"], range=[REGIME, PALE]),
        title="by both measures at once",
        legend=alt.Legend(orient="bottom"),
    )
    dots = base.mark_circle(size=110, opacity=1).encode(color=colour, tooltip=["place", "x", "y", "standing"])
    in_order = frame.sort("x")["place"].to_list()
    names = [
        base.transform_filter(alt.FieldOneOfPredicate("place", in_order[begin::2]))
        .mark_text(dy=dy, color="#555")
        .encode(text="place:N")
        for begin, dy in ((0, -14), (1, 16))  # neighbours in turn above and below, so that no two are one
        if in_order[begin::2]
    ]
    chart = alt.layer(dots, *names).properties(width="container", height=280)
    return drawn("A front of trade-offs, never one winner", styled(chart), frame)
