"""Describe the sections of a file that nobody has written words for: entry by entry, values with units."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from demerit.files.canonical import canonical
from demerit.files.dates import Dated
from demerit.files.inventory import numbers
from demerit.files.layout import columns, wrapped
from demerit.files.saying import said
from demerit.files.table import Table


def described(model: Table, told: Collection[str], titles: Mapping[str, str]) -> list[str]:
    """Return a line for every section that says something and is not told already, for every item of a list.

    Args:
        model: the file.
        told: sections told elsewhere.
        titles: what to call sections; one that has no title goes by its own name.
    """
    data = canonical(model)
    fields = type(model).model_fields
    defaults = {one.alias or name: one.default for name, one in fields.items()}
    lines: list[str] = []
    for section, value in data.items():
        default = defaults[section]
        usual = (
            canonical(default) if isinstance(default, Table) else list(default) if default == () else default
        )
        if section not in told and value != usual:
            title = titles.get(section, section.replace("_", " ").capitalize())
            for one in value if isinstance(value, list) else [value]:
                name = f" {one['id']}" if isinstance(value, list) else ""
                lines += wrapped(f"  {title}{name}: {said(one)}", 4)
    return lines


def dated(model: Table) -> list[str]:
    """Return the rules that do not always hold, each with its days."""
    rows = []
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        for one in value if isinstance(value, tuple) else ():
            if isinstance(one, Dated) and (one.since is not None or one.until is not None):
                first = f"from {one.since}" if one.since is not None else ""
                last = f"until {one.until}" if one.until is not None else ""
                rows.append([f"{field.alias or name} {getattr(one, 'id', '')}", f"{first} {last}".strip()])
    return columns(rows)


def counted(model: Table, told: Collection[str]) -> str:
    """Name the sections that are not told otherwise, each with how many numbers it holds."""
    held: dict[str, int] = {}
    for at, _ in numbers(model):
        section = at.partition(".")[0]
        if section not in told:
            held[section] = held.get(section, 0) + 1
    listed = (
        f"{section} ({count} {'number' if count == 1 else 'numbers'})" for section, count in held.items()
    )
    return ", ".join(listed) or "none"
