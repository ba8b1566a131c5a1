"""Roads of records between registers and platforms: what set out, what arrived, what was lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from demerit.regime.sharing_types import Transfer
    from demerit.regime.types import RegimeFile

_CAME = ("arrival", "shared_in")
_LOST = ("loss", "copy_escaped")


@dataclass
class Traffic:
    """What happened on a road over a run; days is the median from the record to its arrival at the end."""

    arrived: int = 0
    lost: int = 0
    recalled: int = 0
    stale: int = 0
    days: float | None = None


def traffic(frame: pl.DataFrame, rules: RegimeFile) -> dict[str, Traffic]:
    """Return what happened on every transfer.

    The ledger names the last leg of a copy's way, or the one on which it was lost; the legs before it are
    those of the shortest way from the register it came from.

    Args:
        frame: id, cause, date, what, rule, register of all entries.
        rules: the rules.
    """
    found = {one.id: Traffic() for one in rules.transfers}
    for row in _counted(frame).iter_rows(named=True):
        last = row["rule"].partition(":")[2]
        if last not in found:
            continue
        road = found[last]
        road.arrived += row["arrived"]
        road.lost += row["lost"]
        road.recalled += row["recalled"]
        road.stale += row["stale"]
        passed = row["arrived"] + row["lost"]
        start = next(one.from_ for one in rules.transfers if one.id == last)
        for leg in way(rules.transfers, row["origin"], start) if row["origin"] else ():
            found[leg].arrived += passed
    for rule, days in _days(frame).items():
        if rule in found:
            found[rule].days = days
    return found


def way(transfers: tuple[Transfer, ...], start: str, end: str) -> tuple[str, ...]:
    """Return the ids of the transfers on the shortest way between two places; none if there is no way."""
    reached: dict[str, tuple[str, ...]] = {start: ()}
    todo = [start]
    while todo:
        at = todo.pop(0)
        for one in transfers:
            if one.from_ == at and one.to not in reached:
                reached[one.to] = (*reached[at], one.id)
                todo.append(one.to)
    return reached.get(end, ())


def _moves(frame: pl.DataFrame) -> pl.DataFrame:
    """Return entries about copies with the date and the register of what they are copies of."""
    import polars as pl

    began = frame.select(
        pl.col("id").alias("cause"),
        pl.col("date").alias("began"),
        pl.col("register").cast(pl.String).alias("origin"),
    )
    words = pl.col("what").cast(pl.String)
    return (
        frame.select("cause", "date", pl.col("rule").cast(pl.String), words)
        .filter(pl.col("what").is_in([*_CAME, *_LOST, "recall", "stale"]))
        .join(began, on="cause", how="left")
    )


def _counted(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    def of(*words: str) -> pl.Expr:
        return pl.col("what").is_in(list(words)).sum()

    return (
        _moves(frame)
        .group_by("rule", "origin")
        .agg(
            of(*_CAME).alias("arrived"),
            of(*_LOST).alias("lost"),
            of("recall").alias("recalled"),
            of("stale").alias("stale"),
        )
    )


def _days(frame: pl.DataFrame) -> Mapping[str, float]:
    import polars as pl

    came = _moves(frame).filter(pl.col("what").is_in(list(_CAME)))
    days = came.group_by("rule").agg(
        (pl.col("date") - pl.col("began")).dt.total_days().median().alias("days")
    )
    return {rule.partition(":")[2]: found for rule, found in days.drop_nulls().iter_rows()}


def entered(frame: pl.DataFrame) -> dict[str, int]:
    """Return how many entries each register holds: records, deeds, what chains and courts put there."""
    import polars as pl

    words = ["record", "credit", "derived", "conviction", "entered", "shared_in"]
    counts = (
        frame.filter(pl.col("what").cast(pl.String).is_in(words))
        .group_by(pl.col("register").cast(pl.String))
        .len()
    )
    return {name: count for name, count in counts.iter_rows() if name is not None}


def places(rules: RegimeFile) -> Iterator[tuple[str, str]]:
    """Yield registers and platforms with the names of their nodes."""
    for register in rules.registers:
        yield register.id, f"register:{register.id}"
    for platform in rules.platforms:
        yield platform.id, f"platform:{platform.id}"
