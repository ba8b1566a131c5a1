"""A few rounds of the soak: kills, a disk that refuses, a spoilt file; the whole of it is run by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.runs import ROOT, with_tests
from verification.faults.rot import kind_of
from verification.faults.work import Tally


def test_a_few_faults_end_golden_or_with_words(tmp_path: Path) -> None:
    told = tmp_path / "faults.json"
    words = ["--works", "run", "--kills", "3", "--others", "2", "--files", "0", "--result", str(told)]
    done = subprocess.run(
        [sys.executable, "-m", "verification.faults", *words],
        cwd=ROOT,
        env=with_tests(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = json.loads(told.read_text())
    assert found["kills"] == {"run": 3}
    assert found["failures"] == []
    assert sum(one["trials"] for one in found["faults"].values()) >= 3


def test_a_failure_is_neither_whole_nor_told() -> None:
    tally = Tally()
    tally.note("kill", None)
    tally.note("kill", "another digest")
    tally.note("kill", None, told=True)
    assert (tally.tried["kill"], tally.whole["kill"], tally.told["kill"]) == (3, 1, 1)
    assert tally.failures == ["kill: another digest"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("manifest.json", "manifest.json"),
        ("worlds/essay/ledger/2014-003.parquet", "N-N.parquet"),
        ("worlds/essay/checkpoints/day-000180/state.npy", "state.npy"),
    ],
)
def test_files_are_spoilt_by_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind
