"""Trust and ties, counted again from the last day of small worlds."""

from __future__ import annotations

import numpy as np
import pytest
from tests.claims_worlds import few, pair, read

from demerit.catalogue.words import CIRCLES
from demerit.claims.of_trust import CROSSED, STATISTICS, crossing, monthly_trust, months_between, series
from demerit.claims.reading import Reading
from demerit.mechanisms.learning import trust
from demerit.regime import Regime

CIRCLE_OF = {"C9.1": "neighbours", "C9.2": "friends", "C9.3": "institutions", "C9.4": "family"}


@pytest.fixture(scope="module", params=["essay", "ordinary law"])
def world(request: pytest.FixtureRequest) -> Reading:
    return pair()[0 if request.param == "essay" else 1]


@pytest.mark.parametrize("key", CIRCLE_OF)
def test_trust_is_the_mean_of_what_each_adult_feels_on_the_last_day(world: Reading, key: str) -> None:
    circle = CIRCLES.index(CIRCLE_OF[key])
    felt = [
        int(trust(world.world.state[person], world.setting.people, circle, world.days - 1)) / 65535
        for person in np.flatnonzero(world.adult)
    ]
    found = STATISTICS[key].read(world)
    assert found.value == pytest.approx(sum(felt) / len(felt), abs=2e-5)
    assert found.occasions == len(felt)
    assert found.value == pytest.approx(world.indicator(f"trust.{CIRCLE_OF[key]}"))


def test_a_tie_holds_until_one_side_breaks_it_off(world: Reading) -> None:
    friends = world.setting.population.friends
    ties = {
        (person, int(friend) - 1)
        for person in np.flatnonzero(world.adult)
        for friend in friends[person]
        if friend
    }
    start = len(ties)
    lost = sum(1 for _ in world.of("tie_cut", "tie_lost"))
    value, adults = STATISTICS["C9.5"].read(world)
    # one side may hear of the end after the last day
    assert start - lost - 1 <= round(value * adults) <= start - lost
    assert adults == np.count_nonzero(world.adult)


def test_more_ties_are_broken_off_under_the_essay() -> None:
    here, there = (STATISTICS["C9.5"].read(reading).value for reading in pair())
    assert here < there


def test_the_gap_of_circles_is_what_neighbours_lose_more_than_the_family(world: Reading) -> None:
    start = world.setting.society.data.trust
    lost = {
        circle: float(getattr(start, circle)) - monthly_trust(world, circle)[-1]
        for circle in ("neighbours", "family")
    }
    found = STATISTICS["C9.6"].read(world).value
    assert found == pytest.approx(lost["neighbours"] - lost["family"], abs=2e-5)


def test_a_circle_crosses_in_the_first_month_in_which_it_lies_low() -> None:
    flat = [0.8] * 5
    assert crossing([0.8, 0.79, 0.77, 0.8, 0.7], flat) == 2
    assert crossing([0.8, 0.8, 0.8, 0.8, 0.79], flat) == len(flat)


def test_months_lie_between_the_crossings_of_two_circles() -> None:
    there = {"neighbours": [0.8] * 6, "family": [0.9] * 6, "adults": 10}
    low, high = 0.8 + 2 * CROSSED, 0.9 + 2 * CROSSED
    here = {"neighbours": [0.8, low] * 3, "family": [0.9] * 4 + [high] * 2, "adults": 10}
    assert months_between(here, there) == (3, 10)
    first = {**here, "family": [high] * 6}
    assert months_between(first, there).value == -1
    never = {**here, "family": [0.9] * 6}
    assert months_between(never, there).value == 5


def test_equal_worlds_never_cross(world: Reading) -> None:
    kept = series(world)
    assert months_between(kept, kept).value == 0
    assert len(kept["family"]) == len(world.recorder.flows)


def test_equal_regimes_leave_equal_trust() -> None:
    essay = pair()[0]
    again = read(few(), Regime.load("essay"))
    for key, statistic in STATISTICS.items():
        assert statistic.read(essay) == statistic.read(again), key
