"""X6: a rule refitted to what it has itself brought about approaches its fixed point at a known rate."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from demerit.catalogue.words import CELLS, CIRCLES
from demerit.files import vocabulary
from demerit.measures.indicators import BY_NAME
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.regime.refit import refitted
from demerit.regime.types import RegimeFile
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society
from demerit.study.refit import refit

HEAD = """[regime]
id = "refits"
title = "A regime that refits itself"
basis = "hypothetical"
schema_version = 1
extends = "essay"

[[conduct]]
id = "road.crosswalk"
fine = { value = 10, unit = "CNY", range = [0, 1000], basis = "assumed" }

[refit]
every_months = 12
target = "cost.fines"
parameter = "conduct.road.crosswalk.fine"
"""


def fine(rules: RegimeFile) -> float:
    """Return the parameter that is refitted."""
    return float(next(one for one in rules.conducts if one.id == "road.crosswalk").fine)


@pytest.fixture
def rules(tmp_path: Path) -> RegimeFile:
    path = tmp_path / "refits.toml"
    path.write_text(HEAD)
    return Regime.load(path).data


def test_the_gap_to_the_fixed_point_shrinks_by_nine_tenths_a_period(rules: RegimeFile) -> None:
    # D(θ) = N(10 + .9 θ, .1²): what people do answers the rule that was fitted to what they did
    random, people, gaps = np.random.default_rng(6), 100_000, []
    for _ in range(8):
        answers = random.normal(10 + 0.9 * fine(rules), 0.1, people)
        rules, value = refitted(rules, float(answers.mean()))
        assert value == fine(rules)
        gaps.append(100 - value)
    # the mean of 100,000 answers has a standard error of .0003; errors of earlier periods die out
    assert gaps == pytest.approx([90 * 0.9 ** (n + 1) for n in range(8)], abs=0.002)
    assert gaps[:4] == pytest.approx([81, 72.9, 65.61, 59.05], abs=0.01)


def test_a_refit_never_leaves_the_range_of_its_parameter(rules: RegimeFile) -> None:
    assert refitted(rules, 1e9)[1] == 1000
    assert refitted(rules, -5)[1] == 0
    assert refitted(rules, float("nan")) == (rules, 10)


def test_what_can_be_refitted_to_is_measured(rules: RegimeFile) -> None:
    assert set(vocabulary.OBSERVABLES) - set(BY_NAME) == {"edge_of_the_best"}


PERIODS, YEAR, LEAP_DAYS = 5, 365, 1
FIXED = """[regime]
id = "fines-alone"
title = "One fine, and an authority that sees everything"
basis = "hypothetical"
schema_version = 1
null = "empty"

[[authority]]
id = "transport"
title = "The traffic police"
level = "city"

[[conduct]]
id = "road.crosswalk"
answers = "road.crosswalk"
authority = "transport"
coverage = { value = 1, unit = "probability/event", range = [0, 1], basis = "assumed" }
fine = { value = 10, unit = "CNY", range = [0, 1000], basis = "assumed" }
"""
REFITTED = """
[refit]
every_months = 12
target = "cost.fines"
parameter = "conduct.road.crosswalk.fine"
offset = { value = 10, unit = "1", range = [0, 100], basis = "assumed" }
"""


@pytest.fixture(scope="module")
def helpless() -> Setting:
    """Drivers who meet one thing only, and cannot help breaking the rule: what is fined is not chosen."""
    city = Society.load("city")
    patch = {f"situation.{one.id}.rate": 0 for one in city.data.situations}
    patch |= {f"trust.step_{circle}": 0 for circle in CIRCLES}
    crossing = {"rate": 30, "necessity": 0, "inability": 1}
    patch |= {f"situation.road.crosswalk.{key}": value for key, value in crossing.items()}
    patch |= {"life_course.enabled": False, "labour.applications": 0, "society.null": "empty"}
    return settle(city.patched(patch | {"eligibility.driver": 1}), 4_000, 6)


def years_of(setting: Setting, regime: Regime) -> tuple[World, list[float]]:
    """Live under a regime and return the world and the fines of every year, CNY an adult."""
    first, days = date(2015, 1, 1), PERIODS * YEAR + LEAP_DAYS
    world = setting.world(regime, start=first, days=days, keep=0)
    recorder = Recorder(first, days, setting.population.stratum_weight)
    found: list[float] = []

    def after_day(lived: World) -> None:
        recorder(lived)
        months = len(recorder.flows)
        if months == 12 * (len(found) + 1):
            found.append(recorder.value(BY_NAME["cost.fines"], np.ones(CELLS, bool), last=12))
        refit(lived, recorder)

    world.run(days, each_day=after_day)
    return world, found


def test_a_regime_that_lives_by_its_own_fines_comes_nearer_by_nine_tenths_a_year(
    helpless: Setting, tmp_path: Path
) -> None:
    # the same drivers break the rule on the same days whatever it costs, so fines are records times the fine:
    # a slope of .9 over the records a year makes D of a fine 10 + .9 times it
    path = tmp_path / "fines.toml"
    path.write_text(FIXED)
    _, before = years_of(helpless, Regime.load(path))
    slope = 0.9 / (float(np.mean(before)) / 10)
    slope_line = f'slope = {{ value = {slope:.12g}, unit = "1", range = [0, 1], basis = "assumed" }}\n'
    path.write_text(FIXED + REFITTED + slope_line)
    world, _ = years_of(helpless, Regime.load(path))
    gaps = [100 - value for _, value in world.fits]
    assert len(gaps) == PERIODS
    # exactly what the years before it have brought, and in the mean of years 81, 72.9, 65.61, 59.05, …
    expected = 90.0
    for found, year in zip(gaps, before, strict=True):
        expected = 100 - (10 + 0.9 * (100 - expected) * year / float(np.mean(before)))
        assert found == pytest.approx(expected, abs=0.02)
    records = float(np.mean(before)) / 10 * helpless.population.count
    error = 4 * 90 / math.sqrt(records)
    assert gaps == pytest.approx([90 * 0.9 ** (n + 1) for n in range(PERIODS)], abs=error)
