"""Hold the engine against the reference on COUNT random regimes (1000), from number FIRST (0) on."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.progress import track
from tests.reference.agreement import disagreement


def main(count: int, first: int) -> int:
    """Compare on so many regimes; return how many disagree."""
    wrong, compared = 0, 0
    with TemporaryDirectory() as folder:
        for seed in track(range(first, first + count), description="regimes"):
            found = disagreement(seed, Path(folder))
            compared += found.compared
            if found:
                wrong += 1
                print(
                    f"regime {seed}: only here {found.only_fast[:3]}, only there {found.only_reference[:3]}"
                )
    print(
        f"{count} random regimes, {compared} entries compared, {wrong} regimes on which the engines disagree"
    )
    return wrong


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    sys.exit(min(main(*(numbers + [1000, 0][len(numbers) :])), 1))
