"""What holds for every population, of any size, seed and number of threads."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.catalogue.columns import COMPANY_TABLE, PERSON, TRAITS, VEHICLE_TABLE
from demerit.catalogue.words import CHILD, LOGISTICS
from demerit.society import Society
from demerit.society.generate import generate
from demerit.society.people import Population
from demerit.society.ties import kin_of, surname_of

CITY = Society.load("city").data
HAMLET = Society.load("hamlet").data
COUNTRY = Society.load("country").data


@st.composite
def populations(draw: st.DrawFn) -> Population:
    size = draw(st.integers(1, 700))
    seed = draw(st.integers(0, 2**62))
    return generate(draw(st.sampled_from([CITY, HAMLET, COUNTRY])), size, seed, draw(st.sampled_from([1, 2])))


@given(populations())
@settings(max_examples=60)
def test_households_follow_each_other_and_never_leave_a_neighbourhood(people: Population) -> None:
    first = people.household_first.astype(int)
    assert first[0] == 0
    assert first[-1] == people.count
    sizes = np.diff(first)
    assert ((sizes >= 1) & (sizes <= 5)).all()
    assert (first[:-1] >> 6 == (first[1:] - 1) >> 6).all()
    assert np.array_equal(
        [people.household_of(one) for one in range(people.count)], np.repeat(np.arange(len(sizes)), sizes)
    )
    is_child = people.person["stratum"] == CHILD
    for start, stop in itertools.pairwise(first.tolist()):
        members = is_child[start:stop].tolist()
        assert not members[0]
        assert members == sorted(members)


@given(populations())
@settings(max_examples=60)
def test_friendship_is_mutual_among_distinct_adults(people: Population) -> None:
    adult = people.person["stratum"] != CHILD
    pairs = []
    for citizen, row in enumerate(people.friends.tolist()):
        friends = [friend - 1 for friend in row if friend]
        assert citizen not in friends
        assert len(set(friends)) == len(friends)
        pairs += [(citizen, friend) for friend in friends]
    assert {(b, a) for a, b in pairs} == set(pairs)
    assert all(adult[a] and adult[b] for a, b in pairs)


@given(populations())
@settings(max_examples=60)
def test_columns_keep_their_ranges_and_ownership_agrees(people: Population) -> None:
    tables = ((TRAITS, people.traits), (PERSON, people.person), (VEHICLE_TABLE, people.vehicles))
    assert [problem for table, rows in tables for problem in table.violations(rows)] == []
    assert COMPANY_TABLE.violations(people.companies) == []
    assert int(people.companies["employees"].sum()) == len(people.staff)
    assert np.array_equal(np.sort(people.staff), np.flatnonzero(people.traits["employer"]))
    fleets = people.companies["sector"] == LOGISTICS
    assert not people.companies["fleet"][~fleets].any()
    assert (people.companies["fleet"] <= people.companies["employees"]).all()
    assert (people.companies["representative"] > 0).all()
    assert np.array_equal(np.sort(people.vehicles["driver"]), np.flatnonzero(people.traits["vehicle"]))


@given(populations(), st.data())
@settings(max_examples=60)
def test_kinship_is_mutual_and_everyone_has_a_surname(people: Population, data: st.DataObject) -> None:
    citizen = data.draw(st.integers(0, people.count - 1))
    kin = kin_of(people, citizen)
    assert all(citizen in kin_of(people, other) for other in kin)
    assert citizen not in kin
    assert 0 <= surname_of(people, citizen) < 200


@given(populations())
@settings(max_examples=30)
def test_every_rate_fits_its_class_and_the_limit(people: Population) -> None:
    rates, _ = people.rate_table()
    total = people.traits["family_rate"].sum(axis=1, dtype=np.int64)
    assert (total <= rates[people.rate_class]).all()
    assert total.max() <= 200 * 256
