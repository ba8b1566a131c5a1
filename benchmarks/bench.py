"""Measure the engine: nanoseconds an event and a person-day, by size, threads and ledger, beside a peer.

Run it with ``make bench``; ``--years`` and ``--people`` change what is measured. Figures depend on the
machine and on what else it does: each row is one run, after a short one that loads the compiled kernels.
The peer is plain NumPy and does the crossing alone.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
from rich.console import Console
from rich.table import Table

from demerit.regime import Regime
from demerit.simulation.machine import cores, processor
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

FULL = 1 << 32


def live(setting: Setting, days: int, threads: int, keep: int) -> tuple[float, float, int, int]:
    """Live some days under the essay's regime; return seconds, processor seconds, events and messages."""
    world = setting.world(Regime.load("essay"), keep=keep, shards=threads)
    cpu, wall = time.process_time(), time.perf_counter()
    world.run(days, threads=threads, each_day=(lambda lived: lived.take_rows()) if keep else None)
    return time.perf_counter() - wall, time.process_time() - cpu, world.events, world.messages


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


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--years", type=int, default=1)
    chosen = parser.parse_args()
    days = 365 * chosen.years
    live(settle(Society.load("city"), 2_000, 1), 60, 1, FULL)
    machine = f"{processor()}, {cores()} cores"
    table = Table(title=f"{machine}; essay, one world, {chosen.years} year(s); synthetic society")
    for name in (
        "people", "threads", "ledger", "build, M people/s", "seconds", "events a person-year",
        "messages an event", "ns an event", "processor ns an event", "ns a person-day", "M person-days/s",
    ):  # fmt: skip
        table.add_column(name, justify="right")
    for people in chosen.people:
        for threads, keep in ((1, 0), (2, 0), (2, FULL)):
            began = time.perf_counter()
            setting = settle(Society.load("city"), people, 1, threads)
            built = time.perf_counter() - began
            seconds, processor_seconds, events, messages = live(setting, days, threads, keep)
            table.add_row(
                f"{people:,}", str(threads), "full" if keep else "none", f"{people / built / 1e6:.2f}",
                f"{seconds:.2f}", f"{events / people / chosen.years:.2f}", f"{messages / events:.2f}",
                f"{seconds / events * 1e9:.0f}", f"{processor_seconds / events * 1e9:.0f}",
                f"{seconds / (people * days) * 1e9:.2f}", f"{people * days / seconds / 1e6:.0f}",
            )  # fmt: skip
    console = Console(width=150)
    console.print(table)
    people = chosen.people[-1]
    console.print(
        f"peer: plain NumPy, the crossing alone, {people:,} people, 1 thread: "
        f"{numpy_peer(people, 20):.2f} ns a person-day"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"peak memory of the process: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
