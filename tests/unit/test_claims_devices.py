"""Lock-outs by cars and gates, held against what the run itself has counted."""

from __future__ import annotations

import numpy as np
import pytest
from tests.claims_worlds import few, pair, read

from demerit.catalogue.words import INDEX_MASK, VEHICLE
from demerit.claims.of_devices import (
    STATISTICS,
    days_in,
    jobs_lost,
    locked_days,
    lockouts,
    missed,
    missed_bundles,
    owner_years,
    owners,
)
from demerit.claims.reading import Reading
from demerit.regime import Regime

STRICT = {"sanction.car-stopped-for-score.below": 95}


@pytest.fixture(scope="module")
def stopping() -> Reading:
    return read(few(society="city-networked"), Regime.load("tightened").patched(STRICT))


@pytest.fixture(scope="module")
def lenient() -> Reading:
    return read(few(society="city-networked"), Regime.load("ordinary-law"))


def test_owners_drive_a_networked_car_or_depend_on_a_device(stopping: Reading) -> None:
    people = stopping.setting.population
    expected = {int(car["driver"]) for car in people.vehicles if car["networked"]}
    expected |= {person for person, own in enumerate(people.traits) if own["device"]}
    adults = set(np.flatnonzero(stopping.adult).tolist())
    assert set(owners(stopping).tolist()) == expected & adults
    deaths = len(stopping.of("death"))
    assert owner_years(stopping) == pytest.approx(4 * len(expected & adults), abs=4 * deaths + 1e-9)


def test_owners_are_the_same_people_in_both_worlds(stopping: Reading, lenient: Reading) -> None:
    assert owners(stopping).tolist() == owners(lenient).tolist()


def test_days_locked_out_are_counted_once_whatever_locks(stopping: Reading) -> None:
    days = {
        (int(spell["subject"]), day)
        for spell in lockouts(stopping)
        for day in range(spell["first"], spell["end"])
    }
    found = locked_days(stopping)
    assert found.value == pytest.approx(1000 * len(days) / owner_years(stopping))
    assert days


def test_a_car_that_is_not_networked_locks_nobody_out(stopping: Reading) -> None:
    vehicles = stopping.setting.population.vehicles
    devices = set(np.flatnonzero(stopping.setting.population.traits["device"]).tolist())
    plain = {
        int(vehicles["driver"][row["subject"] & INDEX_MASK])
        for row in stopping.of("sanction_start")
        if row["subject"] >> 29 == VEHICLE and not vehicles["networked"][row["subject"] & INDEX_MASK]
    }
    networked = set(vehicles["driver"][vehicles["networked"] == 1].tolist())
    assert plain - networked - devices
    assert not (plain - networked - devices) & set(lockouts(stopping)["subject"].tolist())


def test_errands_missed_are_those_the_run_has_counted(stopping: Reading) -> None:
    # a car's driver hears of it a day late, so a stop can fall on either side of a week's first day
    assert missed_bundles(stopping) == pytest.approx(stopping.count("device_refused"), rel=0.005)
    essay = pair()[0]
    assert missed_bundles(essay) == essay.count("device_refused") > 0


def test_jobs_lost_for_a_stopped_car_are_those_the_run_has_counted(stopping: Reading) -> None:
    assert jobs_lost(stopping) == stopping.count("job_lost_mobility") > 0


def test_what_is_missed_adds_up(stopping: Reading) -> None:
    found = missed(stopping)
    assert found.occasions == owner_years(stopping)
    assert found.value * found.occasions / 1000 == pytest.approx(
        missed_bundles(stopping) + jobs_lost(stopping)
    )


def test_ordinary_law_locks_nobody_out(lenient: Reading) -> None:
    for statistic in STATISTICS.values():
        value, occasions = statistic.read(lenient)
        assert value == 0 < occasions


def test_no_days_are_counted_without_spells(lenient: Reading) -> None:
    assert days_in(lockouts(lenient)) == 0
