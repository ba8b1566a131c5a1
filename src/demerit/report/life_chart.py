"""A life as a picture: each score over time, the edges it can cross, and what has moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demerit.explain.answers import truth_of
from demerit.explain.lives import Life, whose
from demerit.explain.waterfall import Fold, Waterfall
from demerit.explain.why import edges_of
from demerit.report.palette import PALE, REGIME, SERIES, TWIN, heading, styled
from demerit.report.words import entry_sentence
from demerit.study.card import card_of_manifest

if TYPE_CHECKING:
    import polars as pl

_STEP_DAYS = 7
_TRUTHS = ("true", "necessity", "inability", "mistaken", "fabricated", "duplicate")
_MARGIN = 0.06
_NEAR = 100
"""Points beyond what was shown within which an edge is drawn."""


def life_chart(life: Life) -> Any:
    """Return every score of a life that has moved, over time; with none, the first score there is."""
    import altair as alt

    fold = Fold(life)
    falls = fold.waterfalls()
    panels = [_panel(life, fold, fall) for fall in ([one for one in falls if one.moves] or falls[:1])]
    manifest = life.told.manifest
    title = heading(
        f"{life.name} under {life.told.name}",
        "Scores shown, in points, and the entries that moved them. "
        f"Synthetic society “{manifest.society.id}” of {manifest.population:,}, seed {manifest.seed}. "
        "No real person is described.",
        *card_of_manifest(manifest).lines(),
    )
    return styled(alt.vconcat(*panels, spacing=24, title=title))


def score_over_time(life: Life, fold: Fold, system: str) -> pl.DataFrame:
    """Return a score by date, weekly and on every day on which an entry moved it: date, score."""
    import polars as pl

    told = life.told
    moved = {told.day_of(entry["date"]) for entry, of, _, _ in fold.moves if of == system}
    days = sorted({*range(0, told.last_day, _STEP_DAYS), told.last_day, *moved})
    rows = [(told.date_of(day), fold.shown_on(system, day)) for day in days]
    return pl.DataFrame(rows, schema={"date": pl.Date, "score": pl.Int64}, orient="row")


def _panel(life: Life, fold: Fold, fall: Waterfall) -> Any:
    """Return one score with its edges and marks."""
    import altair as alt
    import polars as pl

    line = score_over_time(life, fold, fall.system)
    shown = [int(score) for score in line["score"].drop_nulls()]
    named: dict[int, list[str]] = {}
    for edge in edges_of(life, fall):
        if edge.what != "band" and min(shown) - _NEAR <= edge.at <= max(shown) + _NEAR:
            named.setdefault(edge.at, []).append(f"{edge.what} {edge.name}")
    edges = [{"edge": at, "name": ", ".join(names)} for at, names in named.items()]
    heights = [*shown, *named]
    span = (min(heights), max(heights))
    room = max((span[1] - span[0]) * _MARGIN, 1)
    y = alt.Y("score:Q", title="points", scale=alt.Scale(domain=[span[0] - room, span[1] + room], nice=False))
    x = alt.X("date:T", title=None)
    marks = [
        {
            "date": move.entry["date"],
            "score": fold.shown_on(fall.system, life.told.day_of(move.entry["date"])),
            "truth": truth_of(life, move.entry),
            "what": f"{whose(move.entry)}: {entry_sentence(move.entry)}",
        }
        for move in fall.moves
    ]
    layers = [alt.Chart(line).mark_line(interpolate="step-after", color=TWIN).encode(x=x, y=y)]
    if edges:
        rules = alt.Chart(pl.DataFrame(edges)).encode(y=alt.Y("edge:Q"))
        layers.append(rules.mark_rule(color=PALE, strokeDash=[4, 3]))
        layers.append(
            rules.mark_text(align="left", baseline="bottom", x=4, fontSize=10, color="#555").encode(
                text="name:N"
            )
        )
    if marks:
        colours = alt.Scale(domain=list(_TRUTHS), range=[TWIN, *SERIES[2:4], SERIES[4], REGIME, SERIES[7]])
        layers.append(
            alt.Chart(pl.DataFrame(marks)).mark_circle(size=60, opacity=1).encode(
                x=x, y=y, tooltip=["date:T", "what:N", "truth:N"],
                color=alt.Color("truth:N", scale=colours, title="truth of the entry"),
            )
        )  # fmt: skip
    return alt.layer(*layers).properties(
        width=700, height=180, title=alt.Title(fall.scale.title, anchor="start", fontSize=13)
    )
