"""Whoever meets no difference between two regimes has the same ledger in both: number by number.

Run it with ``python -m verification.reads``; it takes some ten minutes on two cores. Every number of a regime
is changed by itself, once from the first day and once half way. Both worlds are lived as plain Python and
watched: who reads an entry of the rule tables that differs, who is delivered another message, and whom the
change itself puts otherwise. Nobody else may have another ledger or end otherwise, nor anybody sooner.
What is watched is a synthetic society.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from verification.reads.trial import WAYS, Stage, Trial

from demerit.catalogue.words import CITIZEN
from demerit.engine.kernel import COMPILED
from demerit.files.inventory import numbers
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.society import Society

RESULT = Path(__file__).parents[1] / "results" / "reads.json"
_stage: list[Stage] = []


def busy(society: Society, factor: float) -> Society:
    """Return a society in which every situation comes up so many times as often."""
    rates = [at for at, _ in numbers(society.data) if at.startswith("situation.") and at.endswith(".rate")]
    return society.patched({at: {"scale": factor} for at in rates} if factor != 1 else {})


def tried(which: tuple[str, bool]) -> Trial | None:
    """Try a number on the stage of this process."""
    at, dated = which
    return _stage[0].tried(at, dated=dated)


def as_plain(trials: Sequence[Trial], unmoved: Sequence[str]) -> dict[str, Any]:
    """Return what was counted as plain data."""
    return {
        "numbers": len({one.at for one in trials}),
        "pairs_of_worlds": len(trials),
        "move_no_entry": sorted(set(unmoved)),
        "citizens_touched": sum(one.touched[CITIZEN] for one in trials),
        "citizens_differed": sum(one.differed[CITIZEN] for one in trials),
        "subjects_touched": sum(sum(one.touched) for one in trials),
        "subjects_differed": sum(sum(one.differed) for one in trials),
        "missed_if_not_watched": {way: sum(one.needed[way] for one in trials) for way in WAYS},
        "violations": [words for one in trials for words in one.violations],
    }


def shown(trials: Sequence[Trial]) -> Table:
    """Return a table by section of the file."""
    table = Table(title="Whom single numbers touch, and who lives otherwise")
    for name in ("section", "numbers", "pairs of worlds", "touched", "differed", "violations"):
        table.add_column(name, justify="left" if name == "section" else "right")
    for section in dict.fromkeys(one.at.partition(".")[0] for one in trials):
        of = [one for one in trials if one.at.partition(".")[0] == section]
        counts = (
            len({one.at for one in of}),
            len(of),
            sum(sum(one.touched) for one in of),
            sum(sum(one.differed) for one in of),
            sum(len(one.violations) for one in of),
        )
        table.add_row(section, *(f"{count:,}" for count in counts))
    return table


def main() -> int:
    """Try all numbers, write the report, and return 1 if anybody lives otherwise without cause."""
    parser = argparse.ArgumentParser(prog="python -m verification.reads", description=__doc__)
    parser.add_argument("--regime", default="essay")
    parser.add_argument("--society", default="city")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--busy", type=float, default=10, help="how many times as often situations come up")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=1, help="try one number in so many")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--result", type=Path, default=RESULT, help="where the report goes")
    asked = parser.parse_args()
    if COMPILED:
        again = [sys.executable, "-m", "verification.reads", *sys.argv[1:]]
        return subprocess.run(again, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, check=False).returncode
    began = time.monotonic()
    regime = Regime.load(asked.regime)
    setting = settle(busy(Society.load(asked.society), asked.busy), asked.people, asked.seed)
    _stage[:] = [Stage.set_up(setting, regime, asked.days)]
    which = [(at, dated) for at, _ in list(numbers(regime.data))[:: asked.each] for dated in (False, True)]
    with multiprocessing.get_context("fork").Pool(asked.workers) as pool:
        found = pool.map(tried, which, chunksize=4)
    trials = [one for one in found if one is not None]
    unmoved = [at for (at, _), one in zip(which, found, strict=True) if one is None]
    report = {
        "command": " ".join(["python -m verification.reads", *sys.argv[1:]]),
        "date": datetime.now(UTC).date().isoformat(),
        "seconds": round(time.monotonic() - began),
        "lived": {"people": asked.people, "days": asked.days, "busy": asked.busy, "seed": asked.seed},
        **as_plain(trials, unmoved),
    }
    asked.result.write_text(f"{json.dumps(report, indent=1, ensure_ascii=False)}\n")
    console = Console()
    console.print(shown(trials))
    for words in report["violations"]:
        console.print(words, style="red")
    console.print({name: value for name, value in report.items() if name not in ("violations", "command")})
    return min(len(report["violations"]), 1)


if __name__ == "__main__":
    sys.exit(main())
