"""The discipline register of officials: points that fade, sanctions by degree, and what a unit knows of them.

It is kept for officials alone, beside the registers of the regime, and nothing of it reaches the composite.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.pointers import Desk, Official, Rules
from demerit.catalogue.serving import DEGREES
from demerit.engine.fixed import approach
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel

_POINTS = flow("service_points")
_DEGREES = len(DEGREES)
_LAST_DAY = 65534
_MOST = 1_000_000_000


@kernel(i8(Official, Rules, i8))
def lost_points(official: np.void, rules: np.void, day: int) -> int:
    """Return the discipline points lost, thousandths, as they stand today; writes nothing."""
    elapsed = day - i64(official["points_day"])
    return -approach(i64(official["points"]), 0, elapsed, rules["discipline_half_life"])


@kernel(i8(Rules, i8))
def held_days(rules: np.void, lost: int) -> int:
    """Return how long the sanction of a record of so many thousandths lasts, days; 0 = there is none."""
    days = 0
    for degree in range(_DEGREES):
        if lost >= rules["degree_points"][degree] > 0:
            days = i64(rules["degree_days"][degree])
    return days


@kernel(i8(Official, Rules, Desk, i8, i8, i8, i8, i8, i8))
def discipline(
    official: np.void,
    rules: np.void,
    desk: np.void,
    what: int,
    rule: int,
    points: int,
    fine_fen: int,
    cause: int,
    day: int,
) -> int:
    """Enter a record in the discipline register and let its sanction begin; return the id of the entry.

    Args:
        what: kind of entry; rule: what it is about.
        points: thousandths, not above nought.
        fine_fen: what is paid besides.
    """
    entry = enter(desk, what, rule, -1, 0, 0, points, fine_fen, cause, 0)
    official["points"] = max(-lost_points(official, rules, day) + points, -_MOST)
    official["points_day"] = day
    until = min(day + held_days(rules, -points), _LAST_DAY)
    if -points >= rules["degree_points"][0] > 0 and until > i64(official["held_until"]):
        official["held_until"] = until
    count(desk, _POINTS, -points)
    return entry


@kernel(i8(Official, i8))
def is_held(official: np.void, day: int) -> int:
    """Tell whether a sanction or investigation stands against promotion and pay step [S113]."""
    return 1 if max(i64(official["held_until"]), i64(official["inquiry_until"])) > day else 0


@kernel(i8(Official))
def seen_loyalty(official: np.void) -> int:
    """Return the share of governed occasions since the last grade that the unit has nothing against, Q16."""
    occasions = i64(official["occasions"])
    if occasions == 0:
        return 65536
    return ((occasions - min(i64(official["found"]), occasions)) << 16) // occasions


@kernel(i8(Official))
def true_loyalty(official: np.void) -> int:
    """Return the share of governed occasions since the last grade complied with or asked for, thousandths."""
    occasions = i64(official["occasions"])
    return 1000 if occasions == 0 else i64(official["complied"]) * 1000 // occasions
