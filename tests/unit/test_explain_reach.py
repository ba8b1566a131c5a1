"""Whom a difference reaches: against worlds lived apart from each other, entry by entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.runs import carry_out, write_regime

from demerit.catalogue.words import CITIZEN, SUBJECT_SHIFT, SUBJECTS
from demerit.explain.circles import CIRCLES, circles_of, household_of
from demerit.explain.reach import MET, NEVER, Reach, reach
from demerit.explain.source import open_world
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.society.people import Population
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
    found, plain = lived[0], lived[0].as_plain()
    months, reached, entered = zip(*found.by_month(), strict=True)
    assert [one.month for one in months] == list(range(1, 13))
    assert reached == tuple(sorted(reached))
    assert all(few <= many for few, many in zip(entered, reached, strict=True))
    assert reached[-1] == found.count() == plain["citizen"]["reached"]
    assert entered[-1] == plain["citizen"]["other_entries"] > 0


def test_groups_ways_and_circles_add_up_to_those_reached(lived: Lived) -> None:
    plain = lived[0].as_plain()
    for by in ("all", "stratum", "hukou", "income fifth"):
        groups = [one for one in plain["citizens_by_group"] if one["by"] == by]
        assert sum(one["of"] for one in groups) == 200
        for name in ("reached", "other_entries"):
            assert sum(one[name] for one in groups) == plain["citizen"][name]
    assert sum(plain["first_met"].values()) == plain["citizen"]["reached"]
    assert sum(plain["first_entry_through"].values()) == plain["citizen"]["other_entries"]


def test_the_first_other_entry_is_the_one_in_only_one_of_the_ledgers(lived: Lived) -> None:
    found, done, (one, other) = lived
    for kind, name in enumerate(SUBJECTS):
        for subject, day in enumerate(found.days_entered[kind].tolist()):
            both = [world.get((name, subject), []) for world in (one, other)]
            apart = [row for row in (*both[0], *both[1]) if (row in both[0]) != (row in both[1])]
            assert (day == NEVER) == (apart == []), f"{name}:{subject}"
            if apart:
                first = min(apart, key=lambda row: row["id"])
                assert (first["date"] - done.plan.first).days == day
                if found.days_reached[kind][subject] == day:
                    assert MET[found.met[kind][subject]] in {
                        row["what"] for row in apart if row["id"] == first["id"]
                    }


def test_a_circle_is_the_nearest_tie_to_whoever_it_came_from() -> None:
    people = settle_people()
    traits, ids = people.traits, np.arange(people.count)
    homes = household_of(people, ids)
    ties = {
        "own": lambda one, other: one == other,
        "household": lambda one, other: homes[one] == homes[other],
        "friend": lambda one, other: other + 1 in people.friends[one].tolist(),
        "colleague": lambda one, other: traits["employer"][one] == traits["employer"][other] > 0,
        "neighbour": lambda one, other: one // 64 == other // 64,
        "other": lambda one, other: True,
    }
    pairs = np.random.default_rng(3).integers(0, people.count, (2, 4000))
    pairs = np.concatenate(
        [pairs, [ids, people.friends[:, 0].astype(int) - 1], [ids, (ids + 1) % len(ids)]], 1
    )
    pairs = pairs[:, pairs[1] >= 0]
    found = [CIRCLES[place] for place in circles_of(people, *pairs)]
    expected = [
        next(name for name, holds in ties.items() if holds(one, other)) for one, other in pairs.T.tolist()
    ]
    assert found == expected
    assert set(found) == set(ties)
    bodies = np.arange(1, len(SUBJECTS)) << SUBJECT_SHIFT | 7
    assert [CIRCLES[place] for place in circles_of(people, np.zeros(4, int), bodies)] == [*SUBJECTS[1:]]


def settle_people() -> Population:
    """Return a village of a few neighbourhoods, in which ties overlap."""
    plan = plan_of("essay", "essay")
    return settle(plan.society, 600, 1, 1, {law.id: law for law in plan.laws}).population


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
