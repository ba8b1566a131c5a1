"""Columns of the ledger's files: how each is read off the rows, and which word a code stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    import polars as pl

Rows = np.ndarray[Any, Any]


@dataclass(frozen=True)
class LedgerColumn:
    """A column of the files and how it is read off the rows.

    Attributes:
        name: name of the column.
        values: gives one value a row (numbers or ``datetime64[D]``); with ``words`` their positions.
        words: the closed list the positions refer to; empty for plain values.
        none: position beyond the words that stands for no word and is written as missing.

    >>> rows = np.array([(0,), (2,), (255,)], dtype=[("what", "u1")])
    >>> LedgerColumn.coded("what", ("record", "credit", "loss"), none=255).series(rows).to_list()
    ['record', 'loss', None]
    """

    name: str
    values: Callable[[Rows], np.ndarray[Any, Any]]
    words: tuple[str, ...] = ()
    none: int | None = None

    @classmethod
    def stored(cls, name: str) -> Self:
        """Write a field of the rows as it is."""
        return cls(name, lambda rows: rows[name])

    @classmethod
    def coded(cls, name: str, words: Sequence[str], none: int | None = None) -> Self:
        """Write the word a field's code stands for."""
        return cls(name, lambda rows: rows[name], tuple(words), none)

    @classmethod
    def dated(cls, name: str, start: date, field: str = "day") -> Self:
        """Write a field that holds a day of the run as a date."""
        first = np.datetime64(start, "D")
        return cls(name, lambda rows: first + rows[field].astype("timedelta64[D]"))

    def series(self, rows: Rows) -> pl.Series:
        """Read the column off the rows.

        Raises:
            ValueError: a code has no word.
        """
        import polars as pl

        values = np.ascontiguousarray(self.values(rows))
        series = pl.Series(self.name, values)
        if not self.words:
            return series
        self._check(values)
        return series.cat.to(pl.Enum(self.words), strict=False)

    def _check(self, codes: np.ndarray[Any, Any]) -> None:
        """Refuse a code without a word, which would be written as missing."""
        if not len(codes) or (codes.min() >= 0 and codes.max() < len(self.words)):
            return
        wordless = (codes < 0) | (codes >= len(self.words))
        if self.none is not None:
            wordless &= codes != self.none
        if wordless.any():
            code, known = codes[wordless][0], len(self.words)
            raise ValueError(f"ledger column {self.name} holds the code {code}; it has {known} words")
