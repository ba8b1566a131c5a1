"""What firms, agencies and services do: keep a rule or break it for gain, evaluated three times as by people.

    U(break) = g + e - c H(h) - p (f + L),    P = 1 / (1 + exp(-U / tau_k))

An organisation's compliance c stands for conscience, its days are days of its own payroll, and L is what lost
points are worth to it (F40). Without rules that answer, nothing but compliance holds it back.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import (
    ACTED,
    BY_LAW,
    BY_SCORE,
    EXPECTED,
    ON_PRINCIPLE,
    OUT_OF_INABILITY,
    OUT_OF_NECESSITY,
    PER_KIND,
)
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Desk, People, Rules
from demerit.catalogue.words import BREACH, FAILURE, FREE, INABILITY, LAW, NECESSITY, PRINCIPLE, SCORE
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.mechanisms.choice import chance


@kernel(i8(People, i8, i8))
def payroll_fen_day(people: np.void, subject_kind: int, staff: int) -> int:
    """Return a day's payroll in fen: mean income times staff, at least one person."""
    return i64(people["mean_income"] * max(staff, people["staff"][subject_kind], 1))


@kernel(i8(Rules, People, i8, i8, i8))
def breach_cost(rules: np.void, people: np.void, kind: int, payroll: int, in_full: int) -> int:
    """Return p (f + L), what a breach is expected to cost, in days of payroll, Q16.

    What only an inspection can find counts with the chance of one before the horizon; of a service that fails
    people, what they may say of it counts too.
    """
    rated = rules["rated_cost"] if kind == FAILURE and in_full == 1 else 0
    if rules["conduct"][kind] == 0:
        return i64(rated)
    days = (rules["fine_fen"][kind] << 16) // payroll
    if in_full == 1:
        days += abs(rules["body_points"][kind]) * people["body_point_value"] // 1000
    seen = i64(rules["coverage"][kind]) >> 16
    if kind == BREACH:
        seen = (seen * people["inspected"]) >> 16
    return i64(((seen * days) >> 16) + rated)


@kernel(i8(Rules, Rules, People, Desk, i8, i8, i8, i8, i8))
def break_rule(
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    compliance: int,
    payroll: int,
    context: int,
    noise: int,
) -> int:
    """Decide whether an organisation breaks a rule, and count why.

    Args:
        rules: the regime in force; ``law`` its null regime.
        kind: situation kind.
        compliance: Q16.
        payroll: fen a day.
        context: TRUE, NECESSITY or INABILITY.
        noise: one 32-bit draw.

    Returns:
        FREE if it does, else the motive that held: PRINCIPLE, LAW or SCORE.
    """
    place = kind * PER_KIND
    if context == INABILITY:
        count(desk, place + ACTED, 1)
        count(desk, place + OUT_OF_INABILITY, 1)
        return FREE
    bare = i64(people["gain"][kind]) - ((compliance * i64(people["felt_harm"][kind])) >> 16)
    if context == NECESSITY:
        bare += i64(people["emergency"][kind])
    probability = chance(people, kind, bare - breach_cost(rules, people, kind, payroll, 1))
    count(desk, place + EXPECTED, probability >> 12)
    if noise < probability:
        count(desk, place + ACTED, 1)
        if context == NECESSITY:
            count(desk, place + OUT_OF_NECESSITY, 1)
        return FREE
    if noise >= chance(people, kind, bare):
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    if noise >= chance(people, kind, bare - breach_cost(law, people, kind, payroll, 0)):
        count(desk, place + BY_LAW, 1)
        return LAW
    count(desk, place + BY_SCORE, 1)
    return SCORE
