"""The points licence: cycles or expiry, a limit, a withheld licence, study, and fines that hold points over.

Points clear with the cycle only if no fine is unpaid (S88); study restores some of them (S86); at the limit
the licence is withheld until the course is done (S85). Where points lapse one by one instead, as in a
totting-up regime, a ban leaves a clean slate, and some drivers plead hardship and drive on.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import LICENCE_RETURNED, LICENCE_WITHHELD, POINTS_RESTORED
from demerit.catalogue.letters import LICENCE_BACK, LICENCE_LAPSED, STUDIED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.words import ELIGIBILITY, EMPLOYED, OWN_ACCOUNT
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.endangered import endanger_by_licence
from demerit.institutions.purse import charge, days_to_fen

_DRIVER = ELIGIBILITY.index("driver")
_BY_TRADE = ELIGIBILITY.index("truck_driver")
_COURSE = int(Purpose.COURSE)
_HARDSHIP = int(Purpose.HARDSHIP)
_WITHHELD = flow("licences_withheld")
_STUDY = flow("study_fen")
_COURSES = flow("courses")
_STUDIED = flow("licence_points_studied")
_SPARED = flow("hardship")
_SEQUENCES = (1 << SEQUENCE_BITS) - 1


@kernel(i8(Rules, Traits, i8))
def cycle_of(rules: np.void, traits: np.void, day: int) -> int:
    """Return the number of the licence cycle a day falls in, counted from the driver's own anchor."""
    return i64((day + i64(traits["licence_anchor"])) // rules["licence_cycle"])


@kernel(void(State, Traits, Accounts, Rules, i8))
def turn_cycle(state: np.void, traits: np.void, accounts: np.void, rules: np.void, day: int) -> None:
    """Clear the points when a new cycle has begun since they were last touched, unless a fine is unpaid.

    It must run before the number of unpaid fines changes, so that the number is that of the cycle's end.
    """
    if rules["licence_limit"] == 0 or rules["licence_expiry"] > 0:
        return
    cycle = cycle_of(rules, traits, day) & 255
    if cycle != i64(state["licence_cycle"]):
        state["licence_cycle"] = cycle
        accounts["restored"] = 0
        if rules["carries_over"] == 0 or i64(accounts["fines_due"]) == 0:
            state["licence_points"] = 0


@kernel(i8(State, i8))
def may_drive(state: np.void, day: int) -> int:
    """Tell whether the licence is in the driver's hands."""
    return 1 if i64(state["licence_until"]) <= day else 0


@kernel(i8(Rules, Desk, i8))
def pleads_hardship(rules: np.void, desk: np.void, cause: int) -> int:
    """Tell whether a driver who has reached the limit may drive on all the same."""
    n = desk["n"]
    if draw(n[SEED], _HARDSHIP, n[SUBJECT], n[DAY], cause & _SEQUENCES)[0] >= rules["hardship"]:
        return 0
    count(desk, _SPARED, 1)
    return 1


@kernel(void(Accounts, Rules, Desk, i8))
def consider_course(accounts: np.void, rules: np.void, desk: np.void, cause: int) -> None:
    """Let a driver with points below the limit decide on a course that restores some of them."""
    n = desk["n"]
    if rules["course"] == 0 or i64(accounts["restored"]) >= rules["course_most"]:
        return
    if draw(n[SEED], _COURSE, n[SUBJECT], n[DAY], cause & _SEQUENCES)[0] < rules["course"]:
        send(desk, STUDIED, n[SUBJECT], rules["course_days"], 0, 0, 0, 0, 0, cause, 0)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def add_licence_points(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    cause: int,
    day: int,
) -> None:
    """Add the points of a conduct; at the limit take the licence until the study is done.

    A record filed by mistake against somebody who does not drive finds no licence to enter.
    """
    added = rules["licence_points"][kind]
    limit = rules["licence_limit"]
    if added == 0 or limit == 0 or (i64(traits["flags"]) >> _DRIVER) & 1 == 0:
        return
    turn_cycle(state, traits, accounts, rules, day)
    subject = desk["n"][SUBJECT]
    points = min(i64(state["licence_points"]) + added, 255)
    state["licence_points"] = points
    if rules["licence_expiry"] > 0:
        epoch = i64(state["licence_cycle"])
        send(desk, LICENCE_LAPSED, subject, rules["licence_expiry"], 0, 0, added, 0, epoch, cause, 0)
    if points < limit:
        consider_course(accounts, rules, desk, cause)
    if points < limit or may_drive(state, day) == 0 or pleads_hardship(rules, desk, cause) == 1:
        return
    days = min(rules["study_days"] * (points // limit), rules["study_most"])
    cost = days_to_fen(traits, rules["study_cost"])
    charge(state, traits, people, desk, day, cost, _STUDY)
    state["licence_until"] = day + days
    rule = rules["conduct"][kind] - 1
    taken = enter(desk, LICENCE_WITHHELD, rule, -1, 0, 0, 0, cost, cause, 0)
    count(desk, _WITHHELD, 1)
    send(desk, LICENCE_BACK, subject, days, rule, 0, 0, 0, 0, taken, 0)
    if i64(state["job"]) in (EMPLOYED, OWN_ACCOUNT):
        by_trade = (i64(traits["flags"]) >> _BY_TRADE) & 1
        endanger_by_licence(people, desk, by_trade, days, taken)


@kernel(void(State, Traits, Accounts, Rules, i8, i8, i8))
def take_back_points(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, kind: int, when: int, day: int
) -> None:
    """Take back the points of a record of day ``when`` that is reversed, if they still stand.

    Below the limit a withheld licence is given back at once; what the study has cost is gone. Points that
    lapse one by one are left to lapse, since a ban in between may have cleared them.
    """
    added = rules["licence_points"][kind]
    if added == 0 or rules["licence_limit"] == 0 or rules["licence_expiry"] > 0:
        return
    turn_cycle(state, traits, accounts, rules, day)
    if cycle_of(rules, traits, when) != cycle_of(rules, traits, day):
        return
    points = max(i64(state["licence_points"]) - added, 0)
    state["licence_points"] = points
    if may_drive(state, day) == 0 and points < rules["licence_limit"]:
        state["licence_until"] = day


@kernel(void(State, Rules, Desk, Message))
def return_licence(state: np.void, rules: np.void, desk: np.void, message: np.void) -> None:
    """Give the licence back after study, with the points cleared, unless a reversal gave it back before."""
    if i64(state["licence_until"]) != desk["n"][DAY]:
        return
    state["licence_points"] = 0
    if rules["licence_expiry"] > 0:
        state["licence_cycle"] = (i64(state["licence_cycle"]) + 1) & 255
    enter(desk, LICENCE_RETURNED, i64(message["rule"]), -1, 0, 0, 0, 0, i64(message["cause"]), 0)


@kernel(void(State, Message))
def lapse_licence_points(state: np.void, message: np.void) -> None:
    """Let licence points that have reached their expiry go, unless a ban has cleared them before."""
    if i64(state["licence_cycle"]) == i64(message["about"]):
        state["licence_points"] = max(i64(state["licence_points"]) - i64(message["points"]), 0)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message, i8))
def finish_course(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> None:
    """Restore licence points after a course: not at the limit, and only so many in a cycle (S86)."""
    turn_cycle(state, traits, accounts, rules, day)
    points = i64(state["licence_points"])
    if points >= rules["licence_limit"] or may_drive(state, day) == 0:
        return
    allowed = rules["course_most"] - i64(accounts["restored"])
    given = min(rules["course_points"], allowed, points)
    if given <= 0:
        return
    state["licence_points"] = points - given
    accounts["restored"] = i64(accounts["restored"]) + given
    cost = days_to_fen(traits, rules["course_cost"])
    charge(state, traits, people, desk, day, cost, _STUDY)
    count(desk, _COURSES, 1)
    count(desk, _STUDIED, given)
    enter(desk, POINTS_RESTORED, 0, -1, 0, 0, given * 1000, cost, i64(message["cause"]), 0)
