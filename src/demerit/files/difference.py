"""What differs between two files of a kind, by rule, and the patches that turn one into the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from demerit.files.canonical import PROSE
from demerit.files.locator import Path
from demerit.files.merging import has_ids, is_number_table
from demerit.files.patching import Change, Entry, apply_patches
from demerit.files.reading import Located, Place

ABSENT: Final = object()
"""Stands for an entry that one of the two files does not have."""
Sort = Literal["added", "removed", "changed", "evidence", "prose"]
Direction = Callable[[tuple[str, ...], float, float], str]
"""Says in a word what it means that the number at a place moves from one value to another."""


@dataclass(frozen=True)
class Difference:
    """An entry that differs, named by section, id and keys; old or new is ABSENT where there is none."""

    names: tuple[str, ...]
    sort: Sort
    old: Any
    new: Any

    @property
    def at(self) -> str:
        """Return the dotted name."""
        return ".".join(self.names)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """List what differs between two canonical forms, in the order of the sections.

    >>> differences({"score": {"base": 1000}}, {"score": {"base": 900}})[0].at
    'score.base'
    """
    return list(_tables(before, after, ()))


def _tables(old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Difference]:
    for key in [*old, *(key for key in new if key not in old)]:
        yield from _values(old.get(key, ABSENT), new.get(key, ABSENT), (*names, str(key)))


def _values(old: Any, new: Any, names: tuple[str, ...]) -> Iterator[Difference]:
    if old == new:
        return
    if is_number_table(old) and is_number_table(new):
        same = old.get("value", old.get("values")) == new.get("value", new.get("values"))
        yield Difference(names, "evidence" if same else "changed", old, new)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _tables(old, new, names)
    elif _are_items(old, new):
        yield from _tables({one["id"]: one for one in old}, {one["id"]: one for one in new}, names)
    elif names[-1] in PROSE:
        yield Difference(names, "prose", old, new)
    else:
        yield Difference(
            names, "added" if old is ABSENT else "removed" if new is ABSENT else "changed", old, new
        )


def _are_items(old: Any, new: Any) -> bool:
    """Say whether two lists hold items with ids; one of them may be empty."""
    return (
        isinstance(old, list) and isinstance(new, list) and all(has_ids(one) or not one for one in (old, new))
    )


def as_patches(
    before: Mapping[str, Any], after: Mapping[str, Any], sections: Sequence[str], reason: str
) -> list[dict[str, Any]]:
    """Return patches that turn one canonical form into the other, section by section.

    A section that cannot be reached entry by entry, because its order differs or an id begins like another,
    is replaced as a whole.
    """
    patches: list[dict[str, Any]] = []
    for section in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(section, ABSENT), after.get(section, ABSENT)
        if old == new:
            continue
        single = [_patch(one, reason) for one in _values(old, new, (section,))]
        if _applied(before, single, sections).get(section, ABSENT) == new:
            patches += single
        else:
            patches.append({"op": "replace", "at": section, "value": new, "reason": reason})
    return patches


def _patch(one: Difference, reason: str) -> dict[str, Any]:
    if one.new is ABSENT:
        return {"op": "remove", "at": one.at, "reason": reason}
    return {"op": "add" if one.old is ABSENT else "replace", "at": one.at, "value": one.new, "reason": reason}


def _applied(
    data: Mapping[str, Any], patches: list[dict[str, Any]], sections: Sequence[str]
) -> dict[str, Any]:
    nowhere = Place("", None)
    path: Path = ()
    entries = [Entry(Change.model_validate(one), path, nowhere) for one in patches]
    result = apply_patches(Located(dict(data)), entries, sections)
    return {} if result.findings else result.located.data
