"""The picture of a comparison: differences with their intervals, as shares of the larger mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.disk import write_whole
from demerit.report.comparing import telling
from demerit.report.palette import PALE, REGIME, heading, styled
from demerit.report.titles import in_lines, lines_axis, row_height, title_of
from demerit.report.words import counted, to_error
from demerit.study.card import card_of_comparison
from demerit.study.comparison import Comparison
from demerit.study.comparison_tables import differences
from demerit.study.findings import findings
from demerit.study.layout import PICTURE
from demerit.study.paired import CONFIDENCE

if TYPE_CHECKING:
    import polars as pl

_ROWS, _LETTERS = 24, 52
_ENDS = ("difference", "low", "high", "unpaired_low", "unpaired_high")


def forest(done: Comparison) -> Any:
    """Return the picture of a comparison: one panel for each regime set against the first."""
    import altair as alt

    plan = done.plan
    frame = forest_frame(done)
    first, *others = plan.names
    panels = [_panel(frame, name, place, len(others)) for place, name in enumerate(others)]
    explained = (
        [
            f"Dot: mean difference over {len(plan.seeds)} seeds. Thick: its {CONFIDENCE:.0%} interval, on "
            "the same people.",
            "Thin: the interval that seeds drawn separately for each regime would have given.",
        ]
        if len(plan.seeds) > 1
        else ["Dot: the difference. One seed gives no interval."]
    )
    title = heading(
        f"{', '.join(others)} set against {first}",
        f"{counted(plan.population, 'person', 'people')} of the synthetic society “{plan.society.id}”, "
        f"{counted(plan.years, 'year', 'years')}. No real person is described.",
        *explained,
        *card_of_comparison(plan).lines(),
    )
    return styled(alt.hconcat(*panels, spacing=30, title=title))


def forest_frame(done: Comparison) -> pl.DataFrame:
    """Return what the picture draws: the telling differences from the first regime, the largest rise first.

    Differences and ends of intervals are shares of the larger of the two means; the text has them in units.

    Returns:
        regime, indicator, title, difference, low, high, unpaired_low, unpaired_high, text, verdict.
    """
    import polars as pl

    names = [row.indicator.name for row in telling(findings(done))[:_ROWS]]
    everybody = differences(done).filter(
        pl.col("by") == "all", pl.col("against") == done.plan.names[0], pl.col("indicator").is_in(names)
    )
    larger = pl.max_horizontal(pl.col("mean").abs(), pl.col("against_mean").abs())
    scaled = pl.when(larger > 0).then(pl.col(*_ENDS) / larger)
    texts = [_text(row) for row in everybody.iter_rows(named=True)]
    return (
        everybody.with_columns(scaled, pl.Series("text", texts, pl.String))
        .with_columns(pl.Series("title", [title_of(name) for name in everybody["indicator"]], pl.String))
        .select("regime", "indicator", "title", *_ENDS, "text", "verdict")
        .sort(pl.col("difference").first().over("indicator"), descending=True, maintain_order=True)
    )


def _text(row: dict[str, Any]) -> str:
    difference, error = row["difference"], row["standard_error"]
    if difference is None:
        return "–"
    if row["verdict"] == "same":
        return "the same"
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    if not error:
        return to_error(difference, float("nan"), sign=True) + unit
    half = (row["high"] - row["low"]) / 2
    return f"{to_error(difference, error, sign=True)} ± {to_error(half, error)}{unit}"


def _panel(frame: pl.DataFrame, name: str, place: int, panels: int) -> Any:
    """Return the differences of a regime from the first, with their text beside them."""
    import altair as alt
    import polars as pl

    order = [in_lines(title, _LETTERS) for title in frame["title"].unique(maintain_order=True)]
    mine = frame.filter(pl.col("regime") == name)
    labels = pl.Series("label", [in_lines(title, _LETTERS) for title in mine["title"]], pl.String)
    rows = mine.with_columns(labels)
    height = row_height(order) * max(len(order), 1)
    base = alt.Chart(rows).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=lines_axis(labels=place == 0))
    )
    nought = base.mark_rule(color="#999").encode(x=alt.datum(0), y=alt.Y())
    above = alt.Title(name if panels > 1 else "", anchor="start", fontSize=13)
    marks = differences_marks(base, alt.Scale(domain=_domain(frame), nice=False))
    drawn = alt.layer(nought, *marks).properties(width=300, height=height, title=above)
    text = base.mark_text(align="left", fontSize=11, color="#333").encode(
        y=alt.Y("label:N", sort=order, axis=None), x=alt.value(0), text="text:N"
    )
    return alt.hconcat(drawn, text.properties(width=220, height=height), spacing=6)


def differences_marks(base: Any, scale: Any) -> tuple[Any, Any, Any]:
    """Return differences as marks: both kinds of interval, and the dot; pale if they cannot be told apart.

    Args:
        base: a chart (Altair) of rows of `forest_frame`, with a place for each.
        scale: of the horizontal axis.
    """
    import altair as alt

    axis = alt.Axis(labelExpr="datum.value ? format(datum.value, '+.0%') : '0'", tickCount=5)
    x = alt.X("difference:Q", title="difference, as a share of the larger mean", axis=axis, scale=scale)
    told = alt.FieldOneOfPredicate("verdict", ["apart", "one seed"])
    colour = alt.when(told).then(alt.value(REGIME)).otherwise(alt.value(PALE))
    thin = base.mark_rule(strokeWidth=1.4, color=PALE).encode(x="unpaired_low:Q", x2="unpaired_high:Q")
    thick = base.mark_rule(strokeWidth=5).encode(x="low:Q", x2="high:Q", color=colour)
    dot = base.mark_circle(size=42, opacity=1).encode(
        x=x, color=colour, tooltip=["title", "indicator", "text", "verdict"]
    )
    return thin, thick, dot


def _domain(frame: pl.DataFrame) -> list[float]:
    """Return the range of the horizontal axis, the same for all panels."""
    ends = [value for name in _ENDS for value in frame[name].drop_nulls()]
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    margin = 0.05 * (high - low) or 0.05
    return [min(low, 0.0) - margin, max(high, 0.0) + margin]


def write_forest(done: Comparison, folder: Path) -> None:
    """Write the picture of a comparison into its folder as SVG, PNG and, what it draws, as CSV."""
    import vl_convert as vlc

    specification = forest(done).to_dict()
    write_whole(folder / f"{PICTURE}.svg", vlc.vegalite_to_svg(specification).encode())
    write_whole(folder / f"{PICTURE}.png", vlc.vegalite_to_png(specification, scale=2))
    write_whole(folder / f"{PICTURE}.csv", forest_frame(done).write_csv().encode())
