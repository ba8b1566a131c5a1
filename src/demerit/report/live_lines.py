"""The lines that grow while worlds are lived: indicators by year under a reform, its base and ordinary law.

The definition holds no numbers. Two named data sets are filled, and filled anew, by whoever shows it:

- `LINES`: indicator, world, year, value, and low and high where there is an interval;
- `ENDS`: indicator, world, year, height, text: the name of each line, at a height that keeps names apart.
"""

from __future__ import annotations

from typing import Any

from demerit.report.palette import REGIME, SERIES, TWIN, styled

LINES, ENDS = "lines", "ends"
WORLDS = {"reform": SERIES[2], "as it is": REGIME, "ordinary": TWIN}
"""What the three worlds are called at the ends of their lines, and their colours."""
SHOWN = (
    ("records", "Records filed", "per 1,000 adult-years"),
    ("wrongful_share", "Wrongful records", "share of records"),
    ("penalty_days", "Penalties", "days of own income a year"),
    ("sanctioned", "Under a sanction", "share of adults, end of year"),
    ("acts_share.road.crosswalk", "Drivers who do not yield", "share of crossings"),
    ("trust.strangers", "Trust in strangers", "0 to 1, end of year"),
)
"""The indicators that are drawn: name, heading and unit."""
_WIDTH, _HEIGHT, _COLUMNS = 230, 110, 2


def live_lines(years: int) -> Any:
    """Return the chart (Altair), a panel an indicator, with no numbers in it yet.

    Args:
        years: length of every world.

    >>> made = live_lines(10).to_dict()
    >>> len(made["concat"]), made["columns"], made["concat"][0]["title"]["subtitle"]
    (6, 2, 'per 1,000 adult-years')
    """
    import altair as alt

    panels = [_panel(name, heading, unit, years) for name, heading, unit in SHOWN]
    chart = styled(alt.concat(*panels, columns=_COLUMNS, spacing=26))
    return chart.configure_view(stroke=None, continuousWidth=_WIDTH, continuousHeight=_HEIGHT)


def _panel(name: str, heading: str, unit: str, years: int) -> Any:
    """Return the lines of one indicator with their bands, and names at their ends."""
    import altair as alt

    x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[1, max(years, 2)], nice=False),
              axis=alt.Axis(values=[1, years], labelExpr="'year ' + datum.label", grid=False))  # fmt: skip
    scale = alt.Scale(zero=False, nice=True, padding=6)
    axis = alt.Axis(tickCount=4, minExtent=38)
    worlds = alt.Scale(domain=list(WORLDS), range=list(WORLDS.values()))
    colour = alt.Color("world:N", scale=worlds, legend=None)
    dashes = alt.Scale(domain=list(WORLDS), range=[[1, 0], [1, 0], [4, 3]])
    base = alt.Chart(alt.NamedData(LINES)).transform_filter(alt.datum.indicator == name).encode(x, colour)
    band = base.transform_filter("isValid(datum.low)").mark_area(opacity=0.16).encode(y="low:Q", y2="high:Q")
    line = base.mark_line(strokeWidth=2.2).encode(
        y=alt.Y("value:Q", title=None, scale=scale, axis=axis),
        strokeDash=alt.StrokeDash("world:N", scale=dashes, legend=None),
    )
    dot = base.mark_circle(size=16, opacity=1).encode(
        y="value:Q", tooltip=["world:N", "year:Q", "value:Q", "low:Q", "high:Q"]
    )
    ends = alt.Chart(alt.NamedData(ENDS)).transform_filter(alt.datum.indicator == name)
    names = ends.mark_text(align="left", dx=7, fontSize=11, fontWeight="bold").encode(
        x="year:Q", y="height:Q", text="text:N", color=colour
    )
    title = alt.Title(heading, subtitle=unit, anchor="start", fontSize=13, subtitleFontSize=11)
    return alt.layer(band, line, dot, names, title=title)
