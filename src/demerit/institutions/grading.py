"""The annual grade: merits come to the province's personnel office, which has so many places at the top.

    merit = -a · points lost + w · loyalty + noise,    excellent: the highest merits, up to the quota [S110]

Points lost beyond a bar make an official basically competent or incompetent, whatever the merit; whoever is
under a sanction cannot be excellent.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import GRADED, GRADING_STEP, MERIT
from demerit.catalogue.pointers import Desk, GradingOffice, Message, Official, Rules
from demerit.catalogue.relations import PERSONNEL_OFFICE, SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SUBJECT
from demerit.catalogue.serving import (
    BASIC,
    BINS,
    COMPETENT,
    EXCELLENT,
    INCOMPETENT,
    LOWEST_MERIT,
    MERIT_STEP,
)
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.engine.noise import gumbel
from demerit.institutions.discipline import is_held, lost_points, seen_loyalty


@kernel(i8(Official, Rules, i8, i8, i8))
def merit_bin(official: np.void, rules: np.void, good: int, bad: int, day: int) -> int:
    """Return the merit of an official among BINS; two draws give its noise, which is logistic."""
    merit = gumbel(good) - gumbel(bad)
    merit -= rules["merit_per_point"] * lost_points(official, rules, day) // 1000
    merit += (rules["loyalty_weight"] * seen_loyalty(official)) >> 16
    return clip((merit - LOWEST_MERIT) // MERIT_STEP, 0, BINS - 1)


@kernel(i8(Official, Rules, i8))
def best_grade(official: np.void, rules: np.void, day: int) -> int:
    """Return the best grade that the discipline register leaves open today."""
    lost = lost_points(official, rules, day)
    if lost >= rules["incompetent_points"]:
        return INCOMPETENT
    if lost >= rules["basic_points"]:
        return BASIC
    return COMPETENT if is_held(official, day) == 1 else EXCELLENT


@kernel(void(Official, Rules, Desk, i8, i8, i8))
def send_merit(official: np.void, rules: np.void, desk: np.void, good: int, bad: int, cause: int) -> None:
    """Send an official's merit, and the best grade that is open, to the personnel office."""
    n = desk["n"]
    merit, best = merit_bin(official, rules, good, bad, n[DAY]), best_grade(official, rules, n[DAY])
    send(desk, MERIT, SOMEBODY | PERSONNEL_OFFICE, 1, 0, best, merit, n[EPISODE], 0, cause, 0)


@kernel(void(GradingOffice, Desk, Message))
def take_merit(office: np.void, desk: np.void, message: np.void) -> None:
    """Take in a merit; the grade is decided tomorrow, when all are there."""
    n = desk["n"]
    if i64(office["day"]) != n[DAY]:
        office["day"] = n[DAY]
        office["evaluated"] = 0
        for place in range(BINS):
            office["merits"][place] = 0
    office["evaluated"] = i64(office["evaluated"]) + 1
    merit, best = i64(message["points"]), i64(message["label"])
    if best == EXCELLENT:
        office["merits"][merit] = i64(office["merits"][merit]) + 1
    send(
        desk, GRADING_STEP, n[SUBJECT], 1, 0, best, merit, 0, i64(message["about"]), i64(message["cause"]), 0
    )


@kernel(void(GradingOffice, Rules, Desk))
def share_out(office: np.void, rules: np.void, desk: np.void) -> None:
    """Find the lowest merit that is excellent, and how many places are left there."""
    left = i64(office["evaluated"]) * i64(rules["excellent_share"]) // 10_000
    bar = BINS
    while bar > 0 and left > 0:
        bar -= 1
        if i64(office["merits"][bar]) >= left:
            break
        left -= i64(office["merits"][bar])
    office["bar"] = bar
    office["left"] = left
    office["decided"] = desk["n"][DAY]


@kernel(void(GradingOffice, Rules, Desk, Message))
def decide_grade(office: np.void, rules: np.void, desk: np.void, message: np.void) -> None:
    """Give an official the grade of the year; at the bar places go in the order of the file."""
    if i64(office["decided"]) != desk["n"][DAY]:
        share_out(office, rules, desk)
    merit, grade = i64(message["points"]), i64(message["label"])
    if grade == EXCELLENT:
        bar, left = i64(office["bar"]), i64(office["left"])
        if merit < bar or (merit == bar and left == 0):
            grade = COMPETENT
        elif merit == bar:
            office["left"] = left - 1
    send(desk, GRADED, i64(message["about"]), 1, grade, 0, 0, 0, 0, i64(message["cause"]), 0)
