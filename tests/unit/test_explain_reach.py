"""Whom a difference reaches: against worlds lived apart from each other, entry by entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.runs import carry_out, write_regime

from demerit.catalogue.words import CITIZEN, SUBJECTS
from demerit.explain.reach import NEVER, Reach, reach
from demerit.explain.source import open_world
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.study.request import Plan, RunRequest, make_plan

Lived = tuple[Reach, Any, list[Any]]
CHANGES: dict[str, dict[str, Any]] = {
    "chain": {"chain.driver-to-vehicle.fraction": 0.1},
    "loss": {"transfer.municipal-to-province.loss": 0.4},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reach")


def plan_of(regime: str, against: str) -> Plan:
    return make_plan(RunRequest(regime=regime, against=against, society="hamlet", years=1, threads=1))


def entries_of(folder: Path, world: str) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in open_world(folder, world).ledger.collect().sort("id").to_dicts():
        found.setdefault((row["kind"], row["subject"]), []).append(row)
    return found


@pytest.fixture(scope="module", params=sorted(CHANGES))
def lived(request: pytest.FixtureRequest, place: Path) -> Lived:
    """A change of the essay: its reach, and both worlds lived by themselves."""
    other = str(write_regime(place / f"{request.param}.toml", **CHANGES[request.param]))
    plan = plan_of(other, "essay")
    setting = settle(plan.society, plan.population, 1, 1, {law.id: law for law in plan.laws})
    found = reach(plan, setting, plan.regimes[1], plan.regimes[0])
    done = carry_out(place / request.param, regime=other, against="essay")
    return found, done, [entries_of(done.folder, world.name) for world in done.worlds]


def test_whoever_is_not_reached_has_the_same_ledger_in_both_worlds(
    lived: Lived,
) -> None:
    found, _, (one, other) = lived
    spared = 0
    for kind, name in enumerate(SUBJECTS):
        for subject in np.flatnonzero(found.days_reached[kind] == NEVER):
            assert one.get((name, subject)) == other.get((name, subject)), f"{name}:{subject}"
            spared += 1
    assert spared > 20


def test_nobody_has_other_entries_before_the_day_of_reach(lived: Lived) -> None:
    found, done, (one, other) = lived
    first = done.plan.first
    differing = 0
    for kind, name in enumerate(SUBJECTS):
        for subject in np.flatnonzero(found.days_reached[kind] != NEVER):
            day = int(found.days_reached[kind][subject])
            until = [
                [row for row in world.get((name, subject), []) if (row["date"] - first).days < day]
                for world in (one, other)
            ]
            assert until[0] == until[1], f"{name}:{subject}"
            differing += one.get((name, subject)) != other.get((name, subject))
    assert differing > 0


def test_whoever_is_not_reached_ends_with_the_same_state(lived: Lived) -> None:
    found, done, _ = lived
    worlds = [world.world for world in done.worlds]
    spared = found.days_reached[CITIZEN] == NEVER
    for name in ("state", "work", "hearsay"):
        assert (getattr(worlds[0], name)[spared] == getattr(worlds[1], name)[spared]).all()
    for kind in range(len(SUBJECTS)):
        same = found.days_reached[kind] == NEVER
        assert (worlds[0].accounts_of(kind)[same] == worlds[1].accounts_of(kind)[same]).all()


def test_reach_grows_month_by_month_to_its_count(lived: Lived) -> None:
    found = lived[0]
    counts = [count for _, count in found.by_month()]
    assert counts == sorted(counts)
    assert counts[-1] == found.count() == found.as_plain()["citizen"]["reached"]
    assert found.share() == found.count() / 200


def test_equal_rules_reach_nobody() -> None:
    plan = plan_of("essay", "essay")
    setting = settle(plan.society, plan.population, 1, 1, {law.id: law for law in plan.laws})
    # the same rules under another number of their sanctions: names count, and not numbers
    data = Regime.load("essay").canonical()
    found = reach(plan, setting, Regime.from_canonical(data), plan.regimes[0])
    assert sum(found.count(kind) for kind in range(len(SUBJECTS))) == 0
    assert found.as_plain()["citizen"]["first"] is None


def test_a_change_with_a_date_reaches_nobody_before_it(place: Path) -> None:
    from datetime import date

    path = place / "dated.toml"
    path.write_text(
        write_regime(place / "plain.toml").read_text().replace('id = "plain"', 'id = "dated"')
        + '[[patch]]\nop = "set"\nat = "conduct.road.speeding.coverage"\nvalue = 0.9\nreason = "later"\n'
        "date = 2014-07-01\n"
    )
    plan = plan_of(str(path), "essay")
    setting = settle(plan.society, plan.population, 1, 1, {law.id: law for law in plan.laws})
    found = reach(plan, setting, plan.regimes[1], plan.regimes[0])
    turn = (date(2014, 7, 1) - plan.first).days
    reached = [days[days != NEVER] for days in found.days_reached]
    assert all((days >= turn).all() for days in reached)
    assert found.count() > 0
