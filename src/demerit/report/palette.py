"""Colours and type of all charts."""

from __future__ import annotations

from typing import Any

APART, PALE = "#b5382a", "#9fb0ba"
"""What can be told apart, and what stands beside it."""


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
