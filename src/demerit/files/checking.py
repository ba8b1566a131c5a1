"""Checks across sections that work on data as read, so that they run even where single fields are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from demerit.files.evidence import is_finite_number
from demerit.files.locator import Path


@dataclass(frozen=True)
class Finding:
    """Something wrong (or, as a warning, odd) at a path of the data, and the rule of the linter it breaks."""

    path: Path
    message: str
    expected: str = ""
    nearest: str = ""
    warning: bool = False
    rule: str = "shape"


def items(data: Mapping[str, Any], section: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Iterate over the tables of a list section with their paths; anything else there is skipped."""
    found = data.get(section)
    if isinstance(found, list):
        for index, item in enumerate(found):
            if isinstance(item, dict):
                yield (section, index), item


def table(data: Mapping[str, Any], section: str) -> dict[str, Any] | None:
    """Return a section that is a table, or None if it is absent or something else."""
    found = data.get(section)
    return found if isinstance(found, dict) else None


def number(holder: Mapping[str, Any] | None, key: str) -> float | None:
    """Return the value of a number with or without its evidence; None if it is absent or malformed."""
    found = holder.get(key) if holder is not None else None
    if isinstance(found, dict):
        found = found.get("value")
    return float(found) if is_finite_number(found) and found is not None else None


def text(holder: Mapping[str, Any], key: str) -> str:
    """Return a text entry, or the empty string if it is absent or something else."""
    found = holder.get(key)
    return found if isinstance(found, str) else ""


def lists(holder: Mapping[str, Any], key: str, word: str) -> bool:
    """Say whether a list entry holds a word; a malformed entry, reported elsewhere, is given the benefit."""
    found = holder.get(key)
    return word in found if isinstance(found, list) else found is not None


def ids(data: Mapping[str, Any], section: str) -> tuple[str, ...]:
    """List the ids of a section in the order of the file."""
    return tuple(text(item, "id") for _, item in items(data, section) if text(item, "id"))


def repeated_ids(data: Mapping[str, Any]) -> list[Finding]:
    """Find ids that occur twice in one section."""
    findings = []
    for section in data:
        seen: set[str] = set()
        for path, item in items(data, section):
            name = text(item, "id")
            if name and name in seen:
                findings.append(
                    Finding(
                        (*path, "id"), f"id '{name}' is used twice", "an id of its own", rule="ids-differ"
                    )
                )
            seen.add(name)
    return findings


def scale_findings(holder: Mapping[str, Any], path: Path) -> list[Finding]:
    """Check that floor, base and ceiling of a scale stand in this order."""
    floor, base, ceiling = (number(holder, key) for key in ("floor", "base", "ceiling"))
    findings = []
    if floor is not None and ceiling is not None and floor >= ceiling:
        message = f"floor {floor:g} is not below ceiling {ceiling:g}"
        findings.append(Finding((*path, "floor"), message, "floor < ceiling", rule="scale-in-order"))
    elif floor is not None and base is not None and ceiling is not None and not floor <= base <= ceiling:
        message = f"base {base:g} lies outside the scale"
        expected = f"{floor:g} to {ceiling:g}"
        findings.append(Finding((*path, "base"), message, expected, rule="scale-in-order"))
    return findings
