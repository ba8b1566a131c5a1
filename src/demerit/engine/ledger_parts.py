"""Part files of a ledger: named by calendar year and number, whole or absent, known by their digests."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, TypedDict

import numpy as np

from demerit.engine.digest import Digest
from demerit.engine.disk import TEMPORARY, refusals, sha256_of, shown, write_whole
from demerit.engine.ledger_columns import LedgerColumn
from demerit.engine.ledger_frames import description, frame_of
from demerit.errors import RunFolderError

_PART = re.compile(r"([0-9]{4})-([0-9]{3,})\.parquet")
_MAGIC = b"PAR1"

Rows = np.ndarray[Any, Any]


class PartState(TypedDict):
    """A part file that has reached the disk."""

    name: str
    rows: int
    sha256: str


class LedgerState(TypedDict):
    """What a checkpoint keeps of a ledger: its parts, and number, digest and last day of their rows."""

    parts: list[PartState]
    rows: int
    digest: str
    day: int


class LedgerParts:
    """The part files of a ledger; used by the writing thread, and by others while that is idle.

    Raises:
        RunFolderError: there is a ledger already, or a part of ``state`` is missing or altered.
    """

    def __init__(self, folder: Path, columns: tuple[LedgerColumn, ...], state: LedgerState | None) -> None:
        self._folder = folder
        self._columns = columns
        self._parts: list[PartState] = []
        self._digest = Digest()
        with refusals(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if state is not None:
                self._restore(state)
            elif part_files(folder):
                raise RunFolderError(f"{shown(folder)} holds a ledger already; resume that run or remove it")

    def _restore(self, state: LedgerState) -> None:
        for part in state["parts"]:
            path = self._folder / part["name"]
            if not path.is_file():
                raise RunFolderError(f"{shown(path)} is missing; the checkpoint needs it")
            if sha256_of(path) != part["sha256"]:
                raise RunFolderError(f"{shown(path)} was altered since the checkpoint")
        known = {part["name"] for part in state["parts"]}
        later = [path for path in part_files(self._folder) if path.name not in known]
        for path in [*later, *self._folder.glob("*" + TEMPORARY)]:
            path.unlink()
        self._parts = list(state["parts"])
        self._digest = Digest(int(state["digest"], 16), state["rows"])

    def write(self, item: tuple[int, Rows]) -> None:
        """Digest rows of one year and write them as its next part."""
        year, rows = item
        self._digest.add(rows)
        content = io.BytesIO()
        # not compressed: forms and differences are small already, and compressing them takes twice as long
        # as everything else together
        frame_of(self._columns, rows).write_parquet(
            content,
            compression="uncompressed",
            statistics=False,
            row_group_size=max(len(rows), 1),
            metadata=description(self._columns, rows.dtype),
        )
        number = sum(part_number(part["name"])[0] == year for part in self._parts)
        name = f"{year}-{number:03d}.parquet"
        written = write_whole(self._folder / name, content.getbuffer())
        self._parts.append({"name": name, "rows": len(rows), "sha256": written})

    def close(self, dtype: np.dtype[Any], year: int) -> None:
        """Write one part without rows if there is none, so that an empty ledger has its columns too."""
        if not self._parts:
            self.write((year, np.empty(0, dtype=dtype)))

    def state(self, day: int) -> LedgerState:
        """Return what `LedgerState` keeps of a ledger."""
        return {
            "parts": [part.copy() for part in self._parts],
            "rows": self._digest.rows,
            "digest": self._digest.hex(),
            "day": day,
        }


def part_files(ledger: Path) -> list[Path]:
    """Return the parts in a folder, in the order they were written."""
    found = [path for path in ledger.iterdir() if _PART.fullmatch(path.name)]
    return sorted(found, key=lambda path: part_number(path.name))


def part_number(name: str) -> tuple[int, int]:
    """Return the year and the number of a part."""
    year, number = name.removesuffix(".parquet").split("-")
    return int(year), int(number)


def is_whole(path: Path) -> bool:
    """Tell whether a part begins and ends as a Parquet file does."""
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
        file.seek(-min(len(_MAGIC), path.stat().st_size), io.SEEK_END)
        return head == _MAGIC == file.read()
