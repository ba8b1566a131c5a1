"""Evidence of a number: unit, basis, range and sources, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from demerit.files.names import nearest, quoted
from demerit.files.units import UNITS
from demerit.sources import source_ids

Basis = Literal["law", "cited", "inferred", "assumed", "calibrated"]
BASES: Final[tuple[str, ...]] = get_args(Basis)
LARGEST: Final = 1e300
EVIDENCE_KEYS: Final = ("unit", "range", "basis", "source", "note", "target")


@dataclass(frozen=True)
class Issue:
    """One thing wrong inside a number's table; `key` is the entry of the table, or empty for all of it."""

    key: str
    message: str
    expected: str = ""
    nearest: str = ""


def is_finite_number(value: Any) -> bool:
    """Say whether a value read from a file is a finite integer or float (and not a truth value)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -LARGEST <= value <= LARGEST  # false for nan; exact for integers beyond the range of floats


def unknown_keys(table: Mapping[str, Any], value_key: str) -> list[Issue]:
    """List entries that a number's table does not have."""
    valid = (value_key, *EVIDENCE_KEYS)
    return [
        Issue(key, f"unknown key '{key}'", ", ".join(valid), nearest(key, valid))
        for key in table
        if key not in valid
    ]


def unit_issues(table: Mapping[str, Any], unit: str) -> list[Issue]:
    """Check the unit against the one the field declares; an absent unit is an error in a table."""
    given = table.get("unit")
    if given is None:
        return [Issue("unit", "missing", f"'{unit}'")]
    if given == unit:
        return []
    if not isinstance(given, str) or given not in UNITS:
        return [Issue("unit", f"unknown unit {quoted(given)}", f"'{unit}'", nearest(str(given), UNITS))]
    return [Issue("unit", f"wrong unit '{given}'", f"'{unit}'")]


def range_issues(table: Mapping[str, Any]) -> list[Issue]:
    """Check that a range, if given, is two finite numbers in order."""
    given = table.get("range")
    if given is None:
        return []
    pair = isinstance(given, list | tuple) and len(given) == 2 and all(is_finite_number(x) for x in given)
    if not pair:
        return [Issue("range", f"{quoted(given)} is not a range", "two numbers, [low, high]")]
    if given[0] > given[1]:
        return [Issue("range", f"low end {given[0]:g} is above high end {given[1]:g}", "[low, high]")]
    return []


def basis_issues(table: Mapping[str, Any]) -> list[Issue]:
    """Check the basis and what it demands: a source, a note, a range or a target."""
    basis = table.get("basis")
    if basis is None:
        return [Issue("basis", "missing", ", ".join(BASES)), *_source_issues(table)]
    if basis not in BASES:
        near = nearest(str(basis), BASES)
        return [
            Issue("basis", f"unknown basis {quoted(basis)}", ", ".join(BASES), near),
            *_source_issues(table),
        ]
    demands = {
        "cited": ("source", "a cited number needs its source", 'source = ["an id of sources.toml"]'),
        "inferred": ("note", "an inferred number needs a note", 'note = "how it follows"'),
        "assumed": ("range", "an assumed number needs a range", "range = [low, high]"),
        "calibrated": ("target", "a calibrated number needs its target", 'target = "what it was fitted to"'),
    }
    issues = _source_issues(table)
    if basis in demands:
        key, message, expected = demands[basis]
        if not table.get(key):
            issues.append(Issue("", message, expected))
    return issues


def _source_issues(table: Mapping[str, Any]) -> list[Issue]:
    given = table.get("source", [])
    if not isinstance(given, list | tuple) or not all(isinstance(x, str) for x in given):
        return [Issue("source", f"{quoted(given)} is not a list of source ids", '["S60"]')]
    known = source_ids()
    return [
        Issue("source", f"unknown source '{name}'", "an id of sources.toml", nearest(name, known))
        for name in given
        if name not in known
    ]


def text_issues(table: Mapping[str, Any]) -> list[Issue]:
    """Check that note and target, if given, are texts."""
    return [
        Issue(key, f"{quoted(table[key])} is not a text", "a text")
        for key in ("note", "target")
        if table.get(key) is not None and not isinstance(table[key], str)
    ]
