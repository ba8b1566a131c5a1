"""Lay out plain text: aligned columns, headed parts, numbers with their unit."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from demerit.files.number import Number

WIDTH: Final = 118
"""Longest line of a page, in characters."""
_SHORT: Final[dict[str, str]] = {
    "CNY": " CNY",
    "days": " d",
    "days of income": " d of income",
    "years": " y",
    "1/year": " a year",
}
_PERCENT: Final = frozenset({"probability", "probability/event", "share"})


def shown(number: Number) -> str:
    """Write a value for people: shares as percentages, other units in short, large numbers in threes.

    >>> shown(Number(0.05, "probability/event")), shown(Number(-6.0, "points")), shown(Number(2e6, "CNY"))
    ('5 %', '−6', '2,000,000 CNY')
    """
    if number.unit in _PERCENT:
        return f"{100 * number.value:.4g} %"
    large = abs(number.value) >= 1e4 and float(number.value).is_integer()
    text = (f"{number.value:,.0f}" if large else f"{number.value:.6g}").replace("-", "−")
    return text + _SHORT.get(number.unit, "")


def columns(rows: Sequence[Sequence[str]], indent: int = 2) -> list[str]:
    """Align rows of cells in columns, two spaces apart.

    >>> columns([["a", "1"], ["bcd", "2"]], indent=0)
    ['a    1', 'bcd  2']
    """
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [(" " * indent + line).rstrip() for line in lines]


def wrapped(line: str, indent: int) -> list[str]:
    """Break a line that is too long for a page, what follows indented.

    >>> wrapped("  a  " + "b " * 60, 4)[1]
    '    b b b'
    """
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False)


def flowed(lines: Sequence[str]) -> list[str]:
    """Let paragraphs of a line or two follow each other, after the longer ones, which begin their own line.

    Args:
        lines: wrapped lines; a paragraph is indented by two, what continues it by four.

    >>> flowed(["  a", "  b c", "  d", "    e", "    f"])
    ['  d', '    e', '    f', '  a · b c']
    """
    paragraphs: list[list[str]] = []
    for line in lines:
        if line.startswith("    "):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    long = [line for one in paragraphs if len(one) > 2 for line in one]
    short = [" ".join(line.strip() for line in one) for one in paragraphs if len(one) <= 2]
    return [*long, *(wrapped(f"  {' · '.join(short)}", 4) if short else ())]


def part(title: str, lines: Sequence[str]) -> list[str]:
    """Put a heading over lines and an empty line before it; nothing if there are none."""
    return ["", title, *lines] if lines else []
