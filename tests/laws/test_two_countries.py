"""A country beside which a copy of it stands lives as it did alone, and totals double."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.laws.conftest import STRICT, Figure

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.words import CAUSED, COMPANY, KINDS, SUBJECT_SHIFT
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society
from demerit.society.people import Population
from demerit.society.places import Places
from demerit.society.ties import tie

PEOPLE, DAYS = 50 * 64, 364
NAMES = [flow[0] for flow in FLOWS]
INDEX = (1 << SUBJECT_SHIFT) - 1


def moved(column: np.ndarray, by: int) -> np.ndarray:
    """Return numbers that count from one, 0 for none, in the copy."""
    return np.asarray(np.where(column == 0, 0, column + by))


def doubled(first: np.ndarray) -> np.ndarray:
    """Return bounds of groups, twice over."""
    return np.concatenate([first, first[1:] + first[-1]])


def beside_its_copy(alone: Population, kin: float) -> Population:
    """Return two provinces of the same people, who have nothing to do with each other."""
    places = alone.places
    counts = {"citizen": alone.count, "company": len(alone.companies), "vehicle": len(alone.vehicles)}
    copies: dict[str, Any] = {}

    def copy(name: str, **by: int) -> np.ndarray:
        again = getattr(alone, name).copy()
        for column, step in by.items():
            again[column] = moved(again[column], step)
        copies[name] = np.concatenate([getattr(alone, name), again])
        return np.asarray(copies[name][len(again) :])

    copy("traits", employer=counts["company"], vehicle=counts["vehicle"])
    vehicles = copy("vehicles")
    for column in ("owner", "driver"):
        kind = vehicles[column] >> SUBJECT_SHIFT
        vehicles[column] += np.choose(kind, [counts["citizen"], counts["company"]]).astype(np.uint32)
    copy("companies", representative=counts["citizen"], owner=counts["citizen"])
    for name, person in (("agencies", "leader"), ("services", "manager")):
        again = copy(name, **{person: counts["citizen"]})
        again["city"] += places.cities
        again["province"] += places.provinces
    copies["friends"] = np.concatenate([alone.friends, moved(alone.friends, alone.count)])
    copies["home_first"] = np.concatenate([alone.home_first, alone.home_first + alone.households])
    copies["staff"] = np.concatenate([alone.staff, alone.staff + alone.count])
    for name in ("minds", "rate_class"):
        copies[name] = np.concatenate([getattr(alone, name)] * 2)
    for name in ("household_first", "company_first", "company_first_of_province",
                 "vehicle_first_of_province", "agency_first", "service_first"):  # fmt: skip
        copies[name] = doubled(getattr(alone, name))
    later = alone.milestones.copy()
    later["citizen"] += alone.count
    milestones = np.concatenate([alone.milestones, later])
    both = Places(
        codes=np.concatenate([places.codes] * 2),
        citizen_first=doubled(places.citizen_first),
        city_first=doubled(places.city_first),
        city_province=np.concatenate([places.city_province, places.city_province + places.provinces]),
    )
    copies["milestones"] = milestones[np.lexsort((milestones["citizen"], milestones["day"]))]
    copies["ties"] = tie(alone.seed, both, copies["household_first"], kin)
    return replace(alone, places=both, **{name: np.ascontiguousarray(found) if name != "ties" else found
                                          for name, found in copies.items()})  # fmt: skip


@pytest.fixture(scope="module")
def pair() -> tuple[World, World]:
    """Return a strict regime's year in a city alone and beside its copy."""
    society = Society.load("city")
    setting = settle(society, PEOPLE, 4)
    both = replace(setting, population=beside_its_copy(setting.population, float(society.data.ties.kin)))
    regime = Regime.load("essay").patched(STRICT)

    def lived(here: Setting) -> World:
        world = here.world(regime)
        world.run(DAYS)
        return world

    return lived(setting), lived(both)


def rows_of(world: World) -> np.ndarray:
    rows = world.take_rows()
    return np.asarray(rows[np.argsort(rows["id"])])


def test_what_stands_beside_a_country_changes_none_of_its_bits(pair: tuple[World, World]) -> None:
    alone, both = pair
    assert (both.state[:PEOPLE] == alone.state).all()
    assert (both.work[:PEOPLE] == alone.work).all()
    sizes = np.diff(alone.account_first)
    for kind, size in enumerate(sizes.tolist()):
        assert (both.accounts_of(kind)[:size] == alone.accounts_of(kind)).all()
    rows, wide = rows_of(alone), rows_of(both)
    own = (wide["subject"] & INDEX) < sizes[wide["subject"] >> SUBJECT_SHIFT]
    assert len(rows) > 4_000
    assert (wide[own] == rows).all()


def test_two_disjoint_copies_of_a_country_double_every_total(
    pair: tuple[World, World], figure: Figure
) -> None:
    # who lives where is the same, what happens is drawn anew: half the error of a difference of two counts;
    # what others cause comes in bundles, a few people under sanction trying every week, and has another error
    alone, both = (world.counters().sum(axis=0) for world in pair)
    worst = 0.0
    for kind in set(KINDS) - set(CAUSED):
        for what in ("met", "acted", "recorded"):
            place = NAMES.index(f"{kind}.{what}")
            once, twice = int(alone[place]), int(both[place])
            errors = (twice - 2 * once) / math.sqrt(max(2 * once, 20))
            worst = max(worst, abs(errors))
            assert abs(errors) < 4, f"{kind}.{what}: {once} and {twice}"
    figure("met, acted, recorded by kind: errors off at most", worst, 4)
    assert len(pair[1].accounts_of(COMPANY)) == 2 * len(pair[0].accounts_of(COMPANY))
