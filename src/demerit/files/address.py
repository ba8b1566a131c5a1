"""Find the entry of a file that a dotted name means, such as `conduct.road.crosswalk.points.road`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from demerit.files.locator import Path
from demerit.files.names import nearest


class Refusal(Exception):
    """A patch that cannot be applied, with what was expected and the nearest valid name."""

    def __init__(self, message: str, expected: str = "", near: str = "", key: str = "at") -> None:
        super().__init__(message)
        self.message, self.expected, self.near, self.key = message, expected, near, key


@dataclass(frozen=True)
class Target:
    """Where a dotted name leads: a holder, and in it a key, None if nothing of that name is there.

    `within` is the path of the holder, `rest` what is left of the name where the way ended early.
    """

    holder: Any
    name: str
    key: str | int | None
    rest: str
    within: Path
    sections: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The path of the entry; of the holder if there is none yet in a list."""
        if self.key is not None:
            return (*self.within, self.key)
        return (*self.within, len(self.holder) if isinstance(self.holder, list) else self.name)

    def present(self) -> Any:
        """Return the present value.

        Raises:
            Refusal: there is no such entry.
        """
        if self.key is None:
            raise self._unknown()
        if self.rest:
            raise Refusal(
                f"'{self.name}' is a single value and has no '{self.rest}'", f"a name up to '{self.name}'"
            )
        return self.holder[self.key]

    def require_room(self) -> None:
        """Check that the name leads to a place where an entry could be.

        Raises:
            Refusal: the section, the item or the table that should hold the entry does not exist.
        """
        if self.rest:
            self.present()
        if not self.within and self.name not in self.sections:
            raise self._unknown()

    def put(self, value: Any) -> None:
        """Write the value; a new item goes to the end of its list."""
        if self.key is not None:
            self.holder[self.key] = value
        elif isinstance(self.holder, list):
            self.holder.append({"id": self.name, **value})
        else:
            self.holder[self.name] = value

    def _unknown(self) -> Refusal:
        if not self.within:
            if self.name in self.sections:
                return Refusal(f"there is no [{self.name}] here", 'op = "add" to bring a section in')
            near = nearest(self.name, self.sections)
            return Refusal(f"unknown section '{self.name}'", ", ".join(self.sections), near)
        if isinstance(self.holder, list):
            ids = [item["id"] for item in self.holder]
            return Refusal(
                f"unknown {self.within[0]} '{self.name}'", ", ".join(ids), _nearest_id(self.name, ids)
            )
        keys = [str(key) for key in self.holder]
        return Refusal(f"there is no '{self.name}' to change", ", ".join(keys), nearest(self.name, keys))


def find(data: dict[str, Any], at: str, sections: Sequence[str]) -> Target:
    """Follow a dotted name through sections, items (the longest id that fits) and keys."""
    holder: Any = data
    within: Path = ()
    rest = at
    while True:
        name, rest = _first_name(holder, rest)
        key = _key(holder, name)
        inner = None if key is None else holder[key]
        if key is None or not rest or not _has_names(inner):
            return Target(holder, name, key, rest, within, tuple(sections))
        holder, within = inner, (*within, key)


def _has_names(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in value)
    return isinstance(value, dict)


def _first_name(holder: Any, rest: str) -> tuple[str, str]:
    """Split the first name off, the longest existing one if several fit; ids and keys may contain dots."""
    existing = [item["id"] for item in holder] if isinstance(holder, list) else list(holder)
    fitting = [name for name in existing if rest == name or rest.startswith(f"{name}.")]
    if fitting:
        name = max(fitting, key=len)
        return name, rest[len(name) + 1 :]
    if isinstance(holder, list):
        return rest, ""
    name, _, rest = rest.partition(".")
    return name, rest


def _key(holder: Any, name: str) -> str | int | None:
    if isinstance(holder, list):
        return next((i for i, item in enumerate(holder) if item["id"] == name), None)
    return name if name in holder else None


def _nearest_id(name: str, ids: Sequence[str]) -> str:
    """Find the id closest to some beginning of a dotted name, since keys may follow the misspelt id."""
    parts = name.split(".")
    heads = [".".join(parts[: n + 1]) for n in range(len(parts))]
    scored = [(difflib.SequenceMatcher(None, head, one).ratio(), one) for head in heads for one in ids]
    ratio, best = max(scored, default=(0.0, ""))
    return best if ratio > 0.55 else ""
