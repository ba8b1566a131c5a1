"""Kill, fill, spoil, jump and crowd, so often; write what was counted to verification/results/faults.json.

python -m verification.faults --kills 300 --others 96 --files 200 --seconds 2400
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from verification.faults.children import load
from verification.faults.kills import kill
from verification.faults.rot import rotten_finished, rotten_unfinished
from verification.faults.surroundings import MOUNTED, SURROUNDINGS, may_mount
from verification.faults.work import CLAIMS, COMPARE, RUN, Golden, Tally, undisturbed

WORKS = {work.name: work for work in (RUN, COMPARE, CLAIMS)}
FILE_SHARES = {"run": 0.6, "compare": 0.3, "claims": 0.1}
"""Shares of spoilt files."""
RESULT = Path(__file__).parents[1] / "results" / "faults.json"


@dataclass
class Soak:
    """A soak: goldens, draws, what was counted, and when to end; what is counted is kept at every stage."""

    golden: list[Golden]
    place: Path
    draw: random.Random
    end: float
    tally: Tally = field(default_factory=Tally)
    killed: dict[str, int] = field(default_factory=dict)

    def kill(self, count: int) -> None:
        """Kill so many processes, however long it takes."""
        self.killed = kill(self.golden, self.place, self.draw, count, self.tally)

    def disturb(self, count: int) -> None:
        """Let every fault of the surroundings come up in turn, so often in all."""
        faults = (*SURROUNDINGS, *(MOUNTED if may_mount(self.place / "mount") else ()))
        works = self.golden[:2]
        for number in range(count):
            if time.monotonic() > self.end:
                break
            fault, golden = faults[number % len(faults)], works[number // len(faults) % len(works)]
            fault(golden, self.place / f"around-{number}", self.draw, self.tally)

    def spoil(self, count: int) -> None:
        """Spoil so many files, of finished and of interrupted folders in turn."""
        rounds = 4
        for _ in range(rounds):
            for golden in self.golden:
                finished = max(round(count / rounds * FILE_SHARES[golden.work.name] * 2 / 3), 1)
                if count and time.monotonic() < self.end:
                    rotten_finished(golden, self.place, self.draw, finished, self.tally)
                    rotten_unfinished(golden, self.place, self.draw, max(finished // 2, 1), self.tally)


def as_plain(tally: Tally, killed: dict[str, int]) -> dict[str, Any]:
    """Return what was counted as plain data."""
    faults = {
        fault: {"trials": count, "whole": tally.whole[fault], "told": tally.told[fault]}
        for fault, count in sorted(tally.tried.items())
    }
    return {"kills": killed, "faults": faults, "failures": tally.failures}


def main() -> int:
    """Soak, write the report, and return 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m verification.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="processes to kill")
    parser.add_argument("--files", type=int, default=200, help="files to spoil, about")
    parser.add_argument("--others", type=int, default=96, help="full disks, jumping clocks, two at once")
    parser.add_argument("--seconds", type=int, default=2400, help="no further fault after so long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--works", nargs="+", default=list(WORKS), choices=WORKS, help="what is disturbed")
    parser.add_argument("--result", type=Path, default=RESULT, help="where the report goes")
    parser.add_argument("--append", action="store_true", help="keep what earlier soaks have counted")
    asked = parser.parse_args()
    earlier = json.loads(asked.result.read_text()) if asked.append else []
    load()
    began = time.monotonic()
    numbers = {name: value for name, value in vars(asked).items() if type(value) is int}
    words = " ".join(f"--{name} {value}" for name, value in numbers.items())
    with tempfile.TemporaryDirectory(prefix="demerit-faults-") as folder:
        place = Path(folder)
        golden = [undisturbed(WORKS[name], place / name) for name in asked.works]
        soak = Soak(golden, place, random.Random(asked.seed), began + asked.seconds)
        stages = ((soak.kill, asked.kills), (soak.disturb, asked.others), (soak.spoil, asked.files))
        for stage, count in stages:
            stage(count)
            report = {
                "command": f"python -m verification.faults {words}",
                "date": datetime.now(UTC).date().isoformat(),
                "seconds": round(time.monotonic() - began),
                **as_plain(soak.tally, soak.killed),
            }
            text = json.dumps([*earlier, report], indent=1, ensure_ascii=False)
            asked.result.write_text(f"{text}\n")
            print(
                f"{stage.__name__}: {sum(soak.killed.values())} kills, "
                f"{sum(soak.tally.tried.values())} trials, {len(soak.tally.failures)} failures",
                flush=True,
            )
    for failure in soak.tally.failures:
        print(failure)
    return min(len(soak.tally.failures), 1)


if __name__ == "__main__":
    sys.exit(main())
