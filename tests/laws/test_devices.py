"""Cars that stop and gates that refuse, each to the day; what a car that stands still does to a job."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from tests.laws.lived import Lived, live
from tests.laws.stage import Stage
from tests.laws.test_choice import total
from tests.laws.test_institutions import AUTHORITY, chain, conduct, register

from demerit.catalogue.entries import (
    CONVICTION,
    DERIVED,
    FINE_PAID,
    GATE_REFUSED,
    JOB_LOST,
    RECORD,
    SANCTION_START,
)
from demerit.catalogue.words import BY_MOBILITY, CITIZEN, EMPLOYED, VEHICLE
from demerit.regime import Regime
from demerit.simulation.layout import layout_of
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

QUIET = {
    "collisions.enabled": False,
    "situation.nb.stranger.rate": 0,
    "life_course.enabled": False,
    "gaming.enabled": False,
}
DEVICES = (
    '[[sanction]]\nid = "score"\ntitle = "Score"\nof = "vehicle"\nreads = "road"\nbelow = 75\n'
    'stops = "networked"\n'
    '[[sanction]]\nid = "fine"\ntitle = "Fine"\nof = "vehicle"\ncounts = "fines"\nat_least = 1\n'
    'stops = "networked"\n'
)
FINES = "[fines]\nlate = 1\nterm_days = 15\ndelay_days = 1\n"
FADES = "half_life_days = 100\n"


@pytest.fixture(scope="module")
def hamlet() -> Setting:
    return settle(Society.load("hamlet").patched(QUIET | {"labour.licence_other": 0.99}), 400, 1)


def car(setting: Setting, folder: Path, networked: int, points: int = -30, fine: int = 100) -> Stage:
    """Return a stage on which the driver owns the car, and which stops networked cars."""
    rules = AUTHORITY + register(more=FADES) + DEVICES + FINES
    rules += conduct(points=f"{{ road = {points} }}", more=f"fine = {fine}")
    stage = Stage(setting, folder, rules + chain("citizen", "vehicle", "driver", 1, 1))
    stage.world.vehicles["owner"][0] = stage.driver
    stage.world.vehicles["networked"][0] = networked
    return stage


def stopped_days(stage: Stage, until: int) -> list[int]:
    """Return the days on whose evening the driver's car is stopped."""
    days = []
    for day in range(until):
        stage.run(day + 1)
        if int(stage.account(CITIZEN, stage.driver)["access"]) & 2:
            days.append(day)
    return days


def test_a_car_stops_below_the_threshold_and_runs_on_the_day_it_is_crossed_back(
    hamlet: Setting, tmp_path: Path
) -> None:
    stage = car(hamlet, tmp_path, 1, fine=0)
    stage.record("road.crosswalk", 10)
    days = stopped_days(stage, 60)
    # the vehicle's record follows a day after the driver's, the driver learns of the stop a day after that;
    # 30 points fade below 25.5, which is shown as 75, by their half-life
    cured = 11 + math.ceil(100 * math.log2(30 / 25.5))
    assert days == list(range(12, cured + 1))
    assert (stage.of(SANCTION_START)["subject"] >> 29).tolist() == [VEHICLE]


def test_a_car_stops_while_a_fine_of_its_owner_is_overdue(hamlet: Setting, tmp_path: Path) -> None:
    stage = car(hamlet, tmp_path, 1, points=-1)
    stage.record("road.crosswalk", 10)
    days = stopped_days(stage, 60)
    assert days
    assert days[0] == 10 + 15 + 2
    # the car is told on the day after the payment, and runs again on the day after that
    assert days[-1] == int(stage.of(FINE_PAID)["day"][0]) + 1
    assert days == list(range(days[0], days[-1] + 1))


def test_a_car_that_is_not_networked_runs_on(hamlet: Setting, tmp_path: Path) -> None:
    stage = car(hamlet, tmp_path, 0)
    stage.record("road.crosswalk", 10)
    assert stopped_days(stage, 60) == []


def test_a_car_that_stands_still_costs_the_job_as_a_withheld_licence_does(
    hamlet: Setting, tmp_path: Path
) -> None:
    stage = car(hamlet, tmp_path, 1, points=-1000, fine=0)
    stage.world.state["job"][stage.driver] = EMPLOYED
    stage.record("road.crosswalk", 10)
    stage.run(700)
    lost = stage.of(JOB_LOST)
    assert BY_MOBILITY in lost[lost["subject"] == stage.driver]["rule"].tolist()


@pytest.fixture(scope="module")
def networked() -> Setting:
    return settle(Society.load("city-networked").patched(QUIET), 3_000, 4)


@pytest.fixture(scope="module")
def tightened(networked: Setting) -> Lived:
    often = {"sanction.gates.below": 980, "sanction.car-stopped-for-score.below": 95}
    return live(networked, Regime.load("tightened").patched(often), 2 * 364)


def test_gates_refuse_more_in_the_tightened_regime_and_cars_stop_in_no_other(
    networked: Setting, tightened: Lived
) -> None:
    gates, devices = tightened.of(GATE_REFUSED), tightened.traits["device"] == 1
    assert len(gates) > 20
    assert devices[gates["subject"]].all()
    assert total(tightened, "vehicles_stopped") > 20
    essay = live(networked, Regime.load("essay"), 364)
    assert len(essay.of(GATE_REFUSED)) < 0.1 * len(gates)
    networked_cars = np.flatnonzero(networked.population.vehicles["networked"] == 1)
    stopped = essay.of(SANCTION_START)
    stopped = stopped[stopped["subject"] >> 29 == VEHICLE]["subject"] & ((1 << 29) - 1)
    assert not np.isin(stopped, networked_cars).any()


def test_the_household_pays_a_share_of_what_courts_record(tightened: Lived) -> None:
    layout = layout_of(tightened.regime.data)
    number = layout.numbers.chains.index("court-to-household")
    household = tightened.setting.population.household_of
    derived = tightened.of(DERIVED)
    derived = derived[derived["rule"] == number]
    assert len(derived) > 4
    for row in derived:
        root = tightened.cause_of(row)
        assert root["what"] in (RECORD, CONVICTION)
        assert root["subject"] != row["subject"]
        assert household(int(root["subject"])) == household(int(row["subject"]))
        assert row["register"] == tightened.register("municipal")
