"""Runs that several tests look at: small ones, a regime under which much happens, a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-c", "from demerit.cli import main; main()"]
HEEDING = [
    *PROGRAM[:-1],
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); " + PROGRAM[-1],
]
"""The program where Ctrl-C counts, even below a shell that lets what runs in its background ignore it."""
HEAD = """[regime]
id = "{id}"
title = "{title}"
basis = "hypothetical"
schema_version = 1
extends = "{extends}"
"""
PATCH = '[[patch]]\nop = "set"\nat = "{at}"\nvalue = {value}\nreason = "so that much happens"\n'
STRICT: dict[str, float] = {
    "conduct.road.crosswalk.coverage": 0.8,
    "conduct.road.speeding.coverage": 0.8,
    "conduct.money.bill.coverage": 0.9,
    "conduct.road.crosswalk.prosecute": 0.2,
    "detection.mismatch": 0.05,
    "transfer.road-to-province.loss": 0.1,
    "transfer.road-to-province.delay_days": 5,
    "score.half_life_days": 365,
    "sanction.band-c.below": 920,
    "sanction.band-d.below": 850,
    "band.c.from": 800,
    "reward.trusted.above": 1004,
    "band.aa.from": 1004,
    "repair.credit-course.share": 0,
}
"""Patches of the essay under which what is rare is frequent: errors, losses, convictions, sanctions."""

STEADY_ROLES = """[society]
id = "steady"
title = "City"
schema_version = 1
extends = "city"
population = 4000

[life_course]
enabled = false

[collisions]
enabled = false

[organisations]
obeys = { value = 1, unit = "probability/event", range = [0.5, 1], basis = "assumed" }

[rescue]
grave = { value = 0, unit = "share", range = [0, 0.1], basis = "assumed" }
"""


def write_regime(path: Path, *, title: str = "Mine", extends: str = "essay", **patches: Any) -> Path:
    """Write a regime file named for its id, which extends another and is patched."""
    lines = [HEAD.format(id=path.stem, title=title, extends=extends)]
    lines += [PATCH.format(at=at, value=value) for at, value in patches.items()]
    path.write_text("".join(lines))
    return path


def carry_out(out: Path, **request: Any) -> Any:
    """Run in this process: the hamlet for a year, unless told otherwise."""
    from demerit.study.request import RunRequest
    from demerit.study.run import run

    return run(RunRequest(**{"society": "hamlet", "years": 1, "threads": 1, "out": str(out), **request}))


def digests(done: Any) -> list[str]:
    """Return the digest of every world."""
    return [world.digest() for world in done.worlds]


def with_tests() -> dict[str, str]:
    """Return an environment in which another process can import the tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


def demerit(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
