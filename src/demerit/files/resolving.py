"""Find a file, merge it into what it extends, and apply its patches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any, cast

from demerit.errors import FileProblems, Problem
from demerit.files.canonical import canonical, changes
from demerit.files.checking import Finding, items, text
from demerit.files.context import Context
from demerit.files.examining import context
from demerit.files.folder import read_whole
from demerit.files.kind import Data, Kind, Model
from demerit.files.locator import Path
from demerit.files.merging import merge
from demerit.files.names import nearest
from demerit.files.patching import Change, Entry, Patch, apply_patches
from demerit.files.reading import Located
from demerit.files.schedule import STEPS
from demerit.files.validation import to_problem, validate


@dataclass(frozen=True)
class Resolved:
    """Data after merging and patching, with notes and with what is wrong with it so far."""

    located: Located
    notes: list[str]
    problems: list[Problem]


def resolve(kind: Kind[Model], name_or_path: str | FilePath) -> Resolved:
    """Read a preset, file or folder with everything it extends.

    Raises:
        FileProblems: a file that is missing, cannot be read, or extends itself.
    """
    path, label = _source(kind, name_or_path, FilePath(), None)
    return _resolve(kind, path, label, ())


def reform(kind: Kind[Any], name_or_path: str | FilePath) -> tuple[FilePath, list[Change]] | None:
    """Return what a valid file extends, and its patches, if it has no rules of its own; else None."""
    path, label = _source(kind, name_or_path, FilePath(), None)
    own = read_whole(path, label)
    parent = own.data[kind.name].get("extends")
    if not isinstance(parent, str) or set(own.data) != {kind.name, "patch"}:
        return None
    folder = path if path.is_dir() else path.parent
    return _source(kind, parent, folder, None)[0], [
        one.patch for one in _read_patches(own, own.data["patch"])[0]
    ]


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


def _resolve(kind: Kind[Model], path: FilePath, label: str, children: tuple[FilePath, ...]) -> Resolved:
    own = read_whole(path, label)
    head = own.data.get(kind.name)
    parent_name = head.get("extends") if isinstance(head, dict) else None
    if not isinstance(parent_name, str):
        return patch(kind, Resolved(own, [], []), own)
    place = own.place((kind.name, "extends"))
    asked = Problem(place.file, place.line, f"{kind.name}.extends", "")
    folder = path if path.is_dir() else path.parent
    parent_path, parent_label = _source(kind, parent_name, folder, asked)
    if parent_path.resolve() in {one.resolve() for one in (*children, path)}:
        message = f"'{parent_name}' extends this file in turn"
        raise FileProblems([Problem(place.file, place.line, asked.key, message, "a chain that ends")])
    parent = _resolve(kind, parent_path, parent_label, (*children, path))
    problems = [*parent.problems, *_own_id(kind, own, parent.located)]
    merged = merge(parent.located, _without_extends(kind, own))
    return patch(kind, Resolved(merged, parent.notes, problems), own)


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


def patch(kind: Kind[Model], base: Resolved, own: Located) -> Resolved:
    """Apply a file's own patches to its data; defaults are written out first, so that each can be named.

    A patch with a date becomes a step of the schedule.
    """
    raw = own.data.get("patch", [])
    data = {key: value for key, value in base.located.data.items() if key != "patch"}
    located = Located(data, base.located.places)
    if raw == []:
        return Resolved(located, base.notes, base.problems)
    entries, problems = _read_patches(own, raw)
    problems += _undatable(kind, own, entries)
    model, _ = validate(kind.model, data, context(kind, data))
    if model is not None:
        located = Located(canonical(model), located.places)
    now = [one for one in entries if _date(one) is None]
    result = apply_patches(located, now, kind.sections())
    problems += [to_problem(own, finding) for finding in result.findings]
    after = result.located.data
    notes = [*base.notes, *result.notes, *_in_vain(kind, after, entries)]
    later, _ = validate(kind.model, after, context(kind, after))
    if model is not None and later is not None and now:
        who = text(data.get(kind.name) or {}, "id")
        notes.append(f"{who}: patches change {changes(canonical(model), canonical(later))}")
    dated = [one for one in entries if _date(one) is not None] if STEPS in kind.sections() else []
    return Resolved(_with_steps(result.located, dated), notes, [*base.problems, *problems])


def _date(entry: Entry) -> Any:
    return cast(Patch, entry.patch).date


def _undatable(kind: Kind[Any], own: Located, entries: list[Entry]) -> list[Problem]:
    if STEPS in kind.sections():
        return []
    finding = [
        Finding((*one.path, "date"), f"a {kind.name} has no dates", "no date")
        for one in entries
        if _date(one)
    ]
    return [to_problem(own, one) for one in finding]


def _in_vain(kind: Kind[Any], after: Data, entries: list[Entry]) -> list[str]:
    """Say which patches touch a rule that can never act."""
    idle = kind.idle(after)
    return [
        f"patch changes nothing that happens: {section} '{name}' {reason}"
        for (section, name), reason in idle.items()
        if any(
            one.patch.at == f"{section}.{name}" or one.patch.at.startswith(f"{section}.{name}.")
            for one in entries
        )
    ]


def _with_steps(located: Located, dated: list[Entry]) -> Located:
    """Add a step to the schedule for every day on which patches take effect."""
    if not dated:
        return located
    present = located.data.get(STEPS, [])
    if not isinstance(present, list):
        return located
    taken = {text(step, "id") for _, step in items(located.data, STEPS)}
    steps = list(present)
    places = dict(located.places)
    for day in sorted({_date(one) for one in dated}):
        number = next(n for n in range(1, len(taken) + 2) if f"patch-{day}-{n}" not in taken)
        todays = [one for one in dated if _date(one) == day]
        path: Path = (STEPS, len(steps))
        places[path] = todays[0].place
        for index, one in enumerate(todays):
            places[(*path, "patch", index)] = one.place
        changes_then = [
            one.patch.model_dump(mode="json", exclude={"date"}, exclude_none=True) for one in todays
        ]
        steps.append({"id": f"patch-{day}-{number}", "date": str(day), "patch": changes_then})
        taken.add(f"patch-{day}-{number}")
    return Located({**located.data, STEPS: steps}, places)


def _read_patches(own: Located, raw: Any) -> tuple[list[Entry], list[Problem]]:
    """Check each patch by itself, so that a malformed one does not hide what is wrong with the others."""
    if not isinstance(raw, list):
        return [], [to_problem(own, Finding(("patch",), "is not a list of patches", "[[patch]]"))]
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, written in enumerate(raw):
        path: Path = ("patch", number)
        found, findings = validate(Patch, written, Context())
        problems += [to_problem(own, replace(one, path=(*path, *one.path))) for one in findings]
        if found is not None:
            entries.append(Entry(found, path, own.place(path)))
    return entries, problems
