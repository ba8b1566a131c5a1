"""Charts, each defined once: the same definition serves the run folder, the documentation and a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.disk import write_whole
from demerit.report.over_time import MOST_PANELS, chosen, line_panel, smoothed, step
from demerit.report.palette import REGIME, SERIES, TWIN, heading, styled
from demerit.report.words import counted
from demerit.study.card import card_of_plan
from demerit.study.run import Run, indicator_frame

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

_PANELS = (
    ("acts_share.road.crosswalk", "Drivers who do not yield", "share of crossings", "%"),
    ("acts_share.nb.deed_seen", "Good deeds, where seen", "share of occasions", "%"),
    ("acts_share.nb.deed_unseen", "Good deeds, unseen", "share of occasions", "%"),
    ("restraint_by_fear", "Held back by fear, not principle", "share of restraints", "%"),
    ("trust.strangers", "Trust in strangers", "0 to 1", "f"),
    ("trust.institutions", "Trust in institutions", "0 to 1", "f"),
)


def overview(done: Run) -> Any:
    """Return the picture of a run: six indicators over time in both worlds, and who pays by income fifth."""
    import altair as alt

    frame = indicator_frame(done)
    names = [world.name for world in done.worlds]
    colours = alt.Scale(domain=names, range=[REGIME, TWIN, *SERIES[2:]][: len(names)])
    every = step(done.plan.request.years)
    panels = [_line(frame, colours, every, *panel) for panel in _PANELS]
    rows = [alt.hconcat(*panels[:3], spacing=24), alt.hconcat(*panels[3:], spacing=24)]
    rows.append(alt.hconcat(_who_pays(done, colours), _bands(done), spacing=40))
    plan = done.plan
    against = f" and under {names[1]}" if len(names) > 1 else ""
    title = heading(
        f"{counted(plan.population, 'person', 'people')}, {counted(plan.request.years, 'year', 'years')} "
        f"under {names[0]}{against}",
        f"Synthetic society “{plan.society.id}”, seed {plan.request.seed}: the same people in the "
        "same situations. No real person is described. The scales of the lines do not begin at nought.",
        *card_of_plan(plan).lines(),
    )
    return styled(alt.vconcat(*rows, spacing=26, title=title))


def over_time(done: Run, name: str) -> Any:
    """Return indicators over time in all worlds of a run.

    Args:
        done: the run.
        name: an indicator, or the beginning of several (``trust``).

    Raises:
        UsageError: there is no such indicator.
    """
    import altair as alt
    import polars as pl

    plan = done.plan
    frame = indicator_frame(done).filter(pl.col("by") == "all")
    names = [world.name for world in done.worlds]
    colours = alt.Scale(domain=names, range=[REGIME, TWIN, *SERIES[2:]][: len(names)])
    panels = [
        line_panel(
            smoothed(frame.filter(pl.col("indicator") == one.name), step(plan.request.years), by=("world",)),
            colours,
            title=one.name,
            unit="" if one.unit == "1" else one.unit,
            form="",
        )
        for one in chosen(name)[:MOST_PANELS]
    ]
    title = heading(
        f"{name} under {' and '.join(names)}",
        f"{counted(plan.population, 'person', 'people')} of the synthetic society “{plan.society.id}”, "
        f"seed {plan.request.seed}. No real person is described.",
        *card_of_plan(plan).lines(),
    )
    return styled(alt.concat(*panels, columns=3, spacing=24, title=title))


def _line(
    frame: pl.DataFrame, colours: alt.Scale, every: str, name: str, title: str, unit: str, form: str
) -> Any:
    """Return one indicator over time with a label at the end of each line."""
    import polars as pl

    months = frame.filter((pl.col("indicator") == name) & (pl.col("by") == "all"))
    lines = smoothed(months, every, by=("world",))
    return line_panel(lines, colours, title=title, unit=unit, form=form)


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
    return (base.mark_bar(color=REGIME, size=13) + labels).properties(
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
