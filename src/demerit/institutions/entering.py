"""Entering: a record is booked in a register, sent on its ways and passed on along chains, all on its day."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import CHAINED, LAPSED
from demerit.catalogue.pointers import Accounts, Desk, Rules
from demerit.catalogue.relations import LINK
from demerit.catalogue.rules import CULPRIT, SUBJECT
from demerit.catalogue.words import SCORES, SUBJECT_SHIFT
from demerit.engine.fixed import share
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.case import case_by_chain
from demerit.institutions.exchange import share_record
from demerit.institutions.standing import book, left_of, standing


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8, i8, i8, i8))
def book_record(
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    system: int,
    points: int,
    since: int,
    rule: int,
    register: int,
    cause: int,
    day: int,
) -> int:
    """Book what is left today of a record's points, and arrange for them to lapse; return what was booked."""
    subject = desk["n"][SUBJECT]
    subject_kind = subject >> SUBJECT_SHIFT
    left = left_of(rules, subject_kind, system, points, since, day)
    if left == 0:
        return 0
    book(accounts, rules, subject_kind, system, left, day)
    expiry = rules["expiry"][subject_kind, system]
    if expiry > 0:
        send(desk, LAPSED, subject, since + expiry - day, rule, system, -left, 0, register, cause, 0)
    return left


@kernel(i8(Accounts, Rules, i8, i8, i8))
def chain_applies(accounts: np.void, rules: np.void, chain: int, system: int, day: int) -> int:
    """Tell whether a chain's condition holds for the subject whose record it would pass on.

    Args:
        system: kind of the subject times 16, plus the score system of the register.
    """
    if rules["chain_violations"][chain] > i64(accounts["violations"]):
        return 0
    below = rules["chain_below"][chain]
    if below < 0:
        return 1
    return 1 if standing(accounts, rules, system >> 4, system & 15, day) < below else 0


@kernel(void(Accounts, Rules, Desk, i8, i8, i8, i8, i8, i8))
def pass_on(
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    register: int,
    points: int,
    label: int,
    record: int,
    depth: int,
    day: int,
) -> None:
    """Pass a share of a record on along the chains of its register; less than a thousandth ends a chain."""
    n = desk["n"]
    subject_kind = n[SUBJECT] >> SUBJECT_SHIFT
    system = subject_kind * 16 + SCORES + rules["slot"][subject_kind, register]
    for place in range(rules["chains"][subject_kind, register]):
        chain = rules["chain_rule"][subject_kind, register, place]
        passed = share(points, rules["chain_share"][chain], 1000)
        if passed == 0 or depth >= rules["chain_depth"][chain]:
            continue
        if chain_applies(accounts, rules, chain, system, day) == 1:
            target = LINK + rules["chain_link"][chain]
            case = case_by_chain(desk, register, chain)
            send(desk, CHAINED, target, 1, chain, label, passed, case, n[CULPRIT], record, depth + 1)


@kernel(void(Accounts, Rules, Desk, i8, i8, i8, i8, i8, i8))
def enter_points(
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    register: int,
    points: int,
    label: int,
    record: int,
    depth: int,
    day: int,
) -> None:
    """Book a record in a register that is kept for the subject at the desk, share it and pass it on."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    slot = rules["slot"][subject_kind, register]
    if slot < 0 or points == 0:
        return
    book_record(accounts, rules, desk, SCORES + slot, points, day, 0, register, record, day)
    share_record(rules, desk, register, points, label, record, depth)
    if rules["chains"][subject_kind, register] > 0:
        pass_on(accounts, rules, desk, register, points, label, record, depth, day)
