"""Merge a file into the one it extends: tables key by key, items by their id."""

from __future__ import annotations

from typing import Any

from demerit.files.locator import Path
from demerit.files.reading import Located, Place


def merge(parent: Located, child: Located) -> Located:
    """Return the parent with the child's entries on top; places follow the entries.

    Tables are merged key by key. Lists of items with ids are merged by id, new ids at the end. A number, with
    or without its evidence, and any other list are replaced as a whole.
    """
    merger = _Merger(parent, child)
    data = merger.tables(parent.data, child.data, (), (), ())
    return Located(data, {**merger.places, (): child.place(())})


def has_ids(value: Any) -> bool:
    """Say whether a value is a list of items that are told apart by their id."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in value)
    )


def is_number_table(value: Any) -> bool:
    """Say whether a table is a number, or a series of numbers, with its evidence; a patch is neither."""
    return isinstance(value, dict) and ("value" in value or "values" in value) and "op" not in value


class _Merger:
    def __init__(self, parent: Located, child: Located) -> None:
        self.parent = parent
        self.child = child
        self.places: dict[Path, Place] = {}

    def copy(self, source: Located, value: Any, old: Path, new: Path) -> Any:
        """Copy a value with the places inside it from path `old` of a file to path `new` of the result."""
        if old in source.places:
            self.places[new] = source.places[old]
        if isinstance(value, dict):
            return {key: self.copy(source, inner, (*old, key), (*new, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.copy(source, inner, (*old, i), (*new, i)) for i, inner in enumerate(value)]
        return value

    def values(self, upper: Any, lower: Any, up: Path, low: Path, new: Path) -> Any:
        both_tables = isinstance(upper, dict) and isinstance(lower, dict)
        if both_tables and not is_number_table(upper) and not is_number_table(lower):
            return self.tables(upper, lower, up, low, new)
        if has_ids(upper) and has_ids(lower):
            return self.items(upper, lower, up, low, new)
        return self.copy(self.child, lower, low, new)

    def tables(self, upper: dict[str, Any], lower: dict[str, Any], up: Path, low: Path, new: Path) -> Any:
        if low in self.child.places:
            self.places[new] = self.child.places[low]
        merged: dict[str, Any] = {}
        for key, value in upper.items():
            paths = ((*up, key), (*low, key), (*new, key))
            if key in lower:
                merged[key] = self.values(value, lower[key], *paths)
            else:
                merged[key] = self.copy(self.parent, value, paths[0], paths[2])
        for key, value in lower.items():
            if key not in upper:
                merged[key] = self.copy(self.child, value, (*low, key), (*new, key))
        return merged

    def items(self, upper: list[Any], lower: list[Any], up: Path, low: Path, new: Path) -> list[Any]:
        if low in self.child.places:
            self.places[new] = self.child.places[low]
        by_id = {item["id"]: i for i, item in reversed(list(enumerate(lower)))}
        known = {item["id"] for item in upper}
        merged: list[Any] = []
        for i, item in enumerate(upper):
            j = by_id.get(item["id"])
            place = (*new, len(merged))
            if j is None:
                merged.append(self.copy(self.parent, item, (*up, i), place))
            else:
                merged.append(self.tables(item, lower[j], (*up, i), (*low, j), place))
        for j, item in enumerate(lower):
            if item["id"] not in known or by_id[item["id"]] != j:  # a repeated id stays visible to the checks
                merged.append(self.copy(self.child, item, (*low, j), (*new, len(merged))))
        return merged
