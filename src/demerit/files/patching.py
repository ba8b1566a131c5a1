"""Change single entries of a file by name: set, scale, add, remove, replace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from demerit.files.address import Refusal, Target, find
from demerit.files.checking import Finding
from demerit.files.dates import Date
from demerit.files.evidence import is_finite_number, range_issues
from demerit.files.locator import Path
from demerit.files.merging import is_number_table
from demerit.files.names import quoted
from demerit.files.reading import Located, Place
from demerit.files.table import Table


class Change(Table):
    """One change: what to do, where (section, then item id, then keys), with which value, and why."""

    op: Literal["set", "scale", "add", "remove", "replace"]
    at: str
    value: Any = None
    reason: str


class Patch(Change):
    """A change that takes effect at once, or on a date."""

    date: Date | None = None


@dataclass(frozen=True)
class Entry:
    """A change with its path in the file that writes it, and its place."""

    patch: Change
    path: Path
    place: Place


@dataclass(frozen=True)
class Patched:
    """The data after all changes, remarks, and what could not be applied (below the path of the entry)."""

    located: Located
    notes: list[str]
    findings: list[Finding]


def apply_patches(base: Located, entries: Sequence[Entry], sections: Sequence[str]) -> Patched:
    """Apply patches in order to a copy of the data; `sections` are those that a file may have."""
    located = Located(_copied(base.data), dict(base.places))
    notes: list[str] = []
    findings: list[Finding] = []
    for entry in entries:
        patch = entry.patch
        target = find(located.data, patch.at, sections)
        path = target.path
        try:
            notes += _OPERATIONS[patch.op](target, patch)
        except Refusal as refusal:
            path = (*entry.path, refusal.key)
            findings.append(Finding(path, refusal.message, refusal.expected, refusal.near))
            continue
        _forget_places(located, path)
        located.places[path] = entry.place
    return Patched(located, notes, findings)


def _copied(value: Any) -> Any:
    """Return a copy of plain data; a claim's worlds patch large files often, and a general copy is slow."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_copied(inner) for inner in value]
    return value


def _forget_places(located: Located, path: tuple[str | int, ...]) -> None:
    """Drop the places at and below a changed entry; after a removal those of its later neighbours as well."""
    holder = path[:-1] if isinstance(path[-1], int) else path
    for old in [known for known in located.places if known[: len(holder)] == holder and known != holder]:
        if old[: len(path)] == path or isinstance(path[-1], int):
            del located.places[old]


def _set(target: Target, patch: Change) -> list[str]:
    target.require_room()
    if target.key is None:
        if not target.within or isinstance(target.holder, list):
            target.present()
        target.put(patch.value)
        return []
    old = target.present()
    return _write(target, patch, _with_value(old, patch.value))


def _scale(target: Target, patch: Change) -> list[str]:
    old = target.present()
    value = old.get("value") if isinstance(old, dict) else old
    if not is_finite_number(value):
        raise Refusal(f"'{patch.at}' is not a number and cannot be scaled", "the name of a number")
    if not is_finite_number(patch.value):
        raise Refusal(f"cannot scale by {quoted(patch.value)}", "a number", key="value")
    return _write(target, patch, _with_value(old, value * patch.value))


def _add(target: Target, patch: Change) -> list[str]:
    target.require_room()
    if target.key is None:
        if isinstance(target.holder, list) and not isinstance(patch.value, dict):
            raise Refusal(f"an item of [[{target.within[0]}]] is a table", "value = { … }", key="value")
        target.put(patch.value)
        return []
    old = target.present()
    if not isinstance(old, list) or isinstance(patch.value, dict | list):
        raise Refusal(f"'{patch.at}' is already there", 'op = "set" or "replace"')
    if patch.value in old:
        return [f"patch changes nothing: {patch.at} already has {quoted(patch.value)}"]
    target.put([*old, patch.value])
    return []


def _remove(target: Target, patch: Change) -> list[str]:
    old = target.present()
    if patch.value is not None:
        if not isinstance(old, list) or patch.value not in old:
            raise Refusal(
                f"'{patch.at}' does not have {quoted(patch.value)}", f"one of {quoted(old)}", key="value"
            )
        target.put([entry for entry in old if entry != patch.value])
    else:
        del target.holder[target.key]
    return []


def _replace(target: Target, patch: Change) -> list[str]:
    old = target.present()
    new = patch.value
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(target.holder, list):
        new = {"id": target.name, **new}
    return _write(target, patch, new)


_OPERATIONS: Final[dict[str, Callable[[Target, Change], list[str]]]] = {
    "set": _set,
    "scale": _scale,
    "add": _add,
    "remove": _remove,
    "replace": _replace,
}


def _with_value(old: Any, new: Any) -> Any:
    """Put a plain value into a number's table and keep its evidence."""
    if is_number_table(old) and "value" in old and is_finite_number(new):
        return {**old, "value": new}
    return new


def _write(target: Target, patch: Change, new: Any) -> list[str]:
    old = target.present()
    if new == old:
        shown = old.get("value", old) if isinstance(old, dict) else old
        return [f"patch changes nothing: {patch.at} is already {quoted(shown)}"]
    new, notes = _widened(new, patch.at) if patch.op in ("set", "scale") else (new, [])
    target.put(new)
    return notes


def _widened(new: Any, at: str) -> tuple[Any, list[str]]:
    """Let a number's range reach the new value: the range is what is plausible, a patch may ask for more."""
    if not is_number_table(new) or not new.get("range") or range_issues(new):
        return new, []
    low, high = new["range"]
    value = new.get("value")
    if not is_finite_number(value) or low <= value <= high:
        return new, []
    note = f"{at} = {value:g} lies outside what its evidence covers ({low:g} to {high:g})"
    return {**new, "range": [min(low, value), max(high, value)]}, [note]
