"""Public display: who is shown, from which day to which, what it costs, and the one switch that ends it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import UNEVENTFUL, Figure
from tests.laws.stage import Stage
from tests.laws.test_choice import ERRORS

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import DISPLAY_ENDED, DISPLAYED, HARASSED, JOB_LOST, RECORD
from demerit.catalogue.letters import ON_SCREEN
from demerit.catalogue.showing import ON_DISPLAY, SHOWN_FOR
from demerit.catalogue.words import BY_DISPLAY, CITIZEN, EMPLOYED, MISTAKEN
from demerit.measures.indicators import INDICATORS
from demerit.measures.screen_indicators import of_screens
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

TERM = 30
SCREENS = f"""
[[authority]]
id = "police"
title = "Police"
level = "city"

[[conduct]]
id = "theft"
answers = "law.petty"
authority = "police"
coverage = 0
fine = 100
publishes = true

[screens]
enabled = true
shows = ["published-record"]
fields = ["name", "photo", "home-address", "allegation"]
place = "city"
term_days = {TERM}
"""


@pytest.fixture(scope="module")
def town() -> Setting:
    society = Society.load("city")
    quiet = {f"situation.{one.id}.rate": 0 for one in society.data.situations}
    return settle(society.patched(UNEVENTFUL | quiet | {"staging.fear_own": 0}), 2_000, 1)


@pytest.fixture
def stage(town: Setting, tmp_path: Path) -> Stage:
    return Stage(town, tmp_path, SCREENS)


def total(stage: Stage, counter: str) -> int:
    return int(stage.world.counters()[:, flow(counter)].sum())


def test_a_published_record_is_shown_from_the_next_day_for_the_term(stage: Stage) -> None:
    stage.record("law.petty", 3)
    stage.record("law.petty", 10)  # who is on display already is not shown twice
    stage.run(3 + TERM)
    assert int(stage.account(CITIZEN, stage.driver)["access"]) & ON_DISPLAY
    stage.run(5 + TERM)
    (record, _), (start,), (end,) = stage.of(RECORD), stage.of(DISPLAYED), stage.of(DISPLAY_ENDED)
    assert (start["day"], end["day"]) == (4, 4 + TERM)
    assert (start["cause"], end["cause"]) == (record["id"], start["id"])
    assert start["rule"] == end["rule"] == SHOWN_FOR.index("published-record")
    assert not int(stage.account(CITIZEN, stage.driver)["access"]) & ON_DISPLAY
    # a namesake's record: what the screen says is not true
    assert start["label"] == MISTAKEN
    assert total(stage, "displays_false") == total(stage, "displays_wrongful") == 1
    assert total(stage, "display_days") == TERM


def test_only_a_home_address_that_is_shown_brings_harassment(town: Setting, tmp_path: Path) -> None:
    income = town.population.traits["income_fen_day"]
    for rules, days in ((SCREENS, TERM), (SCREENS.replace('"home-address", ', ""), 0)):
        stage = Stage(town, tmp_path, rules)
        stage.record("law.petty", 3)
        stage.run(5 + TERM)
        (start,) = stage.of(DISPLAYED)
        found = stage.of(HARASSED)
        assert set(found["cause"]) <= {start["id"]}
        assert found["amount"].sum() == pytest.approx(0.1 * days * income[stage.driver], rel=1e-4)
        assert total(stage, "harassment_fen") == found["amount"].sum()


def test_being_shown_is_two_units_of_stress(stage: Stage) -> None:
    stage.record("law.petty", 3)
    before = int(stage.world.state["stress"][stage.driver])
    stage.run(5)
    assert before == 0
    assert stage.world.state["stress"][stage.driver] == 2 * 256
    assert total(stage, "display_stress") == 2 * 256


def test_an_employer_who_sees_the_screen_dismisses_with_the_hazard_of_the_file(
    town: Setting, tmp_path: Path, figure: Figure
) -> None:
    chance = 1 - math.exp(-0.05 * TERM / 30)
    for place, expected in (("city", chance), ("neighbourhood", 0.0)):
        stage = Stage(town, tmp_path, SCREENS.replace('place = "city"', f'place = "{place}"'))
        world = stage.world
        staff = np.flatnonzero((world.state["job"] == EMPLOYED) & (world.work["employer"] > 0))
        for person in staff:
            stage.send(ON_SCREEN, int(person), 1, SHOWN_FOR.index("published-record"))
        stage.run(5)
        lost = stage.of(JOB_LOST)
        dismissed = len(lost[lost["rule"] == BY_DISPLAY])
        figure(f"dismissed of {len(staff)} shown in the {place}", dismissed, len(staff) * expected)
        error = math.sqrt(len(staff) * expected * (1 - expected))
        assert abs(dismissed - len(staff) * expected) <= ERRORS * error


MUCH = {"conduct.law.petty.coverage": 0.6, "conduct.money.bill.points.credit": -300}


def test_without_the_switch_nobody_is_shown(town: Setting) -> None:
    lively = {"situation.law.petty.rate": 5, "situation.money.bill.rate": 12}
    people = settle(Society.load("city").patched(UNEVENTFUL | lively), 300, 2)
    names = {one.name for one in of_screens()} | {"job_loss.display"}
    columns = sorted({column for one in INDICATORS if one.name in names for column in one.top.columns})
    for enabled in (True, False):
        world = people.world(Regime.load("essay").patched(MUCH | {"screens.enabled": enabled}))
        world.run(120)
        counted = world.counters().sum(axis=0)[columns]
        assert (counted.sum() > 0) == enabled
        if not enabled:
            assert (counted == 0).all()
            assert not (world.accounts_of(CITIZEN)["access"] & ON_DISPLAY).any()
