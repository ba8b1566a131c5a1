"""Exchange: copies of a record travel from its register over a graph of platforms and into other registers.

The fate of every copy is drawn on the day of the record, transfer by transfer: lost, filed under the name of
somebody else, entered twice, or on its way for some days. So a withdrawal can be sent after it later.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import LOSS
from demerit.catalogue.letters import ARRIVED, SHARED
from demerit.catalogue.pointers import Desk, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import NAMESAKE, SOMEBODY
from demerit.catalogue.rules import CASE, CULPRIT, DAY, EPISODE, PLATFORM_NODE, SEED, SUBJECT
from demerit.catalogue.words import (
    CITIZEN,
    DUPLICATE,
    MISTAKEN,
    PLATFORMS_LIMIT,
    SUBJECT_SHIFT,
    TRANSFERS_LIMIT,
)
from demerit.engine.draws import Lanes, draw
from demerit.engine.fixed import share
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.case import case_by_transfer

_TRANSFER = int(Purpose.TRANSFER)
_LOSSES = flow("losses")
_ASTRAY = flow("astray")
_DOUBLED = flow("doubled")


@kernel(i8(Rules, i8, i8, i8, i8))
def score_change(rules: np.void, subject_kind: int, system: int, register: int, points: int) -> int:
    """Return what register points are worth on a platform's scale, thousandths, toward zero."""
    size = i64((abs(points) * rules["weight"][subject_kind, system, register]) >> 16)
    return size if points >= 0 else -size


@kernel(Lanes(Desk, i8, i8, i8))
def draw_way(desk: np.void, purpose: int, register: int, transfer: int) -> tuple[int, int, int, int]:
    """Draw what happens on a transfer to the record on the desk, the same whenever it is asked."""
    n = desk["n"]
    return draw(n[SEED], purpose, n[SUBJECT], n[CASE], register * TRANSFERS_LIMIT + transfer)


@kernel(Lanes(Desk, i8, i8))
def fate_of(desk: np.void, register: int, transfer: int) -> tuple[int, int, int, int]:
    """Draw whether and when a copy from a register comes through, and under whose name."""
    return draw_way(desk, _TRANSFER, register, transfer)


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8, i8, i8, i8))
def _send_copy(
    rules: np.void,
    desk: np.void,
    transfer: int,
    due: int,
    astray: int,
    register: int,
    points: int,
    label: int,
    record: int,
    depth: int,
) -> None:
    """Send a copy to a platform that scores the subject by this register, or under a namesake's name."""
    n = desk["n"]
    subject_kind = n[SUBJECT] >> SUBJECT_SHIFT
    system = rules["score_slot"][subject_kind, rules["transfer_to"][transfer] - PLATFORM_NODE]
    if system < 0:
        return
    change = score_change(rules, subject_kind, system, register, points)
    if change == 0:
        return
    delay = due - n[DAY]
    if astray == 1:
        count(desk, _ASTRAY, 1)
        target = SOMEBODY | NAMESAKE
        send(desk, ARRIVED, target, delay, transfer, MISTAKEN, change, n[EPISODE], register, record, depth)
    else:
        other = 1 if n[CULPRIT] != n[SUBJECT] else 0  # passed on by a chain
        send(desk, ARRIVED, n[SUBJECT], delay, transfer, label, change, other, register, record, depth)


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8, i8, i8, i8))
def _reach_platform(
    rules: np.void,
    desk: np.void,
    transfer: int,
    due: int,
    astray: int,
    register: int,
    points: int,
    label: int,
    record: int,
    depth: int,
) -> None:
    """Note when a copy reaches a platform; where all copies count, each is sent at once."""
    platform = rules["transfer_to"][transfer] - PLATFORM_NODE
    if rules["deduplicates"][platform] == 0:
        _send_copy(rules, desk, transfer, due, astray, register, points, label, record, depth)
    if desk["copy_day"][platform] == 0 or due < desk["copy_day"][platform]:
        desk["copy_day"][platform] = due
        desk["copy_transfer"][platform] = transfer
        desk["copy_astray"][platform] = astray


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8, i8))
def _take(
    rules: np.void,
    desk: np.void,
    transfer: int,
    register: int,
    points: int,
    label: int,
    record: int,
    depth: int,
) -> None:
    """Let a record take one transfer: draw its fate and note where and when it comes out."""
    n = desk["n"]
    subject_kind = n[SUBJECT] >> SUBJECT_SHIFT
    start = rules["transfer_from"][transfer]
    left, astray = n[DAY], 0
    if start >= PLATFORM_NODE:
        left = desk["copy_day"][start - PLATFORM_NODE]
        astray = desk["copy_astray"][start - PLATFORM_NODE]
        if left == 0:
            return
    fate = fate_of(desk, register, transfer)
    if fate[0] < rules["transfer_lost"][transfer]:
        enter(desk, LOSS, transfer, register, label, 0, points, 0, record, depth)
        count(desk, _LOSSES, 1)
        return
    if fate[0] < rules["transfer_closed"][transfer]:
        return
    due = left + i64(rules["transfer_delay"][transfer, fate[1] >> 24])
    goal = rules["transfer_to"][transfer]
    if goal < PLATFORM_NODE:
        passed = share(points, rules["transfer_factor"][transfer], 1000)
        if astray == 0 and passed != 0 and rules["slot"][subject_kind, goal] >= 0:
            case = case_by_transfer(desk, register, transfer)
            delay, culprit = due - n[DAY], n[CULPRIT]
            send(desk, SHARED, n[SUBJECT], delay, transfer, label, passed, case, culprit, record, depth)
        return
    if subject_kind == CITIZEN and fate[2] < rules["transfer_misfiled"][transfer]:
        astray = 1
    _reach_platform(rules, desk, transfer, due, astray, register, points, label, record, depth)
    if fate[3] < rules["transfer_doubled"][transfer] and rules["deduplicates"][goal - PLATFORM_NODE] == 0:
        count(desk, _DOUBLED, 1)
        _send_copy(rules, desk, transfer, due + 1, astray, register, points, DUPLICATE, record, depth)


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8))
def share_record(
    rules: np.void, desk: np.void, register: int, points: int, label: int, record: int, depth: int
) -> None:
    """Send copies of today's record in a register on their ways.

    A platform that deduplicates counts the copy that comes first; any other counts one from every transfer.
    """
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    reach = rules["reach"][subject_kind, register]
    if reach == 0:
        return
    for platform in range(PLATFORMS_LIMIT):
        desk["copy_day"][platform] = 0
        desk["copy_astray"][platform] = 0
    for place in range(reach):
        transfer = rules["reach_transfer"][subject_kind, register, place]
        _take(rules, desk, transfer, register, points, label, record, depth)
    for platform in range(PLATFORMS_LIMIT):
        due = desk["copy_day"][platform]
        if due != 0 and rules["deduplicates"][platform] == 1:
            transfer, astray = desk["copy_transfer"][platform], desk["copy_astray"][platform]
            _send_copy(rules, desk, transfer, due, astray, register, points, label, record, depth)
