"""The chart of a claim: each part with its interval beside the smallest effect that matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from demerit.explorer.views.model import Chart, drawn
from demerit.report.palette import PALE, VERDICTS, styled

if TYPE_CHECKING:
    from demerit.explorer.views.claims import Part


def claim_chart(text: str, parts: Sequence[Part]) -> Chart | None:
    """Return the parts of a claim; None where none had an occasion.

    Units differ between parts, so every part has a scale of its own that shows nought and what matters.
    """
    import altair as alt
    import polars as pl

    known = [one for one in parts if one.effect is not None]
    if not known:
        return None
    names = (
        "key",
        "contrast",
        "unit",
        "effect",
        "low",
        "high",
        "holm_low",
        "holm_high",
        "smallest",
        "verdict",
    )
    numbers = dict.fromkeys(names[3:9], pl.Float64)
    frame = pl.DataFrame(
        [tuple(getattr(one, name) for name in names) for one in known],
        schema={name: numbers.get(name, pl.String) for name in names},
        orient="row",
    ).with_columns((pl.col("contrast") + ", " + pl.col("unit")).alias("figure"))
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
        title="verdict of the part",
        legend=alt.Legend(orient="bottom"),
    )
    panels = []
    for row in frame.iter_rows(named=True):
        one = alt.Chart(frame.filter(pl.col("key") == row["key"]))
        x = alt.X("effect:Q", title=row["figure"], scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
        matters = one.mark_rule(color="#888", strokeDash=[4, 3]).encode(x=alt.X("smallest:Q"))
        thin = one.mark_rule(color=PALE, strokeWidth=1.5).encode(x="holm_low:Q", x2="holm_high:Q")
        thick = one.mark_rule(strokeWidth=5).encode(x="low:Q", x2="high:Q", color=colour)
        dot = one.mark_circle(size=80, opacity=1).encode(
            x=x, color=colour, tooltip=["key", "figure", "effect", "low", "high", "smallest", "verdict"]
        )
        panels.append(alt.layer(matters, thin, thick, dot).properties(width=300, height=36))
    chart = styled(alt.vconcat(*panels, spacing=12))
    return drawn(
        f"{text}: each part, its 95 % interval, and what matters (dashed)", chart, frame.drop("figure")
    )
