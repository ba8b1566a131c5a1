"""Measure the ledger: processor time a row of writing it, and a run with it beside the same run without.

Run it on a quiet machine: ``python benchmarks/ledger.py``; ``--people`` and ``--years`` change what is
measured. The rows are those of a real run of the synthetic city under the essay's regime. The best of
several runs counts, since whatever else a machine does only adds to it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from figures import Figure, keep

from demerit.catalogue.entries import ROW_DTYPE
from demerit.engine.clock import parse_start, year_of
from demerit.engine.ledger import LedgerWriter
from demerit.regime import Regime
from demerit.simulation.layout import layout_of
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society
from demerit.study.rows import ledger_columns

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # as the command line does
FULL = 1 << 32
START = parse_start("2014-01-01")
REGIME = Regime.load("essay")
HAND_OVER_DAYS = 28


def seconds(act: Callable[[], object]) -> tuple[float, float]:
    """Return wall seconds and processor seconds of an act."""
    wall, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - processor


def live(setting: Setting, days: int, folder: Path | None) -> int:
    """Live some days, with a full ledger written into a folder or without one; return the rows written."""
    world = setting.world(REGIME, keep=FULL if folder else 0, shards=2)
    if folder is None:
        world.run(days, threads=2)
        return 0
    with LedgerWriter(folder, START, ledger_columns(layout_of(REGIME.data), START), ROW_DTYPE) as writer:

        def hand_over(lived: World) -> None:
            year_ends = year_of(START, lived.day) != year_of(START, lived.day - 1)
            if year_ends or lived.day % HAND_OVER_DAYS == 0 or lived.day == days:
                lived.hand_over_rows(lambda rows: writer.append(rows, lived.day - 1))

        world.run(days, threads=2, each_day=hand_over)
        return writer.close().rows


def write(rows: np.ndarray, folder: Path) -> None:  # type: ignore[type-arg]
    """Write rows that are there already."""
    with LedgerWriter(folder, START, ledger_columns(layout_of(REGIME.data), START), ROW_DTYPE) as writer:
        for first in range(0, len(rows), 1 << 16):
            chunk = rows[first : first + (1 << 16)]
            writer.append(chunk, int(chunk["day"].max()))


def main() -> None:
    """Print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--years", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=5)
    chosen = parser.parse_args()
    days = 365 * chosen.years
    setting = settle(Society.load("city"), chosen.people, 1, 2)
    kept: list[np.ndarray] = []  # type: ignore[type-arg]
    setting.world(REGIME, shards=2).run(
        days, threads=2, each_day=lambda lived: kept.append(lived.take_rows())
    )
    rows = np.concatenate(kept)
    print(f"{len(rows):,} rows of {chosen.people:,} people in {chosen.years} years")
    writing, without, full = [], [], []
    for _ in range(chosen.repetitions):
        with tempfile.TemporaryDirectory() as scratch:
            writing.append(seconds(lambda: write(rows, Path(scratch) / "rows"))[1])
            size = sum(path.stat().st_size for path in Path(scratch).rglob("*.parquet"))
            without.append(seconds(lambda: live(setting, days, None)))
            full.append(seconds(lambda: live(setting, days, Path(scratch) / "run")))
    wall, processor = (min(one[place] for one in full) for place in (0, 1))
    wall_off, processor_off = (min(one[place] for one in without) for place in (0, 1))
    more = (processor - processor_off) / len(rows) * 1e9
    keep(
        "ledger",
        [
            Figure("ledger: writing it", min(writing) / len(rows) * 1e9, "ns of processor time a row", 100),
            Figure("ledger: making and writing it", more, "ns of processor time a row"),
            Figure("ledger: run with it, against none", wall / wall_off, "times", 1.3),
            Figure("ledger: on the disk", size / len(rows), "bytes a row"),
        ],
        rows=len(rows),
        writing=writing,
        full=full,
        without=without,
    )


if __name__ == "__main__":
    main()
