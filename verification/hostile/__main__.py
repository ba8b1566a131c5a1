"""Give so many hostile inputs to everything that is read; write what was counted to verification/results.

python -m verification.hostile --inputs 1000000
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULT = Path(__file__).parents[1] / "results" / "hostile.json"
INPUT_SECONDS, MEMORY_BYTES, INPUT_BYTES = 5, 4 * 2**30, 4096
"""The longest an input may take, the address space of the whole process, the largest input."""
MOST_FAILURES = 10
"""Failures of a target after which it is given up."""


def fuzz(number: int, place: Path, inputs: int, seed: int) -> None:
    """Fuzz one target in this process, which ends with it; every input given is counted in a file."""
    import atheris
    from verification.hostile.targets import PURE, TARGETS

    target = TARGETS[number]
    with atheris.instrument_imports(include=list(PURE)):
        read = target.prepare()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    scratch = place / "scratch"
    scratch.mkdir(exist_ok=True)
    with (place / "count").open("r+b") as file:
        counted = mmap.mmap(file.fileno(), 8)

    def one(content: bytes) -> None:
        counted[:] = struct.pack("<q", struct.unpack("<q", counted[:])[0] + 1)
        read(content, scratch)

    corpus = place / "corpus"
    if not corpus.exists():
        corpus.mkdir()
        for count, example in enumerate(target.examples()):
            (corpus / f"example-{count}").write_bytes(example)
    options = [f"-runs={inputs}", f"-timeout={INPUT_SECONDS}", f"-max_len={INPUT_BYTES}", f"-seed={seed}"]
    options += ["-rss_limit_mb=4096", "-print_final_stats=0", "-verbosity=0", f"-artifact_prefix={place}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


@contextmanager
def memory_place() -> Iterator[Path]:
    """Give a folder for inputs, in memory where there is such a place: each is written before it is read."""
    memory = Path("/dev/shm")
    root = str(memory) if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="demerit-hostile-", dir=root) as folder:
        yield Path(folder)


def hammer(number: int, inputs: int, seed: int) -> dict[str, Any]:
    """Fuzz a target in processes of its own, begun again after a failure; return what was counted."""
    draw, began, failures = random.Random(seed + number), time.monotonic(), []
    with memory_place() as place:
        count = place / "count"
        count.write_bytes(bytes(8))
        while (left := inputs - _counted(count)) > 0 and len(failures) < MOST_FAILURES:
            words = ["--target", str(number), "--place", str(place), "--inputs", str(left)]
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "verification.hostile",
                    *words,
                    "--seed",
                    str(draw.randrange(1, 2**31)),
                ],
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                env={**os.environ, "POLARS_MAX_THREADS": "1"},
            )
            if done.returncode:
                failures.append(_failure(done.stdout + done.stderr, place))
        given = _counted(count)
    return {"inputs": given, "seconds": round(time.monotonic() - began), "failures": failures}


def _counted(count: Path) -> int:
    return int(struct.unpack("<q", count.read_bytes())[0])


def _failure(told: str, place: Path) -> str:
    """Return the input that failed and the end of what was said."""
    found = [
        path for path in place.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-", "slow-unit-"))
    ]
    contents = [f"{path.name.partition('-')[0]} {path.read_bytes()[:400]!r}" for path in found]
    for path in found:
        path.unlink()
    start = told.rfind("=== Uncaught Python exception")
    return f"{' '.join(contents)}\n{told[start if start >= 0 else -1500 :][:2500]}"


def main() -> int:
    """Fuzz every target, write the report, and return 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m verification.hostile", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="inputs in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", type=int, help="fuzz only this one, in this process")
    parser.add_argument("--place", type=Path, help="the folder of a target's corpus and count")
    asked = parser.parse_args()
    if asked.target is not None:
        fuzz(asked.target, asked.place, asked.inputs, asked.seed)
    from importlib import metadata

    from verification.hostile.targets import TARGETS

    began, found = time.monotonic(), {}
    for number, target in enumerate(TARGETS):
        found[target.name] = told = hammer(number, asked.inputs * target.share // 1000, asked.seed)
        print(f"{target.name}: {told['inputs']:,} inputs, {len(told['failures'])} failures", flush=True)
        report = {
            "command": f"python -m verification.hostile --inputs {asked.inputs} --seed {asked.seed}",
            "date": datetime.now(UTC).date().isoformat(),
            "seconds": round(time.monotonic() - began),
            "atheris": metadata.version("atheris"),
            "bounds": {
                "seconds": INPUT_SECONDS,
                "address_space_bytes": MEMORY_BYTES,
                "input_bytes": INPUT_BYTES,
            },
            "targets": found,
        }
        RESULT.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    failures = sum(len(one["failures"]) for one in found.values())
    print(f"{sum(one['inputs'] for one in found.values()):,} inputs, {failures} failures")
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
