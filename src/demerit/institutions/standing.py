"""Where a subject stands today: sums of points after decay, and the scores they show. Reading writes nothing.

An account holds sums, never cut; a score is cut to its scale when it is read. So the order of entries does
not matter, and what is withdrawn or lapses takes away exactly what it brought.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import POINTS_LIMIT
from demerit.catalogue.pointers import Accounts, Rules
from demerit.catalogue.words import CITIZEN, SCORES
from demerit.engine.fixed import clip, half_lives, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void


@kernel(i8(i8, i8, i8))
def decayed(points: int, elapsed: int, half_life: int) -> int:
    """Return points after the elapsed days, toward zero; a half-life of 0 means that they stay."""
    if points == 0 or half_life == 0:
        return points
    return times_q32(points, half_lives(elapsed, half_life))


@kernel(i8(Rules, i8, i8))
def place_of(rules: np.void, subject_kind: int, system: int) -> int:
    """Return the place of a score system's sum in the accounts of a kind; -1 if it has none."""
    slots = rules["slots"][subject_kind]
    if system < SCORES:
        return i64(slots + system) if system < rules["scores"][subject_kind] else -1
    return i64(system - SCORES) if system - SCORES < slots else -1


@kernel(i8(Accounts, Rules, i8, i8, i8))
def total(accounts: np.void, rules: np.void, subject_kind: int, system: int, day: int) -> int:
    """Return the sum of points of a score system today, thousandths from its base."""
    elapsed = day - i64(accounts["day"])
    place = place_of(rules, subject_kind, system)
    if place < 0:
        return 0
    return decayed(i64(accounts["sums"][place]), elapsed, rules["half_life"][subject_kind, system])


@kernel(i8(Rules, i8, i8, i8))
def within(rules: np.void, subject_kind: int, system: int, points: int) -> int:
    """Cut points to the floor and the ceiling of a score system."""
    return clip(points, rules["floor"][subject_kind, system], rules["ceiling"][subject_kind, system])


@kernel(i8(Accounts, Rules, i8))
def composite(accounts: np.void, rules: np.void, day: int) -> int:
    """Return a citizen's composite score as thousandths from its base."""
    return within(rules, CITIZEN, 0, total(accounts, rules, CITIZEN, 0, day))


@kernel(i8(i8, i8))
def whole(base: int, points: int) -> int:
    """Return the displayed score: base plus thousandths, rounded half away from zero, once."""
    size = (abs(points) + 500) // 1000
    return base + (size if points >= 0 else -size)


@kernel(i8(Accounts, Rules, i8, i8, i8))
def standing(accounts: np.void, rules: np.void, subject_kind: int, system: int, day: int) -> int:
    """Return the displayed score of a subject in a score system of its kind."""
    points = within(rules, subject_kind, system, total(accounts, rules, subject_kind, system, day))
    return whole(rules["base"][subject_kind, system], points)


@kernel(void(Accounts, Rules, i8, i8))
def settle(accounts: np.void, rules: np.void, subject_kind: int, day: int) -> None:
    """Bring all points of an account to today; each sum drops what is less than a thousandth."""
    if i64(accounts["day"]) == day:
        return
    slots = rules["slots"][subject_kind]
    for slot in range(slots):
        accounts["sums"][slot] = total(accounts, rules, subject_kind, SCORES + slot, day)
    for system in range(rules["scores"][subject_kind]):
        accounts["sums"][slots + system] = total(accounts, rules, subject_kind, system, day)
    accounts["day"] = day


@kernel(void(Accounts, Rules, i8, i8, i8, i8))
def book(accounts: np.void, rules: np.void, subject_kind: int, system: int, points: int, day: int) -> None:
    """Add points (thousandths) to a score system today."""
    settle(accounts, rules, subject_kind, day)
    place = place_of(rules, subject_kind, system)
    if place >= 0:
        accounts["sums"][place] = clip(i64(accounts["sums"][place]) + points, -POINTS_LIMIT, POINTS_LIMIT)


@kernel(i8(Rules, i8))
def band_of(rules: np.void, points: int) -> int:
    """Return the band of a composite score, 0 the highest, -1 without bands."""
    score = whole(rules["base"][CITIZEN, 0], points)
    for band in range(rules["bands"]):
        if score >= rules["band_from"][band]:
            return band
    return i64(rules["bands"]) - 1


@kernel(i8(Rules, i8, i8, i8, i8, i8))
def left_of(rules: np.void, subject_kind: int, system: int, points: int, since: int, day: int) -> int:
    """Return what is left today of points that a record of an earlier day brought to a score system."""
    expiry = rules["expiry"][subject_kind, system]
    if expiry > 0:
        return points if day < since + expiry else 0
    return decayed(points, day - since, rules["half_life"][subject_kind, system])
