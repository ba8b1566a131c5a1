"""The table of docs/mechanisms.md as data: what switches a mechanism off, and which indicators measure it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "mechanisms.md"
_SET = re.compile(r"`(?:\[(?P<section>\w+)\] )?(?P<at>[\w.*-]+) = (?P<value>[^`]+)`")
_GONE = re.compile(r"without (?:a )?((?:(?:,| and|, and)? ?`\[{1,2}[\w.]+\]{1,2}`)+)")
_BARE = re.compile(r"`(?:\[{1,2}(?P<section>[\w.]+)\]{1,2}|(?P<key>[\w.*-]+))`")


@dataclass(frozen=True)
class Mechanism:
    """A row of the table.

    Attributes:
        title: what happens.
        off: the cell that says what switches it off.
        sets: keys with the values that switch it off; a key may hold a star.
        gone: sections whose absence switches it off.
        named: keys and sections that are named without a value.
        indicators: patterns of the names of its indicators.
    """

    title: str
    off: str
    sets: tuple[tuple[str, Any], ...]
    gone: tuple[str, ...]
    named: tuple[str, ...]
    indicators: tuple[str, ...]


def mechanisms() -> list[Mechanism]:
    """Read the rows of the table, those without a switch included."""
    table = PAGE.read_text(encoding="utf-8").partition("|---|")[2].splitlines()[1:]
    rows = []
    for line in table:
        if not line.startswith("|"):
            break
        title, _, off, _, indicators, _ = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        rows.append(_row(title, off, indicators))
    return rows


def _row(title: str, off: str, indicators: str) -> Mechanism:
    sets = tuple(
        (f"{one['section']}.{one['at']}" if one["section"] else one["at"], _value(one["value"]))
        for one in _SET.finditer(off)
    )
    gone = tuple(
        name for one in _GONE.finditer(off) for name in re.findall(r"`\[{1,2}([\w.]+)\]{1,2}`", one[1])
    )
    rest = _SET.sub("", off)
    named = tuple(one["section"] or one["key"] for one in _BARE.finditer(rest))
    measured = tuple(re.findall(r"`([^`]+)`", re.sub(r"\([^)]*\)", "", indicators)))
    return Mechanism(title, off, sets, gone, named, measured)


def _value(text: str) -> Any:
    return tomllib.loads(f"x = {text}")["x"]


def names(value: Any, path: str = "") -> set[str]:
    """Return every dotted name of canonical data, items by their id."""
    found = {path} if path else set()
    if isinstance(value, dict) and "unit" not in value:
        for key, inner in value.items():
            found |= names(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict) and "id" in inner:
                found |= names({k: v for k, v in inner.items() if k != "id"}, f"{path}.{inner['id']}")
    return found


def meant(pattern: str, known: set[str]) -> list[str]:
    """Return the names that a key of the table means: itself, those a star fits, or what ends in it."""
    return sorted(
        name
        for name in known
        if fnmatchcase(name, pattern) or ("." not in pattern and name.endswith(f".{pattern}"))
    )
