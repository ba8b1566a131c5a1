"""The discipline register of officials: points that fade, sanctions by degree, and what a unit knows of them.

It is kept for officials alone, beside the registers of the regime, and nothing of it reaches the composite.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DISCIPLINE_REVERSED, DISCIPLINE_UPHELD, DISCIPLINED
from demerit.catalogue.letters import DISCIPLINE_REVIEWED
from demerit.catalogue.pointers import Desk, Message, Official, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.serving import DEGREES
from demerit.engine.draws import draw
from demerit.engine.fixed import approach
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void

_POINTS = flow("service_points")
_ASKED = flow("reviews_asked")
_GRANTED = flow("reviews_granted")
_REVIEW = int(Purpose.REVIEW)
_SEQUENCES = (1 << SEQUENCE_BITS) - 1
_DAY_SHIFT = 32 + SEQUENCE_BITS
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


@kernel(void(Rules, Desk, i8, i8, i8, i8))
def ask_for_review(rules: np.void, desk: np.void, rule: int, points: int, entry: int, day: int) -> None:
    """Ask for review of a disciplinary record, or not; the answer comes after its days (S114)."""
    n = desk["n"]
    if rules["review_asked"] == 0:
        return
    lanes = draw(n[SEED], _REVIEW, n[SUBJECT], day, entry & _SEQUENCES)
    if lanes[0] < rules["review_asked"]:
        granted = 1 if lanes[1] < rules["review_granted"] else 0
        count(desk, _ASKED, 1)
        days = rules["review_answered"]
        send(desk, DISCIPLINE_REVIEWED, n[SUBJECT], days, rule, granted, points, 0, 0, entry, 0)


@kernel(void(Official, Rules, Desk, Message))
def hear_of_review(official: np.void, rules: np.void, desk: np.void, message: np.void) -> None:
    """Hear what became of a request for review; what is left of the points is given back if it is granted."""
    day, rule, cause = desk["n"][DAY], i64(message["rule"]), i64(message["cause"])
    if i64(message["label"]) == 0:
        enter(desk, DISCIPLINE_UPHELD, rule, -1, 0, 0, 0, 0, cause, 0)
        return
    points, elapsed = i64(message["points"]), day - (cause >> _DAY_SHIFT)
    left = approach(points, 0, elapsed, rules["discipline_half_life"])
    official["points"] = min(-lost_points(official, rules, day) - left, 0)
    official["points_day"] = day
    if -points >= rules["degree_points"][0] > 0:
        official["held_until"] = min(i64(official["held_until"]), day)
    count(desk, _GRANTED, 1)
    enter(desk, DISCIPLINE_REVERSED, rule, -1, 0, 0, -left, 0, cause, 0)


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
    if what == DISCIPLINED:
        ask_for_review(rules, desk, rule, points, entry, day)
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
