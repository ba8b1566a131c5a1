"""A rule of a regime in words, and the facts it rests on, read from its own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demerit.files.number import Number

_SKIPPED = ("id", "title", "since", "until", "references", "answers", "authority", "of")


def terms_of(rule: Any) -> tuple[str, ...]:
    """Return what a rule says: each of its numbers with unit and basis, and what else it names.

    Args:
        rule: a rule of a regime file, such as a conduct or a chain.
    """
    found = []
    for name, value in _fields(rule):
        label = name.rstrip("_").replace("_", " ")
        if isinstance(value, Number):
            if float(value):
                found.append(f"{label}: {float(value):g} {_unit(value)}({_basis(value)})")
        elif isinstance(value, dict):
            found += [
                f"{label}, {key}: {float(one):g} {_unit(one)}({_basis(one)})"
                for key, one in value.items()
                if isinstance(one, Number)
            ]
        elif value not in (None, False, (), ""):
            told = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            found.append(label if value is True else f"{label}: {told}")
    return tuple(found)


def evidence_of(rule: Any) -> tuple[str, ...]:
    """Return the ids of the facts that a rule and its numbers cite, each once."""
    found = list(getattr(rule, "references", ()))
    for _, value in _fields(rule):
        numbers = value.values() if isinstance(value, dict) else (value,)
        for one in numbers:
            if isinstance(one, Number):
                found += one.source
    return tuple(dict.fromkeys(found))


def _fields(rule: Any) -> Iterator[tuple[str, Any]]:
    for name in type(rule).model_fields:
        if name not in _SKIPPED:
            yield name, getattr(rule, name)


def _unit(number: Number) -> str:
    return "" if number.unit == "1" else f"{number.unit} "


def _basis(number: Number) -> str:
    if number.range is None:
        return str(number.basis)
    low, high = number.range
    return f"{number.basis}, {low:g} to {high:g}"
