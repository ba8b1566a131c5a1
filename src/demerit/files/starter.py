"""Write a commented file to begin with: it extends a preset, passes its check, and names every entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from demerit.errors import UsageError
from demerit.files.document import load
from demerit.files.inventory import numbers
from demerit.files.kind import Kind
from demerit.files.names import ID_RULE, is_id
from demerit.files.number import Number, Quantity
from demerit.files.schedule import STEPS
from demerit.files.series import Distribution
from demerit.files.table import Table
from demerit.files.validation import table_type
from demerit.files.writing import array_item, inline, quoted_text

_KINDS: Final = {str: "text", bool: "true or false", int: "whole number"}


def starter(kind: Kind[Any], name: str, parent: str) -> str:
    """Return the text of a new file of a kind that extends a preset or file.

    Raises:
        UsageError: the name cannot be an id.
        FileProblems: the parent is missing or wrong.
    """
    if not is_id(name):
        raise UsageError(f"'{name}' cannot be the id of a {kind.name}: {ID_RULE}")
    model = load(kind, parent).model
    head = table_type(kind.model.model_fields[kind.name].annotation)
    lines = [
        f"# A {kind.name} to try on a synthetic society. Check it: `demerit {kind.name} check {name}.toml`;",
        f"# `demerit {kind.name} diff {parent} {name}.toml` says what it changes.",
        "",
        f"[{kind.name}]",
        f'id = "{name}"',
        f'title = "{name.replace("-", " ").capitalize()}"',
        'summary = "What this is for, in a sentence"',
        *(['basis = "hypothetical"'] if head is not None and "basis" in head.model_fields else ()),
        "schema_version = 1",
        f"extends = {quoted_text(parent)}",
        "",
        *_patches(kind, model),
        "",
        f"# Everything that can be written, with what {parent} says where it is a single value. A [table] is",
        "# merged key by key with the one of the same name, an [[item]] with the item of the same id.",
    ]
    present = {field.alias or key: getattr(model, key) for key, field in kind.model.model_fields.items()}
    for section, inner, is_list in sections_of(kind):
        if section != kind.name:
            lines += ["", *_section(section, inner, is_list, present[section])]
    return "\n".join(lines) + "\n"


def _patches(kind: Kind[Any], model: Table) -> list[str]:
    """Show what a patch looks like, at a number of the parent."""
    found = [at for at, number in numbers(model) if isinstance(number, Number) and number.basis == "assumed"]
    at = next(iter(found), "")
    if not at:
        return []
    patch = {"op": "scale", "at": at, "value": 0.5, "reason": "what it is for"}
    lines = [
        "# A patch changes one entry by its name: set, scale, add, remove or replace. Take each '# ' away.",
    ]
    lines += [f"# {line}" for line in array_item("patch", patch).splitlines()]
    if STEPS in kind.sections():
        lines.append("# date = 2016-01-01  (its first day in force; without one it holds from the beginning)")
    return lines


def sections_of(kind: Kind[Any]) -> Iterator[tuple[str, type[Table], bool]]:
    """Go through the sections of a kind of file: name, type, and whether it is a list of items."""
    for key, field in kind.model.model_fields.items():
        inner = table_type(field.annotation)
        if inner is not None:
            yield field.alias or key, inner, get_origin(field.annotation) is tuple


def entries_of(one: type[Table]) -> Iterator[tuple[str, str]]:
    """Go through the entries of a table: name, and what it holds."""
    for key, field in one.model_fields.items():
        yield field.alias or key, _wanted(field)


def _section(name: str, inner: type[Table], is_list: bool, value: Any) -> Iterator[str]:
    header = f"[[{name}]]" if is_list else f"[{name}]"
    sentence = " ".join((inner.__doc__ or "").split("\n\n")[0].split())
    yield f"# {header}  {sentence}"
    present = {field.alias or key: key for key, field in inner.model_fields.items()}
    for entry, wanted in entries_of(inner):
        now = getattr(value, present[entry], None) if isinstance(value, Table) else None
        yield f"#   {entry}: {wanted}" + _present(now)


def _present(value: Any) -> str:
    if isinstance(value, Number):
        return f" (now {value.value:g})"
    return f" (now {inline(value)})" if isinstance(value, str | bool | int | float) and value != "" else ""


def _wanted(field: FieldInfo) -> str:
    """Say what an entry holds: a number within bounds, one of some words, a text, a list or a table."""
    for demand in field.metadata:
        if isinstance(demand, Quantity):
            return f"number in {demand.bounds()}" if "(" in demand.bounds() else f"number, {demand.bounds()}"
        if isinstance(demand, Distribution):
            return f"{demand.length} shares that add up to 1"
    optional = "" if field.is_required() else ", may be left out"
    return _type_words(field.annotation) + optional


def _type_words(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return " or ".join(inline(word) for word in get_args(annotation))
    if annotation in _KINDS:
        return _KINDS[annotation]
    origin, inner = (
        get_origin(annotation),
        [one for one in get_args(annotation) if one not in (type(None), ...)],
    )
    if origin is tuple:
        return f"list of {_type_words(inner[0])}"
    if origin is dict:
        return "table by name"
    if inner:
        return _type_words(inner[0])
    return "table" if table_type(annotation) else getattr(annotation, "__name__", "value")
