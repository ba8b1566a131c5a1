"""The tipping line in (kappa, phi) as a chart: where a score makes people worse, and where better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from demerit.claims.crowding import GIVEN_IN, Surface, tipping_line
from demerit.report.palette import heading, styled

_SIGNS = {"above": "#e9c9c5", "below": "#cdd6dc", "cannot be told": "#f3f2ef"}
"""Where the interval of a point lies against where the sign turns, and its colour: the palette's, paled."""


def crowding_map(
    kappas: Sequence[float],
    phis: Sequence[float],
    mapped: Sequence[Surface],
    default: tuple[float, float],
    lines: Sequence[str],
) -> Any:
    """Return the chart: a panel a figure, a point a pair of numbers, the tipping line between.

    Args:
        kappas, phis: the grid.
        mapped: what is shown.
        default: kappa and phi of the file.
        lines: what stands below the title.
    """
    import altair as alt

    panels = [_panel(kappas, phis, one, default) for one in mapped]
    return styled(alt.concat(*panels, columns=2, spacing=36, title=heading("Where the sign turns", *lines)))


def _panel(kappas: Sequence[float], phis: Sequence[float], one: Surface, default: tuple[float, float]) -> Any:
    import altair as alt
    import polars as pl

    x = alt.X("phi:Q", title="φ: norm replaced by a price", scale=alt.Scale(domain=_wide(phis)))
    y = alt.Y("kappa:Q", title="κ: conscience lost a year", scale=alt.Scale(domain=_wide(kappas)))
    line = alt.Chart(pl.DataFrame(_line(kappas, phis, one), schema=["phi", "kappa"], orient="row"))
    points = alt.Chart(pl.DataFrame(_points(kappas, phis, one)))
    mine = alt.Chart(pl.DataFrame([{"kappa": default[0], "phi": default[1], "says": "file"}]))
    layers = [
        points.mark_square(size=330, opacity=1).encode(
            x=x,
            y=y,
            color=alt.Color(
                "sign:N",
                scale=alt.Scale(domain=list(_SIGNS), range=list(_SIGNS.values())),
                legend=alt.Legend(title="against where it turns", orient="bottom"),
            ),
        ),
        points.mark_text(fontSize=8, color="#333").encode(x=x, y=y, text="value:N"),
        line.mark_line(color="#222", strokeWidth=1.8).encode(x=x, y=y, order="phi:Q"),
        mine.mark_square(size=380, filled=False, color="#222", strokeWidth=1.2).encode(x=x, y=y),
    ]
    name = "Acts" if one.key == GIVEN_IN else one.key
    title = alt.Title(
        f"{name}: {one.contrast}", subtitle=[*_wrapped(one.says), f"turns at {one.smallest:g}"],
        anchor="start", fontSize=13, subtitleFontSize=11, subtitleColor="#555",
    )  # fmt: skip
    return alt.layer(*layers).properties(width=340, height=330, title=title)


def _wide(values: Sequence[float]) -> list[float]:
    room = 0.07 * (values[-1] - values[0])
    return [values[0] - room, values[-1] + room]


def _line(kappas: Sequence[float], phis: Sequence[float], one: Surface) -> list[tuple[float, float]]:
    return tipping_line(kappas, phis, one.mean - one.smallest)


def _points(kappas: Sequence[float], phis: Sequence[float], one: Surface) -> list[dict[str, Any]]:
    off, half = one.mean - one.smallest, one.half
    signs = np.where(off - half > 0, "above", np.where(off + half < 0, "below", "cannot be told"))
    return [
        {"kappa": kappa, "phi": phi, "value": f"{one.mean[row, column]:.2g}".replace("-", "−"),
         "sign": str(signs[row, column])}
        for row, kappa in enumerate(kappas)
        for column, phi in enumerate(phis)
    ]  # fmt: skip


def _wrapped(text: str, width: int = 52) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)
