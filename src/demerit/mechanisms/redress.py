"""Redress: whether somebody who knows what a record is worth appeals against it, in time.

    people:         P(appeal) = P(appeal | ground) (1/2 + wealth rank) trust / t0
    organisations:  U(appeal) = P(reversed) (f + L) - k,  in days of payroll

An organisation gets back the fine f and the points L if it is right, and pays k in any case (F40).
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, send
from demerit.catalogue.letters import APPEAL_READY
from demerit.catalogue.pointers import Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.words import INSTITUTIONS
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import appeal_chance, ground_of, hoped_reversal, stamp_day
from demerit.institutions.case import case_of
from demerit.institutions.clocks import days_until
from demerit.mechanisms.choice import chance_without_gain
from demerit.mechanisms.learning import trust

_APPEAL = int(Purpose.APPEAL)
_PREPARATION = int(Purpose.PREPARATION)
_BODY_APPEAL = int(Purpose.BODY_APPEAL)
_LATE = flow("appeals_late")
_BODIES = flow("body_appeals")
_FOR_SCORE = flow("body_appeals_for_score")
_SEQUENCES = (1 << SEQUENCE_BITS) - 1


@kernel(void(State, Traits, Rules, People, Desk, i8, i8, i8, i8))
def consider_appeal(
    state: np.void,
    traits: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    label: int,
    root: int,
    day: int,
) -> None:
    """Appeal or not against a record of one's own: after the notice, when ready, within the window."""
    if rules["appeals"] == 0:
        return
    n = desk["n"]
    sequence = root & _SEQUENCES
    lanes = draw(n[SEED], _APPEAL, n[SUBJECT], n[DAY], sequence)
    ratio = (trust(state, people, INSTITUTIONS, day) << 16) // people["trust_start"][INSTITUTIONS]
    if lanes[0] >= appeal_chance(rules, traits, ground_of(label), ratio):
        return
    ready = days_until(n[SEED], _PREPARATION, n[SUBJECT], n[DAY], sequence, rules["prepared"])
    delay = rules["notice_days"] + ready
    if delay > rules["window_days"]:
        count(desk, _LATE, 1)
        return
    send(desk, APPEAL_READY, n[SUBJECT], delay, kind, label, 0, case_of(root), 0, root, 0)


@kernel(i8(Rules, People, i8, i8, i8, i8))
def body_appeal_chance(
    rules: np.void, people: np.void, kind: int, label: int, payroll: int, in_full: int
) -> int:
    """Return the chance (Q32) that an organisation appeals; ``in_full`` = 0 leaves points out."""
    stake = (rules["fine_fen"][kind] << 16) // payroll
    if in_full == 1:
        stake += abs(rules["body_points"][kind]) * people["body_point_value"] // 1000
    worth = ((hoped_reversal(rules, label) >> 16) * stake) >> 16
    return chance_without_gain(people, i64(worth - rules["filing_cost"]))


@kernel(void(Rules, People, Desk, Message, i8))
def consider_body_appeal(
    rules: np.void, people: np.void, desk: np.void, message: np.void, payroll: int
) -> None:
    """Appeal or not, as the organisation at the desk that has learnt of a record about it.

    Args:
        rules: compiled regime.
        people: compiled society.
        desk: the organisation's.
        message: the notice.
        payroll: fen a day.
    """
    n = desk["n"]
    kind, label, case = i64(message["rule"]), i64(message["label"]), i64(message["amount"])
    since, sequence = stamp_day(case), case & _SEQUENCES
    lane = draw(n[SEED], _BODY_APPEAL, n[SUBJECT], since, sequence)[0]
    if rules["bodies_appeal"] == 0 or lane >= body_appeal_chance(rules, people, kind, label, payroll, 1):
        return
    ready = days_until(n[SEED], _PREPARATION, n[SUBJECT], since, sequence, rules["prepared"])
    if n[DAY] - since + ready > rules["window_days"]:
        count(desk, _LATE, 1)
        return
    count(desk, _BODIES, 1)
    count(desk, _FOR_SCORE, 1 if lane >= body_appeal_chance(rules, people, kind, label, payroll, 0) else 0)
    send(desk, APPEAL_READY, n[SUBJECT], ready, kind, label, 0, case, 0, i64(message["cause"]), 0)
