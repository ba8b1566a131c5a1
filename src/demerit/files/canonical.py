"""The canonical form of a file, its hash, and what differs between two of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from demerit.files.locator import Path
from demerit.files.merging import has_ids, is_number_table
from demerit.files.table import Table

# What cannot change a run or a sweep: prose and citations.
PROSE: Final = frozenset({"title", "summary", "note", "target", "source", "references", "reason"})
EVIDENCE: Final = frozenset({"unit", "range", "basis"})


def canonical(model: Table) -> dict[str, Any]:
    """Write a model as plain data that JSON can hold, defaults included, keys as in a file."""
    data: dict[str, Any] = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


def digest(data: Mapping[str, Any]) -> str:
    """Hash canonical data without its prose and citations (SHA-256, 64 hexadecimal digits)."""
    bare = _without_prose(data)
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_prose(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_prose(inner) for key, inner in value.items() if key not in PROSE}
    if isinstance(value, list):
        return [_without_prose(inner) for inner in value]
    return value


def leaves(data: Any, path: Path = ()) -> dict[Path, Any]:
    """Flatten canonical data to values by path: items by their id, numbers by their value, prose left out."""
    if is_number_table(data):
        return {path: data.get("value", data.get("values"))}
    if isinstance(data, Mapping):
        inner = {key: value for key, value in data.items() if key not in PROSE and key != "id"}
        return {p: x for key, value in inner.items() for p, x in leaves(value, (*path, key)).items()}
    if has_ids(data):
        return {p: x for item in data for p, x in leaves(item, (*path, item["id"])).items()}
    return {} if data == [] else {path: data}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Say how many values and rules differ between two canonical forms.

    >>> changes({"score": {"base": 1000}}, {"score": {"base": 900}})
    '1 value in 1 rule'
    >>> changes({"chain": []}, {"chain": [{"id": "a", "depth": 1}]})
    '1 rule added'
    """
    old, new = leaves(before), leaves(after)
    differing = [path for path in old.keys() | new.keys() if old.get(path) != new.get(path)]
    ruled = {_rule(path) for path in differing}
    there, then = {_rule(path) for path in old}, {_rule(path) for path in new}
    values = [path for path in differing if _rule(path) in there & then]
    words = []
    if values or not ruled:
        words.append(f"{_count(len(values), 'value')} in {_count(len(ruled & there & then), 'rule')}")
    if ruled - there:
        words.append(f"{_count(len(ruled - there), 'rule')} added")
    if ruled - then:
        words.append(f"{_count(len(ruled - then), 'rule')} removed")
    return ", ".join(words)


def _rule(path: Path) -> Path:
    return path[:2] if len(path) > 2 else path[:1]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
