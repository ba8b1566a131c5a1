"""Arriving: what a copy of a record, or its withdrawal, does where it comes out."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import ARRIVAL, LAPSE, RECALL, SCORE_LAPSE, SHARED_IN
from demerit.catalogue.pointers import Accounts, Desk, Message, Rules
from demerit.catalogue.rules import PLATFORM_NODE, SUBJECT
from demerit.catalogue.words import CITIZEN, FABRICATED, MISTAKEN, SCORES, SUBJECT_SHIFT
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.case import open_case
from demerit.institutions.entering import book_record, enter_points
from demerit.institutions.standing import book

_ARRIVALS = flow("arrivals")
_LAPSES = flow("lapses")
_RECALLS = flow("recalls")
_POINTS_OWN = flow("points_own")
_POINTS_OTHER = flow("points_other")
_DAY_SHIFT = 32 + SEQUENCE_BITS


@kernel(i8(Rules, i8))
def is_principal(rules: np.void, transfer: int) -> int:
    """Tell whether a transfer leads to the platform whose score of citizens people speak of."""
    return 1 if rules["score_slot"][CITIZEN, rules["transfer_to"][transfer] - PLATFORM_NODE] == 0 else 0


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def arrive(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Let a copy move the platform's score; return the ledger id of the arrival.

    Decay and expiry count from the day of the record, which its id holds, and not from the day of arrival.
    """
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    transfer = i64(message["rule"])
    register = i64(message["about"])
    label = i64(message["label"])
    cause = i64(message["cause"])
    points = i64(message["points"])
    system = rules["score_slot"][subject_kind, rules["transfer_to"][transfer] - PLATFORM_NODE]
    since = cause >> _DAY_SHIFT
    change = book_record(accounts, rules, desk, system, points, since, transfer, register, cause, day)
    count(desk, _ARRIVALS, 1)
    if change < 0 and subject_kind == CITIZEN and system == 0:
        no_act = label in (MISTAKEN, FABRICATED) or i64(message["amount"]) == 1
        count(desk, _POINTS_OTHER if no_act else _POINTS_OWN, -change)
    return enter(desk, ARRIVAL, transfer, register, label, 0, change, 0, cause, i64(message["depth"]))


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def be_shared(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Enter another register's record in a register it is shared with, and send it on from there."""
    points = i64(message["points"])
    label = i64(message["label"])
    depth = i64(message["depth"])
    transfer = i64(message["rule"])
    register = rules["transfer_to"][transfer]
    open_case(desk, i64(message["amount"]), i64(message["about"]))
    entry = enter(desk, SHARED_IN, transfer, register, label, 0, points, 0, i64(message["cause"]), depth)
    enter_points(accounts, rules, desk, register, points, label, entry, depth, day)
    return entry


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def be_recalled(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Take back what is left of a withdrawn record's copy at a platform; return the ledger id."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    transfer = i64(message["rule"])
    register = i64(message["about"])
    cause = i64(message["cause"])
    points = -i64(message["points"])
    since = i64(message["amount"])
    system = rules["score_slot"][subject_kind, rules["transfer_to"][transfer] - PLATFORM_NODE]
    change = book_record(accounts, rules, desk, system, points, since, transfer, register, cause, day)
    count(desk, _RECALLS, 1)
    return enter(desk, RECALL, transfer, register, i64(message["label"]), 0, change, 0, cause, 0)


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def lapse(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Let points that have reached their expiry go, to the thousandth; return the ledger id."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    system = i64(message["label"])
    points = i64(message["points"])
    book(accounts, rules, subject_kind, system, points, day)
    count(desk, _LAPSES, 1)
    what = SCORE_LAPSE if system < SCORES else LAPSE
    register, cause = i64(message["about"]), i64(message["cause"])
    return enter(desk, what, i64(message["rule"]), register, 0, 0, points, 0, cause, 0)
