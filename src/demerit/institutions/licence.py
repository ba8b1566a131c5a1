"""The points licence: a yearly cycle, a limit, a withheld licence and its return after study (S80-S88)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import LICENCE_RETURNED, LICENCE_WITHHELD
from demerit.catalogue.letters import LICENCE_BACK
from demerit.catalogue.pointers import Desk, Message, People, Rules, State, Traits
from demerit.catalogue.rules import SUBJECT
from demerit.catalogue.words import ELIGIBILITY, EMPLOYED, OWN_ACCOUNT
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.endangered import endanger_by_licence
from demerit.institutions.purse import charge, days_to_fen

_DRIVER = ELIGIBILITY.index("driver")
_BY_TRADE = ELIGIBILITY.index("truck_driver")
_WITHHELD = flow("licences_withheld")
_STUDY = flow("study_fen")


@kernel(i8(Rules, Traits, i8))
def cycle_of(rules: np.void, traits: np.void, day: int) -> int:
    """Return the number of the licence cycle a day falls in, counted from the driver's own anchor."""
    return i64((day + i64(traits["licence_anchor"])) // rules["licence_cycle"])


@kernel(void(State, Traits, Rules, i8))
def turn_cycle(state: np.void, traits: np.void, rules: np.void, day: int) -> None:
    """Clear the points when a new cycle has begun since they were last touched."""
    if rules["licence_limit"] == 0:
        return
    cycle = cycle_of(rules, traits, day) & 255
    if cycle != i64(state["licence_cycle"]):
        state["licence_cycle"] = cycle
        state["licence_points"] = 0


@kernel(i8(State, i8))
def may_drive(state: np.void, day: int) -> int:
    """Tell whether the licence is in the driver's hands."""
    return 1 if i64(state["licence_until"]) <= day else 0


@kernel(void(State, Traits, Rules, People, Desk, i8, i8, i8))
def add_licence_points(
    state: np.void,
    traits: np.void,
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
    if added == 0 or rules["licence_limit"] == 0 or (i64(traits["flags"]) >> _DRIVER) & 1 == 0:
        return
    points = min(i64(state["licence_points"]) + added, 255)
    state["licence_points"] = points
    if points < rules["licence_limit"] or may_drive(state, day) == 0:
        return
    days = rules["study_days"]
    cost = days_to_fen(traits, rules["study_cost"])
    charge(state, traits, people, desk, day, cost, _STUDY)
    state["licence_until"] = day + days
    rule = rules["conduct"][kind] - 1
    taken = enter(desk, LICENCE_WITHHELD, rule, -1, 0, 0, 0, cost, cause, 0)
    count(desk, _WITHHELD, 1)
    send(desk, LICENCE_BACK, desk["n"][SUBJECT], days, rule, 0, 0, 0, 0, taken, 0)
    if i64(state["job"]) in (EMPLOYED, OWN_ACCOUNT):
        by_trade = (i64(traits["flags"]) >> _BY_TRADE) & 1
        endanger_by_licence(people, desk, by_trade, days, taken)


@kernel(void(State, Desk, Message))
def return_licence(state: np.void, desk: np.void, message: np.void) -> None:
    """Give the licence back after study, with the points cleared."""
    state["licence_points"] = 0
    enter(desk, LICENCE_RETURNED, i64(message["rule"]), -1, 0, 0, 0, 0, i64(message["cause"]), 0)
