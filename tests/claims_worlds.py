"""Small worlds that the tests of the claims read: the same few people under the essay's regime and under law."""

from __future__ import annotations

from functools import cache

import numpy as np

from demerit.claims.reading import Reading
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY, Setting, settle
from demerit.society import Society

PEOPLE, YEARS, SEED = 2_000, 4, 1


@cache
def few(**patches: float) -> Setting:
    """Return the people of a small city, whose file may be patched: `address__with__points = value`."""
    society = Society.load("city")
    if patches:
        society = society.patched({at.replace("__", "."): value for at, value in patches.items()})
    return settle(society, PEOPLE, SEED)


def read(setting: Setting, regime: Regime, days: int = YEARS * 365) -> Reading:
    """Live a world to its end and return what the claims see of it."""
    world = setting.world(regime, days=days)
    recorder = Recorder(FIRST_DAY, days)
    world.run(days, each_day=recorder)
    rows = world.take_rows()
    return Reading(setting, regime, world, recorder, rows[np.argsort(rows["id"])], FIRST_DAY, days)


@cache
def pair() -> tuple[Reading, Reading]:
    """Return the essay's world and that of ordinary law."""
    return read(few(), Regime.load("essay")), read(few(), Regime.load("ordinary-law"))
