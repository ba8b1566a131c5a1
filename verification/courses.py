"""Courses in place of points for a first speeding offence, taken out of the ledger of a world unmoved.

Where nobody responds the offences of a driver do not depend on the points, so what the points would have
been can be worked out afterwards, driver by driver: who gets a course, who is banned, whose slate is clean.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from verification.drivers import Records

NOT_YET = -(10**6)
"""A day before all others."""
BAN_DAYS, LIMIT = 182, 12


def _uniform(keys: np.ndarray[Any, Any], stream: int) -> np.ndarray[Any, Any]:
    """Return a number in [0, 1) for every id, the same in every run: the finalizer of SplitMix64."""
    mixed = keys.astype(np.uint64) + np.uint64(stream * 0x9E3779B97F4A7C15 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53


def with_courses(records: Records, share: float, window: int, counts: int, hardship: float) -> Records:
    """Return the endorsements that are left when first speeding offences may end in a course.

    Args:
        records: endorsements of a world in which nobody responds and nobody is banned.
        share: P(a course) for a speeding offence of a driver without a course in the window.
        window: days for which one course rules out another.
        counts: days for which points count towards a ban.
        hardship: P(who reaches the limit drives on).
    """
    course, plea = _uniform(records.key, 1) < share, _uniform(records.key, 2) < hardship
    kept = np.zeros(len(records.day), bool)
    back: list[tuple[int, int]] = []
    driver, last_course, returns, held = -1, NOT_YET, NOT_YET, []
    for place, (who, day, points) in enumerate(
        zip(records.driver.tolist(), records.day.tolist(), records.points.tolist(), strict=True)
    ):
        if who != driver:
            driver, last_course, returns, held = who, NOT_YET, NOT_YET, []
        if day < returns:
            continue
        if points == 3 and course[place] and day - last_course >= window:
            last_course = day
            continue
        kept[place] = True
        held = [(then, worth) for then, worth in held if day - then < counts] + [(day, points)]
        if sum(worth for _, worth in held) >= LIMIT and not plea[place]:
            returns, held = day + BAN_DAYS, []
            back.append((who, returns))
    returned = np.array(back, np.int64).reshape(-1, 2)
    return replace(
        records,
        driver=records.driver[kept],
        day=records.day[kept],
        points=records.points[kept],
        key=records.key[kept],
        returned_driver=returned[:, 0],
        returned_day=returned[:, 1],
    )
