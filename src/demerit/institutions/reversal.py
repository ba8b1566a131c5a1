"""Reversal: what the appellant hears, and what comes back with a reversed record."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.appealing import GIVEN_UP, REVERSED_BY_DEFAULT, UPHELD
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import APPEAL_LEFT, RECORD_REVERSED, RECORD_UPHELD
from demerit.catalogue.packed import FIRST_LIST
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.rules import DAY, SUBJECT
from demerit.catalogue.words import SUBJECT_SHIFT
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import ground_of, rule_of, stamp_day
from demerit.institutions.licence import take_back_points
from demerit.institutions.lists import leave_list, listing_lane
from demerit.institutions.purse import pay, thousandth_days
from demerit.institutions.withdrawing import withdraw

_UPHELD = flow("upheld_wrongful")
_REVERSED = flow("reversed_wrongful")
_OVERDUE = flow("reversed_overdue")
_LEFT = flow("appeals_left")
_DAYS = flow("appeal_days")
_OPEN = flow("appeals_open")
_REFUNDS = flow("refunds_fen")
_BODY_UPHELD = flow("body_upheld")
_BODY_REVERSED = flow("body_reversed")
_BODY_REFUNDS = flow("body_refunds_fen")
_PENALTY = flow("penalty_days")
_SEQUENCES = (1 << SEQUENCE_BITS) - 1
_DAY_SHIFT = 32 + SEQUENCE_BITS


@kernel(void(State, Traits, People, Desk, i8, i8))
def refund(state: np.void, traits: np.void, people: np.void, desk: np.void, fen: int, day: int) -> None:
    """Pay a fine back."""
    count(desk, _REFUNDS, fen)
    count(desk, _PENALTY, -thousandth_days(traits, fen))
    pay(state, traits, people, desk, day, -fen)


@kernel(i8(Desk, i8))
def record_of(desk: np.void, case: int) -> int:
    """Return the id of a root record of the subject at the desk from its case."""
    return i64((stamp_day(case) << _DAY_SHIFT) | (desk["n"][SUBJECT] << SEQUENCE_BITS) | (case & _SEQUENCES))


@kernel(void(Accounts, Rules, Desk, i8, i8, i8))
def leave_lists(accounts: np.void, rules: np.void, desk: np.void, kind: int, record: int, cause: int) -> None:
    """End the stay on every list that a record of the subject at the desk has led to."""
    for slot in range(rules["lists"][desk["n"][SUBJECT] >> SUBJECT_SHIFT]):
        chance = rules["listing"][kind, slot]
        if i64(accounts["listed_until"][FIRST_LIST - slot]) > 0 and listing_lane(desk, record, slot) < chance:
            leave_list(accounts, rules, desk, slot, cause)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8))
def undo(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    label: int,
    case: int,
    cause: int,
) -> int:
    """Undo a record of the citizen at the desk; return the id of the reversal."""
    day = desk["n"][DAY]
    record = record_of(desk, case)
    fine = rules["fine_fen"][kind]
    entry = enter(desk, RECORD_REVERSED, rule_of(rules, kind), -1, label, 0, 0, fine, cause, 0)
    if fine != 0:
        refund(state, traits, people, desk, fine, day)
    take_back_points(state, traits, accounts, rules, kind, stamp_day(case), day)
    leave_lists(accounts, rules, desk, kind, record, entry)
    if rules["conduct"][kind] != 0:
        withdraw(accounts, rules, desk, kind, record, label, entry, day)
    return entry


@kernel(i8(Rules, Desk, Message))
def end_appeal(rules: np.void, desk: np.void, message: np.void) -> int:
    """Enter what became of an appeal, unless its record is reversed; return the outcome."""
    outcome, label, cause = i64(message["depth"]), i64(message["label"]), i64(message["cause"])
    rule, ground = rule_of(rules, i64(message["rule"])), ground_of(label)
    count(desk, _OPEN, -1)
    count(desk, _DAYS, desk["n"][DAY] - (cause >> _DAY_SHIFT))
    if outcome == UPHELD:
        count(desk, _UPHELD + ground, 1)
        enter(desk, RECORD_UPHELD, rule, -1, label, 0, 0, 0, cause, 0)
    elif outcome == GIVEN_UP:
        count(desk, _LEFT, 1)
        enter(desk, APPEAL_LEFT, rule, -1, label, 0, 0, 0, cause, 0)
    else:
        count(desk, _REVERSED + ground, 1)
        if outcome == REVERSED_BY_DEFAULT:
            count(desk, _OVERDUE, 1)
    return outcome


@kernel(i8(Accounts, Rules, Desk, Message))
def hear_verdict_on_body(accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> int:
    """Hear, as an organisation, what became of an appeal; return an id to reckon by, or 0."""
    outcome = end_appeal(rules, desk, message)
    if outcome in (UPHELD, GIVEN_UP):
        count(desk, _BODY_UPHELD, 1 if outcome == UPHELD else 0)
        return 0
    kind, label, case = i64(message["rule"]), i64(message["label"]), i64(message["amount"])
    record, fine = record_of(desk, case), rules["fine_fen"][kind]
    cause, rule = i64(message["cause"]), rule_of(rules, kind)
    entry = enter(desk, RECORD_REVERSED, rule, -1, label, 0, 0, fine, cause, 0)
    count(desk, _BODY_REVERSED, 1)
    count(desk, _BODY_REFUNDS, fine)
    leave_lists(accounts, rules, desk, kind, record, entry)
    if rules["conduct"][kind] != 0:
        withdraw(accounts, rules, desk, kind, record, label, entry, desk["n"][DAY])
    return entry


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def hear_verdict(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Hear what became of an appeal; return an id to reckon by, or 0."""
    if end_appeal(rules, desk, message) in (UPHELD, GIVEN_UP):
        return 0
    kind, label, case = i64(message["rule"]), i64(message["label"]), i64(message["amount"])
    cause = i64(message["cause"])
    return undo(state, traits, accounts, rules, people, desk, kind, label, case, cause)
