"""Where a subject stands today: register points and scores after decay, read without writing."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Accounts, Rules
from demerit.engine.fixed import clip, half_lives, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel


@kernel(i8(i8, i8, i8))
def decayed(points: int, elapsed: int, half_life: int) -> int:
    """Return points after the elapsed days; a half-life of 0 means that they stay."""
    return times_q32(points, half_lives(elapsed, half_life))


@kernel(i8(Accounts, Rules, i8))
def composite(accounts: np.void, rules: np.void, day: int) -> int:
    """Return the composite score as thousandths from its base."""
    return decayed(
        i64(accounts["composite"]), day - i64(accounts["composite_day"]), rules["composite_half_life"]
    )


@kernel(i8(Accounts, Rules, i8, i8))
def register_points(accounts: np.void, rules: np.void, register: int, day: int) -> int:
    """Return the points in a register as thousandths from its base."""
    points = i64(accounts["points"][register])
    return decayed(points, day - i64(accounts["day"][register]), rules["half_life"][register])


@kernel(i8(i8, i8))
def whole(base: int, points: int) -> int:
    """Return the displayed score: base plus thousandths, rounded half away from zero, once."""
    size = (abs(points) + 500) // 1000
    return base + (size if points >= 0 else -size)


@kernel(i8(Rules, i8, i8))
def within(rules: np.void, system: int, points: int) -> int:
    """Hold points between the floor and the ceiling of a score system (0 composite, 1 + r register r)."""
    return clip(points, rules["floor"][system], rules["ceiling"][system])


@kernel(i8(Accounts, Rules, i8, i8))
def standing(accounts: np.void, rules: np.void, system: int, day: int) -> int:
    """Return the displayed score of a citizen in a score system (0 composite, 1 + r register r)."""
    if system == 0:
        points = composite(accounts, rules, day)
    else:
        points = register_points(accounts, rules, system - 1, day)
    return whole(rules["base"][system], points)


@kernel(i8(Rules, i8))
def band_of(rules: np.void, points: int) -> int:
    """Return the band of a composite score, 0 the highest, -1 without bands."""
    score = whole(rules["base"][0], points)
    for band in range(rules["bands"]):
        if score >= rules["band_from"][band]:
            return band
    return i64(rules["bands"]) - 1
