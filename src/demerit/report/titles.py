"""What indicators are called in charts: short, without ids, each name once."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from demerit.catalogue.words import KINDS
from demerit.measures.indicators import INDICATORS
from demerit.measures.terms import Indicator
from demerit.report.deeds import alleged
from demerit.report.headlines import HEADLINES

_LABELS = {name: label.strip() for name, label, _ in HEADLINES} | {
    "wrongful_share": "records that are wrongful",  # in a table its label leans on the row above
}
"""What tables call the headline indicators."""
_OF_WHAT = re.compile(r", (of (?!firms|agencies)|per )[^;]*$")
_PER = {"acts": "per adult and year", "acts_share": "per situation"}
_LINE_HEIGHT, _GAP = 13, 8
"""Pixels of a line of a title beside a row, and between two rows."""


def title_of(name: str) -> str:
    """Return what an indicator is called.

    >>> title_of("wrongful_share"), title_of("acts_share.road.drink")
    ('Records that are wrongful', 'Driving after drinking, per situation')
    >>> title_of("given_up.rite")
    'Officials who give up a religious ceremony because of what governs it'
    """
    return _titles()[name]


def in_lines(title: str, letters: int) -> str:
    r"""Return a title in lines of at most so many letters, as `lines_axis` writes it beside a row.

    >>> in_lines("Officials who give up a religious ceremony because of what governs it", 40)
    'Officials who give up a religious\nceremony because of what governs it'
    """
    return "\n".join(textwrap.wrap(title, letters))


def lines_axis(**more: Any) -> Any:
    """Return an axis (Altair) whose labels stand in the lines of `in_lines`, their middle at the row's."""
    import altair as alt

    lines = r"split(datum.label, '\n')"
    lift = alt.ExprRef(rf"-{_LINE_HEIGHT / 2} * (length(split(datum.value, '\n')) - 1)")
    return alt.Axis(labelExpr=lines, labelOffset=lift, labelLimit=0, grid=False, **more)


def row_height(labels: Iterable[str]) -> int:
    r"""Return the height of a row, in pixels, that has room for the longest of some labels.

    >>> row_height(["one", "one\ntwo"])
    34
    """
    return _GAP + _LINE_HEIGHT * max((label.count("\n") + 1 for label in labels), default=1)


@cache
def _titles() -> dict[str, str]:
    """Return the title of every indicator; what a share is of is said only to tell two apart."""
    short = {one.name: _title(one) for one in INDICATORS}
    count = Counter((short[one.name], one.unit) for one in INDICATORS)
    return {
        one.name: short[one.name] if count[short[one.name], one.unit] == 1 else _said(one.definition)
        for one in INDICATORS
    }


def _title(one: Indicator) -> str:
    head, _, kind = one.name.partition(".")
    if one.name in _LABELS:
        return _capital(_LABELS[one.name])
    if head in _PER and kind in KINDS:
        return _capital(f"{alleged(kind)}, {_PER[head]}")
    return _capital(_OF_WHAT.sub("", _said(one.definition).split("; ")[0]))


def _said(definition: str) -> str:
    """Return a definition with situations by what they are called."""
    return re.sub("|".join(map(re.escape, KINDS)), lambda found: alleged(found[0]), definition.rstrip("."))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
