"""The ledger: rows written in the background as Parquet, by calendar year, in parts that are whole or absent.

The day loop hands over records; a thread digests them, reads the columns off them and writes the files.
What a code means is said by the columns the caller gives. A part is a file such as
``ledger/2014-000.parquet``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from demerit.engine.background import Background
from demerit.engine.clock import year_of
from demerit.engine.disk import refusals, shown
from demerit.engine.ledger_columns import LedgerColumn
from demerit.engine.ledger_frames import restored
from demerit.engine.ledger_parts import LedgerParts, LedgerState, is_whole, part_files, part_number
from demerit.errors import RunFolderError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["LEDGER", "PART_ROWS", "LedgerState", "LedgerSummary", "LedgerWriter", "read_ledger"]

LEDGER = "ledger"
PART_ROWS = 1 << 20
"""Rows of a part: 40 MB in memory at 40 bytes a row, and at most four parts of a writer exist at once."""
_QUEUED = 2

Rows = np.ndarray[Any, Any]


@dataclass(frozen=True)
class LedgerSummary:
    """A closed ledger: rows, part files in order, and the digest that does not depend on their order."""

    rows: int
    files: tuple[str, ...]
    digest: str


class LedgerWriter:
    """Append rows from the day loop; a thread writes them.

    Memory is bounded: one part filling, two waiting, one being written. What goes wrong in the thread is
    raised by the next call, and by every call after it. As a context manager it closes the ledger, or drops
    it after an error.

    Args:
        folder: the parts go into its subfolder ``ledger``.
        start: date of day 0, which decides the calendar year of a row.
        columns: the columns of the files, in order.
        dtype: type of the rows; its field ``day`` holds the day of the run.
        state: where `flush` left a ledger that is to go on: its parts are checked and parts written later
            deleted.
        part_rows: largest number of rows of a part.

    Raises:
        RunFolderError: the disk refused, there is a ledger already, or a part of ``state`` is missing or
            altered.

    >>> import tempfile
    >>> rows = np.array([(0, 5), (400, 7)], dtype=[("day", "u2"), ("points", "i4")])
    >>> columns = [LedgerColumn.dated("date", date(2014, 1, 1)), LedgerColumn.stored("points")]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     writer = LedgerWriter(Path(folder), date(2014, 1, 1), columns, rows.dtype)
    ...     writer.append(rows, day=400)
    ...     print(writer.close().files)
    ...     print(read_ledger(Path(folder)).collect()["points"].to_list())
    ('2014-000.parquet', '2015-000.parquet')
    [5, 7]
    """

    def __init__(
        self,
        folder: Path,
        start: date,
        columns: Sequence[LedgerColumn],
        dtype: np.dtype[Any],
        *,
        state: LedgerState | None = None,
        part_rows: int = PART_ROWS,
    ) -> None:
        self._start = start
        self._dtype = dtype
        self._block = np.empty(part_rows, dtype=dtype)
        self._filled = 0
        self._day = -1 if state is None else state["day"]
        self._year = (
            0 if state is None else max((part_number(part["name"])[0] for part in state["parts"]), default=0)
        )
        self._summary: LedgerSummary | None = None
        self._parts = LedgerParts(folder / LEDGER, tuple(columns), state)
        self._spare: list[Rows] = []
        self._background = Background(self._write, _QUEUED)

    def append(self, rows: Rows, day: int) -> None:
        """Add rows to the ledger; they are copied, so the caller may write over them.

        Args:
            rows: rows of the ledger's type, shape ``(rows,)``, each with the day it was made on.
            day: last day the rows cover; never earlier than that of the call before.

        Raises:
            ValueError: the rows are of another type, or a row lies after ``day`` or in a year already passed.
        """
        self._background.check()
        if rows.dtype != self._dtype:
            raise ValueError(f"ledger rows must be {self._dtype}; got {rows.dtype}")
        if day < self._day:
            raise ValueError(f"day {day} follows day {self._day}; append days in order")
        self._day = day
        if not len(rows):
            return
        first, last = int(rows["day"].min()), int(rows["day"].max())
        if last > day:
            raise ValueError(f"a row of day {last} was appended on day {day}")
        years = range(year_of(self._start, first), year_of(self._start, last) + 1)
        if len(years) == 1:
            self._keep(rows, years[0])
            return
        dates = np.datetime64(self._start, "D") + rows["day"].astype("timedelta64[D]")
        numbers = dates.astype("datetime64[Y]").astype(np.int64) + 1970
        for year in years:
            self._keep(rows[numbers == year], year)

    def flush(self) -> LedgerState:
        """Write everything appended so far and return what a checkpoint needs to go on from here."""
        self._submit()
        self._background.drain()
        return self._parts.state(self._day)

    def close(self) -> LedgerSummary:
        """Write what is left and end the thread; calling it again returns the same summary."""
        if self._summary is None:
            try:
                self._submit()
                self._background.drain()
            finally:
                self._background.stop()
            self._parts.close(self._dtype, year_of(self._start, 0))
            state = self._parts.state(self._day)
            names = sorted((part["name"] for part in state["parts"]), key=part_number)
            self._summary = LedgerSummary(state["rows"], tuple(names), state["digest"])
        return self._summary

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.close()
        finally:
            self._background.stop()

    def _keep(self, rows: Rows, year: int) -> None:
        if year < self._year:
            raise ValueError(f"a row of the year {year} was appended after the year {self._year} had begun")
        if year > self._year:
            self._submit()
            self._year = year
        while len(rows):
            taken = min(len(rows), len(self._block) - self._filled)
            raw = f"V{self._dtype.itemsize}"  # copied as bytes, not field by field
            self._block[self._filled : self._filled + taken].view(raw)[...] = rows[:taken].view(raw)
            self._filled += taken
            rows = rows[taken:]
            if self._filled == len(self._block):
                self._submit()

    def _write(self, item: tuple[int, Rows]) -> None:
        """Write a part, in the thread, and lay its block aside for later rows."""
        self._parts.write(item)
        block: Rows = item[1] if item[1].base is None else item[1].base
        self._spare.append(block)

    def _submit(self) -> None:
        """Hand the rows kept so far to the thread and begin a new block."""
        self._background.check()
        if self._filled:
            self._background.submit((self._year, self._block[: self._filled]))
            self._filled = 0
            # fresh memory costs as much as filling it: a block is used again as soon as no other is before it
            self._block = self._spare.pop() if self._spare else np.empty_like(self._block)


def read_ledger(folder: Path) -> pl.LazyFrame:
    """Return the ledger under a folder as a lazy frame, in the order it was written.

    Raises:
        RunFolderError: no ledger was kept there, a part is missing between others, or a part is cut short.
    """
    import polars as pl

    ledger = folder / LEDGER
    with refusals(ledger, "read"):
        parts = part_files(ledger) if ledger.is_dir() else []
        if not parts:
            raise RunFolderError(f"{shown(folder)} has no {LEDGER}; run again with `--ledger full`")
        seen: dict[int, int] = {}
        for path in parts:
            year, number = part_number(path.name)
            if number != seen.get(year, 0):
                raise RunFolderError(f"{shown(ledger)}: {year}-{seen.get(year, 0):03d}.parquet is missing")
            seen[year] = number + 1
            if not is_whole(path):
                raise RunFolderError(
                    f"{shown(path)} is not a whole Parquet file; it was cut short or altered"
                )
        try:
            return restored(parts)
        except (ValueError, pl.exceptions.PolarsError) as error:
            raise RunFolderError(f"{shown(ledger)} cannot be read: {error}") from error
