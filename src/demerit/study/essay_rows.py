"""The rows of the essay in a run: for each its mechanism, a ledger entry and an indicator in every world."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.folder import open_run
from demerit.engine.ledger import read_ledger
from demerit.simulation.manifest import read_manifest
from demerit.study.indicator_totals import indicator_totals
from demerit.study.layout import world_folder

if TYPE_CHECKING:
    import polars as pl

FILE = "essay_rows.toml"


@dataclass(frozen=True)
class EssayRow:
    """A row of the essay: what it says, and where a run shows it.

    Attributes:
        id: R1 to R29.
        says: the row in a few words.
        mechanism: what carries it here.
        indicator: name of the indicator that measures it.
        entries: ledger entries that show it, each as column and word; any of them will do. None at all: what
            the row says leaves no entry of its own, and the indicator alone shows it.
        besides: entries of which one each must be there as well.
    """

    id: str
    says: str
    mechanism: str
    indicator: str
    entries: tuple[dict[str, str], ...] = ()
    besides: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class RowInRun:
    """A row as a run shows it.

    Attributes:
        row: the row.
        entry: id of the first ledger entry that shows it, None where there is none.
        entries: how many there are.
        lacking: entries besides that are not there, as the table of rows names them.
        values: the indicator in every world, the one asked for first; None where there was no occasion.
    """

    row: EssayRow
    entry: int | None
    entries: int
    lacking: tuple[str, ...]
    values: tuple[float | None, ...]

    @property
    def shown(self) -> bool:
        """Say whether the run shows the row: by its entries, or an indicator that is unlike in the twin."""
        if self.row.entries:
            return self.entry is not None and not self.lacking
        asked, *others = self.values
        return bool(asked) and all(other != asked for other in others)


@cache
def essay_rows() -> tuple[EssayRow, ...]:
    """Return the rows of the essay in order.

    >>> [row.id for row in essay_rows()][:2]
    ['R1', 'R2']
    """
    data = tomllib.loads(resources.files("demerit.study").joinpath(FILE).read_text(encoding="utf-8"))
    listed = ("entries", "besides")
    return tuple(
        EssayRow(**{**row, **{name: tuple(row[name]) for name in listed if name in row}})
        for row in data["row"]
    )


def rows_in_run(folder: Path) -> list[RowInRun]:
    """Find every row of the essay in a finished run.

    Raises:
        RunFolderError: it is not a finished run, kept no ledger, or was altered.
    """
    manifest = read_manifest(open_run(folder))
    asked = manifest.worlds[0]
    ledger = read_ledger(world_folder(folder, asked.regime, asked.regime_hash))
    totals = list(indicator_totals(folder).values())
    shown = []
    for row, (entry, entries, lacking) in zip(essay_rows(), _found_entries(ledger), strict=True):
        values = tuple(world.get(row.indicator) for world in totals)
        shown.append(RowInRun(row, entry, entries, lacking, values))
    return shown


def worlds_of(folder: Path) -> list[str]:
    """Return the names of the worlds of a finished run, the one asked for first."""
    return list(indicator_totals(folder))


def _found_entries(ledger: pl.LazyFrame) -> list[tuple[int | None, int, tuple[str, ...]]]:
    """Return the first entry of each row, how many there are, and what lacks besides, in one pass."""
    import polars as pl

    asked = []
    for row in essay_rows():
        met = pl.any_horizontal(pl.lit(value=False), *(_matches(one) for one in row.entries))
        asked.append(pl.col("id").filter(met).first().alias(f"{row.id} first"))
        asked.append(met.sum().alias(f"{row.id} count"))
        asked += [_matches(one).any().alias(f"{row.id} {words(one)}") for one in row.besides]
    found: dict[str, Any] = ledger.select(asked).collect().row(0, named=True)
    return [
        (
            found[f"{row.id} first"],
            int(found[f"{row.id} count"]),
            tuple(words(one) for one in row.besides if not found[f"{row.id} {words(one)}"]),
        )
        for row in essay_rows()
    ]


def words(entry: dict[str, str]) -> str:
    """Write an entry that is looked for.

    >>> words({"what": "derived", "kind": "company"})
    'derived company'
    """
    return " ".join(entry.values())


def _matches(entry: dict[str, str]) -> pl.Expr:
    import polars as pl

    return pl.all_horizontal(*(pl.col(column).cast(pl.String) == word for column, word in entry.items()))
