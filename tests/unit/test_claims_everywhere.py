"""What people do and bear, read where little happens, where rules change, and twice in the same world."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from tests.claims_worlds import few, pair, read

from demerit.claims import (
    of_accidents,
    of_bread,
    of_deeds,
    of_devices,
    of_harm,
    of_officials,
    of_power,
    of_reports,
    of_trust,
)
from demerit.claims.definitions import claims
from demerit.claims.reading import Figure, Reading
from demerit.claims.statistics import Statistic
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY

MODULES = (
    of_accidents,
    of_bread,
    of_deeds,
    of_devices,
    of_harm,
    of_officials,
    of_power,
    of_reports,
    of_trust,
)
STATISTICS: dict[str, Statistic] = {key: one for module in MODULES for key, one in module.STATISTICS.items()}


@pytest.fixture(scope="module")
def again() -> Reading:
    """Return the essay's world, lived a second time."""
    return read(few(), Regime.load("essay"))


def removed() -> Reading:
    """Live under the essay for two years and under ordinary law for one."""
    essay, law, half, days = Regime.load("essay"), Regime.load("ordinary-law"), 730, 1095
    setting = few()
    world = setting.world(law, days=days, past=[(essay, half)])
    recorder = Recorder(FIRST_DAY, days)
    world.run(days, each_day=recorder)
    rows = world.take_rows()
    return Reading(setting, law, world, recorder, rows[np.argsort(rows["id"])], FIRST_DAY, days)


def plain(found: Any) -> str:
    """Return a figure or what is kept as text, in which NaN equals NaN."""
    return json.dumps(found, allow_nan=True)


def test_no_two_themes_count_the_same_part() -> None:
    assert len(STATISTICS) == sum(len(module.STATISTICS) for module in MODULES)
    parts = {f"{claim.id}.{number + 1}" for claim in claims() for number in range(len(claim.parts))}
    assert set(STATISTICS) <= parts


@pytest.mark.parametrize("regime", ["empty", "documented", "defaulter-list"])
@pytest.mark.parametrize("days", [20, 400])
def test_every_regime_can_be_read_however_short_the_run(regime: str, days: int) -> None:
    found = read(few(), Regime.load(regime), days=days)
    for key, statistic in STATISTICS.items():
        kept = statistic.read(found)
        assert plain(kept), key
        if statistic.against is not None:
            assert isinstance(statistic.against(kept, kept), Figure), key  # type: ignore[arg-type]


def test_rules_may_be_removed_half_way() -> None:
    found = removed()
    for key, statistic in STATISTICS.items():
        assert plain(statistic.read(found)), key
    late = STATISTICS["C3.1"].read(found)
    assert late.value == 0  # nobody does good for points that are gone


@pytest.mark.parametrize("key", STATISTICS)
def test_equal_regimes_give_equal_figures(key: str, again: Reading) -> None:
    here, there = STATISTICS[key].read(pair()[0]), STATISTICS[key].read(again)
    assert plain(here) == plain(there)
    against = STATISTICS[key].against
    if against is not None:
        value, _ = against(here, there)  # type: ignore[arg-type]
        assert value == 0 or np.isnan(value)
