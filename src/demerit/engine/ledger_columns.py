"""Columns of the ledger: how each is read off the rows, kept in the files and restored from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

if TYPE_CHECKING:
    import polars as pl

Rows = np.ndarray[Any, Any]
Values = Callable[[Rows], np.ndarray[Any, Any]]


@dataclass(frozen=True)
class LedgerColumn:
    """A column of the ledger.

    Attributes:
        name: name of the column.
        values: gives one number a row; with ``words`` their positions.
        kept: how the files hold it: as a column of its own; as part of the form; as a number to be divided;
            as a difference from another column; or not at all, being bits of another column.
        words: the closed list the positions refer to; empty for plain values.
        none: position beyond the words that stands for no word and is missing.
        fields: fields of a row that a part of the form rests on.
        of: the other column, for a difference and for bits.
        number: what to divide by, or the first bit.
        bits: how many bits.
        is_date: whether the values are days since 1970 and read as dates.

    >>> rows = np.array([(0,), (2,), (255,)], dtype=[("what", "u1")])
    >>> LedgerColumn.coded("what", ("record", "credit", "loss"), none=255).series(rows).to_list()
    ['record', 'loss', None]
    """

    name: str
    values: Values
    kept: Literal["plain", "form", "scaled", "less", "bits"] = "plain"
    words: tuple[str, ...] = ()
    none: int | None = None
    fields: tuple[str, ...] = ()
    of: str = ""
    number: int = 0
    bits: int = 0
    is_date: bool = False

    @classmethod
    def stored(cls, name: str) -> Self:
        """Write a field of the rows as it is."""
        return cls(name, lambda rows: rows[name])

    @classmethod
    def coded(cls, name: str, words: Sequence[str], none: int | None = None) -> Self:
        """Write the word a field's code stands for."""
        return cls.formed(name, lambda rows: rows[name], (name,), words, none)

    @classmethod
    def formed(
        cls,
        name: str,
        values: Values,
        fields: Sequence[str],
        words: Sequence[str] = (),
        none: int | None = None,
    ) -> Self:
        """Write what has few different values, and rests on these fields of a row, as part of its form."""
        return cls(name, values, "form", tuple(words), none, tuple(fields))

    @classmethod
    def dated(cls, name: str, start: date, field: str = "day") -> Self:
        """Write a field that holds a day of the run as a date."""
        first = (start - date(1970, 1, 1)).days
        return cls(name, lambda rows: rows[field].astype(np.int32) + np.int32(first), is_date=True)

    @classmethod
    def scaled(cls, name: str, field: str, by: int) -> Self:
        """Write an integer field, and read it divided by a number."""
        return cls(name, lambda rows: rows[field], "scaled", of=field, number=by)

    @classmethod
    def less(cls, name: str, of: str) -> Self:
        """Write a field as what another is greater by: the name of a cause lies near that of its entry."""
        return cls(name, lambda rows: rows[of] - rows[name], "less", of=of)

    @classmethod
    def cut(cls, name: str, of: str, first: int, bits: int, words: Sequence[str] = ()) -> Self:
        """Write nothing, and read some bits of another column, or the word they stand for."""
        low = (1 << bits) - 1
        return cls(
            name, lambda rows: (rows[of] >> first) & low, "bits", tuple(words), of=of, number=first, bits=bits
        )

    @property
    def file_name(self) -> str:
        """Name of the column that holds it in the files."""
        return {"less": f"{self.of}_less_{self.name}", "scaled": self.of}.get(self.kept, self.name)

    def series(self, rows: Rows) -> pl.Series:
        """Read the column off the rows.

        Raises:
            ValueError: a code has no word.
        """
        import polars as pl

        values = np.ascontiguousarray(self.values(rows))
        series = pl.Series(self.file_name, values)
        if not self.words:
            return series.cast(pl.Date) if self.is_date else series
        self._check(values)
        return series.cast(pl.UInt32).cat.to(pl.Enum(self.words), strict=False)

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

    def description(self) -> dict[str, Any]:
        """Return what a reader must know to restore the column, as plain data."""
        told: dict[str, Any] = {"name": self.name, "kept": self.kept, "file": self.file_name}
        if self.words:
            told["words"] = list(self.words)
        if self.of:
            told |= {"of": self.of, "number": self.number, "bits": self.bits}
        return told
