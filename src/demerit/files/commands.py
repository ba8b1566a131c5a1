"""What the commands about regime and society files print: the same for both kinds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from demerit.errors import UsageError
from demerit.files.canonical import canonical, changes, digest
from demerit.files.difference import as_patches, differences
from demerit.files.document import load
from demerit.files.inventory import evidence_line
from demerit.files.kind import Kind
from demerit.files.saying import as_json, lines, prose_line
from demerit.files.starter import starter
from demerit.files.writing import array_item, quoted_text


def check_text(kind: Kind[Any], path: str) -> str:
    """Check a preset, file or folder; say what is in it and what is odd about it.

    Raises:
        FileProblems: with every problem of the file.
    """
    document = load(kind, path)
    model = document.model
    counted = [
        (len(value), field.alias or name, name.replace("_", " "))
        for name, field in kind.model.model_fields.items()
        if isinstance(value := getattr(model, name), tuple)
    ]
    contents = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counted if n)
    found = [f"{path}: no problems", f"  {contents or 'no rules'}", f"  {evidence_line(model)}"]
    found += [f"  note: {note}" for note in document.notes]
    return "\n".join([*found, f"  hash {digest(canonical(model))}"])


def diff_text(kind: Kind[Any], before: str, after: str) -> str:
    """Say in words what differs between two presets or files, by rule.

    Raises:
        FileProblems: one of them is missing or wrong.
    """
    old, new = (canonical(load(kind, name).model) for name in (before, after))
    found = differences(_without_head(kind, old), _without_head(kind, new))
    told = [one for one in found if one.sort != "prose"]
    if not told:
        tail = [prose_line(len(found))] if found else []
        return "\n".join([f"{before} and {after} hold the same rules.", *tail])
    counted = changes(_without_head(kind, old), _without_head(kind, new))
    return "\n".join([f"{before} → {after}: {counted}", *lines(found, kind.direction)])


def diff_json(kind: Kind[Any], before: str, after: str) -> str:
    """Return what differs between two presets or files as JSON, with patches from one to the other.

    Raises:
        FileProblems: one of them is missing or wrong.
    """
    old, new = (canonical(load(kind, name).model) for name in (before, after))
    found = differences(_without_head(kind, old), _without_head(kind, new))
    return json.dumps(
        {
            "before": {"name": before, "hash": digest(old)},
            "after": {"name": after, "hash": digest(new)},
            "differences": [as_json(one, kind.direction) for one in found],
            "patches": _patches(kind, old, new, before, after),
        },
        indent=1,
        ensure_ascii=False,
    )


def diff_patch(kind: Kind[Any], before: str, after: str) -> str:
    """Write what differs as a file that extends the first and has the rules of the second.

    Raises:
        FileProblems: one of them is missing or wrong.
    """
    old, new = (canonical(load(kind, name).model) for name in (before, after))
    head = new[kind.name]
    written = [f"[{kind.name}]", *(f"{key} = {quoted_text(head[key])}" for key in ("id", "title"))]
    written += ["schema_version = 1", f"extends = {quoted_text(before)}"]
    patches = _patches(kind, old | {kind.name: {**old[kind.name], **_named(head)}}, new, before, after)
    return "\n".join([*written, *(f"\n{array_item('patch', one)}" for one in patches)])


def _named(head: dict[str, Any]) -> dict[str, Any]:
    return {key: head[key] for key in ("id", "title")}


def _patches(
    kind: Kind[Any], old: dict[str, Any], new: dict[str, Any], before: str, after: str
) -> list[dict[str, Any]]:
    return as_patches(old, new, kind.sections(), f"from {before} to {after}")


def _without_head(kind: Kind[Any], data: dict[str, Any]) -> dict[str, Any]:
    """Leave out who a file is: its id and what it is about are not rules."""
    head = {key: value for key, value in data[kind.name].items() if key in ("null", "population")}
    return {**data, kind.name: head}


def write_new(kind: Kind[Any], name: str, parent: str) -> str:
    """Write a commented file `NAME.toml` to begin with, and say so.

    Raises:
        UsageError: the name cannot be an id, or there is such a file already.
        FileProblems: the parent is missing or wrong.
    """
    text = starter(kind, name, parent)
    path = Path(f"{name}.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already; choose another name or remove it") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {(error.strerror or 'refused').lower()}") from None
    return f"{path}: extends {parent}; check it with: demerit {kind.name} check {path}"
