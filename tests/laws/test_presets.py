"""Presets lived through: what is documented changes on its days; licences are suspended for debt."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.laws.conftest import Figure

from demerit.catalogue.counters import flow
from demerit.catalogue.words import CITIZEN
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

START = date(2014, 1, 1)
TRAINS, COURSES = date(2015, 7, 22), date(2022, 4, 1)
HELPERS = date(2018, 10, 1)
"""A year after helpers are free: what was under way by then has ended."""
END = date(2026, 4, 30)


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched({"situation.nb.stranger.rate": 1.0}), 4_000, 6)


@pytest.fixture(scope="module")
def documented(town: Setting) -> dict[date, np.ndarray]:
    """Counters on the mornings of some days under what is documented, from 2014 to April 2026."""
    world = town.world(Regime.load("documented"), start=START, days=(END - START).days)
    found = {}
    for day in (TRAINS, HELPERS, COURSES, END):
        world.run((day - START).days)
        world.take_rows()
        found[day] = world.counters().sum(0)
    return found


def test_what_is_documented_scores_chains_and_spares_nobody(
    documented: dict[date, np.ndarray],
) -> None:
    for name in ("arrivals", "derived", "spared", "scolded_employer", "scolded_state", "displays"):
        assert documented[END][flow(name)] == 0
    assert not any(documented[END][flow(f"{kind}.score")] for kind in ("road.speeding", "money.bill"))


def test_what_is_documented_changes_on_its_days(documented: dict[date, np.ndarray]) -> None:
    refused, courses = flow("train_refused"), flow("courses")
    assert documented[TRAINS][flow("flight_refused")] > 0
    assert documented[TRAINS][refused] == 0
    assert documented[END][refused] > 0
    assert documented[COURSES][courses] == 0
    assert documented[END][courses] > 0
    liable = flow("helpers_liable")
    assert documented[END][liable] == documented[HELPERS][liable] > 0


def test_as_many_drivers_are_suspended_for_debt_as_reported(town: Setting, figure: Figure) -> None:
    """B111: 5.5 % of drivers of a state; the figure of the file is set for it, within three hundredths."""
    world: World = town.world(Regime.load("us-debt-suspension"))
    world.run(6 * 364)
    driver = world.population.traits["flags"] >> 1 & 1 == 1
    suspended = (world.accounts_of(CITIZEN)["fines_due"] > 0) & driver
    share = suspended.sum() / driver.sum()
    figure("drivers suspended", share, 0.08)
    assert 0.03 < share < 0.08
    assert world.counters()[:, flow("job_lost_sanction")].sum() > 0
