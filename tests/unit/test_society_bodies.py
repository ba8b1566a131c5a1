"""Agencies, services and places: every province has its own, led by somebody who lives there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit.catalogue.columns import AGENCY_TABLE, SERVICE_TABLE
from demerit.catalogue.words import AGENCY_KINDS, CHILD, SERVICE_KINDS, STRATA
from demerit.society import Society
from demerit.society.generate import generate
from demerit.society.people import Population
from demerit.society.places import lay_out, shared_out

CITY = Society.load("city")


@pytest.fixture(scope="module")
def town() -> Population:
    return generate(CITY.data, 20_000, 2)


def test_a_city_has_an_agency_of_every_authority_and_a_government(town: Population) -> None:
    assert town.agencies["kind"].tolist() == list(range(len(AGENCY_KINDS)))
    assert AGENCY_TABLE.violations(town.agencies) == []
    assert town.agency_first.tolist() == [0, len(town.agencies)]


def test_a_city_has_every_service_and_a_school_for_so_many_people(town: Population) -> None:
    counts = np.bincount(town.services["kind"], minlength=len(SERVICE_KINDS))
    assert counts.min() == 1
    assert counts[SERVICE_KINDS.index("school")] == round(20_000 / 7_000)
    assert SERVICE_TABLE.violations(town.services) == []


def test_cadres_lead_agencies_and_employees_of_firms_run_services(town: Population) -> None:
    strata = town.person["stratum"]
    assert set(strata[town.agencies["leader"] - 1].tolist()) == {STRATA.index("cadre")}
    assert set(strata[town.services["manager"] - 1].tolist()) == {STRATA.index("formal")}


@pytest.mark.parametrize("people", [1, 3, 64])
def test_in_a_handful_of_people_any_adult_leads(people: int) -> None:
    few = generate(CITY.data, people, 5)
    assert (few.person["stratum"][few.agencies["leader"] - 1] != CHILD).all()
    assert len(few.services) == len(SERVICE_KINDS)


@given(st.integers(0, 500), st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_sharing_out_gives_everything_away_by_weight(total: int, weights: list[float]) -> None:
    if not any(weights):
        return
    given_out = shared_out(total, weights)
    assert sum(given_out) == total
    assert min(given_out) >= 0
    if total >= len(weights):
        assert all(one >= 1 for one, weight in zip(given_out, weights, strict=True) if weight > 0)
    if total >= 20 * len(weights) and min(weights) > max(weights) / 10:
        ideal = [total * weight / sum(weights) for weight in weights]
        assert all(abs(one - other) < 1 for one, other in zip(given_out, ideal, strict=True))


@given(st.integers(1, 5000), st.lists(st.integers(1, 50), min_size=1, max_size=6), st.integers(1, 30))
def test_places_are_whole_neighbourhoods_without_gaps(people: int, sizes: list[int], cities: int) -> None:
    places = lay_out(people, range(len(sizes)), [float(size) for size in sizes], cities, 0.5)
    for bounds in (places.citizen_first, places.city_first):
        assert bounds[0] == 0
        assert bounds[-1] == people
        assert (np.diff(bounds) >= 0).all()
        assert (bounds[:-1][np.diff(bounds) > 0] % 64 == 0).all()
    everyone = np.arange(people)
    province = places.province_of(everyone)
    assert (places.city_province[places.city_of(everyone)] == province).all()
