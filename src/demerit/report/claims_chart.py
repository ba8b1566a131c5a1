"""The picture of the claims: every effect with its interval, beside the smallest effect that matters.

Claims have many units, so a row has a scale of its own: the dashed line is the smallest effect of interest,
right of it lies what the claim says, and the row's farthest mark stands at an edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from demerit.claims.verdicts import CONFIDENCE
from demerit.errors import UsageError
from demerit.files.names import nearest
from demerit.report.palette import VERDICTS, heading, styled
from demerit.report.titles import in_lines, lines_axis, row_height
from demerit.report.words import counted, number, written

if TYPE_CHECKING:
    import polars as pl

    from demerit.claims.study import ClaimsDone
    from demerit.claims.verdicts import ClaimFound, PartFound

_SIDE = {"above": ">", "below": "<", "at_least": "≥"}
_LETTERS, _WIDTH, _TEXT = 46, 320, 330
_PLACES = ("at", "at_low", "at_high")


def claims_chart(done: ClaimsDone, claim: str | None = None) -> Any:
    """Return the picture: the weakest part of every claim, or all parts of one.

    Args:
        done: the claims.
        claim: id of a claim, such as ``C6``; None for all.

    Raises:
        UsageError: there is no such claim.
    """
    import altair as alt
    import polars as pl

    frame = claims_frame(done, claim)
    order = frame["row"].to_list()
    height = alt.Step(row_height(order))
    rows = alt.Scale(domain=order)  # those without marks too, or the text beside would stand at other rows
    base = alt.Chart(frame).encode(y=alt.Y("row:N", scale=rows, title=None, axis=lines_axis()))
    known = base.transform_filter("isValid(datum.at)")
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
        legend=alt.Legend(title=None, orient="top"),
    )
    x = alt.X("at:Q", title="beyond what matters →", scale=alt.Scale(domain=[-1.08, 1.08], nice=False),
              axis=alt.Axis(labels=False, grid=False))  # fmt: skip
    edge = alt.Chart(pl.DataFrame({"at": [0.0]})).mark_rule(color="#777", strokeDash=[4, 3])
    bar = known.mark_rule(strokeWidth=5, opacity=0.55).encode(x="at_low:Q", x2="at_high:Q", color=colour)
    dot = known.mark_circle(size=55, opacity=1).encode(x=x, color=colour)
    drawn = alt.layer(edge.encode(x="at:Q"), bar, dot).properties(width=_WIDTH, height=height)
    text = base.mark_text(align="left", fontSize=11, color="#333").encode(
        y=alt.Y("row:N", scale=rows, axis=None), x=alt.value(0), text="text:N"
    )
    beside = text.properties(width=_TEXT, height=height)
    return styled(alt.hconcat(drawn, beside, spacing=6, title=_title(done, claim)))


def _title(done: ClaimsDone, claim: str | None) -> Any:
    plan = done.plan
    rows = "Every claim by its weakest part" if claim is None else "Every part of the claim"
    return heading(
        f"{'The claims' if claim is None else claim} held against {plan.regime.id}",
        f"{counted(plan.population, 'person', 'people')} of the synthetic society “{plan.society.id}”, "
        f"{counted(plan.years, 'year', 'years')}, {counted(len(plan.seeds), 'seed', 'seeds')}. "
        "No real person is described.",
        f"{rows}. Dot: mean over seeds; bar: {CONFIDENCE:.0%} interval. Dashed: the smallest effect that "
        "matters.",
        "Right of it lies what the claim says. Each row has a scale of its own; its figures stand beside it.",
        *done.card.lines(),
    )


def claims_frame(done: ClaimsDone, claim: str | None = None) -> pl.DataFrame:
    """Return what the picture draws.

    Returns:
        row (what stands beside it), claim, key, unit, verdict, text (the figures in words), effect, low,
        high, smallest, and at, at_low, at_high: distances of effect and ends from what matters, counted
        towards what the claim says, over the farthest of them; null without an occasion.

    Raises:
        UsageError: there is no such claim.
    """
    import polars as pl

    rows = [_row(one, part, whole=claim is None) for one, part in _chosen(done.found, claim)]
    words = dict.fromkeys(("row", "claim", "key", "unit", "verdict", "text"), pl.String)
    numbers = dict.fromkeys(("effect", "low", "high", "smallest", *_PLACES), pl.Float64)
    frame = pl.DataFrame(rows, schema={**words, **numbers}, orient="row")
    return frame.with_columns(pl.col(*numbers).fill_nan(None))


def _chosen(found: Iterable[ClaimFound], claim: str | None) -> list[tuple[ClaimFound, PartFound]]:
    """Return the weakest part of every claim, or every part of one."""
    claims = list(found)
    if claim is None:
        return [(one, weakest(one)) for one in claims]
    ids = [one.claim.id for one in claims]
    if claim not in ids:
        near = nearest(claim, ids)
        raise UsageError(f"there is no claim '{claim}'" + (f"; did you mean {near}?" if near else ""))
    one = claims[ids.index(claim)]
    return [(one, part) for part in one.parts]


def weakest(one: ClaimFound) -> PartFound:
    """Return the part that gives a claim its verdict; of several, the one with the least room for doubt."""
    deciding = [part for part in one.parts if part.verdict == one.verdict]
    return min(deciding, key=lambda part: _distances(part)[1] if not math.isnan(_distances(part)[1]) else 0)


def _distances(part: PartFound) -> tuple[float, float, float]:
    """Return effect, nearer and farther end of the interval from what matters, over the farthest of them."""
    sign = -1 if part.part.side == "below" else 1
    off = [
        sign * (value - part.part.smallest) for value in (part.found.effect, part.found.low, part.found.high)
    ]
    span = max((abs(value) for value in off if not math.isnan(value)), default=0.0)
    effect, *ends = (value / span if span else value for value in off)
    low, high = sorted(ends)
    return effect, low, high


def _row(one: ClaimFound, part: PartFound, *, whole: bool) -> tuple[Any, ...]:
    found, of = part.found, part.part
    label = f"{one.claim.id} {one.claim.text}" if whole else f"{of.figure.replace(' - ', ' − ')}, {of.unit}"
    places = (math.nan,) * len(_PLACES) if part.verdict == "no occasion" else _distances(part)
    words = in_lines(label, _LETTERS), one.claim.id, part.key, of.unit, part.verdict, _words(part)
    return (*words, found.effect, found.low, found.high, of.smallest, *places)


def _words(part: PartFound) -> str:
    """Return effect, interval and what matters as people read them."""
    found, of = part.found, part.part
    if part.verdict == "no occasion":
        return "no occasion"
    interval = "" if math.isnan(found.low) else f" ({number(found.low)} to {number(found.high)})"
    return (
        f"{number(found.effect)}{interval} {of.unit}; matters: {_SIDE[of.side]} {written(of.smallest, 'g')}"
    )
