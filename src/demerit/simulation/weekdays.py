"""The entries of a week: how a situation is written down until its day, and the order of the days."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, u4, void

MOST = 31
"""Most situations of one person in one week."""
KIND_SHIFT, WEEKDAY_SHIFT, EPISODE_SHIFT = 16, 24, 27
"""Where kind, weekday and number among the person's situations of the week lie in an entry."""


@kernel(void(array(u4), i8, i8, array(u4), array(i8, 2), i8))
def sort_by_weekday(
    entries: np.ndarray[Any, Any],
    first: int,
    total: int,
    spare: np.ndarray[Any, Any],
    day_first: np.ndarray[Any, Any],
    number: int,
) -> None:
    """Put a block's situations in the order of their days, those of a day in the order they had.

    Args:
        spare: room for as many situations.
        day_first: filled with the place of each weekday's first situation, and the end, of this block.
    """
    days = day_first[number]
    for day in range(8):
        days[day] = 0
    for place in range(first, first + total):
        entry = i64(entries[place])
        spare[place - first] = entry
        days[((entry >> WEEKDAY_SHIFT) & 7) + 1] += 1
    days[0] = first
    for day in range(7):
        days[day + 1] += days[day]
    for place in range(total):
        entry = i64(spare[place])
        day = (entry >> WEEKDAY_SHIFT) & 7
        entries[days[day]] = entry
        days[day] += 1
    for day in range(7, 0, -1):
        days[day] = days[day - 1]
    days[0] = first
