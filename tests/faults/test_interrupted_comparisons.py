"""Ctrl-C and kill −9 in the middle of a comparison: nothing is left running, and the same command goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.runs import HEEDING

from demerit.study.comparison import compare
from demerit.study.comparison_plan import ComparisonRequest, make_comparison
from demerit.study.comparison_results import comparison_json

TOWN: dict[str, Any] = {"society": "city", "population": 3000, "years": 3, "seeds": 3}
COMMAND = [
    *(*HEEDING, "compare", "essay", "ordinary-law", "--society", "city"),
    *("--population", "3000", "--years", "3", "--seeds", "3", "--workers", "2", "--out", "out", "--json"),
]


def begin(place: Path) -> subprocess.Popen[str]:
    """Begin in a session of its own, as a terminal does."""
    return subprocess.Popen(
        COMMAND,
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_worlds(place: Path, process: subprocess.Popen[str], count: int) -> None:
    end = time.monotonic() + 240
    while len(list(place.glob("out.partial/worlds/*/*.parquet"))) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)


def session_is_empty(session: int) -> bool:
    """Tell whether no process of a session is left, waiting a moment for the last ones."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        alive = [stat for stat in Path("/proc").glob("[0-9]*/stat") if _session_of(stat) == session]
        if not alive:
            return True
        time.sleep(0.05)
    return False


def _session_of(stat: Path) -> int:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[3])


def test_an_interrupted_comparison_goes_on_to_the_same_end(tmp_path: Path) -> None:
    process = begin(tmp_path)
    wait_for_worlds(tmp_path, process, 1)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert re.fullmatch(
        r"demerit: interrupted; [1-5] of 6 worlds are kept in out\.partial; run the same command again to go "
        r"on\n",
        err,
    )
    assert session_is_empty(process.pid)

    process = begin(tmp_path)
    wait_for_worlds(tmp_path, process, 3)
    process.kill()
    process.communicate(timeout=60)
    assert session_is_empty(process.pid)

    done, straight = (
        compare(
            make_comparison(
                ComparisonRequest(("essay", "ordinary-law"), **TOWN, workers=1, out=str(tmp_path / folder))
            )
        )
        for folder in ("out", "straight")
    )
    assert (done.kept >= 3, straight.kept) == (True, 0)
    assert comparison_json(done)["worlds"] == comparison_json(straight)["worlds"]
    first, other = (tmp_path / "out/comparison.parquet", straight.folder / "comparison.parquet")
    assert first.read_bytes() == other.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "straight"]


def test_an_interruption_before_the_first_day_leaves_nothing_behind(tmp_path: Path) -> None:
    process = begin(tmp_path)
    time.sleep(1.2)  # while the model is loaded, by more than one process
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert "Traceback" not in err
    assert session_is_empty(process.pid)
