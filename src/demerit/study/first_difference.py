"""Name the first thing in which two run folders differ: a month's indicator, a ledger entry, a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.disk import sha256_of
from demerit.engine.ledger import LEDGER, read_ledger
from demerit.engine.ledger_parts import part_files, part_number
from demerit.simulation.manifest import Manifest
from demerit.study.layout import INDICATORS, WORLDS

if TYPE_CHECKING:
    import polars as pl

_KEYS = ["month", "by", "group", "indicator"]
_ROW = "__row"
_NUMBER = "number of rows"


@dataclass(frozen=True)
class Difference:
    """One thing in which a run and its repetition differ.

    Attributes:
        world: name of the world; empty for what concerns all of them.
        file: file within the run folder.
        place: what in the file, in words.
        stored: what the folder holds; None for nothing.
        again: what the repetition gave; None for nothing.
        when: date it belongs to; None for what belongs to the end of the run.
    """

    world: str
    file: str
    place: str
    stored: object
    again: object
    when: date | None = None

    def sentence(self) -> str:
        """Say what differs.

        >>> print(Difference("essay", "manifest.json", "events", 17, None).sentence())
        world essay, manifest.json, events: 17 in the folder, nothing when run again
        """
        where = f"world {self.world}, " if self.world else ""
        return (
            f"{where}{self.file}, {self.place}: {_told(self.stored)} in the folder, "
            f"{_told(self.again)} when run again"
        )


def _told(value: object) -> str:
    if value is None:
        return "nothing"
    return repr(value) if isinstance(value, float) else str(value)


def first_difference(
    stored: Path, again: Path, told: Manifest, expected: Manifest, world: str, place: int
) -> Difference | None:
    """Return the earliest difference of a world between two run folders, None if there is none.

    A ledger entry comes before the indicators of its month, and both before figures of the whole run.

    Args:
        stored: folder of the run.
        again: folder of its repetition.
        told: manifest of the run; expected: that of its repetition.
        world: name of the world; place: its place among the worlds.
    """
    dated = [*_in_ledger(stored, again, (world, world)), *_in_indicators(stored, again, (world, world))]
    if dated:
        return min(dated, key=lambda difference: (difference.when or date.max).replace(day=1))
    return next(_in_figures(told, expected, world, place), None)


def past_difference(stored: Path, again: Path, world: str, branch: str, until: date) -> Difference | None:
    """Return the earliest difference between a world and a branch of it before a date, None if there is none.

    Args:
        stored: folder of the run; again: folder of the branch.
        world: name of the world; branch: name of the branch's world.
        until: first date that is not looked at; of months, those that ended before it are.
    """
    worlds = (world, branch)
    dated = [*_in_ledger(stored, again, worlds, until), *_in_indicators(stored, again, worlds, until)]
    return min(dated, key=lambda difference: (difference.when or date.max).replace(day=1), default=None)


def _in_indicators(
    stored: Path, again: Path, worlds: tuple[str, str], until: date | None = None
) -> Iterator[Difference]:
    """Yield the first indicator that differs, in the order of months."""
    import polars as pl

    frames = []
    for folder, world in zip((stored, again), worlds, strict=True):
        frame = pl.read_parquet(folder / INDICATORS).filter(pl.col("world") == world).drop("world")
        frames.append(frame if until is None else frame.filter(pl.col("month") < until))
    found = _first(frames[0], frames[1], _KEYS, ["month", "indicator", "by", "group"])
    if found is not None:
        row, column, one, other = found
        place = f"{column} of {row['indicator']} for {row['group']} in the month to {row['month']}"
        place = column if column == _NUMBER else place
        yield Difference(worlds[0], INDICATORS, place, one, other, row["month"])


def _in_ledger(
    stored: Path, again: Path, worlds: tuple[str, str], until: date | None = None
) -> Iterator[Difference]:
    """Yield the first ledger entry that differs, by its id, which begins with the day."""
    import polars as pl

    folders = [folder / WORLDS / world for folder, world in zip((stored, again), worlds, strict=True)]
    parts = [part_files(folder / LEDGER) for folder in folders]
    years = sorted({part_number(path.name)[0] for both in parts for path in both})
    for year in years:
        if until is not None and year > until.year:
            return
        ours, theirs = ([path for path in both if part_number(path.name)[0] == year] for both in parts)
        if [sha256_of(path) for path in ours] == [sha256_of(path) for path in theirs]:
            continue
        wanted = pl.col("date").dt.year() == year
        wanted = wanted if until is None else wanted & (pl.col("date") < until)
        frames = [read_ledger(folder).filter(wanted).collect() for folder in folders]
        found = _first(frames[0], frames[1], ["id"], ["id"])
        if found is not None:
            row, column, one, other = found
            place = f"{column} of entry {row['id']} of {row['date']} ({row['kind']}:{row['subject']})"
            place = "number of entries" if column == _NUMBER else place
            file = f"{WORLDS}/{worlds[0]}/{LEDGER}, {year}"
            yield Difference(worlds[0], file, place, one, other, row["date"])
            return


def _first(
    ours: pl.DataFrame, theirs: pl.DataFrame, keys: list[str], order: list[str]
) -> tuple[dict[str, Any], str, object, object] | None:
    """Return the first row that differs, the column and both values; None if the frames hold the same."""
    import polars as pl

    ours, theirs = (_plain(frame).sort(order) for frame in (ours, theirs))
    if ours.equals(theirs):
        return None
    for one, other, is_ours in ((ours, theirs, True), (theirs, ours, False)):
        for column in one.columns:
            if column not in other.columns:
                row = one.row(0, named=True) if len(one) else dict.fromkeys(one.columns)
                return (row, column, row[column], None) if is_ours else (row, column, None, row[column])
    joined = ours.with_columns(pl.lit(True).alias(_ROW)).join(
        theirs.with_columns(pl.lit(True).alias(_ROW)), on=keys, how="full", coalesce=True, suffix="__again"
    )
    values = [column for column in ours.columns if column not in keys]
    same = [pl.col(column).eq_missing(pl.col(f"{column}__again")) for column in [*values, _ROW]]
    differing = joined.filter(~pl.all_horizontal(same)).sort(order).head(1)
    if differing.is_empty():
        row = ours.row(0, named=True) if len(ours) else dict.fromkeys(ours.columns)
        return row, _NUMBER, len(ours), len(theirs)
    row = differing.row(0, named=True)
    if row[_ROW] is None or row[f"{_ROW}__again"] is None:
        here = row[_ROW] is not None
        shown = row if here else {**row, **{name: row[f"{name}__again"] for name in values}}
        return (shown, "presence", "there", None) if here else (shown, "presence", None, "there")
    column = next(name for name in values if not _equal(row[name], row[f"{name}__again"]))
    return row, column, row[column], row[f"{column}__again"]


def _equal(one: object, other: object) -> bool:
    return one == other or (one != one and other != other)  # noqa: PLR0124 - not a number equals itself here


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with words as text: closed lists of two versions need not be the same lists."""
    import polars as pl

    return frame.with_columns(pl.col(pl.Enum).cast(pl.String))


def _in_figures(told: Manifest, expected: Manifest, world: str, place: int) -> Iterator[Difference]:
    """Yield the figures of the whole run that differ between two manifests."""
    for name in ("gains", "assumptions_share", "days"):
        one, other = getattr(told, name), getattr(expected, name)
        if one != other:
            yield Difference("", "manifest.json", name, one, other)
    ours, theirs = told.worlds[place], expected.worlds[place]
    for name in ("events", "rows", "ledger_digest", "state_digest", "digest"):
        one, other = getattr(ours, name), getattr(theirs, name)
        if one != other:
            yield Difference(world, "manifest.json", name, one, other)
