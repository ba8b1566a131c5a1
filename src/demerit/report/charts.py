"""Charts, each defined once: the same definition serves the run folder, the documentation and a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.disk import write_whole
from demerit.report.words import counted
from demerit.study.run import Run, indicator_frame

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

_REGIME, _TWIN = "#b5382a", "#5b7083"
"""The regime under test and its twin world, in every chart."""
_PANELS = (
    ("acts_share.road.crosswalk", "Drivers who do not yield", "share of crossings", "%"),
    ("acts_share.nb.deed_seen", "Good deeds, where seen", "share of occasions", "%"),
    ("acts_share.nb.deed_unseen", "Good deeds, unseen", "share of occasions", "%"),
    ("restraint_by_fear", "Held back by fear, not principle", "share of restraints", "%"),
    ("trust.strangers", "Trust in strangers", "0 to 1", ".3f"),
    ("trust.institutions", "Trust in institutions", "0 to 1", ".3f"),
)
_SMOOTHING = "6mo"


def overview(done: Run) -> Any:
    """Return the picture of a run: six indicators over time in both worlds, and who pays by income fifth."""
    import altair as alt

    frame = indicator_frame(done)
    names = [world.name for world in done.worlds]
    colours = alt.Scale(domain=names, range=[_REGIME, _TWIN][: len(names)])
    panels = [_line(frame, colours, *panel) for panel in _PANELS]
    rows = [alt.hconcat(*panels[:3], spacing=24), alt.hconcat(*panels[3:], spacing=24)]
    rows.append(alt.hconcat(_who_pays(done, colours), _bands(done), spacing=40))
    plan = done.plan
    against = f" and under {names[1]}" if len(names) > 1 else ""
    title = alt.Title(
        f"{counted(plan.population, 'person', 'people')}, {counted(plan.request.years, 'year', 'years')} "
        f"under {names[0]}{against}",
        subtitle=f"Synthetic society “{plan.society.id}”, seed {plan.request.seed}: the same people in the "
        "same situations. No real person is described. The scales of the lines do not begin at nought.",
        anchor="start",
        fontSize=18,
        subtitleFontSize=12,
        subtitleColor="#555",
        offset=14,
    )
    return (
        alt.vconcat(*rows, spacing=26, title=title)
        .configure(font="Liberation Sans, Helvetica, Arial, sans-serif", padding=16)
        .configure_view(stroke=None)
        .configure_axis(
            grid=True,
            gridColor="#eee",
            domain=False,
            ticks=False,
            labelColor="#555",
            titleColor="#555",
            titleFontWeight="normal",
            labelFontSize=11,
        )
    )


def _line(frame: pl.DataFrame, colours: alt.Scale, name: str, title: str, unit: str, form: str) -> Any:
    """Return one indicator over time, half-yearly, with a label at the end of each line."""
    import altair as alt
    import polars as pl

    months = frame.filter((pl.col("indicator") == name) & (pl.col("by") == "all")).sort("month")
    scale = _scale(months)
    shown = (
        months.group_by_dynamic("month", every=_SMOOTHING, group_by="world")
        .agg(pl.col("top").sum(), pl.col("bottom").sum())
        .with_columns((pl.col("top") / pl.col("bottom") * scale).alias("value"))
        .filter(pl.col("bottom") > 0)
    )
    text_format = ".0%" if form == "%" else form
    base = alt.Chart(shown).encode(
        x=alt.X("month:T", title=None,
                axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True, grid=False)),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=False, nice=True, padding=8),
                axis=alt.Axis(format=text_format, tickCount=4)),
        color=alt.Color("world:N", scale=colours, legend=None),
    )  # fmt: skip
    ends = base.transform_window(
        last="last_value(month)", groupby=["world"], sort=[alt.SortField("month")], frame=[None, None]
    ).transform_filter("datum.month == datum.last")
    label = ends.mark_text(align="left", dx=5, fontSize=11, fontWeight="bold").encode(text="world:N")
    return (base.mark_line(strokeWidth=2.2) + label).properties(
        width=230, height=130, title=alt.Title(title, anchor="start", fontSize=13)
    )


def _scale(months: pl.DataFrame) -> float:
    """Return the factor between top / bottom and the value of an indicator."""
    from demerit.measures.indicators import BY_NAME

    return BY_NAME[str(months["indicator"][0])].scale if len(months) else 1.0


def _who_pays(done: Run, colours: alt.Scale) -> Any:
    """Return penalties in days of own income by income fifth."""
    import altair as alt
    import polars as pl

    from demerit.catalogue.words import FIFTHS
    from demerit.measures.indicators import BY_NAME
    from demerit.measures.recorder import memberships

    rows = [
        {"world": world.name, "fifth": group.removesuffix(" fifth"),
         "days": world.recorder.value(BY_NAME["penalty_days"], member)}
        for world in done.worlds
        for by, group, member in memberships()
        if by == "income fifth"
    ]  # fmt: skip
    order = [name.removesuffix(" fifth") for name in FIFTHS]
    chart = alt.Chart(pl.DataFrame(rows)).mark_bar(size=14).encode(
        x=alt.X("fifth:N", sort=order, title="fifth of own income", axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("world:N", sort=[world.name for world in done.worlds]),
        y=alt.Y("days:Q", title="days of own income a year", axis=alt.Axis(tickCount=4)),
        color=alt.Color("world:N", scale=colours, legend=None),
    )  # fmt: skip
    return chart.properties(
        width=330,
        height=140,
        title=alt.Title("Who pays: penalties by income fifth", anchor="start", fontSize=13),
    )


def _bands(done: Run) -> Any:
    """Return the share of adults in each band of the composite score at the end."""
    import altair as alt
    import polars as pl

    from demerit.measures.indicators import BY_NAME
    from demerit.study.results import EVERYBODY

    world = done.worlds[0]
    bands = sorted(world.regime.data.bands, key=lambda band: -float(band.from_))
    rows = [
        {"band": band.title, "share": world.recorder.value(BY_NAME[f"band.{place + 1}"], EVERYBODY)}
        for place, band in enumerate(bands)
    ]
    frame = pl.DataFrame(rows, schema={"band": pl.String, "share": pl.Float64})
    base = alt.Chart(frame).encode(
        y=alt.Y("band:N", sort=[band.title for band in bands], title=None),
        x=alt.X("share:Q", title="share of adults", axis=alt.Axis(format=".0%", tickCount=5)),
    )
    labels = base.mark_text(align="left", dx=4, fontSize=11, color="#555").encode(
        text=alt.Text("share:Q", format=".1%")
    )
    return (base.mark_bar(color=_REGIME, size=13) + labels).properties(
        width=330,
        height=140,
        title=alt.Title(f"Bands under {world.name}, last day", anchor="start", fontSize=13),
    )


def write_overview(done: Run, folder: Path) -> None:
    """Write ``overview.svg`` and ``overview.png`` into a folder, without any network."""
    import vl_convert as vlc

    specification = overview(done).to_dict()
    write_whole(folder / "overview.svg", vlc.vegalite_to_svg(specification).encode())
    write_whole(folder / "overview.png", vlc.vegalite_to_png(specification, scale=2))
