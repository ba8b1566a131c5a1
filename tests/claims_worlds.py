"""Small worlds that the tests of the claims read: the same few people under the essay and under law."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from demerit.claims.reading import Reading
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY, Setting, settle
from demerit.society import Society

PEOPLE, YEARS, SEED = 2_000, 4, 1
SHUNNED = {
    "band.b.from": 945,
    "band.c.from": 930,
    "sanction.band-d.below": 930,
    "sanction.band-c.below": 945,
}
"""Patches of the essay under which many stand in the lowest band."""


@cache
def few(*patches: tuple[str, float], society: str = "city") -> Setting:
    """Return the people of a small city, whose file may be patched: addresses with their values."""
    file = Society.load(society)
    return settle(file.patched(dict(patches)) if patches else file, PEOPLE, SEED)


def read(setting: Setting, regime: Regime, start: date = FIRST_DAY, days: int = YEARS * 365) -> Reading:
    """Live a world to its end and return what the claims see of it."""
    world = setting.world(regime, start=start, days=days)
    recorder = Recorder(start, days)
    world.run(days, each_day=recorder)
    rows = world.take_rows()
    return Reading(setting, regime, world, recorder, rows[np.argsort(rows["id"])], start, days)


@cache
def pair() -> tuple[Reading, Reading]:
    """Return the essay's world and that of ordinary law."""
    return read(few(), Regime.load("essay")), read(few(), Regime.load("ordinary-law"))


@cache
def shunned() -> Reading:
    """Return a world in which many stand in the lowest band."""
    return read(few(), Regime.load("essay").patched(SHUNNED))
