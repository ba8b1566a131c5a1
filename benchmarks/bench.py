"""Measure the engine: nanoseconds an event and a person-day, by size, threads and ledger, beside a peer.

Run it with ``make bench``; ``--years`` and ``--people`` change what is measured. Figures depend on the
machine and on what else it does: each row is one run, after a short one that loads the compiled kernels.
The peer is plain NumPy and does the crossing alone.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from typing import Any

import numpy as np
from figures import Figure, keep
from rich.console import Console
from rich.table import Table

from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle, tune
from demerit.society import Society

FULL = 1 << 32
MILLION = 1_000_000
HUGE_DAYS = 91
"""Days lived by more than a million people, who take long."""
BYTES_A_PERSON = 500
"""Memory that a size must find free to be measured: the world, its queue and the passing room to build it."""
DAY_NAMES = ("events a person-year", "messages an event", "ns an event", "processor ns an event")


def live(setting: Setting, days: int, threads: int, keep_rows: int) -> dict[str, float]:
    """Live some days under the essay's regime; return seconds, processor seconds, events and messages."""
    world = setting.world(Regime.load("essay"), keep=keep_rows, shards=threads)
    cpu, wall = time.process_time(), time.perf_counter()
    world.run(days, threads=threads, each_day=(lambda lived: lived.take_rows()) if keep_rows else None)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    person_days = world.population.count * days
    return {
        "seconds": wall,
        "events a person-year": world.events / person_days * 365,
        "messages an event": world.messages / world.events,
        "ns an event": wall / world.events * 1e9,
        "processor ns an event": cpu / world.events * 1e9,
        "ns a person-day": wall / person_days * 1e9,
        "M person-days/s": person_days / wall / 1e6,
    }


def numpy_peer(people: int, days: int) -> float:
    """Return nanoseconds a person-day of the crossing alone, written the obvious way in NumPy.

    Everybody draws every day whether a situation arises; a logit decides, a record costs points that decay.
    """
    generator = np.random.default_rng(1)
    conscience = generator.beta(6, 3, people)
    points = np.zeros(people)
    rate, gain, harm, coverage = 0.4 * 5 / 365, 0.48, 0.84, 0.05
    began = time.perf_counter()
    for _ in range(days):
        met = np.flatnonzero(generator.random(people) < rate)
        utility = gain - conscience[met] * harm - coverage * (1.0 + 0.001 * points[met])
        offends = generator.random(len(met)) < 1.0 / (1.0 + np.exp(-utility / (0.5 * gain)))
        caught = met[offends & (generator.random(len(met)) < coverage)]
        points *= 2.0 ** (-1.0 / 730.0)
        points[caught] -= 6.0
    return (time.perf_counter() - began) / (people * days) * 1e9


def sizes() -> list[int]:
    """Return the sizes to measure, up to what memory permits."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return [people for people in (10_000, 100_000, MILLION, 10 * MILLION) if people * BYTES_A_PERSON < free]


def measured(people: int, days: int) -> list[dict[str, Any]]:
    """Measure one size on one thread, on two, and on two with the full ledger kept in memory."""
    rows, tuned = [], tune(Society.load("city"))
    for threads, keep_rows in ((1, 0), (2, 0), (2, FULL)):
        if keep_rows and people > MILLION:
            continue
        began = time.perf_counter()
        setting = tuned.settle(people, 1, threads)
        built = people / (time.perf_counter() - began) / 1e6
        told = {"people": people, "days": days, "threads": threads, "ledger": "full" if keep_rows else "none"}
        rows.append(told | {"M people built/s": built} | live(setting, days, threads, keep_rows))
    return rows


def figures(rows: list[dict[str, Any]], interactive: float, peer: float) -> list[Figure]:
    """Return what has a bar, and what is told beside it."""
    by = {(row["people"], row["threads"], row["ledger"]): row for row in rows}
    one = by.get((MILLION, 2, "none"))
    found = [Figure("10,000 people x 10 years, one world, warm", 1000 * interactive, "ms", 400)]
    if one is not None:
        found += [
            Figure("10^6 people, two threads", one["M person-days/s"], "M person-days/s", 150, True),
            *(Figure(f"10^6 people: {name}", one[name], "") for name in DAY_NAMES),
            Figure("world of 10^6 built, two threads", one["M people built/s"], "M people/s", 2, True),
            Figure(
                "10^6 people: full ledger in memory, against none",
                by[MILLION, 2, "full"]["seconds"] / one["seconds"], "times", 1.3,
            ),
        ]  # fmt: skip
        for people, bar in ((10_000, None), (100_000, 1.5), (10 * MILLION, 1.3)):
            other = by.get((people, 2, "none"))
            if other is not None:
                dear, cheap = (other, one) if people > MILLION else (one, other)
                ratio = dear["ns a person-day"] / cheap["ns a person-day"]
                found.append(
                    Figure(f"cost a person-day, {dear['people']:,} over {cheap['people']:,}", ratio, "", bar)
                )
    found.append(Figure("peer: plain NumPy, the crossing alone", peer, "ns a person-day"))
    return found


def main() -> None:
    """Print one table, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=None)
    parser.add_argument("--years", type=int, default=1)
    chosen = parser.parse_args()
    ten_thousand = settle(Society.load("city"), 10_000, 1)
    live(ten_thousand, 60, 1, FULL)
    rows = []
    for people in chosen.people or sizes():
        rows += measured(people, 365 * chosen.years if people <= MILLION else HUGE_DAYS)
    interactive = live(ten_thousand, 3650, 1, 0)["seconds"]
    table = Table(title="essay, one world; synthetic society")
    for name in rows[0]:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*(f"{x:,.2f}" if isinstance(x, float) else f"{x}" for x in row.values()))
    Console(width=190).print(table)
    peer = numpy_peer(rows[-1]["people"], 20)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:,.0f} MB")
    keep("engine", figures(rows, interactive, peer), runs=rows, peak_megabytes=peak)


if __name__ == "__main__":
    main()
