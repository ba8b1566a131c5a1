"""Read a list section from CSV: one item a row, under a header that says what each column holds."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from demerit.errors import FileProblems, Problem
from demerit.files.dates import as_date
from demerit.files.locator import Path
from demerit.files.names import nearest, quoted
from demerit.files.reading import Located, Place
from demerit.files.units import UNITS

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")
_RANGE: Final = re.compile(r"(\S+)\s*\.\.\s*(\S+)")


@dataclass(frozen=True)
class _Column:
    name: str
    holds: str


def parse_csv(text: str, label: str, section: str) -> Located:
    """Read the items of a list section from CSV.

    The header names each column and what it holds: `id:text, fine:CNY, points.road:points,
    coverage:probability/event, coverage.range:range, coverage.basis:text, references:list`. An empty cell
    is an absent entry; the elements of a list stand apart by spaces; a range is written `0.02..0.1`.

    Raises:
        FileProblems: with every cell that does not hold what its column says.
    """
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    reader = _Reader(label, section)
    try:
        for number, cells in enumerate(rows):
            if number == 0:
                reader.header(cells)
            elif any(cell.strip() for cell in cells):
                reader.row(cells, rows.line_num)
    except csv.Error as error:
        reader.fault(rows.line_num, "", f"not valid CSV: {error}", "")
    if not reader.columns and not reader.problems:
        reader.fault(1, "", "is empty", "a header such as id:text,fine:CNY")
    if reader.problems:
        raise FileProblems(reader.problems)
    return Located({section: reader.items}, reader.places)


class _Reader:
    def __init__(self, label: str, section: str) -> None:
        self.label, self.section = label, section
        self.columns: list[_Column] = []
        self.items: list[dict[str, Any]] = []
        self.places: dict[Path, Place] = {(): Place(label, None), (section,): Place(label, 1)}
        self.problems: list[Problem] = []

    def fault(self, line: int, key: str, message: str, expected: str, near: str = "") -> None:
        self.problems.append(Problem(self.label, line, key, message, expected, near))

    def header(self, cells: list[str]) -> None:
        seen: set[str] = set()
        for cell in cells:
            name, _, holds = (part.strip() for part in cell.partition(":"))
            if not name or (holds not in _READERS and holds not in UNITS):
                expected = "name:what it holds; one of " + ", ".join([*_READERS, "a unit"])
                self.fault(1, name, f"column {quoted(cell)}", expected, nearest(holds, [*_READERS, *UNITS]))
            elif name in seen:
                self.fault(1, name, "this column is there twice", "each column once")
            seen.add(name)
            self.columns.append(_Column(name, holds))

    def row(self, cells: list[str], line: int) -> None:
        if self.problems and not self.items and any(one.line == 1 for one in self.problems):
            return  # without a header that can be read, no cell can
        if len(cells) != len(self.columns):
            self.fault(line, "", f"{len(cells)} cells", f"{len(self.columns)}, as in the header")
            return
        place = (self.section, len(self.items))
        self.places[place] = Place(self.label, line)
        item: dict[str, Any] = {}
        for column, cell in zip(self.columns, cells, strict=True):
            if cell.strip():
                self.cell(item, column, cell.strip(), line)
        self.items.append(item)

    def cell(self, item: dict[str, Any], column: _Column, cell: str, line: int) -> None:
        read, expected = _READERS.get(column.holds, (_number, f"a number in {column.holds}"))
        value = read(cell)
        if value is None:
            self.fault(line, f"{self.section}.{column.name}", f"{quoted(cell)} in this cell", expected)
            return
        keys = column.name.split(".")
        if column.holds in UNITS:
            value = {"value": value, "unit": column.holds, "basis": "law"}
        self.put(item, keys, value, line)

    def put(self, item: dict[str, Any], keys: list[str], value: Any, line: int) -> None:
        holder = item
        path: Path = (self.section, len(self.items))
        for key in keys[:-1]:
            path = (*path, key)
            self.places.setdefault(path, Place(self.label, line))
            inner = holder.setdefault(key, {})
            if not isinstance(inner, dict):
                self.fault(line, ".".join(keys), f"'{key}' is a single value", "a column of its own")
                return
            holder = inner
        self.places[(*path, keys[-1])] = Place(self.label, line)
        present = holder.get(keys[-1])
        if isinstance(present, dict) and isinstance(value, dict):
            value = {**value, **present}  # the evidence stood before the number
        holder[keys[-1]] = value


def _number(cell: str) -> int | float | None:
    if not _NUMBER.fullmatch(cell):
        return None
    return int(cell) if _WHOLE.fullmatch(cell) else float(cell)


def _range(cell: str) -> list[Any] | None:
    found = _RANGE.fullmatch(cell)
    ends = [_number(end) for end in found.groups()] if found else []
    return ends if ends and None not in ends else None


_READERS: Final[dict[str, tuple[Callable[[str], Any], str]]] = {
    "text": (lambda cell: cell, "a text"),
    "list": (lambda cell: cell.split(), "names apart by spaces"),
    "range": (_range, "low..high"),
    "whole": (lambda cell: int(cell) if _WHOLE.fullmatch(cell) else None, "a whole number"),
    "truth": ({"true": True, "false": False}.get, "true or false"),
    "date": (as_date, "a date such as 2018-01-01"),
}
