"""Load a regime or society: preset or path, what it extends, its patches, every check, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Generic

from demerit.errors import FileProblems, Problem
from demerit.files.checking import text
from demerit.files.examining import Remark, examine, periods
from demerit.files.kind import Kind, Model
from demerit.files.reading import Located, Place
from demerit.files.resolving import Resolved, patch, resolve


@dataclass(frozen=True)
class Document(Generic[Model]):
    """A valid file: its typed content and remarks for the reader."""

    model: Model
    notes: list[str]


@dataclass(frozen=True)
class Examined(Generic[Model]):
    """A file with everything that was found in it; the model is there if nothing is wrong."""

    model: Model | None
    remarks: list[Remark]
    notes: list[str]

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong."""
        return [one.problem for one in self.remarks if not one.warning]


def load(kind: Kind[Model], name_or_path: str | FilePath) -> Document[Model]:
    """Load a preset by its id, or a file or folder by its path.

    Raises:
        FileProblems: with every problem found.
    """
    return _finish(kind, resolve(kind, name_or_path))


def change(kind: Kind[Model], data: dict[str, Any], values: Mapping[str, Any]) -> Document[Model]:
    """Change canonical data by dotted name.

    Args:
        kind: what the data are.
        data: canonical data; they stay as they are.
        values: name to new value; ``{"scale": 1.5}`` multiplies the present one, ``{"set": x}`` is plain x.

    Raises:
        FileProblems: a name leads nowhere or a value is not possible there.
    """
    patches = [
        {"op": op, "at": at, "value": _plain(value), "reason": "changed by the caller"}
        for at, asked in values.items()
        for op, value in (_operation(asked),)
    ]
    return apply(kind, data, patches)


def apply(kind: Kind[Model], data: dict[str, Any], patches: list[dict[str, Any]]) -> Document[Model]:
    """Apply patches, as tables, to canonical data.

    Raises:
        FileProblems: a name leads nowhere or a value is not possible there.
    """
    base = Located(data, {(): Place(_label(kind, data), None)})
    return _finish(kind, patch(kind, Resolved(base, [], []), Located({"patch": patches}, base.places)))


def from_data(kind: Kind[Model], data: dict[str, Any]) -> Document[Model]:
    """Validate canonical data, as found in a manifest.

    Raises:
        FileProblems: with every problem found.
    """
    return _finish(kind, Resolved(Located(data, {(): Place(_label(kind, data), None)}), [], []))


def look(kind: Kind[Model], name_or_path: str | FilePath) -> Examined[Model]:
    """Examine a preset, file or folder as the linter does: what is found is returned, not raised.

    Raises:
        FileProblems: a file that is missing, cannot be read, or extends itself.
    """
    return _look(kind, resolve(kind, name_or_path), advise=True)


def _operation(asked: Any) -> tuple[str, Any]:
    """Return what to do and with which value: a bare value is set."""
    if isinstance(asked, Mapping) and len(asked) == 1:
        ((op, value),) = asked.items()
        if op in ("set", "scale"):
            return op, value
    return "set", asked


def _plain(value: Any) -> Any:
    return value.table() if hasattr(value, "table") else value


def _label(kind: Kind[Any], data: Mapping[str, Any]) -> str:
    head = data.get(kind.name)
    return (text(head, "id") if isinstance(head, dict) else "") or kind.name


def _look(kind: Kind[Model], resolved: Resolved, *, advise: bool = False) -> Examined[Model]:
    model, found, notes = examine(kind, resolved.located, advise=advise)
    remarks = [*(Remark(problem, False, "shape") for problem in resolved.problems), *found]
    by_problem: dict[Problem, Remark] = {}
    for one in remarks:
        by_problem.setdefault(one.problem, one)
    unique = list(by_problem.values())
    main = resolved.located.place(()).file
    unique.sort(key=lambda one: (one.problem.file != main, one.problem.file, one.problem.line or 0))
    return Examined(model, unique, [*resolved.notes, *notes])


def _finish(kind: Kind[Model], resolved: Resolved) -> Document[Model]:
    """Make the last check of the resolved data; raise all problems or return the document."""
    seen = _look(kind, resolved)
    if seen.problems or seen.model is None:
        raise FileProblems(seen.problems)
    return Document(seen.model, [*seen.notes, *(f"{one.problem}" for one in seen.remarks if one.warning)])


def in_force(kind: Kind[Model], model: Model, day: date) -> Model:
    """Return the rules of a valid file that are in force on a day."""
    return next(rules for first, rules in reversed(periods(kind, model)) if first is None or first <= day)
