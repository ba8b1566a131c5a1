"""Colours, type and margins of all charts."""

from __future__ import annotations

from typing import Any

REGIME, TWIN = "#b5382a", "#5b7083"
"""The regime under test and its twin world."""
PALE = "#9fb0ba"
"""What stands in the background: what cannot be told apart, and the intervals of separate seeds."""
SERIES = (TWIN, REGIME, "#2a7f8e", "#c08a1e", "#6b4c9a", "#4f7f3a", "#a0527d", "#8a6d4b",
          "#3f5f9f", "#7f8f2f", "#c06a4a", "#444444")  # fmt: skip
"""Regimes that are compared, the one that the others are set against first."""

VERDICTS = {"holds": SERIES[2], "fails": REGIME, "unclear": SERIES[3], "no occasion": TWIN}
"""What becomes of a claim."""

BANDS = ("#14505c", "#2f8290", "#86b8b1", "#d3c68c", "#df9a3f", "#b5532a", "#7a1d1a", "#3d0f12")
"""The bands of a score, the highest first; told apart by lightness too, whatever colours somebody sees."""


def band_colours(count: int) -> list[str]:
    """Return the colours of so many bands, from the highest to the lowest, spread over the scale.

    >>> band_colours(2)
    ['#14505c', '#7a1d1a']
    """
    last = len(BANDS) - 2 if count < len(BANDS) else len(BANDS) - 1
    return [BANDS[round(place * last / max(count - 1, 1))] for place in range(count)]


def styled(chart: Any) -> Any:
    """Return a chart with the type, axes and margins that all charts have."""
    return (
        chart.configure(font="Liberation Sans, Helvetica, Arial, sans-serif", padding=16)
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


def heading(text: str, *lines: str) -> Any:
    """Return the title of a chart with the lines below it."""
    import altair as alt

    return alt.Title(
        text,
        subtitle=list(lines) if len(lines) > 1 else lines[0],
        anchor="start",
        fontSize=18,
        subtitleFontSize=12,
        subtitleColor="#555",
        offset=14,
    )
