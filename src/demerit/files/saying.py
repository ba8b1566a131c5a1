"""Say in words what differs between two files of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from demerit.files.canonical import PROSE
from demerit.files.difference import ABSENT, Difference, Direction
from demerit.files.layout import columns, shown
from demerit.files.merging import is_number_table
from demerit.files.number import Number

_SPELT_OUT: Final = {
    "points": " points",
    "points/12": " licence points",
    "people": " people",
    "1/month": " a month",
}


def higher_or_lower(names: tuple[str, ...], old: float, new: float) -> str:
    """Say which way a number moves, where nothing is known of what it means."""
    return "higher" if new > old else "lower"


def said(value: Any) -> str:
    """Write a value of canonical data for people.

    >>> said({"value": 0.05, "unit": "share", "basis": "law"}), said(["train", "loan"]), said([])
    ('5 %', 'train, loan', 'none')
    """
    if isinstance(value, Mapping):
        return _table_said(value)
    if isinstance(value, list):
        return (
            ", ".join(f"({said(one)})" if isinstance(one, Mapping) else said(one) for one in value) or "none"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}".replace("-", "−") if isinstance(value, float) else str(value)


def _table_said(value: Mapping[str, Any]) -> str:
    """Write a number with its unit, a patch, or the entries of any other table."""
    if is_number_table(value) and "unit" in value:
        if "values" in value:
            return ", ".join(f"{one:g}" for one in value["values"])
        return shown(Number(value["value"], value["unit"])) + _SPELT_OUT.get(value["unit"], "")
    if "op" in value:
        return f"{value['op']} {value['at']}" + (f" to {said(value['value'])}" if "value" in value else "")
    inner = [f"{_name(key, one)} {said(one)}" for key, one in value.items() if _worth_saying(key, one)]
    return ", ".join(inner) or "nothing"


def _name(key: str, value: Any) -> str:
    """Name an entry in words; days are not said twice.

    >>> _name("grace_days", {"value": 10, "unit": "days", "basis": "law"}), _name("grace_working_days", 3)
    ('grace', 'grace working days')
    """
    if is_number_table(value) and str(value.get("unit", "")).startswith("days"):
        key = key.removesuffix("_days")
    return key.replace("_", " ")


def _worth_saying(key: str, value: Any) -> bool:
    """Leave out names, prose, and what is as if it were not there; a section that is on need not say so."""
    if key in PROSE or key in ("id", "enabled") or value in (False, [], {}):
        return False
    return not (is_number_table(value) and value.get("value") == 0 and key not in ("from", "below", "above"))


def lines(differences: list[Difference], direction: Direction) -> list[str]:
    """Write differences under the names of their sections; prose is counted and not shown."""
    told = [one for one in differences if one.sort != "prose"]
    written: list[str] = []
    for section in dict.fromkeys(one.names[0] for one in told):
        rows = [_row(one, direction) for one in told if one.names[0] == section]
        written += ["", section, *columns(rows)]
    silent = len(differences) - len(told)
    if silent:
        written += ["", prose_line(silent)]
    return written


def prose_line(count: int) -> str:
    """Say how many texts differ that no run depends on."""
    return "1 title, note or source differs." if count == 1 else f"{count} titles, notes or sources differ."


def _row(one: Difference, direction: Direction) -> list[str]:
    return [".".join(one.names[1:]) or "the section", moved(one, direction)]


def moved(one: Difference, direction: Direction) -> str:
    """Say what becomes of an entry: old and new value, and which way it moves."""
    if one.sort == "added":
        return f"added: {said(one.new)}"
    if one.sort == "removed":
        return f"removed: {said(one.old)}"
    if one.sort == "evidence":
        return f"{said(one.new)} as before, on other evidence"
    word = meaning(one, direction)
    return f"{said(one.old)} → {said(one.new)}" + (f" ({word})" if word else "")


def meaning(one: Difference, direction: Direction) -> str:
    """Say in a word which way an entry moves; the empty string where it has no direction."""
    if one.sort in ("added", "removed"):
        return one.sort
    if one.sort != "changed":
        return ""
    old, new = _size(one.old, one.new), _size(one.new, one.old)
    if old is None or new is None or old == new:
        return ""
    word = direction(one.names, old, new)
    return "" if isinstance(one.new, bool) and word == higher_or_lower(one.names, old, new) else word


def _size(value: Any, other: Any) -> float | None:
    """Return a number, truth or growing list as something that can be compared."""
    if is_number_table(value):
        found = value.get("value")
        return float(found) if isinstance(found, int | float) else None
    if isinstance(value, bool | int | float):
        return float(value)
    if (
        isinstance(value, list)
        and isinstance(other, list)
        and all(isinstance(x, str) for x in [*value, *other])
    ):
        nested = set(value) <= set(other) or set(other) <= set(value)
        return float(len(value)) if nested else None
    return None


def as_json(one: Difference, direction: Direction) -> dict[str, Any]:
    """Return a difference as plain data: place, what happened, old and new value, unit, and a word."""
    return {
        "at": one.at,
        "change": one.sort,
        "old": _plain(one.old),
        "new": _plain(one.new),
        "unit": next((x["unit"] for x in (one.new, one.old) if is_number_table(x)), None),
        "word": meaning(one, direction),
    }


def _plain(value: Any) -> Any:
    if value is ABSENT:
        return None
    return value.get("value", value.get("values")) if is_number_table(value) else value
