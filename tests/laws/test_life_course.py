"""People grow older: they leave school or retire on a birthday, and every age keeps its strata."""

from __future__ import annotations

import math

import numpy as np
import pytest

from demerit.catalogue.columns import MILESTONE
from demerit.catalogue.counters import flow
from demerit.catalogue.entries import MILESTONE as MILESTONE_ENTRY
from demerit.catalogue.words import LEAVES_SCHOOL, NO_WORK, RETIRES, SEEKING, STRATA
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.simulation.world import World
from demerit.society import Society
from demerit.society.generate import generate
from demerit.society.lives import adult_shares, share_of_ages
from demerit.society.people import Population

COUNTRY = Society.load("country")
PEOPLE = 200_000
RETIRED, STUDENT = STRATA.index("retired"), STRATA.index("student")


@pytest.fixture(scope="module")
def people() -> Population:
    return generate(COUNTRY.data, PEOPLE, seed=7, threads=2)


def after(people: Population, years: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return age, who is retired and who is at school among all, so many years later."""
    day = 365 * years
    turned = people.milestones[people.milestones["day"] <= day]
    retired = people.person["stratum"] == RETIRED
    retired[turned["citizen"][turned["role"] == RETIRES]] = True
    student = people.person["stratum"] == STUDENT
    student[turned["citizen"][turned["role"] == LEAVES_SCHOOL]] = False
    return people.person["age"].astype(int) + years, retired, student


def near(found: float, expected: float, sample: int) -> bool:
    return abs(found - expected) <= 4.2 * math.sqrt(expected * (1 - expected) / sample)


@pytest.mark.parametrize("years", [3, 10, 15])
def test_every_age_keeps_its_share_of_the_retired(people: Population, years: int) -> None:
    """Of 60 to 64 as many are retired as on the first day, of 65 and over likewise, whoever they are now."""
    bands = COUNTRY.data.demography.age_bands
    shares = adult_shares(COUNTRY.data.strata)
    old = share_of_ages(bands, 65, 200)
    expected_near = (shares[RETIRED] - old) / share_of_ages(bands, 60, 64)
    age, retired, _ = after(people, years)
    grown = people.person["age"] >= 16
    near_ages, old_ages = grown & (age >= 60) & (age < 65), grown & (age >= 65)
    assert near(retired[near_ages].mean(), expected_near, near_ages.sum())
    assert retired[old_ages].mean() == 1
    assert not retired[grown & (age < 60)].any()


def test_nobody_is_a_student_beyond_22_but_those_who_seek_no_work(people: Population) -> None:
    """Of those who leave school as many seek work as have some at 23 to 59."""
    shares = adult_shares(COUNTRY.data.strata)
    working = sum(shares[: STRATA.index("unemployed")])
    rest = working + shares[STRATA.index("unemployed")]
    age, _, student = after(people, 7)
    once = people.person["stratum"] == STUDENT
    assert age[once].min() >= 23
    assert near(1 - student[once].mean(), working / rest, once.sum())


def test_a_change_of_role_is_on_the_birthday_of_its_age(people: Population) -> None:
    milestones, age = people.milestones, people.person["age"].astype(int)
    assert MILESTONE.violations(milestones) == []
    assert (np.diff(milestones["day"].astype(int)) >= 0).all()
    assert len(set(milestones["citizen"].tolist())) == len(milestones)
    # birthday number n comes n - 1 to n years from the first day
    reached = age[milestones["citizen"]] + 1 + (milestones["day"].astype(int) - 1) // 365
    assert set(reached[milestones["role"] == LEAVES_SCHOOL].tolist()) == {23}
    assert set(reached[milestones["role"] == RETIRES].tolist()) == {60, 65}
    assert milestones["day"].max() < 20 * 365


def test_birthdays_are_spread_over_the_year(people: Population) -> None:
    leave = people.milestones["day"][people.milestones["role"] == LEAVES_SCHOOL] % 365
    assert leave.mean() == pytest.approx(182, abs=4.2 * 105.4 / math.sqrt(len(leave)))


def test_a_society_may_stand_still() -> None:
    still = Society.load("hamlet").patched({"life_course.enabled": False})
    assert len(generate(still.data, 200, 1).milestones) == 0
    short = Society.load("city").patched({"life_course.horizon": 1})
    assert generate(short.data, 5000, 1).milestones["day"].max() < 365


# the days


YEARS = 3


@pytest.fixture(scope="module")
def lived() -> World:
    """A town in which nobody loses or finds a job but by a birthday."""
    still = {
        "situation.work.separation.rate": 0,
        "labour.hired": 0.0001,
        "labour.applications": 0.01,
        "collisions.enabled": False,
        "power.enabled": False,
    }
    setting = settle(Society.load("city").patched(still), 4_000, 5)
    world = setting.world(Regime.load("ordinary-law"), shards=2)
    world.run(365 * YEARS)
    return world


def reached(world: World, role: int) -> np.ndarray:
    milestones = world.population.milestones
    due = (milestones["day"] < world.day) & (milestones["role"] == role)
    return np.asarray(milestones["citizen"][due])


def test_who_retires_has_no_work_and_lives_on_a_pension(lived: World) -> None:
    retired = reached(lived, RETIRES)
    assert len(retired) > 50
    assert set(lived.state["job"][retired].tolist()) == {NO_WORK}
    assert not lived.work["employer"][retired].any()
    expenses = round(0.7 * 32768)
    assert set((lived.state["saving"][retired] + expenses).tolist()) <= set(
        range(round(0.75 * 32768) - 2, round(0.75 * 32768) + 3)
    )


def test_who_leaves_school_seeks_work(lived: World) -> None:
    left = reached(lived, LEAVES_SCHOOL)
    assert len(left) > 20
    seeking = lived.state["job"][left] == SEEKING
    assert seeking.mean() > 0.95
    milestones = lived.population.milestones
    day = dict(zip(milestones["citizen"].tolist(), milestones["day"].tolist(), strict=True))
    assert all(lived.work["since"][one] == day[one] for one in left[seeking].tolist())


def test_every_birthday_is_in_the_ledger_on_its_day_and_counted(lived: World) -> None:
    rows = lived.take_rows()
    rows = rows[rows["what"] == MILESTONE_ENTRY]
    milestones = lived.population.milestones
    due = milestones[milestones["day"] < lived.day]
    found = sorted(zip(rows["day"].tolist(), rows["subject"].tolist(), rows["rule"].tolist(), strict=True))
    assert found == sorted(
        zip(due["day"].tolist(), due["citizen"].tolist(), due["role"].tolist(), strict=True)
    )
    counters = lived.counters().sum(0)
    assert counters[flow("retired")] == len(reached(lived, RETIRES))
    assert counters[flow("left_school")] == len(reached(lived, LEAVES_SCHOOL))


def test_birthdays_are_the_same_under_every_regime_and_any_division(lived: World) -> None:
    setting = settle(Society.load("city"), 500, 5)
    worlds = [
        setting.world(Regime.load(regime), shards=shards)
        for regime, shards in (("essay", 1), ("essay", 3), ("ordinary-law", 1))
    ]
    rows = []
    for world in worlds:
        world.run(400)
        kept = world.take_rows()
        kept = np.sort(kept[kept["what"] == MILESTONE_ENTRY], order="id")
        rows.append((kept["day"].tolist(), kept["subject"].tolist()))
    assert rows[0] == rows[1] == rows[2]
    assert worlds[0].state_digest().hex() == worlds[1].state_digest().hex()
