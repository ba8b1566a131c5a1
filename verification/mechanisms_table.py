"""The table of docs/mechanisms.md as data: what switches a mechanism off, and which indicators measure it."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from demerit.errors import FileProblems
from demerit.files.address import find
from demerit.files.vocabulary import SITUATIONS
from demerit.regime import Regime
from demerit.regime.types import RegimeFile

PAGE = Path(__file__).parents[1] / "docs" / "mechanisms.md"
_SET = re.compile(r"`(?:\[(?P<section>\w+)\] )?(?P<at>[\w.*-]+) = (?P<value>[^`]+)`")
_GONE = re.compile(r"without (?:a )?((?:(?:,| and|, and)? ?`\[{1,2}[\w.]+\]{1,2}`)+)")
_BARE = re.compile(r"`(?:\[{1,2}(?P<section>[\w.]+)\]{1,2}|(?P<key>[\w.*-]+))`")
NOTHING_TO_SETTLE = {"trust.step_family": 0.0, "reporting.betrayal_family": 0.0}
"""Without bills nothing restores trust in the family under ordinary law, so nothing may wear it down."""


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


def switched(
    row: Mechanism, regime: dict[str, Any], society: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]:
    """Return what switches a mechanism off: values of society and regime, sections to leave out.

    Args:
        row: the mechanism.
        regime: canonical rules that have it; ``society`` likewise.
    """
    rules, people = names(regime), names(society)
    sections = {field.alias or name for name, field in RegimeFile.model_fields.items()}
    of_regime: dict[str, Any] = {}
    of_society: dict[str, Any] = {}
    for at, value in [*row.sets, *_and_so_on(row)]:
        section = at.partition(".")[0]
        in_rules = section in sections and (meant(at, rules) or not meant(at, people))
        if section in row.gone and in_rules:
            continue
        for name in meant(at, rules if in_rules else people):
            (of_regime if in_rules else of_society)[name] = value
    if of_society.get("situation.money.bill.rate") == 0:
        of_society |= NOTHING_TO_SETTLE
    return of_society, of_regime, tuple(name for name in row.gone if name.partition(".")[0] in sections)


def _and_so_on(row: Mechanism) -> Iterator[tuple[str, Any]]:
    """Yield the same switch for every kind of situation that the row's indicators count."""
    if "and so on" not in row.off:
        return
    at, value = row.sets[-1]
    if at.startswith("situation."):
        for pattern in row.indicators:
            for kind in SITUATIONS:
                if fnmatchcase(f"acts.{kind}", pattern):
                    yield f"situation.{kind}.rate", value
    else:
        section, _, key = at.partition(".")
        yield f"{section}.*{key[key.index('_') :] if '_' in key else ''}", value


def without(data: dict[str, Any], sections: tuple[str, ...]) -> Regime:
    """Return a regime without some sections, and without what cannot be without them."""
    data = copy.deepcopy(data)
    for section in sections:
        found = find(data, section, list(data))
        del found.holder[found.key]
    for _ in range(100):
        try:
            return Regime.from_canonical(data)
        except FileProblems as error:
            _prune(data, error.problems[0].key)
    raise AssertionError(f"{sections} cannot be left out")


def _prune(data: dict[str, Any], key: str) -> None:
    """Leave out what a problem names: the entry of a conduct, any other item, or the section."""
    found = find(data, key, list(data))
    section, *rest = found.path
    if section == "conduct":
        del found.holder[found.key]
    elif isinstance(data[section], list) and rest:
        del data[section][rest[0]]
    else:
        del data[section]
