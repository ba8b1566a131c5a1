"""JSON Schemas of numbers with their evidence."""

from __future__ import annotations

from typing import Any

from demerit.files.evidence import BASES


def number_schema(unit: str, low: float | None, high: float | None) -> dict[str, Any]:
    """Return the schema of a number with or without its evidence."""
    bounds: dict[str, Any] = {}
    if low is not None:
        bounds["minimum"] = low
    if high is not None:
        bounds["maximum"] = high
    bare = {"type": "number", "description": unit, "x-unit": unit, **bounds}
    return {"anyOf": [bare, _table("value", {"type": "number", **bounds}, unit, ranged=True)]}


def series_schema(unit: str, length: int) -> dict[str, Any]:
    """Return the schema of a series of numbers with its evidence."""
    share = {"type": "number", "minimum": 0, "maximum": 1}
    values = {"type": "array", "items": share, "minItems": length, "maxItems": length}
    return _table("values", values, unit, ranged=False)


def _table(key: str, value: dict[str, Any], unit: str, *, ranged: bool) -> dict[str, Any]:
    pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    return {
        "type": "object",
        "description": f"a number in {unit}, with what it rests on",
        "properties": {
            key: value,
            "unit": {"const": unit},
            **({"range": pair} if ranged else {}),
            "basis": {"enum": list(BASES)},
            "source": {"type": "array", "items": {"type": "string"}},
            "note": {"type": "string"},
            "target": {"type": "string"},
        },
        "required": [key, "unit", "basis"],
        "additionalProperties": False,
    }
