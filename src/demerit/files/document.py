"""Load a regime or society: preset or path, what it extends, its patches, every check, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from demerit.errors import FileProblems, Problem
from demerit.files.canonical import canonical, changes
from demerit.files.checking import Finding, ids, repeated_ids, text
from demerit.files.context import Context
from demerit.files.locator import Path
from demerit.files.merging import merge
from demerit.files.names import nearest
from demerit.files.patching import Entry, Patch, apply_patches
from demerit.files.reading import Located, Place, read_toml
from demerit.files.table import Table
from demerit.files.validation import to_problem, validate

Model = TypeVar("Model", bound=Table)


@dataclass(frozen=True)
class Kind(Generic[Model]):
    """What sets one kind of file apart: the name of its head section, its types, presets and checks."""

    name: str
    model: type[Model]
    presets: FilePath
    check: Callable[[Mapping[str, Any]], list[Finding]]
    bare_numbers: bool
    outside_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def preset_ids(self) -> tuple[str, ...]:
        """List the presets that come with the package."""
        return tuple(sorted(path.stem for path in self.presets.glob("*.toml")))

    def sections(self) -> tuple[str, ...]:
        """List the sections that such a file may have."""
        return tuple(one.alias or name for name, one in self.model.model_fields.items())


@dataclass(frozen=True)
class Document(Generic[Model]):
    """A valid file: its typed content and remarks for the reader."""

    model: Model
    notes: list[str]


@dataclass(frozen=True)
class _Resolved:
    """Data after merging and patching, with what is wrong with it so far."""

    located: Located
    notes: list[str]
    problems: list[Problem]


def load(kind: Kind[Model], name_or_path: str | FilePath) -> Document[Model]:
    """Load a preset by its id or a file by its path.

    Raises:
        FileProblems: with every problem found.
    """
    path, label = _source(kind, name_or_path, FilePath(), None)
    return _finish(kind, _resolve(kind, path, label, ()))


def change(kind: Kind[Model], data: dict[str, Any], values: Mapping[str, Any]) -> Document[Model]:
    """Set values by dotted name in canonical data.

    Raises:
        FileProblems: a name leads nowhere or a value is not possible there.
    """
    label = text(data[kind.name], "id")
    base = Located(data, {(): Place(label, None)})
    patches = [
        {"op": "set", "at": at, "value": _plain(value), "reason": "set by the caller"}
        for at, value in values.items()
    ]
    located = Located({"patch": patches}, base.places)
    return _finish(kind, _patch(kind, _Resolved(base, [], []), located))


def from_data(kind: Kind[Model], data: dict[str, Any]) -> Document[Model]:
    """Validate canonical data, as found in a manifest.

    Raises:
        FileProblems: with every problem found.
    """
    head = data.get(kind.name)
    label = (text(head, "id") if isinstance(head, dict) else "") or kind.name
    return _finish(kind, _Resolved(Located(data, {(): Place(label, None)}), [], []))


def _plain(value: Any) -> Any:
    return value.table() if hasattr(value, "table") else value


def _source(
    kind: Kind[Any], name: str | FilePath, folder: FilePath, asked: Problem | None
) -> tuple[FilePath, str]:
    """Find the file that a preset id or path means; `asked` is the place that names it, if a file does."""
    if isinstance(name, str) and name in kind.preset_ids():
        return kind.presets / f"{name}.toml", f"{name}.toml"
    path = folder / name
    if _exists(path):
        return path, str(path)
    presets = kind.preset_ids()
    message = f"there is no {kind.name} preset or file '{name}'"
    near = nearest(str(name), presets) or nearest(path.stem, presets)
    file, line, key = (asked.file, asked.line, asked.key) if asked else (str(name), None, "")
    raise FileProblems([Problem(file, line, key, message, f"a path or one of {', '.join(presets)}", near)])


def _exists(path: FilePath) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _resolve(kind: Kind[Model], path: FilePath, label: str, children: tuple[FilePath, ...]) -> _Resolved:
    """Read a file, merge it into what it extends, and apply its patches."""
    own = read_toml(path, label)
    head = own.data.get(kind.name)
    parent_name = head.get("extends") if isinstance(head, dict) else None
    if not isinstance(parent_name, str):
        return _patch(kind, _Resolved(own, [], []), own)
    place = own.place((kind.name, "extends"))
    asked = Problem(place.file, place.line, f"{kind.name}.extends", "")
    parent_path, parent_label = _source(kind, parent_name, path.parent, asked)
    if parent_path.resolve() in {one.resolve() for one in (*children, path)}:
        message = f"'{parent_name}' extends this file in turn"
        raise FileProblems([Problem(place.file, place.line, asked.key, message, "a chain that ends")])
    parent = _resolve(kind, parent_path, parent_label, (*children, path))
    problems = [*parent.problems, *_own_id(kind, own, parent.located)]
    merged = merge(parent.located, _without_extends(kind, own))
    return _patch(kind, _Resolved(merged, parent.notes, problems), own)


def _without_extends(kind: Kind[Any], own: Located) -> Located:
    """Drop what the merge has used up: the parent's name, and patches, which come after it."""
    head = {key: value for key, value in own.data[kind.name].items() if key != "extends"}
    rest = {key: value for key, value in own.data.items() if key != "patch"}
    return Located({**rest, kind.name: head}, own.places)


def _own_id(kind: Kind[Any], own: Located, parent: Located) -> list[Problem]:
    if text(own.data[kind.name], "id") not in ("", text(parent.data.get(kind.name, {}), "id")):
        return []
    finding = Finding((kind.name, "id"), "what extends another needs an id of its own", "a new id")
    return [to_problem(own, finding)]


def _patch(kind: Kind[Model], base: _Resolved, own: Located) -> _Resolved:
    """Apply a file's own patches to its data; defaults are written out first, so that each can be named."""
    raw = own.data.get("patch", [])
    data = {key: value for key, value in base.located.data.items() if key != "patch"}
    located = Located(data, base.located.places)
    if raw == []:
        return _Resolved(located, base.notes, base.problems)
    entries, problems = _read_patches(own, raw)
    model, findings = _check(kind, located)
    if model is not None:
        located = Located(canonical(model), located.places)
    problems += [to_problem(located, finding) for finding in findings if not finding.warning]
    result = apply_patches(located, entries, kind.sections())
    problems += [to_problem(own, finding) for finding in result.findings]
    notes = [*base.notes, *result.notes]
    after, _ = _check(kind, result.located)
    if model is not None and after is not None:
        notes.append(
            f"{text(data[kind.name], 'id')}: patches change {changes(canonical(model), canonical(after))}"
        )
    return _Resolved(result.located, notes, [*base.problems, *problems])


def _read_patches(own: Located, raw: Any) -> tuple[list[Entry], list[Problem]]:
    """Check each patch by itself, so that a malformed one does not hide what is wrong with the others."""
    if not isinstance(raw, list):
        return [], [to_problem(own, Finding(("patch",), "is not a list of patches", "[[patch]]"))]
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, written in enumerate(raw):
        path: Path = ("patch", number)
        patch, findings = validate(Patch, written, Context())
        problems += [to_problem(own, replace(one, path=(*path, *one.path))) for one in findings]
        if patch is not None:
            entries.append(Entry(patch, number, own.place(path)))
    return entries, problems


def _check(kind: Kind[Model], located: Located) -> tuple[Model | None, list[Finding]]:
    """Run every check: types and units, ids used twice, and the kind's own cross-checks."""
    data = located.data
    known = {section: ids(data, section) for section in data} | dict(kind.outside_ids)
    model, findings = validate(kind.model, data, Context(known, kind.bare_numbers))
    return model, [*findings, *repeated_ids(data), *kind.check(data)]


def _finish(kind: Kind[Model], resolved: _Resolved) -> Document[Model]:
    """Make the last check of the resolved data; raise all problems or return the document."""
    located = resolved.located
    model, findings = _check(kind, located)
    problems = list(resolved.problems)
    problems += [to_problem(located, finding) for finding in findings if not finding.warning]
    if problems or model is None:
        raise FileProblems(_in_order(problems, located.place(()).file))
    notes = [*resolved.notes, *(f"{to_problem(located, one)}" for one in findings if one.warning)]
    return Document(model, notes)


def _in_order(problems: list[Problem], main: str) -> list[Problem]:
    """Sort problems by place, those of the file itself first, and drop what was found twice."""
    unique = list(dict.fromkeys(problems))
    return sorted(unique, key=lambda one: (one.file != main, one.file, one.line or 0))
