"""A rule of a regime in words, and the facts it rests on, read from its own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demerit.files.number import Number
from demerit.report.words import written

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
                found.append(f"{label}: {_shown(value)}")
        elif isinstance(value, dict):
            found += [
                f"{label}, {key}: {_shown(one)}" for key, one in value.items() if isinstance(one, Number)
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


def _shown(number: Number) -> str:
    """Return a number with its unit, what it rests on and its plausible range."""
    unit = "" if number.unit == "1" else f"{number.unit} "
    low, high = (written(end, "g") for end in number.range or (0.0, 0.0))
    between = "" if number.range is None else f", {low} to {high}"
    return f"{written(float(number), 'g')} {unit}({number.basis}{between})"
