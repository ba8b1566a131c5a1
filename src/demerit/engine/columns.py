"""Columns and records: one place that says what is stored, in which unit and range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Column:
    """One stored quantity.

    Attributes:
        name: the field's name in the record.
        dtype: NumPy's short name of the integer type.
        unit: unit of one step of the stored integer.
        doc: one sentence.
        shape: extra dimensions, empty for a single number.
        low: smallest admissible value.
        high: largest admissible value.
    """

    name: str
    dtype: str
    unit: str
    doc: str
    shape: tuple[int, ...] = ()
    low: int | None = None
    high: int | None = None

    def bounds(self) -> tuple[int, int]:
        """Return the admissible range, by default that of the type."""
        limits = np.iinfo(np.dtype(self.dtype))
        low = int(limits.min) if self.low is None else self.low
        high = int(limits.max) if self.high is None else self.high
        return low, high


@dataclass(frozen=True)
class Table:
    """A record type: an ordered set of columns stored together for every subject of a kind."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    bytes_each: int

    def dtype(self) -> np.dtype[Any]:
        """Return the aligned structured type; raises ValueError if its size is not the declared one."""
        fields: list[Any] = [
            (column.name, column.dtype, column.shape) if column.shape else (column.name, column.dtype)
            for column in self.columns
        ]
        dtype = np.dtype(fields, align=True)
        if dtype.itemsize != self.bytes_each:
            raise ValueError(f"table {self.name} takes {dtype.itemsize} bytes; declared {self.bytes_each}")
        return dtype

    def violations(self, rows: np.ndarray[Any, Any]) -> list[str]:
        """Name every column of ``rows`` that leaves its range, with the offending value."""
        found = []
        for column in self.columns:
            if rows.size == 0:
                break
            low, high = column.bounds()
            values = rows[column.name]
            if int(values.min()) < low or int(values.max()) > high:
                found.append(
                    f"{self.name}.{column.name} leaves {low} … {high}: {values.min()} … {values.max()}"
                )
        return found


def nested(fields: list[tuple[Any, ...]]) -> np.dtype[Any]:
    """Return an aligned record type with nested arrays: the one argument that carries a kernel's tables."""
    return np.dtype(fields, align=True)
