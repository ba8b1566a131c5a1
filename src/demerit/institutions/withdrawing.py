"""Withdrawing: a record is taken back with what is left of it, and so is all that followed from it.

The withdrawal goes the ways the record went, transfer by transfer and link by link, with delays and losses of
its own. Where it is lost, or where the copy stands under somebody else's name, a stale copy stays. Chains
that needed a condition are not undone: whether it held on the day is not kept.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import RECALL, STALE, WITHDRAWAL, WITHDRAWN_DERIVED
from demerit.catalogue.letters import RECALLED, UNCHAINED, UNSHARED
from demerit.catalogue.pointers import Accounts, Desk, Message, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import LINK
from demerit.catalogue.rules import DAY, PLATFORM_NODE, SUBJECT
from demerit.catalogue.words import CITIZEN, PLATFORMS_LIMIT, SCORES, SUBJECT_SHIFT
from demerit.engine.fixed import share
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.case import case_by_chain, case_by_transfer, case_of, open_case
from demerit.institutions.entering import book_record
from demerit.institutions.exchange import draw_way, fate_of, score_change
from demerit.institutions.standing import left_of

_RETRACTION = int(Purpose.RETRACTION)
_WITHDRAWALS = flow("withdrawals")
_RECALLS = flow("recalls")
_STALE = flow("stale")
_DAY_SHIFT = 32 + SEQUENCE_BITS


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8, i8))
def _follow_copy(
    rules: np.void,
    desk: np.void,
    transfer: int,
    back: int,
    register: int,
    points: int,
    since: int,
    cause: int,
) -> None:
    """Send a withdrawal after the copy that a transfer brought to a platform, or note that it stays."""
    n = desk["n"]
    subject_kind = n[SUBJECT] >> SUBJECT_SHIFT
    system = rules["score_slot"][subject_kind, rules["transfer_to"][transfer] - PLATFORM_NODE]
    if system < 0:
        return
    change = score_change(rules, subject_kind, system, register, points)
    if change == 0:
        return
    if back == 0:
        left = left_of(rules, subject_kind, system, change, since, n[DAY])
        enter(desk, STALE, transfer, register, 0, 0, left, 0, cause, 0)
        count(desk, _STALE, 1)
        return
    send(desk, RECALLED, n[SUBJECT], back - n[DAY], transfer, 0, change, since, register, cause, 0)


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8))
def _take_back(
    rules: np.void, desk: np.void, transfer: int, register: int, points: int, since: int, cause: int
) -> None:
    """Send a withdrawal along one transfer, if the record took it."""
    n = desk["n"]
    subject_kind = n[SUBJECT] >> SUBJECT_SHIFT
    start, goal = rules["transfer_from"][transfer], rules["transfer_to"][transfer]
    left, back, astray = since, n[DAY], 0
    if start >= PLATFORM_NODE:
        left = desk["copy_day"][start - PLATFORM_NODE]
        back = desk["recall_day"][start - PLATFORM_NODE]
        astray = desk["copy_astray"][start - PLATFORM_NODE]
        if left == 0:
            return
    fate = fate_of(desk, register, transfer)
    if fate[0] < rules["transfer_closed"][transfer]:
        return
    came = left + i64(rules["transfer_delay"][transfer, fate[1] >> 24])
    if subject_kind == CITIZEN and fate[2] < rules["transfer_misfiled"][transfer] and goal >= PLATFORM_NODE:
        astray = 1
    way = draw_way(desk, _RETRACTION, register, transfer)
    if astray == 1 or way[0] < rules["retraction_lost"][transfer]:
        back = 0
    if back > 0:
        back = max(back + i64(rules["retraction_delay"][transfer, way[1] >> 24]), came)
    if goal < PLATFORM_NODE:
        passed = share(points, rules["transfer_factor"][transfer], 1000)
        if astray == 0 and passed != 0 and back > 0:
            case = case_by_transfer(desk, register, transfer)
            send(desk, UNSHARED, n[SUBJECT], back - n[DAY], transfer, 0, passed, case, came, cause, 0)
        return
    platform = goal - PLATFORM_NODE
    if rules["deduplicates"][platform] == 0:
        _follow_copy(rules, desk, transfer, back, register, points, since, cause)
        if fate[3] < rules["transfer_doubled"][transfer]:
            twice = back + 1 if back > 0 else 0
            _follow_copy(rules, desk, transfer, twice, register, points, since, cause)
    if desk["copy_day"][platform] == 0 or came < desk["copy_day"][platform]:
        desk["copy_day"][platform] = came
        desk["copy_transfer"][platform] = transfer
        desk["copy_astray"][platform] = astray
        desk["recall_day"][platform] = back


@kernel(void(Rules, Desk, i8, i8, i8, i8))
def recall_copies(rules: np.void, desk: np.void, register: int, points: int, since: int, cause: int) -> None:
    """Send the withdrawal of a record after the copies it sent out on its day, each on the copy's own way.

    Args:
        since: day of the record in this register; the case on the desk is that of its root.
    """
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    for platform in range(PLATFORMS_LIMIT):
        desk["copy_day"][platform] = 0
        desk["copy_astray"][platform] = 0
        desk["recall_day"][platform] = 0
    for place in range(rules["reach"][subject_kind, register]):
        transfer = rules["reach_transfer"][subject_kind, register, place]
        _take_back(rules, desk, transfer, register, points, since, cause)
    for platform in range(PLATFORMS_LIMIT):
        if desk["copy_day"][platform] != 0 and rules["deduplicates"][platform] == 1:
            transfer, back = desk["copy_transfer"][platform], desk["recall_day"][platform]
            _follow_copy(rules, desk, transfer, back, register, points, since, cause)


@kernel(void(Accounts, Rules, Desk, i8, i8, i8, i8, i8, i8))
def withdraw_points(
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    register: int,
    points: int,
    since: int,
    cause: int,
    depth: int,
    day: int,
) -> None:
    """Take what is left of a record out of a register, and send the withdrawal wherever the record went."""
    n = desk["n"]
    subject_kind = n[SUBJECT] >> SUBJECT_SHIFT
    slot = rules["slot"][subject_kind, register]
    if slot < 0:
        return
    book_record(accounts, rules, desk, SCORES + slot, -points, since, 0, register, cause, day)
    recall_copies(rules, desk, register, points, since, cause)
    for place in range(rules["chains"][subject_kind, register]):
        chain = rules["chain_rule"][subject_kind, register, place]
        passed = share(points, rules["chain_share"][chain], 1000)
        conditional = rules["chain_violations"][chain] > 0 or rules["chain_below"][chain] >= 0
        if passed != 0 and depth < rules["chain_depth"][chain] and not conditional:
            target = LINK + rules["chain_link"][chain]
            case = case_by_chain(desk, register, chain)
            send(desk, UNCHAINED, target, 1, chain, 0, passed, case, since, cause, depth + 1)


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8, i8))
def withdraw(
    accounts: np.void, rules: np.void, desk: np.void, kind: int, record: int, label: int, cause: int, day: int
) -> int:
    """Withdraw a root record from all its registers; return the id of the withdrawal.

    Args:
        kind: situation kind of the record.
        record: id of the record, which holds its day.
        label: truth label of the record.
        cause: ledger id of what reversed it.
    """
    since = record >> _DAY_SHIFT
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    open_case(desk, case_of(record), desk["n"][SUBJECT])
    rule = rules["conduct"][kind] - 1
    first = 0
    for place in range(rules["entries"][kind]):
        register = rules["entry_register"][kind, place]
        points = rules["entry_points"][kind, place]
        slot = rules["slot"][subject_kind, register]
        if slot < 0:
            continue
        left = left_of(rules, subject_kind, SCORES + slot, -points, since, day)
        entry = enter(desk, WITHDRAWAL, rule, register, label, 0, left, 0, cause, 0)
        withdraw_points(accounts, rules, desk, register, points, since, entry, 0, day)
        first = entry if first == 0 else first
    if first == 0:
        first = enter(desk, WITHDRAWAL, rule, -1, label, 0, 0, 0, cause, 0)
    count(desk, _WITHDRAWALS, 1)
    return first


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def be_unchained(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Withdraw a chained record with its root; return the ledger id."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    chain = i64(message["rule"])
    points = i64(message["points"])
    depth = i64(message["depth"])
    since = i64(message["about"]) + 1
    register = rules["chain_into"][chain]
    open_case(desk, i64(message["amount"]), desk["n"][SUBJECT])
    slot = rules["slot"][subject_kind, register]
    if slot < 0:
        return 0
    left = left_of(rules, subject_kind, SCORES + slot, -points, since, day)
    cause = i64(message["cause"])
    entry = enter(desk, WITHDRAWN_DERIVED, chain, register, 0, 0, left, 0, cause, depth)
    withdraw_points(accounts, rules, desk, register, points, since, entry, depth, day)
    return entry


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def be_unshared(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Withdraw a record from the register it was shared with; return the ledger id."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    transfer = i64(message["rule"])
    points = i64(message["points"])
    since = i64(message["about"])
    register = rules["transfer_to"][transfer]
    open_case(desk, i64(message["amount"]), desk["n"][SUBJECT])
    slot = rules["slot"][subject_kind, register]
    if slot < 0:
        return 0
    left = left_of(rules, subject_kind, SCORES + slot, -points, since, day)
    entry = enter(desk, RECALL, transfer, register, 0, 0, left, 0, i64(message["cause"]), 0)
    count(desk, _RECALLS, 1)
    withdraw_points(accounts, rules, desk, register, points, since, entry, 0, day)
    return entry
