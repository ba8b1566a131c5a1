"""Validate data against the types of a file and say everything that is wrong, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from demerit.errors import Problem
from demerit.files.checking import Finding
from demerit.files.context import Context
from demerit.files.locator import Path
from demerit.files.names import nearest, quoted
from demerit.files.reading import Located
from demerit.files.table import Table

Model = TypeVar("Model", bound=Table)

_EXPECTED: Final[dict[str, str]] = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "tuple_type": "a list",
    "date_type": "a date such as 2018-01-01",
}


def validate(
    model: type[Model], data: Mapping[str, Any], context: Context
) -> tuple[Model | None, list[Finding]]:
    """Build the model; None and the findings if something is wrong."""
    try:
        return model.model_validate(data, context=context), []
    except ValidationError as error:
        found = [_findings(model, details) for details in error.errors(include_url=False)]
        return None, [finding for group in found for finding in group]


def to_problem(located: Located, finding: Finding) -> Problem:
    """Attach file and line to a finding."""
    place = located.place(finding.path)
    key = dotted(located.data, finding.path)
    return Problem(place.file, place.line, key, finding.message, finding.expected, finding.nearest)


def dotted(data: Any, path: Path) -> str:
    """Write a path as a patch would name it: items by their id, other list elements by number from one."""
    words: list[str] = []
    for step in path:
        inner = _inner(data, step)
        if isinstance(step, str):
            words.append(step)
        elif isinstance(inner, dict) and isinstance(inner.get("id"), str):
            words.append(inner["id"])
        else:
            words[-1:] = [f"{words[-1] if words else ''}[{step + 1}]"]
        data = inner
    return ".".join(words)


def _inner(data: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return data.get(step) if isinstance(data, dict) else None
    return data[step] if isinstance(data, list) and step < len(data) else None


def _findings(model: type[Table], details: ErrorDetails) -> list[Finding]:
    path = tuple(step for step in details["loc"] if step != "[key]")
    kind, context = details["type"], details.get("ctx", {})
    if kind == "issues":
        return [
            Finding((*path, one.key) if one.key else path, one.message, one.expected, one.nearest)
            for one in context["issues"]
        ]
    if kind == "issue":
        return [Finding(path, context["text"], context["expected"], context["nearest"])]
    if kind == "missing":
        return [Finding(path, "missing", _wanted(model, path))]
    if kind == "extra_forbidden":
        valid = _keys(model, path[:-1])
        name = str(path[-1])
        return [Finding(path, f"unknown key '{name}'", ", ".join(valid), nearest(name, valid))]
    if kind == "literal_error":
        valid = re.findall(r"'([^']*)'", context["expected"])
        given = details["input"]
        near = nearest(given, valid) if isinstance(given, str) else ""
        return [Finding(path, f"{quoted(given)} is not possible here", context["expected"], near)]
    return [Finding(path, _message(details), _EXPECTED.get(kind, ""))]


def _message(details: ErrorDetails) -> str:
    if details["type"] in _EXPECTED:
        given = details["input"]
        return (
            f"{quoted(given)} is of the wrong kind"
            if not isinstance(given, dict | list)
            else "is of the wrong kind"
        )
    text = details["msg"].removeprefix("Input ")
    return text[:1].lower() + text[1:]


def _wanted(model: type[Table], path: Path) -> str:
    """Say what a missing entry would be: a number in its unit, one of some words, or a text."""
    owner = _model_at(model, path[:-1])
    field = _field(owner, str(path[-1])) if owner is not None else None
    if field is None:
        return ""
    unit = next((demand.unit for demand in field.metadata if hasattr(demand, "unit")), None)
    if unit:
        return f"a number in {unit}"
    if get_origin(field.annotation) is Literal:
        return " or ".join(repr(word) for word in get_args(field.annotation))
    if table_type(field.annotation) is not None:
        return "a table"
    return "a text" if field.annotation is str else ""


def _keys(model: type[Table], path: Path) -> list[str]:
    owner = _model_at(model, path)
    if owner is None:
        return []
    return [field.alias or name for name, field in owner.model_fields.items()]


def _field(owner: type[Table], key: str) -> Any:
    return next((f for name, f in owner.model_fields.items() if (f.alias or name) == key), None)


def _model_at(model: type[Table], path: Path) -> type[Table] | None:
    """Find the type of the table at a path."""
    current: type[Table] | None = model
    for step in path:
        if isinstance(step, int):
            continue
        field = _field(current, step) if current is not None else None
        current = table_type(field.annotation) if field is not None else None
    return current


def table_type(annotation: Any) -> type[Table] | None:
    """Find the type of table that a field holds, alone or in a list; None if it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    found = (table_type(inner) for inner in get_args(annotation))
    return next((one for one in found if one is not None), None)
