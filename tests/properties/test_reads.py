"""Whoever reads no differing entry of the rules and is told nothing else has the same ledger."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from tests.runs import ROOT, with_tests
from verification.reads.trial import WAYS, differing, first_differed, first_read, first_told, unmet
from verification.reads.watching import Life, WatchedRules, watched

from demerit.catalogue.rules import RULES_DTYPE
from demerit.engine.kernel import COMPILED


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One number in sixty of the essay, changed from the first day and half way, where much happens."""
    told = tmp_path_factory.mktemp("reads") / "reads.json"
    words = ["--each", "60", "--days", "14", "--busy", "20", "--workers", "1", "--result", str(told)]
    done = subprocess.run(
        [sys.executable, "-m", "verification.reads", *words],
        cwd=ROOT,
        env=with_tests(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(told.read_text())
    return found


def test_nobody_whom_a_number_does_not_touch_lives_otherwise(report: dict[str, Any]) -> None:
    assert report["violations"] == []
    assert report["numbers"] >= 7
    assert report["pairs_of_worlds"] == 2 * report["numbers"]


def test_some_are_touched_and_some_of_them_live_otherwise(report: dict[str, Any]) -> None:
    assert 0 < report["citizens_differed"] < report["citizens_touched"] < 100 * report["pairs_of_worlds"]


def test_who_lives_otherwise_would_be_missed_if_reading_or_telling_were_not_watched(
    report: dict[str, Any],
) -> None:
    assert report["missed_if_not_watched"]["read"] > 0
    assert report["missed_if_not_watched"]["told"] > 0


@pytest.mark.skipif(not COMPILED, reason="interpreted kernels can be watched")
def test_compiled_kernels_cannot_be_watched() -> None:
    nobody: Any = None
    with pytest.raises(RuntimeError, match="NUMBA_DISABLE_JIT"):
        watched(nobody, 1)


def life(rules: np.void, **what: Any) -> Life:
    """Return a life of ten days under some rules, of which only this is known."""
    nothing: Any = {}
    return Life(10, [(0, rules)], {0: (nothing, nothing)}, **what)


def rules(**entries: Any) -> np.void:
    """Return empty tables with single entries."""
    found = np.zeros(1, RULES_DTYPE)[0]
    for name, value in entries.items():
        found[name] = value
    return found


def test_every_entry_that_is_read_is_noted_with_its_place() -> None:
    noted: list[tuple[str, tuple[int, ...]]] = []
    seen: Any = WatchedRules(rules(obeyed=7), lambda name, place: noted.append((name, place)))
    assert seen["obeyed"] == 7
    assert seen["floor"][2][3] == seen["floor"][2, 3] == 0
    assert len(seen["floor"][1]) == len(np.zeros(1, RULES_DTYPE)[0]["floor"][1])
    assert noted == [("obeyed", ()), ("floor", (2, 3)), ("floor", (2, 3))]


def test_only_an_entry_that_differs_counts_and_only_while_it_does() -> None:
    plain, fined = rules(), rules()
    fined["fine_fen"][3] = 100
    assert list(differing(plain, fined)) == ["fine_fen"]
    reads = {
        (1, 5, "fine_fen", (2,)),
        (4, 6, "fine_fen", (3,)),
        (2, 7, "coverage", (3,)),
        (3, 8, "fine_fen", ()),
    }
    assert first_read(life(plain, reads=reads), life(fined)) == {6: 4, 8: 3}
    later = life(plain, reads=reads)
    later.rules.append((4, fined))
    assert first_read(life(plain), later) == {6: 4}


def test_who_differs_before_the_difference_is_met_is_named() -> None:
    one = life(rules(), rows={5: [(3, "fine")], 6: [(2, "fine"), (4, "late")], 7: [(1, "fine")]})
    other = life(rules(), rows={5: [(4, "fine")], 6: [(2, "fine")], 7: [(1, "fine")]})
    letters: Any = {(3, 5): [("bill",)], (5, 6): [("bill",)]}
    differed = first_differed(one, other)
    assert differed == {5: 3, 6: 4}
    met = {way: {} for way in WAYS} | {"told": first_told(life(rules(), letters=letters), other)}
    assert unmet(differed, met, WAYS) == [6]
    assert unmet(differed, met, ["read"]) == [5, 6]
