"""A generated population hangs together, and is the same however it is computed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from demerit.catalogue.columns import COMPANY_TABLE, PERSON, TRAITS, VEHICLE_TABLE
from demerit.catalogue.words import (
    BUS,
    CAR,
    CHILD,
    COMPANY,
    ELIGIBILITY,
    EMPLOYED_STRATA,
    LOGISTICS,
    MOTORCYCLE,
    PUBLIC,
    STRATA,
    TRUCK,
    subject_code,
)
from demerit.society import Society
from demerit.society.generate import generate
from demerit.society.people import Population
from demerit.society.ties import draw_kin, draw_namesake, kin_of, surname_of
from demerit.society.work import FIRM_STRATA, PUBLIC_STRATA

CITY = Society.load("city")
DIGEST = """
import hashlib, sys
from demerit.society import Society
from demerit.society.generate import generate
people = generate(Society.load("city").data, 200, 3)
digest = hashlib.sha256(people.ties.tobytes())
for array in people.arrays().values():
    digest.update(array.tobytes())
print(digest.hexdigest())
"""


def digest(people: Population) -> str:
    made = hashlib.sha256(people.ties.tobytes())
    for array in people.arrays().values():
        made.update(array.tobytes())
    return made.hexdigest()


@pytest.fixture(scope="module")
def town() -> Population:
    return generate(CITY.data, 5000, 2)


@pytest.mark.parametrize("population", [1, 2, 63, 64, 65, 200, 1025])
def test_any_number_of_threads_makes_the_same_people(population: int) -> None:
    alone = digest(generate(CITY.data, population, 4))
    assert [digest(generate(CITY.data, population, 4, threads)) for threads in (2, 5)] == [alone, alone]


def test_plain_python_makes_the_same_people() -> None:
    plain = subprocess.run(
        [sys.executable, "-W", "error", "-c", DIGEST],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )
    assert plain.stdout.strip() == digest(generate(CITY.data, 200, 3))


def test_another_seed_makes_other_people() -> None:
    assert digest(generate(CITY.data, 200, 1)) != digest(generate(CITY.data, 200, 2))


def test_whole_neighbourhoods_do_not_change_when_others_are_added() -> None:
    small, large = generate(CITY.data, 640, 9), generate(CITY.data, 6400, 9)
    for name in ("age", "sex", "stratum", "hukou", "urban", "party", "minority"):
        assert np.array_equal(small.person[name], large.person[name][:640])
    for name in ("income_fen_day", "conscience"):
        assert np.array_equal(small.traits[name], large.traits[name][:640])
    # who drives for a firm depends on how many firms there are
    truck = 1 << ELIGIBILITY.index("truck_driver")
    assert np.array_equal(small.traits["flags"] | truck, large.traits["flags"][:640] | truck)
    same = (small.traits["flags"] | large.traits["flags"][:640]) & truck == 0
    assert np.array_equal(small.traits["family_rate"][same], large.traits["family_rate"][:640][same])
    assert np.array_equal(small.wealth_fen, large.wealth_fen[:640])


def test_every_column_stays_in_its_range(town: Population) -> None:
    tables = (
        (TRAITS, town.traits),
        (PERSON, town.person),
        (VEHICLE_TABLE, town.vehicles),
        (COMPANY_TABLE, town.companies),
    )
    assert [problem for columns, rows in tables for problem in columns.violations(rows)] == []


def test_everyone_who_works_is_on_the_staff_of_their_employer_once(town: Population) -> None:
    assert len(set(town.staff.tolist())) == len(town.staff)
    for company in range(len(town.companies)):
        staff = town.staff[town.company_first[company] : town.company_first[company + 1]]
        assert town.companies[company]["employees"] == len(staff)
        assert set(town.traits["employer"][staff].tolist()) <= {company + 1}
    assert np.count_nonzero(town.traits["employer"]) == len(town.staff)


def test_public_strata_work_in_the_public_sector_and_the_others_in_firms(town: Population) -> None:
    for name, is_public in (*((n, True) for n in PUBLIC_STRATA), *((n, False) for n in FIRM_STRATA)):
        workers = town.person["stratum"] == STRATA.index(name)
        employers = town.traits["employer"][workers]
        assert (employers > 0).all()
        assert ((town.companies["sector"][employers - 1] == PUBLIC) == is_public).all()
    working = {STRATA.index(name) for name in (*PUBLIC_STRATA, *FIRM_STRATA)}
    assert set(town.person["stratum"][town.traits["employer"] > 0].tolist()) == working


def test_a_company_is_represented_by_its_best_paid_employee(town: Population) -> None:
    for company in range(len(town.companies)):
        staff = town.staff[town.company_first[company] : town.company_first[company + 1]]
        representative = int(town.companies[company]["representative"]) - 1
        assert town.person[representative]["stratum"] != CHILD
        if len(staff):
            incomes = town.traits["income_fen_day"][staff]
            assert representative in staff
            assert town.traits[representative]["income_fen_day"] == incomes.max()


def test_every_vehicle_has_one_driver_who_may_drive(town: Population) -> None:
    drivers = town.vehicles["driver"]
    assert np.array_equal(town.traits["vehicle"][drivers], np.arange(1, len(town.vehicles) + 1))
    assert np.count_nonzero(town.traits["vehicle"]) == len(town.vehicles)
    assert (town.traits["flags"][drivers] & 2).all()


def test_fleets_belong_to_logistics_firms_and_private_cars_to_their_drivers(town: Population) -> None:
    fleet = np.isin(town.vehicles["kind"], (TRUCK, BUS))
    companies = town.vehicles["owner"][fleet] - subject_code(COMPANY, 0)
    assert fleet[: fleet.sum()].all()
    assert (town.companies["sector"][companies] == LOGISTICS).all()
    assert np.array_equal(np.bincount(companies, minlength=len(town.companies)), town.companies["fleet"])
    assert np.array_equal(town.traits["employer"][town.vehicles["driver"][fleet]], companies + 1)
    assert np.array_equal(town.vehicles["owner"][~fleet], town.vehicles["driver"][~fleet])


@pytest.mark.parametrize("seed", range(20))
def test_a_hamlet_has_a_fleet(seed: int) -> None:
    hamlet = generate(Society.load("hamlet").data, 200, seed)
    assert hamlet.companies["fleet"].max() >= 1


def test_children_own_nothing_and_meet_nothing(town: Population) -> None:
    child = town.person["stratum"] == CHILD
    assert child.any()
    assert not town.traits["flags"][child].any()
    assert not town.traits["family_rate"][child].any()
    assert not town.rate_class[child].any()
    assert not town.wealth_fen[child].any()
    assert not town.friends[child].any()
    assert not town.person["party"][child].any()
    assert set(town.traits["income_fen_day"][child].tolist()) == {2000}
    assert town.person["age"][child].max() < 16 <= town.person["age"][~child].min()


def test_ages_fit_strata_and_licences(town: Population) -> None:
    age, stratum = town.person["age"], town.person["stratum"]
    assert age[stratum == STRATA.index("student")].max() <= 22
    assert age[stratum == STRATA.index("retired")].min() >= 60
    driver = town.traits["flags"] & 2 > 0
    assert 18 <= age[driver].min() <= age[driver].max() <= 75


def has(people: Population, role: str) -> np.ndarray:
    return np.asarray(people.traits["flags"] >> ELIGIBILITY.index(role) & 1 == 1)


def test_roles_follow_from_licence_stratum_and_job(town: Population) -> None:
    stratum, employer = town.person["stratum"], town.traits["employer"]
    fleet = np.flatnonzero(town.vehicles["kind"] == 1) + 1
    assert not (has(town, "drinker") & ~has(town, "driver")).any()
    assert np.array_equal(has(town, "truck_driver"), np.isin(town.traits["vehicle"], fleet))
    assert set(stratum[has(town, "owner")].tolist()) == {STRATA.index("informal")}
    assert not (has(town, "merchant") & ~has(town, "owner")).any()
    working = [STRATA.index(name) for name in EMPLOYED_STRATA]
    assert np.array_equal(has(town, "employed"), np.isin(stratum, working))
    sector = town.companies["sector"][np.maximum(employer, 1) - 1]
    assert np.array_equal(has(town, "employee"), (employer > 0) & (sector != PUBLIC))


@pytest.mark.parametrize("role", ["drinker", "guarantor", "platform_user", "owner", "merchant"])
def test_roles_have_the_shares_of_the_file(role: str) -> None:
    # within four standard errors of independent draws, seed fixed
    people = generate(CITY.data, 20_000, 6)
    adults = int((people.traits["flags"] & 1).sum())
    share = float(getattr(CITY.data.eligibility, role))
    found = has(people, role).sum() / adults
    assert abs(found - share) < 4 * (share * (1 - share) / adults) ** 0.5


def test_the_first_of_a_household_is_an_adult_who_pays_bills(town: Population) -> None:
    first = town.household_first[:-1]
    assert (town.person["stratum"][first] != CHILD).all()
    assert (town.traits["flags"][first] & 8).all()


def test_cells_hold_stratum_hukou_and_fifth(town: Population) -> None:
    person = town.person
    cells = (person["stratum"].astype(int) * 4 + person["hukou"]) * 5 + person["fifth"]
    assert np.array_equal(town.traits["cell"], cells)


def test_rates_are_covered_by_their_class(town: Population) -> None:
    rates, weekly = town.rate_table()
    total = town.traits["family_rate"].sum(axis=1, dtype=np.int64)
    assert (rates[town.rate_class] >= total).all()
    positive = town.rate_class > 1
    assert (rates[town.rate_class[positive] - 1] < total[positive]).all()
    assert weekly[-1] == pytest.approx(200 * 7 / 365)


def test_extreme_exposure_is_capped_at_200_a_year() -> None:
    busy = CITY.patched({"exposure.road_sigma": 1.5, "situation.road.speeding.rate": 10})
    rates = generate(busy.data, 20_000, 1).traits["family_rate"].sum(axis=1, dtype=np.int64)
    assert rates.max() <= 200 * 256


def test_kin_are_mutual_and_live_elsewhere(town: Population) -> None:
    for citizen in range(0, town.count, 97):
        household = town.household_of(citizen)
        kin = kin_of(town, citizen)
        assert len(set(kin)) == len(kin)
        assert not set(kin) & set(town.members(household))
        assert all(citizen in kin_of(town, other) for other in kin)
        found = draw_kin(town, citizen, 123_456_789)
        assert found in kin if kin else found is None


def test_a_namesake_has_the_same_surname(town: Population) -> None:
    for citizen in range(0, town.count, 53):
        other = draw_namesake(town, citizen, 987_654_321)
        assert other != citizen
        assert surname_of(town, other) == surname_of(town, citizen)


def test_neighbourhoods_are_64_consecutive_people_with_one_kind_of_place(town: Population) -> None:
    assert town.neighbours(70) == range(64, 128)
    assert town.neighbours(4999) == range(4992, 5000)
    for citizen in range(0, town.count, 64):
        assert len(set(town.person["urban"][town.neighbours(citizen)].tolist())) == 1
    assert set(range(64, 5000, 64)) <= set(town.household_first.tolist())


def test_a_society_without_firms_has_no_employers() -> None:
    idle = generate(CITY.patched({"firms.per_adult": 0}).data, 500, 1)
    assert len(idle.companies) == len(idle.staff) == 0
    assert not idle.traits["employer"].any()
    assert np.isin(idle.vehicles["kind"], (CAR, MOTORCYCLE)).all()


def test_other_numbers_of_friends_are_possible() -> None:
    ties = {"ties.friends": 3, "ties.circle_size": 6}
    people = generate(CITY.patched(ties).data, 2000, 1)
    assert people.friends.shape == (2000, 3)
    adult = people.person["stratum"] != CHILD
    assert np.count_nonzero(people.friends[adult]) / adult.sum() == pytest.approx(3, abs=0.02)


def test_memory_is_counted_by_array(town: Population) -> None:
    by_array = town.bytes_per_person()
    assert by_array["traits"] == 32
    assert by_array["friends"] == 20
    assert sum(by_array.values()) < 83


def test_a_description_has_the_shares_achieved(town: Population) -> None:
    found = town.describe()
    assert found["people"] == 5000
    assert found["child share"] + found["adults"] / 5000 == pytest.approx(1)
    assert sum(found[f"{name} share"] for name in STRATA[:CHILD]) == pytest.approx(1)
    assert found["employed"] == len(town.staff)
