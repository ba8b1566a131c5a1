"""Investigations of officials, and what a relative is or does, which marks them.

An investigation opens with the chance of the signal, lasts a month to three, weighs on the official month by
month, stands against promotion and travel, and ends with a talk, a record or a dismissal [S121].
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DISCIPLINED, INQUIRY_CLOSED, INQUIRY_OPENED, RELATIVE_MARKED
from demerit.catalogue.letters import INQUIRY, JOB_ENDS
from demerit.catalogue.pointers import Desk, Message, Official, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.serving import CONDITION, DISMISSAL, RECORD_OUTCOME, TALK
from demerit.catalogue.words import BY_RECORD, INVESTIGATION
from demerit.engine.draws import below, draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.discipline import discipline
from demerit.institutions.exemption import is_filed
from demerit.mechanisms.strain import be_strained

_INQUIRY = int(Purpose.INQUIRY)
_RELATIVE = int(Purpose.RELATIVE)
_OPENED = flow("inquiries")
_DAYS = flow("inquiry_days")
_ENDED = flow("inquiry_talk") - TALK
_MARKED = flow("relatives_condition") - CONDITION
_POINTS = flow("relatives_points")
MONTH = 30
"""Days after which an investigation weighs once more."""


@kernel(void(State, Official, Rules, People, Desk, i8, i8, i8))
def consider_inquiry(
    state: np.void,
    official: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    cause: int,
    day: int,
) -> None:
    """Perhaps be investigated after having been found out; one investigation at a time."""
    n = desk["n"]
    if rules["inquiry_opens"][kind] == 0 or i64(official["inquiry_until"]) > day:
        return
    lanes = draw(n[SEED], _INQUIRY, n[SUBJECT], day, n[EPISODE])
    if lanes[0] >= rules["inquiry_opens"][kind]:
        return
    days = rules["inquiry_least"] + below(lanes[1], rules["inquiry_most"] - rules["inquiry_least"] + 1)
    entry = enter(desk, INQUIRY_OPENED, 0, -1, 0, 0, 1000 * days, 0, cause, 0)
    official["inquiry_until"] = min(day + days, 65534)
    count(desk, _OPENED, 1)
    count(desk, _DAYS, days)
    be_strained(state, people, desk, INVESTIGATION, entry, day)
    send(desk, INQUIRY, n[SUBJECT], min(MONTH, days), kind, 0, 0, day + days, 0, entry, 0)


@kernel(i8(Rules, i8))
def outcome_of(rules: np.void, lane: int) -> int:
    """Return how an investigation ends, by a 32-bit draw."""
    outcome = TALK
    while outcome < DISMISSAL and lane >= rules["inquiry_ends"][outcome]:
        outcome += 1
    return outcome


@kernel(void(State, Official, Rules, People, Desk, Message))
def go_on_with_inquiry(
    state: np.void, official: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Live through one more month of an investigation, or hear how it ends."""
    n, cause, end = desk["n"], i64(message["cause"]), i64(message["amount"])
    day, kind = n[DAY], i64(message["rule"])
    if day < end:
        be_strained(state, people, desk, INVESTIGATION, cause, day)
        send(desk, INQUIRY, n[SUBJECT], min(MONTH, end - day), kind, 0, 0, end, 0, cause, 0)
        return
    outcome = outcome_of(rules, draw(n[SEED], _INQUIRY, n[SUBJECT], day, n[EPISODE])[0])
    entry = enter(desk, INQUIRY_CLOSED, outcome, -1, 0, 0, 0, 0, cause, 0)
    count(desk, _ENDED + outcome, 1)
    if outcome == RECORD_OUTCOME:
        discipline(official, rules, desk, DISCIPLINED, kind, rules["inquiry_points"], 0, entry, day)
    elif outcome == DISMISSAL:
        official["out"] = 1
        send(desk, JOB_ENDS, n[SUBJECT], 1, BY_RECORD, 0, 0, 0, 0, entry, 0)


@kernel(void(Traits, Official, Rules, Desk, i8, i8))
def be_marked(
    traits: np.void, official: np.void, rules: np.void, desk: np.void, root: int, cause: int
) -> None:
    """Perhaps lose points for a relative: for what the relative is, or for a record of the relative's."""
    n = desk["n"]
    lane = draw(n[SEED], _RELATIVE, n[SUBJECT], n[DAY], n[EPISODE])[0]
    if lane >= rules["relative_seen"][root] or is_filed(rules, traits, desk) == 0:
        return
    points = rules["relative_points"][root]
    discipline(official, rules, desk, RELATIVE_MARKED, root, points, 0, cause, n[DAY])
    count(desk, _MARKED + root, 1)
    count(desk, _POINTS, -points)
