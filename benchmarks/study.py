"""Measure a study: the same worlds lived by one worker and by several, and what the second one is worth.

Run it with ``make bench``; ``--seeds``, ``--people`` and ``--years`` change what is measured. The worlds
differ by seed and regime and are lived in processes. Writing their files is counted; so is the beginning of
the processes, but not the loading of the model by the first one.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from figures import Figure, keep
from rich.console import Console
from rich.table import Table

from demerit.simulation.machine import cores, processor
from demerit.study.comparison import Comparison, compare
from demerit.study.comparison_plan import ComparisonRequest, make_comparison


def lived(folder: Path, workers: int, chosen: argparse.Namespace) -> Comparison:
    """Compare the essay's regime with ordinary law, with so many workers."""
    request = ComparisonRequest(
        ("ordinary-law", "essay"),
        population=chosen.people,
        years=chosen.years,
        seeds=chosen.seeds,
        workers=workers,
        out=str(folder / f"{workers}-workers"),
    )
    return compare(make_comparison(request))


def main() -> None:
    """Print one table, and how busy the machine was with other work before it began."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--workers", type=int, nargs="+", default=sorted({1, cores()}))
    chosen = parser.parse_args()
    busy = os.getloadavg()[0]
    table = Table(
        title=f"{processor()}, {cores()} cores; a study of worlds of {chosen.people:,} × {chosen.years} years"
    )
    for name in ("workers", "worlds", "seconds", "worlds a minute", "M person-days/s", "against one worker"):
        table.add_column(name, justify="right")
    one, rows = 0.0, []
    with tempfile.TemporaryDirectory(prefix="demerit-") as folder:
        for workers in chosen.workers:
            done = lived(Path(folder), workers, chosen)
            worlds, days = len(done.worlds), sum(world.person_days for world in done.worlds)
            one = one or done.seconds * workers
            rows.append({"workers": workers, "worlds": worlds, "seconds": done.seconds})
            table.add_row(
                str(workers), str(worlds), f"{done.seconds:.1f}", f"{60 * worlds / done.seconds:.1f}",
                f"{days / done.seconds / 1e6:.0f}", f"{one / done.seconds:.2f}",
            )  # fmt: skip
    console = Console(width=150)
    console.print(table)
    console.print(f"load of the machine before: {busy:.1f}")
    last = rows[-1]
    what = f"study on {last['workers']} workers, against one"
    figure = Figure(what, one / last["seconds"], "times", 1.8, True)
    keep("study", [figure], runs=rows, people=chosen.people, years=chosen.years, load_before=busy)


if __name__ == "__main__":
    main()
