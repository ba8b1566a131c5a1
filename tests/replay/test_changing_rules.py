"""Runs under rules that change: the folder says what held when, and a resumed run ends in the same bits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.runs import carry_out, digests

from demerit.engine.ledger import read_ledger
from demerit.simulation.manifest import read_manifest
from demerit.study import lived
from demerit.study.coverage import run_coverage
from demerit.study.layout import WORLDS
from demerit.study.run import Interrupted, resume

REGIME = """[regime]
id = "moving"
title = "Rules that move"
basis = "hypothetical"
schema_version = 1
extends = "essay"

[[conduct]]
id = "road.speeding"
coverage = { value = 0.5, unit = "probability/event", range = [0.01, 1], basis = "assumed" }

[[chain]]
id = "driver-to-vehicle"
until = 2014-12-31

[refit]
every_months = 6
target = "composite"
parameter = "conduct.road.speeding.coverage"
slope = -0.01
offset = 0.3

[[patch]]
op = "add"
at = "sanction.late"
value = { title = "Late", reads = "road", below = 99, refuses = ["train"] }
reason = "a sanction of the second year"
date = 2015-03-01
"""


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("moving") / "moving.toml"
    path.write_text(REGIME)
    return {"regime": str(path), "society": "city", "population": 800, "years": 2, "against": None}


@pytest.fixture(scope="module")
def straight(request_: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    return carry_out(tmp_path_factory.mktemp("straight") / "run", **request_)


def test_the_folder_says_which_values_a_refit_took_and_when(straight: Any) -> None:
    (world,) = straight.worlds
    days = [day for day, _ in world.world.fits]
    assert days == [181, 365, 546]
    assert all(0.01 <= value <= 1 for _, value in world.world.fits)
    assert len({value for _, value in world.world.fits}) == 3
    (entry,) = read_manifest(straight.folder).worlds
    assert sum("refitted to composite" in note for note in entry.notes) == 3
    assert any(
        note.startswith("from 2014-07-01 on: conduct.road.speeding.coverage = ") for note in entry.notes
    )


def test_the_ledger_names_rules_that_came_later_and_none_that_have_ended(straight: Any) -> None:
    ledger = read_ledger(straight.folder / WORLDS / "moving").collect()
    late = ledger.filter(pl.col("rule") == "sanction:late")
    assert late.height > 0
    assert str(late["date"].min()) >= "2015-03-01"
    (covered,) = run_coverage(straight.folder)
    assert next(rule.entries for rule in covered.rules if rule.id == "late") == late.height
    passed = ledger.filter(pl.col("rule") == "chain:driver-to-vehicle")
    assert passed.height > 0
    assert str(passed["date"].max()) <= "2014-12-31"


@pytest.mark.parametrize("days", [[200, 424], [425]], ids=["before and between", "on the day after a change"])
def test_a_run_that_was_stopped_ends_in_the_same_bits(
    days: list[int], request_: dict[str, Any], straight: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_day, left = lived.LivedWorld._after_day, list(days)

    def stop_then(self: lived.LivedWorld, world: Any) -> None:
        if left and world.day == left[0]:
            left.pop(0)
            self.stop.set()
        after_day(self, world)

    monkeypatch.setattr(lived.LivedWorld, "_after_day", stop_then)
    with pytest.raises(Interrupted) as first:
        carry_out(tmp_path / "run", **request_)
    folder = first.value.folder
    while left:
        with pytest.raises(Interrupted):
            resume(folder)
    done = resume(folder)
    assert digests(done) == digests(straight)
    assert done.worlds[0].world.fits == straight.worlds[0].world.fits
