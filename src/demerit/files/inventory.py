"""Every number in a file, and what they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from demerit.files.evidence import BASES
from demerit.files.number import Number
from demerit.files.series import Series
from demerit.files.table import Table


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, Number | Series]]:
    """Iterate over the numbers of a model with their dotted names; defaults nobody wrote are left out."""
    if isinstance(value, Number | Series):
        yield path, value
    elif isinstance(value, Table):
        for name, field in type(value).model_fields.items():
            inner = getattr(value, name)
            if inner != field.default:
                yield from numbers(inner, _join(path, field.alias or name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from numbers(inner, _join(path, str(name)))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from numbers(inner, _join(path, str(getattr(inner, "id", index + 1))))


def by_basis(model: Table) -> dict[str, int]:
    """Count the numbers of a model by what they rest on, in the order of the list of bases."""
    counts = Counter(str(number.basis) for _, number in numbers(model))
    return {basis: counts[basis] for basis in BASES if counts[basis]}


def evidence_line(model: Table) -> str:
    """Say how many of the numbers are assumptions."""
    counts = by_basis(model)
    total = sum(counts.values())
    if total == 0:
        return "There are no numbers."
    listed = ", ".join(f"{count} {basis}" for basis, count in counts.items())
    return f"{counts.get('assumed', 0)} of {total} numbers are assumptions ({listed})."


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
