"""A generated country is the China of the 2020 census as far as the facts say: provinces, ages, work, wheels.

One country of 400,000 on a fixed seed. A bound is 4.2 standard errors where what is counted is drawn one by
one; where it is drawn by neighbourhood or household the error is worked out from those.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from demerit.catalogue.words import (
    AGENCY_KINDS,
    CAR,
    CHILD,
    CITY_GOVERNMENT,
    COMPANY,
    EMPLOYED_STRATA,
    HUKOU,
    MOTORCYCLE,
    PUBLIC,
    STRATA,
    SUBJECT_SHIFT,
)
from demerit.society import Society
from demerit.society.generate import generate
from demerit.society.people import Population
from demerit.society.ties import draw_namesake, kin_of

COUNTRY = Society.load("country")
PEOPLE = 400_000
ERRORS = 4.2
FIFTHS_P73 = (8_333, 18_446, 29_053, 44_949, 85_836)
PUBLIC_STRATA = ("cadre", "strategic", "civil_servant")


@pytest.fixture(scope="module")
def country() -> Population:
    return generate(COUNTRY.data, PEOPLE, seed=5, threads=2)


@pytest.fixture(scope="module")
def adult(country: Population) -> np.ndarray:
    found: np.ndarray = country.person["stratum"] != CHILD
    return found


@pytest.fixture(scope="module")
def province(country: Population) -> np.ndarray:
    return country.places.province_of(np.arange(country.count))


def near(found: float, expected: float, sample: float) -> bool:
    """Compare a share of so many independent draws with its expectation."""
    return abs(found - expected) <= ERRORS * math.sqrt(expected * (1 - expected) / sample)


# provinces


def test_provinces_have_the_people_of_the_census(country: Population) -> None:
    census = np.array([float(one.people) for one in COUNTRY.data.provinces])
    found = np.diff(country.places.citizen_first)
    # People are dealt out in whole neighbourhoods: never more than one and a half off.
    assert np.abs(found - PEOPLE * census / census.sum()).max() <= 96
    assert country.places.codes.tolist() == [one.code for one in COUNTRY.data.provinces]


def test_the_provinces_of_the_file_add_up_to_the_country_of_p01() -> None:
    assert sum(float(one.people) for one in COUNTRY.data.provinces) == 1_411_778_724 - 2_000_000


def test_town_and_country_are_those_of_every_province(country: Population, province: np.ndarray) -> None:
    for number, one in enumerate(COUNTRY.data.provinces):
        urban = country.person["urban"][province == number]
        assert near(urban[::64].mean(), float(one.urban_share), -(-len(urban) // 64)), one.id


def test_the_young_and_the_old_are_those_of_every_province(country: Population, province: np.ndarray) -> None:
    age = country.person["age"]
    for number, one in enumerate(COUNTRY.data.provinces):
        here = age[province == number]
        # Children come by household, which doubles the variance of their number.
        assert near((here <= 14).mean(), float(one.young_share), len(here) / 2), one.id
        assert near((here >= 65).mean(), float(one.old_share), len(here) / 2), one.id
    assert (age <= 14).mean() == pytest.approx(0.1797, abs=0.003)
    assert (age >= 65).mean() == pytest.approx(0.1352, abs=0.003)


def test_incomes_differ_between_provinces_as_disposable_income_does(
    country: Population, adult: np.ndarray, province: np.ndarray
) -> None:
    income = country.traits["income_fen_day"][adult] * 3.65
    here = province[adult]
    found = np.array([income[here == number].mean() for number in range(31)])
    census = np.array([float(one.income) for one in COUNTRY.data.provinces])
    error = np.array([income[here == number].std() / (here == number).sum() ** 0.5 for number in range(31)])
    scale = found.sum() / census.sum()
    # .07: ages and floors differ between provinces too
    assert (np.abs(found - scale * census) < ERRORS * error + 0.07 * found).all()


def test_every_province_has_its_cities_agencies_and_services(country: Population) -> None:
    places = country.places
    assert places.cities == 333
    for number in range(31):
        own = slice(country.agency_first[number], country.agency_first[number + 1])
        kinds = np.bincount(country.agencies["kind"][own], minlength=len(AGENCY_KINDS))
        assert (kinds[:CITY_GOVERNMENT] == 1).all()
        assert kinds[CITY_GOVERNMENT] == (places.city_province == number).sum()
        own = slice(country.service_first[number], country.service_first[number + 1])
        assert len(set(country.services["kind"][own].tolist())) == 7
    assert (places.province_of(country.agencies["leader"] - 1) == country.agencies["province"]).all()
    assert (places.province_of(country.services["manager"] - 1) == country.services["province"]).all()


def test_work_wheels_friends_kin_and_namesakes_stay_in_their_province(
    country: Population, province: np.ndarray
) -> None:
    company = np.repeat(np.arange(31), np.diff(country.company_first_of_province))
    employer = country.traits["employer"].astype(int)
    works = employer > 0
    assert (company[employer[works] - 1] == province[works]).all()
    assert (province[country.companies["representative"] - 1] == company).all()
    vehicle = np.repeat(np.arange(31), np.diff(country.vehicle_first_of_province))
    assert (province[country.vehicles["driver"]] == vehicle).all()
    of_company = country.vehicles["owner"] >> SUBJECT_SHIFT == COMPANY
    owner = country.vehicles["owner"][of_company] & ((1 << SUBJECT_SHIFT) - 1)
    assert (company[owner] == vehicle[of_company]).all()
    friends = country.friends.astype(int)
    known = friends > 0
    assert (province[friends[known] - 1] == np.repeat(province, friends.shape[1])[known.ravel()]).all()
    for citizen in range(0, PEOPLE, 4_001):
        assert {int(province[other]) for other in kin_of(country, citizen)} <= {int(province[citizen])}
    city = country.places.city_of(np.arange(PEOPLE))
    for citizen in range(0, PEOPLE, 4_001):
        assert city[draw_namesake(country, citizen, 77_777_777)] == city[citizen]


# hukou


def test_a_quarter_of_the_people_float_and_less_than_half_have_an_urban_hukou(country: Population) -> None:
    hukou = country.person["hukou"]
    shares = {name: (hukou == code).mean() for code, name in enumerate(HUKOU)}
    # hukou goes with place, which is drawn by neighbourhood: .2 of 64 people of one sort
    sample = PEOPLE / 8
    assert near(shares["migrant_urban"] + shares["migrant_rural"], 0.266, sample)  # [P05]
    assert near(shares["local_urban"] + shares["migrant_urban"], 0.454, sample)  # [P03]
    assert near(country.person["urban"].mean(), 0.6384, PEOPLE / 64)  # [P02]


def test_floating_people_live_in_town(country: Population) -> None:
    urban, hukou = country.person["urban"] == 1, country.person["hukou"]
    floating = hukou >= 2
    assert urban[floating].mean() > 0.85
    assert (hukou[~urban] == HUKOU.index("local_rural")).mean() > 0.75


# work


def test_party_members_and_public_employees_are_as_many_as_in_life(
    country: Population, adult: np.ndarray
) -> None:
    assert near(country.person["party"][adult].mean(), 0.085, adult.sum())  # [P57]
    strata = country.person["stratum"][adult]
    public = np.isin(strata, [STRATA.index(name) for name in PUBLIC_STRATA]).mean()
    people = 1.4118e9 * 0.8083 * public
    assert 40e6 < people < 60e6  # [P56]


def test_as_many_work_and_own_firms_as_in_life(country: Population, adult: np.ndarray) -> None:
    strata = country.person["stratum"][adult]
    employed = np.isin(strata, [STRATA.index(name) for name in EMPLOYED_STRATA]).mean()
    assert employed * 0.8083 * 1.4118e9 == pytest.approx(733.5e6, rel=0.03)  # [P17]
    firms = (country.companies["sector"] != PUBLIC).sum()
    assert len(country.companies) / PEOPLE == pytest.approx(0.041, rel=0.03)  # [P53]
    assert firms / len(country.companies) > 0.8


# wheels


def test_cars_motorcycles_and_drivers_are_as_many_as_in_life(country: Population, adult: np.ndarray) -> None:
    kinds = country.vehicles["kind"]
    assert (kinds == CAR).sum() / PEOPLE == pytest.approx(0.226, rel=0.03)  # [P30, P35]
    assert (kinds == MOTORCYCLE).sum() / PEOPLE == pytest.approx(0.0572, rel=0.04)  # [P30]
    assert len(kinds) / PEOPLE == pytest.approx(0.295, rel=0.03)  # [P30]
    cars = kinds == CAR
    assert near(country.vehicles["networked"][cars].mean(), 0.041, cars.sum())  # [P32]
    assert not country.vehicles["networked"][~cars].any()
    driver = country.traits["flags"][adult] & 2 > 0
    assert near(driver.mean(), 0.40, adult.sum())  # .43 hold a licence [P31]; not all of them drive


# incomes


def test_the_fifths_have_the_incomes_of_p73(country: Population, adult: np.ndarray) -> None:
    income = np.sort(country.traits["income_fen_day"][adult]) * 3.65
    means = [fifth.mean() for fifth in np.array_split(income, 5)]
    assert means == pytest.approx(FIFTHS_P73, rel=0.05)


def test_the_gini_is_what_the_fifths_of_p73_allow(country: Population, adult: np.ndarray) -> None:
    """The published .466 [P76b] does not fit the published fifths; a Pareto top of two per cent gives .42."""
    income = np.sort(country.traits["income_fen_day"][adult].astype(float))
    rank = np.arange(1, len(income) + 1)
    gini = 2 * (rank * income).sum() / (len(income) * income.sum()) - (len(income) + 1) / len(income)
    assert 0.389 < gini < 0.466
    assert gini == pytest.approx(0.42, abs=0.01)
