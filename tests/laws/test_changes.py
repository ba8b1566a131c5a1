"""Rules that change on a day: nothing moves before it, and from it on the new rules hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from demerit.catalogue.entries import DERIVED, NEW_RULES, SANCTION_END, SANCTION_START
from demerit.catalogue.words import CITIZEN, JOBS
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

START = date(2014, 1, 1)
TURN, DAYS = 200, 400
HEAD = """[regime]
id = "{id}"
title = "Rules that change"
basis = "hypothetical"
schema_version = 1
extends = "essay"

[[conduct]]
id = "road.crosswalk"
coverage = 0.6

[[conduct]]
id = "money.bill"
coverage = 0.9
"""
HARDER = """
[[tightening]]
id = "harder"
date = {day}
[[tightening.patch]]
op = "scale"
at = "conduct.road.crosswalk.points.road"
value = 3
reason = "harder"
[[tightening.patch]]
op = "set"
at = "sanction.band-b.below"
value = 990
reason = "the edge is raised"
[[tightening.patch]]
op = "set"
at = "register.road.half_life_days"
value = 400
reason = "faster"
[[tightening.patch]]
op = "add"
at = "sanction.watched"
value = {{ title = "Watched", reads = "municipal", below = 97, wage_loss = 0.02 }}
reason = "another sanction"
[[tightening.patch]]
op = "remove"
at = "chain.vehicle-to-company"
reason = "companies are spared"
"""


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city"), 1_500, 3)


def regime(folder: Path, name: str, body: str = "") -> Regime:
    """Load a regime in which records are frequent."""
    path = folder / f"{name}.toml"
    path.write_text(HEAD.format(id=name) + body)
    return Regime.load(path)


def lived(setting: Setting, rules: Regime, until: int, **division: Any) -> tuple[World, np.ndarray]:
    """Live some days and return the world and its ledger in order."""
    world = setting.world(rules, start=START, **division)
    world.run(until)
    rows = world.take_rows()
    return world, rows[np.argsort(rows["id"])]


@pytest.fixture(scope="module")
def pair(town: Setting, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the worlds of rules that stay and of rules that change, each after the same days."""
    folder = tmp_path_factory.mktemp("changes")
    stays = regime(folder, "stays")
    changes = regime(folder, "changes", HARDER.format(day=date.fromordinal(START.toordinal() + TURN)))
    assert [day for day, _ in changes.changes(START, DAYS)] == [0, TURN]
    return lived(town, stays, DAYS), lived(town, changes, DAYS), changes


def test_a_change_moves_no_bit_before_its_day(town: Setting, pair: Any) -> None:
    (_, before), (_, after), changes = pair
    assert (before[before["day"] < TURN] == after[after["day"] < TURN]).all()
    early, _ = lived(town, changes, TURN)
    same = town.world(changes, start=START)
    same.book = None
    same.run(TURN)
    assert early.state_digest() == same.state_digest()


def test_the_new_rules_hold_from_the_day_on(pair: Any) -> None:
    (_, before), (_, after), changes = pair
    assert not (after["what"][after["day"] < TURN] == NEW_RULES).any()
    told = after[after["what"] == NEW_RULES]
    assert (told["day"] == TURN).all()
    assert (told["cause"] == told["id"]).all()
    later = after[after["day"] >= TURN]
    companies = (later["id"] >> 44) & 7
    assert not ((later["what"] == DERIVED) & (companies == 1)).any()
    started = later[(later["what"] == SANCTION_START) & (later["day"] == TURN)]
    assert len(started) > 20
    assert np.isin(started["cause"], later["id"]).all()
    watched = len(changes.data.sanctions) + len(changes.data.rewards)
    assert (later["rule"][later["what"] == SANCTION_START] == watched).any()
    assert len(before[before["day"] >= TURN]) != len(later)


def test_a_regime_that_ends_releases_everybody_on_its_last_day(town: Setting, tmp_path: Path) -> None:
    ends = "".join(
        f'\n[[{section}]]\nid = "{name}"\nuntil = 2014-07-19\n'
        for section, name in [("sanction", "band-c"), ("sanction", "lenders-refuse"), ("sanction", "band-b")]
    )
    rules = regime(tmp_path, "ends", f"{ends}below = 999\n")
    of_citizens = [one for one in rules.data.sanctions if one.of == "citizen"]
    ended = sum(1 << n for n, one in enumerate(of_citizens) if one.until is not None)
    world = town.world(rules, start=START)
    world.run(TURN)
    alive = world.state["job"] != JOBS.index("dead")  # nothing is decided about the dead any more
    under = int(np.bitwise_count(world.accounts_of(CITIZEN)["sanctions"] & ended)[alive].sum())
    assert under > 20
    world.take_rows()
    world.run(TURN + 1)
    rows = world.take_rows()
    assert (rows["what"] == SANCTION_END).sum() >= under
    assert not (world.accounts_of(CITIZEN)["sanctions"] & ended)[alive].any()


def test_division_does_not_show_in_rules_that_change(town: Setting, pair: Any) -> None:
    _, (whole, rows), changes = pair
    other, others = lived(town, changes, DAYS, shards=3)
    assert other.state_digest() == whole.state_digest()
    assert (rows == others).all()


def test_a_step_that_changes_nothing_moves_no_bit_of_the_state(town: Setting, tmp_path: Path) -> None:
    nothing = """
[[tightening]]
id = "nothing"
date = 2014-05-01
[[tightening.patch]]
op = "set"
at = "detection.mismatch"
value = 0.0005
reason = "as it was"
"""
    same, _ = lived(town, regime(tmp_path, "same", nothing), 150)
    plain, _ = lived(town, regime(tmp_path, "plain"), 150)
    assert same.state_digest() == plain.state_digest()


def test_a_world_restored_after_a_change_goes_on_under_the_new_rules(town: Setting, pair: Any) -> None:
    _, (whole, _), changes = pair
    for day in (TURN, TURN + 7):
        half = town.world(changes, start=START, keep=0)
        half.run(day)
        arrays = half.tables() | {"accounts": half.accounts}
        arrays |= {"pending": half.pending(), "counters": half.counters()}
        again = town.world(changes, start=START, keep=0)
        again.restore(day, arrays, {}, half.fits)
        assert again.rules == half.rules
        again.run(DAYS)
        assert again.state_digest() == whole.state_digest()
