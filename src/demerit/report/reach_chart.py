"""The share of citizens that a difference between two regimes has reached, month by month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.disk import write_whole
from demerit.errors import UsageError
from demerit.report.over_time import line_ends
from demerit.report.palette import REGIME, TWIN, heading, styled
from demerit.report.words import counted
from demerit.study.paired import CONFIDENCE

if TYPE_CHECKING:
    import polars as pl

    from demerit.explain.reach_found import ReachFound

_LABELS = {"reached": "something differs", "other_entries": "the ledger differs"}
_WIDTH, _HEIGHT = 520, 250
FORMATS = (".svg", ".png")


def reach_frame(found: ReachFound) -> pl.DataFrame:
    """Return the share of citizens by the end of each month: month, way, share, low, high."""
    import polars as pl

    rows = [(when, way, *share) for when, shares in found.months() for way, share in shares.items()]
    numbers = dict.fromkeys(("share", "low", "high"), pl.Float64)
    schema = {"month": pl.String, "way": pl.String, **numbers}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col("month").str.to_date())


def reach_chart(found: ReachFound) -> Any:
    """Return the picture: two lines with their bands, each named at its end."""
    plan = found.plan
    seeds = (
        f"Lines: mean over {len(found.seeds)} seeds; bands: {CONFIDENCE:.0%} interval."
        if len(found.seeds) > 1
        else "One seed: no interval."
    )
    title = heading(
        f"Whom the difference between {found.before} and {found.after} reaches",
        f"{counted(plan.population, 'person', 'people')} of the synthetic society “{plan.society.id}”, the "
        "same under both regimes. No real person is described.",
        f"Something differs: what is kept of them or entered about them. {seeds}",
        *found.card.lines(),
    )
    drawn = reach_panel(reach_frame(found)).properties(width=_WIDTH, height=_HEIGHT, title=title)
    return styled(drawn)


def reach_panel(frame: pl.DataFrame, *, names_inside: bool = False) -> Any:
    """Return the lines of `reach_frame` with their bands and names.

    Args:
        frame: what is drawn.
        names_inside: names stand above the upper and below the lower line, not to the right of their ends, so
            that a chart can be as wide as its page.
    """
    import altair as alt
    import polars as pl

    shown = frame.with_columns(pl.col("way").replace_strict(_LABELS))
    colours = alt.Scale(domain=[*_LABELS.values()], range=[REGIME, TWIN])
    years = shown["month"].dt.year().n_unique()
    dates: dict[str, Any] = {"format": "%Y", "tickCount": "year"} if years > 2 else {"format": "%b %Y"}
    base = alt.Chart(shown).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(grid=False, labelOverlap=True, **dates)),
        y=alt.Y("share:Q", title="share of citizens reached", scale=alt.Scale(zero=True, nice=True),
                axis=alt.Axis(format="~%", tickCount=5)),
        color=alt.Color("way:N", scale=colours, legend=None),
    )  # fmt: skip
    band = base.mark_area(opacity=0.2, clip=True).encode(y="low:Q", y2="high:Q")
    line = base.mark_line(strokeWidth=2.2, interpolate="monotone")
    colour = alt.Color("world:N", scale=colours, legend=None)
    text: dict[str, Any] = {"fontSize": 12, "fontWeight": "bold"}
    if not names_inside:
        ends = line_ends(shown.select(pl.col("way").alias("world"), "month", pl.col("share").alias("value")))
        names = alt.Chart(ends).encode(x="month:T", y="height:Q", text="world:N", color=colour)
        return alt.layer(band, line, names.mark_text(align="left", dx=6, **text))
    last = shown.filter(pl.col("month") == pl.col("month").max()).rename({"way": "world"})
    named = [
        alt.Chart(
            last.filter(pl.col("world") == label).with_columns(
                pl.coalesce("high" if above else "low", "share").alias("edge")
            )
        )
        .mark_text(align="right", baseline="bottom" if above else "top", dy=-8 if above else 8, **text)
        .encode(x="month:T", y="edge:Q", text="world:N", color=colour)
        for above, label in zip((True, False), _LABELS.values(), strict=True)
    ]
    return alt.layer(band, line, *named)


def write_reach(found: ReachFound, path: Path) -> None:
    """Write the picture, as SVG or PNG by the end of the name.

    Raises:
        RunFolderError: the disk refused.
    """
    import vl_convert as vlc

    specification = reach_chart(found).to_dict()
    if path.suffix == ".svg":
        write_whole(path, vlc.vegalite_to_svg(specification).encode())
    else:
        write_whole(path, vlc.vegalite_to_png(specification, scale=2))


def picture_path(name: str) -> Path:
    """Return the path of a picture that can be written.

    Raises:
        UsageError: the name does not end as a picture's does, or there is no such folder.

    >>> picture_path("reach.svg").name
    'reach.svg'
    """
    path = Path(name)
    if path.suffix not in FORMATS:
        raise UsageError(
            f"--plot {name} does not end in {' or '.join(FORMATS)}; name a file such as reach.svg"
        )
    if not path.absolute().parent.is_dir():
        raise UsageError(f"--plot {name}: there is no folder {path.parent}; make it first")
    return path
