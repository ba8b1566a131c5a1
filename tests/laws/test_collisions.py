"""Collisions: how often, what drivers do, the liability threshold, and the dead.

Collisions are so frequent and grave here that chances can be told from counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from tests.laws.conftest import Figure

from demerit.catalogue.colliding import DEATHS, FATAL, FLEE, SERIOUS
from demerit.catalogue.counters import FLOWS, flow
from demerit.catalogue.entries import COLLIDED, COMPENSATION, DAMAGES, DEATH, HURT, SENTENCE, SETTLED_OUT
from demerit.catalogue.words import DEAD
from demerit.measures.stocks import COLUMN, stocks
from demerit.mechanisms.collision import cost_of_finishing, cost_of_staying
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

ERRORS = 4.0
"""Standard errors within which a count must lie; a chance of 1 in 16,000 each."""
GRAVE = {
    "collisions.rate": 4.0,
    "collisions.serious": 0.4,
    "collisions.fatal": 0.1,
    "life_course.enabled": False,
}
ACCIDENTS = [
    name
    for name, _, _ in FLOWS
    if name.startswith(("collisions_", "deaths_", "road.collision", "road.flight", "road.finish", "settle"))
]


def counted(world: World, name: str) -> int:
    return int(world.counters()[:, flow(name)].sum())


@dataclass
class Crashed:
    """A world with many collisions, and its ledger."""

    world: World
    rows: np.ndarray

    def of(self, *what: int) -> np.ndarray:
        return self.rows[np.isin(self.rows["what"], what)]


def crash(setting: Setting, regime: Regime, days: int) -> Crashed:
    world = setting.world(regime)
    world.run(days)
    rows = world.take_rows()
    return Crashed(world, rows[np.argsort(rows["id"])])


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(GRAVE), 6_000, 4)


@pytest.fixture(scope="module", params=["ordinary-law", "essay"])
def crashed(town: Setting, request: pytest.FixtureRequest) -> Crashed:
    return crash(town, Regime.load(request.param), 140)


def test_drivers_collide_as_often_as_the_file_says(figure: Figure) -> None:
    """Rate a driver-year under ordinary law; error: four standard errors and a hundredth."""
    rare = {"collisions.fatal": 0.0, "collisions.serious": 0.0, "collisions.rate": 2.0}
    setting = settle(Society.load("city").patched(GRAVE | rare), 12_000, 8)
    world = crash(setting, Regime.load("ordinary-law"), 182).world
    driving = (world.population.traits["flags"] >> 1 & 1).sum()
    expected = 2.0 * driving * 182 / 365
    found = counted(world, "road.collision.acted")
    # people differ in how much they drive, so their number is no Poisson number
    bound = ERRORS * np.sqrt(expected * (1 + 2.0 * 2.4 / 2)) + 0.01 * expected
    figure("collisions", abs(found - expected), bound)
    assert abs(found - expected) < bound


def test_chances_add_up_to_what_happens(crashed: Crashed) -> None:
    """Rare acts are read off their chances: expected = sum of the probabilities."""
    world = crashed.world
    pairs = (
        ("road.flight.acted", "road.flight.expected", 20),
        ("collisions_fatal", "deaths_expected_collision", 32),
        ("road.finish.acted", "road.finish.expected", 20),
        ("deaths_unhelped", "deaths_expected_unhelped", 20),
    )
    for acted, expected, bits in pairs:
        likely = counted(world, expected) / 2.0**bits
        assert abs(counted(world, acted) - likely) < ERRORS * np.sqrt(max(likely, 1.0)), acted
    assert counted(world, "road.flight.acted") > 100


def test_those_who_flee_are_found_as_often_as_the_law_says(crashed: Crashed) -> None:
    fled = crashed.of(COLLIDED)
    fled = fled[(fled["rule"] // 3 == FLEE) & (fled["day"] < 120)]
    grave = fled[fled["rule"] % 3 >= SERIOUS]
    hurt = crashed.of(HURT)
    hit = {int(row["cause"]): int(row["id"]) for row in hurt}
    sentenced = crashed.of(SENTENCE)
    found = len(sentenced[sentenced["day"] < 136])
    chance = np.where(grave["rule"] % 3 == FATAL, 0.97, 0.6)
    reached = np.array([int(identity) in hit for identity in grave["id"]])
    likely = float(chance[reached].sum())
    assert likely > 20
    assert abs(found - likely) < ERRORS * np.sqrt(likely) + 3


def test_a_death_is_entered_with_its_cause_and_ends_a_life(crashed: Crashed) -> None:
    world = crashed.world
    deaths = crashed.of(DEATH)
    assert len(deaths) > 50
    last = {int(row["subject"]): int(row["day"]) for row in deaths}
    assert len(last) == len(deaths) == int((world.state["job"] == DEAD).sum())
    for which, name in enumerate(DEATHS):
        assert int((deaths["rule"] == which).sum()) == counted(world, f"deaths_{name}")
    mine = crashed.rows[crashed.rows["subject"] < world.population.count]
    ended = np.array([last.get(int(row["subject"]), 1 << 30) for row in mine])
    assert (mine["day"] <= ended).all()
    adults = (world.population.traits["flags"] & 1).sum()
    assert stocks(world)[:, COLUMN["adults"]].sum() == adults - len(deaths)
    caused = {int(row["id"]) for row in crashed.rows}
    assert all(int(row["cause"]) in caused for row in crashed.of(DEATH, HURT, COMPENSATION, DAMAGES))


def test_what_drivers_and_insurers_pay_reaches_the_hurt(crashed: Crashed) -> None:
    """Of staying drivers: compensation is the own part, what was settled, and what insurance pays."""
    collided = {int(row["id"]): row for row in crashed.of(COLLIDED)}
    paid: dict[int, int] = {}
    for row in crashed.of(DAMAGES, SETTLED_OUT):
        paid[int(row["cause"])] = paid.get(int(row["cause"]), 0) + int(row["amount"])
    hurt = {int(row["id"]): int(row["cause"]) for row in crashed.of(HURT)}
    rules = crashed.world.rules
    most = int(rules["compulsory_fen"]) + int(crashed.world.people["cover_fen"])
    seen = 0
    for row in crashed.of(COMPENSATION):
        crash_id = hurt.get(int(row["cause"]))
        if crash_id is None or collided[crash_id]["rule"] // 3 == FLEE:
            continue
        own = paid.get(crash_id, 0)
        assert own <= int(row["amount"]) <= own + most
        seen += 1
    assert seen > 100


def closed_gap(law: Any, insured: int, income: float, wealth: float) -> float:
    """Return E[C | disabled] - E[C | dead] - P(intent) sentence in days (M44, F24), from the file alone."""
    most = wealth + 3 * 365 * income

    def own(damages: float, cover: float) -> float:
        return min(max(damages - cover, 0.0), most) / income

    def suit(damages: float) -> float:
        asked, cost = float(law.settlement) * damages / income, float(law.publicity_days)
        return 0.7 * min(asked, cost) + 0.3 * cost

    cover = float(law.compulsory) + 1e6 * insured
    disabled, dead = float(law.disability), float(law.death)
    proved, sentence = float(law.intent_proved), float(law.intent_sentence_days)
    quiet = own(dead, cover) + suit(dead)
    return own(disabled, cover) + suit(disabled) - (1 - proved) * quiet - proved * (own(dead, 0) + sentence)


@pytest.mark.parametrize("proved", [0.3, 0.05, 0.0])
def test_finishing_is_open_exactly_where_the_closed_form_says(town: Setting, proved: float) -> None:
    """M44, V26: the sign of the gap over incomes, purses and cover, outside a margin of a day."""
    regime = Regime.load("ordinary-law").patched(
        {"liability.intent_proved": proved, "liability.death": 350_000, "conduct.road.finish.prosecute": 0}
    )
    world = town.world(regime)
    law, signs = regime.data.liability, set()
    for person in range(0, 600, 3):
        state, traits, account = (
            world.state[person],
            world.population.traits[person],
            world.kept.views[0][person],
        )
        income = int(traits["income_fen_day"]) / 100
        for days in (0, 400, 4000):
            state["wealth_fen"], state["saving"] = round(days * income * 100), 0
            for insured in (0, 1):
                cover, chance = 1 + insured, round(proved * 65536)
                tables, people = world.rules, world.people
                stay = cost_of_staying(state, traits, account, tables, people, SERIOUS, 1, cover, 0, 0)
                finish = cost_of_finishing(state, traits, account, tables, people, 1, cover, chance, 0, 0)
                gap = closed_gap(law, insured, income, days * income)
                if abs(gap) > 1:
                    assert (stay > finish) == (gap > 0), (income, days, insured)
                    signs.add(gap > 0)
    assert True in signs


def test_liability_reform_leaves_nothing_to_gain_by_finishing(town: Setting) -> None:
    """F24, R12: with equal liability the option set of *finish* is empty; without it, it is not."""
    essay = Regime.load("essay")
    now, reformed = (
        crash(town, essay, 84).world,
        crash(town, essay.patched({"liability.equal_liability": True}), 84).world,
    )
    assert counted(now, "road.finish.met") > 200
    assert counted(now, "finish_open") > 20
    assert counted(now, "road.finish.expected") > 0
    assert counted(reformed, "road.finish.met") > 200
    for name in ("finish_open", "road.finish.acted", "road.finish.expected", "deaths_finished"):
        assert counted(reformed, name) == 0


def test_a_settlement_is_worth_what_record_and_publicity_would_cost(town: Setting) -> None:
    """F24: min(suit, asked): where a suit costs points, more is paid than for publicity alone."""
    mean = {}
    for name, patch in (("points", {}), ("no points", {"conduct.road.collision.points.court": 0})):
        world = crash(town, Regime.load("essay").patched(patch), 84).world
        mean[name] = counted(world, "settlements_fen") / counted(world, "settlements")
    assert mean["points"] > 1.05 * mean["no points"] > 0


def test_without_the_mechanism_nobody_collides_or_dies() -> None:
    setting = settle(Society.load("city").patched(GRAVE | {"collisions.enabled": False}), 1_000, 4)
    world = setting.world(Regime.load("essay"))
    world.run(56)
    alone = [name for name in ACCIDENTS if name != "deaths_expected_unhelped"]
    assert not any(counted(world, name) for name in alone)


def test_without_liability_nobody_pays_and_nobody_is_looked_for(town: Setting) -> None:
    world = crash(town, Regime.load("empty"), 28).world
    assert counted(world, "road.collision.acted") > 100
    for name in ("damages_fen", "settlements", "suits", "flights_found", "sentences", "finish_open"):
        assert counted(world, name) == 0
