"""Measure the start: help, the first day of a warm run, and the first compilation of all kernels.

Run it with ``make bench``. The first compilation goes into an empty cache of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from figures import Figure, keep

CALL = "from demerit.cli import main; main()"
FIRST_DAY = """
import time
began = time.perf_counter()
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.society import Society
setting = settle(Society.load("city"), 20_000, 1)
for name in ("essay", "ordinary-law"):
    setting.world(Regime.load(name)).run(1)
print(time.perf_counter() - began)
"""


def seconds(*arguments: str, **environment: str) -> float:
    """Return the wall seconds of a Python process."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, env=os.environ | environment
    )
    return time.perf_counter() - began


def main() -> None:
    """Print and keep the figures."""
    with tempfile.TemporaryDirectory(prefix="demerit-") as empty:
        cold = seconds("-c", FIRST_DAY, DEMERIT_CACHE=empty)
        warm = min(seconds("-c", FIRST_DAY, DEMERIT_CACHE=empty) for _ in range(3))
    shown = min(seconds("-c", CALL, "--help") for _ in range(5))
    keep(
        "start",
        [
            Figure("--help", shown, "s", 0.3),
            Figure("warm start to the end of the first day, two worlds of 20,000", warm, "s", 2.0),
            Figure("the same with nothing compiled", cold, "s"),
            Figure("first compilation of all kernels", cold - warm, "s", 45.0),
        ],
    )


if __name__ == "__main__":
    main()
