"""The lines of a life in both worlds: each score that moved, the money the ledger names, and trust around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from demerit.explain.answers import truth_of
from demerit.explain.lives import Life, whose
from demerit.explain.waterfall import Fold, Waterfall
from demerit.explain.why import edges_of
from demerit.explorer.views.machine_charts import TRUTHS
from demerit.explorer.views.model import Chart, drawn
from demerit.report.life_chart import score_over_time
from demerit.report.palette import PALE, REGIME, TWIN, styled
from demerit.report.words import entry_sentence
from demerit.study.layout import INDICATORS

if TYPE_CHECKING:
    import polars as pl

PAID = ("record", "conviction", "damages", "settled_out", "claim_lost", "threat_paid", "harassed",
        "held_liable", "repair_begun", "course_bought", "points_bought", "claim_fined", "labour_damages",
        "turned_away", "loan_refused")  # fmt: skip
"""Entries whose amount the subject pays."""
GOT = ("compensation", "claim_settled", "staged_take", "report_rewarded", "labour_award", "points_sold")
"""Entries whose amount the subject gets."""
_NEAR = 100
_BELOW: Any = {"orient": "bottom"}
_MOST = 3


def lifelines(
    life: Life, other: Life | None, fold: Fold, falls: Sequence[Waterfall], stratum: str | None
) -> tuple[Chart, ...]:
    """Return the charts of a life: scores that moved, money, and trust among people like that.

    Args:
        life: the life; other: itself in the twin world, None without one.
        fold: its account; falls: its scores on the last day.
        stratum: class of a citizen, None for others.
    """
    moved = [fall for fall in falls if fall.moves] or list(falls[:1])
    charts = [score_chart(life, other, fold, fall) for fall in moved[:_MOST]]
    money = money_chart(life, other)
    charts += [] if money is None else [money]
    trust = None if stratum is None else trust_chart(life, stratum)
    return (*charts, *(() if trust is None else (trust,)))


def score_chart(life: Life, other: Life | None, fold: Fold, fall: Waterfall) -> Chart:
    """Return a score over time in both worlds, with its near edges and what moved it, by truth."""
    import altair as alt
    import polars as pl

    lines = [score_over_time(life, fold, fall.system).with_columns(pl.lit(life.told.name).alias("world"))]
    if other is not None:
        twin = Fold(other)
        if fall.system in twin.systems:
            lines.append(
                score_over_time(other, twin, fall.system).with_columns(pl.lit(other.told.name).alias("world"))
            )
    frame = pl.concat(lines).drop_nulls("score")
    marks = _marks(life, fold, fall)
    low, high = int(frame["score"].min()), int(frame["score"].max())  # type: ignore[arg-type]
    edges = _near_edges(life, fall, low - _NEAR, high + _NEAR)
    x = alt.X("date:T", title=None)
    y = alt.Y("score:Q", title="points", scale=alt.Scale(zero=False))
    colour = alt.Color("world:N", scale=world_colours(life, other), title=None, legend=_BELOW)
    layers: list[Any] = []
    if edges.height:
        rules = alt.Chart(edges).encode(y=alt.Y("at:Q"))
        layers += [
            rules.mark_rule(color=PALE, strokeDash=[4, 3]),
            rules.mark_text(align="left", x=3, dy=-5, fontSize=10, color="#767676").encode(text="name:N"),
        ]
    layers.append(alt.Chart(frame).mark_line(interpolate="step-after").encode(x=x, y=y, color=colour))
    if marks.height:
        truths = alt.Scale(domain=list(TRUTHS), range=list(TRUTHS.values()))
        layers.append(
            alt.Chart(marks).mark_circle(size=70, opacity=1).encode(
                x=x, y=y, fill=alt.Fill("truth:N", scale=truths, title="truth of the entry", legend=_BELOW),
                tooltip=["date:T", "what:N", "truth:N"],
            )
        )  # fmt: skip
    chart = alt.layer(*layers).properties(width="container", height=190)
    return drawn(f"{fall.scale.title}, points", styled(chart), frame)


def _near_edges(life: Life, fall: Waterfall, low: int, high: int) -> pl.DataFrame:
    """Return the edges of sanctions, rewards and lists between two scores, those at one height together."""
    import polars as pl

    named: dict[int, list[str]] = {}
    for edge in edges_of(life, fall):
        if edge.what != "band" and low <= edge.at <= high:
            named.setdefault(edge.at, []).append(edge.name)
    rows = [(at, ", ".join(names)) for at, names in named.items()]
    return pl.DataFrame(rows, schema={"at": pl.Int64, "name": pl.String}, orient="row")


def _marks(life: Life, fold: Fold, fall: Waterfall) -> pl.DataFrame:
    import polars as pl

    rows = [
        (
            move.entry["date"],
            fold.shown_on(fall.system, life.told.day_of(move.entry["date"])),
            truth_of(life, move.entry),
            f"{whose(move.entry)}: {entry_sentence(move.entry)}",
        )
        for move in fall.moves
    ]
    schema = {"date": pl.Date, "score": pl.Int64, "truth": pl.String, "what": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def world_colours(life: Life, other: Life | None) -> Any:
    """Return the scale of the two worlds' colours."""
    import altair as alt

    names = [life.told.name, *([] if other is None else [other.told.name])]
    return alt.Scale(domain=names, range=[REGIME, TWIN][: len(names)])


def money_of(life: Life) -> list[tuple[Any, float]]:
    """Return what the ledger says a subject has paid and got, added up by date, CNY."""
    total, found = 0.0, [(life.told.manifest.start, 0.0)]
    for entry in life.own:
        sign = -1 if entry["what"] in PAID else 1 if entry["what"] in GOT else 0
        if sign and entry["amount_cny"]:
            total += sign * entry["amount_cny"]
            found.append((entry["date"], round(total, 2)))
    found.append((life.told.date_of(life.told.last_day), round(total, 2)))
    return found


def money_chart(life: Life, other: Life | None) -> Chart | None:
    """Return money that the ledger names, added up, in both worlds; None where it names none."""
    import altair as alt
    import polars as pl

    lives = [life, *([] if other is None else [other])]
    rows = [(one.told.name, when, total) for one in lives for when, total in money_of(one)]
    if not any(total for _, _, total in rows):
        return None
    schema = {"world": pl.String, "date": pl.Date, "cny": pl.Float64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    chart = (
        alt.Chart(frame)
        .mark_line(interpolate="step-after")
        .encode(
            x=alt.X("date:T", title=None),
            y=alt.Y("cny:Q", title="CNY since the first day"),
            color=alt.Color("world:N", scale=world_colours(life, other), title=None, legend=_BELOW),
            tooltip=["world", "date", "cny"],
        )
        .properties(width="container", height=130)
    )
    return drawn(
        "Money that the ledger names: fines, damages, compensation, added up, CNY", styled(chart), frame
    )


def trust_chart(life: Life, stratum: str) -> Chart | None:
    """Return trust in institutions among people of a class, month by month; a run keeps nobody's own."""
    import altair as alt
    import polars as pl

    frame = (
        pl.read_parquet(life.told.folder / INDICATORS)
        .filter(
            pl.col("indicator") == "trust.institutions", pl.col("by") == "stratum", pl.col("group") == stratum
        )
        .select("world", "month", "value")
        .drop_nulls()
    )
    if not frame.height:
        return None
    worlds = frame["world"].unique(maintain_order=True).to_list()
    first = [life.told.name, *(one for one in worlds if one != life.told.name)]
    colours = alt.Scale(domain=first, range=[REGIME, TWIN][: len(first)])
    chart = (
        alt.Chart(frame)
        .mark_line()
        .encode(
            x=alt.X("month:T", title=None),
            y=alt.Y("value:Q", title="0 to 1", scale=alt.Scale(zero=False)),
            color=alt.Color("world:N", scale=colours, title=None, legend=_BELOW),
            tooltip=["world", "month", alt.Tooltip("value:Q", format=".3f")],
        )
        .properties(width="container", height=130)
    )
    word = stratum.replace("_", " ")
    return drawn(
        f"Trust in institutions among people of the class “{word}”, mean, 0 to 1", styled(chart), frame
    )
