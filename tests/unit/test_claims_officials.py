"""Freedoms of public employees and their families, counted again from months and entries of small worlds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.claims_worlds import few, pair, read

from demerit.catalogue.counters import flow
from demerit.catalogue.serving import GOVERNED
from demerit.catalogue.words import CIVIL_TRIP, ELIGIBILITY, FIFTHS, HUKOU, SHARES, STRATA
from demerit.claims.of_officials import STATISTICS, family_of_staff, family_trips, forgone_more, freedom_gap
from demerit.claims.reading import Reading
from demerit.regime import Regime

ABROAD = (
    ("situation.civ.travel.rate", 1),
    ("stratum.strategic.share", 0.05),
    ("stratum.formal.share", 0.515),
)


@pytest.fixture(scope="module")
def travelling() -> Reading:
    return read(few(*ABROAD), Regime.load("essay"))


@pytest.fixture(scope="module")
def lawful() -> Reading:
    return read(few(*ABROAD), Regime.load("ordinary-law"))


def late_by_cell(reading: Reading, name: str) -> dict[tuple[str, int], int]:
    """Add up a counter late, by stratum and by hukou and fifth."""
    found: dict[tuple[str, int], int] = {}
    for month in reading.recorder.flows[-reading.late_months :]:
        for cell, row in enumerate(month[:-1]):
            place = STRATA[cell // (len(HUKOU) * len(FIFTHS))], cell % (len(HUKOU) * len(FIFTHS))
            found[place] = found.get(place, 0) + int(row[flow(name)])
    return found


def slowly_wished(reading: Reading, kind: str) -> dict[tuple[str, int], int]:
    met, vetoed, idle = (late_by_cell(reading, f"{kind}.{what}") for what in ("met", "vetoed", "principle"))
    return {cell: met[cell] - vetoed[cell] - idle[cell] for cell in met}


def test_the_gap_is_what_officials_do_without_less_what_their_like_do(travelling: Reading) -> None:
    traits = travelling.setting.population.traits
    official = [own for own in traits if own["flags"] >> ELIGIBILITY.index("official") & 1]
    wishes = {name: slowly_wished(travelling, f"cs.{name}") for name in GOVERNED}
    wanted = sum(sum(many.values()) for many in wishes.values())
    denied = sum(
        sum(late_by_cell(travelling, name).values()) for name in ("service_given_up", "service_denied")
    )
    trips = slowly_wished(travelling, "civ.travel")
    names = ("civ.travel.law", "civ.travel.score", "household_refused", "passports_withheld")
    held = [late_by_cell(travelling, name) for name in names]
    top = bottom = 0.0
    for own in official:
        cell = "formal", int(own["cell"]) % (len(HUKOU) * len(FIFTHS))
        if trips[cell] > 0:
            top += sum(many[cell] for many in held) / trips[cell]
            bottom += 1
    formal = top / bottom * sum(wishes["travel"].values()) / wanted
    found = freedom_gap(travelling)
    assert found.value == pytest.approx(denied / wanted - formal)
    assert found.occasions == min(
        wanted, sum(many for (stratum, _), many in trips.items() if stratum == "formal")
    )
    assert formal > 0


def test_formal_employees_lose_nothing_under_ordinary_law(lawful: Reading) -> None:
    wanted = sum(sum(slowly_wished(lawful, f"cs.{name}").values()) for name in GOVERNED)
    denied = sum(sum(late_by_cell(lawful, name).values()) for name in ("service_given_up", "service_denied"))
    assert freedom_gap(lawful).value == pytest.approx(denied / wanted)


def test_share_trading_is_given_up_alike_in_both_worlds(travelling: Reading, lawful: Reading) -> None:
    here, there = (
        {(int(row["day"]), int(row["subject"])) for row in reading.of("given_up") if row["rule"] == SHARES}
        for reading in (travelling, lawful)
    )
    # who is dismissed in one world only has no occasion in it
    assert len(here ^ there) < 0.1 * len(here | there)


def test_families_are_adults_at_home_with_staff_who_are_no_officials(travelling: Reading) -> None:
    population = travelling.setting.population
    person = population.person
    expected = set()
    for one in np.flatnonzero(person["stratum"] == STRATA.index("strategic")):
        for other in population.members(population.household_of(int(one))):
            official = population.traits["flags"][other] >> ELIGIBILITY.index("official") & 1
            if travelling.adult[other] and not official:
                expected.add(int(other))
    assert set(family_of_staff(travelling).tolist()) == expected
    assert expected


def test_trips_of_families_are_given_up_refused_or_without_a_passport(travelling: Reading) -> None:
    family = set(family_of_staff(travelling).tolist())
    names = {
        travelling.of(name)["what"][0]: name for name in ("given_up", "household_permit", "passport_withheld")
    }
    forgone = wished = 0
    for row in travelling.of(*names.values()):
        if int(row["subject"]) not in family or row["day"] < travelling.late_day:
            continue
        what = names[row["what"]]
        if what == "given_up" and row["rule"] != CIVIL_TRIP:
            continue
        wished += what != "passport_withheld"
        forgone += what != "household_permit" or row["rule"] == 0
    assert family_trips(travelling) == {"forgone": forgone, "wishes": wished}
    assert 0 < forgone < wished


def test_ordinary_law_keeps_no_account_of_wishes(travelling: Reading, lawful: Reading) -> None:
    here, there = family_trips(travelling), family_trips(lawful)
    assert there == {"forgone": 0, "wishes": None}
    assert forgone_more(here, there) == (here["forgone"] / here["wishes"], here["wishes"])
    assert forgone_more(here, here).value == 0
    assert math.isnan(forgone_more(there, there).value)


def test_officials_lose_more_than_others_under_the_essay() -> None:
    here, there = (STATISTICS["C15.1"].read(reading).value for reading in pair())
    assert here - there > 0.1
