"""Lists: entry after days of grace, a stay with a term or until release, and clocks that count working days.

``listed_until`` of a list is 0 off the list, 1 in the days of grace, 65535 on it until released, else the day
on which the stay ends.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import NEVER
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import LIST_ENTRY, LIST_EXIT
from demerit.catalogue.letters import HEARD, LISTED, UNLISTED
from demerit.catalogue.packed import FIRST_LIST
from demerit.catalogue.pointers import Accounts, Desk, Message, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import LINK, tell_somebody
from demerit.catalogue.rules import SEED, SUBJECT
from demerit.catalogue.showing import SHOWN_LISTED
from demerit.catalogue.words import CITIZEN, LISTS, NEIGHBOUR, REPRESENTATIVE, SUBJECT_SHIFT
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.screens import call_screen
from demerit.institutions.standing import standing

GRACE = 1
"""Mark of a list that will be entered when the days of grace are over."""
_LISTING = int(Purpose.LISTING)
_ENTRIES = flow("list_entries")
_EXITS = flow("list_exits")
_PUBLISHED = flow("published")
_BARRED = flow("managers_barred")
_WITH_COMPANY = 1
"""Depth of a listing that follows from that of the company which somebody represents."""
_DAY_SHIFT = 32 + SEQUENCE_BITS
_SEQUENCES = (1 << SEQUENCE_BITS) - 1


@kernel(i8(Rules, i8, i8, i8))
def clock(rules: np.void, day: int, days: int, working_days: int) -> int:
    """Return how many days a clock runs that starts on a day: calendar days, then working days.

    Saturdays and Sundays do not count as working days; the day itself is never counted.
    """
    end = day + days
    if working_days > 0:
        weekday = (rules["weekday"] + end) % 7
        if weekday > 4:
            end -= weekday - 4
            weekday = 4
        end += 7 * (working_days // 5) + working_days % 5
        if weekday + working_days % 5 > 4 and working_days % 5 > 0:
            end += 2
    return i64(end - day)


@kernel(i8(Accounts, i8))
def is_listed(accounts: np.void, slot: int) -> int:
    """Tell whether the subject stands on a list today."""
    return 1 if i64(accounts["listed_until"][FIRST_LIST - slot]) > GRACE else 0


@kernel(void(Accounts, Rules, Desk, i8, i8, i8, i8, i8))
def enter_list(
    accounts: np.void, rules: np.void, desk: np.void, slot: int, kind: int, label: int, cause: int, day: int
) -> None:
    """Put the subject at the desk on a list.

    Args:
        slot: place of the list among those of the kind of subject.
        kind: situation kind behind it, -1 if there is none.
    """
    subject = desk["n"][SUBJECT]
    subject_kind = subject >> SUBJECT_SHIFT
    rule = rules["list_rule"][subject_kind, slot]
    term = rules["list_term"][subject_kind, slot]
    entry = enter(desk, LIST_ENTRY, rule, -1, label, 0, 0, 0, cause, 0)
    count(desk, _ENTRIES, 1)
    accounts["listed_until"][FIRST_LIST - slot] = min(day + term, NEVER - 1) if term > 0 else NEVER
    if term > 0:
        send(desk, UNLISTED, subject, term, slot, 0, 0, 0, 0, entry, 0)
    following = rules["list_next"][subject_kind, slot]
    if following >= 0:
        later = rules["list_next_days"][subject_kind, slot]
        send(desk, LISTED, subject, later, following, label, 0, kind, slot + 1, entry, 0)
    if rules["list_publishes"][subject_kind, slot] == 1:
        count(desk, _PUBLISHED, 1)
        if subject_kind == CITIZEN and kind >= 0:
            tell_somebody(desk, HEARD, NEIGHBOUR, kind, label, 0, entry)
    if subject_kind == CITIZEN:
        call_screen(rules, desk, SHOWN_LISTED, kind, label, entry)
    barred = rules["list_bars"][subject_kind, slot]
    if barred > 0:
        send(desk, LISTED, LINK + REPRESENTATIVE, 1, barred - 1, label, 0, 0, 0, entry, _WITH_COMPANY)


@kernel(void(Accounts, Rules, Desk, i8, i8, i8, i8, i8))
def begin_listing(
    accounts: np.void, rules: np.void, desk: np.void, slot: int, kind: int, label: int, cause: int, day: int
) -> None:
    """Start the way to a list: at once, or after days of grace; who is on it with a term stays longer."""
    subject = desk["n"][SUBJECT]
    subject_kind = subject >> SUBJECT_SHIFT
    until = i64(accounts["listed_until"][FIRST_LIST - slot])
    if until in (GRACE, NEVER):
        return
    if until > GRACE:
        term = rules["list_term"][subject_kind, slot]
        if term > 0 and day + term > until:
            accounts["listed_until"][FIRST_LIST - slot] = min(day + term, NEVER - 1)
            send(desk, UNLISTED, subject, term, slot, 0, 0, 0, 0, cause, 0)
        return
    grace = rules["list_grace"][subject_kind, slot]
    working = rules["list_grace_working"][subject_kind, slot]
    delay = clock(rules, day, grace, working)
    if delay == 0:
        enter_list(accounts, rules, desk, slot, kind, label, cause, day)
    else:
        accounts["listed_until"][FIRST_LIST - slot] = GRACE
        send(desk, LISTED, subject, delay, slot, label, 0, kind, 0, cause, 0)


@kernel(i8(Desk, i8, i8))
def listing_lane(desk: np.void, record: int, slot: int) -> int:
    """Draw whether a record of the subject at the desk leads to a list, the same whenever it is asked."""
    n = desk["n"]
    return draw(n[SEED], _LISTING, n[SUBJECT], record >> _DAY_SHIFT, (record & _SEQUENCES) * LISTS + slot)[0]


@kernel(void(Accounts, Rules, Desk, i8, i8, i8, i8))
def consider_lists(
    accounts: np.void, rules: np.void, desk: np.void, kind: int, label: int, record: int, day: int
) -> None:
    """Let a record lead to the lists its conduct names, each with its chance."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    for slot in range(rules["lists"][subject_kind]):
        chance = rules["listing"][kind, slot]
        if chance > 0 and listing_lane(desk, record, slot) < chance:
            begin_listing(accounts, rules, desk, slot, kind, label, record, day)


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def be_listed(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Enter a list when the days of grace are over, or when a stay on another list has been long enough."""
    slot = i64(message["rule"])
    cause = i64(message["cause"])
    label = i64(message["label"])
    before = i64(message["about"])
    kind = i64(message["amount"])
    if i64(message["depth"]) == _WITH_COMPANY:
        count(desk, _BARRED, 1)
        begin_listing(accounts, rules, desk, slot, -1, label, cause, day)
        return cause
    if before > 0:
        if is_listed(accounts, before - 1) == 0:
            return 0
        begin_listing(accounts, rules, desk, slot, kind, label, cause, day)
        return cause
    if i64(accounts["listed_until"][FIRST_LIST - slot]) != GRACE:
        return 0
    enter_list(accounts, rules, desk, slot, kind, label, cause, day)
    return cause


@kernel(void(Accounts, Rules, Desk, i8, i8))
def leave_list(accounts: np.void, rules: np.void, desk: np.void, slot: int, cause: int) -> None:
    """Take the subject at the desk off a list today, or off the way to it."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    if is_listed(accounts, slot) == 1:
        enter(desk, LIST_EXIT, rules["list_rule"][subject_kind, slot], -1, 0, 0, 0, 0, cause, 0)
        count(desk, _EXITS, 1)
    accounts["listed_until"][FIRST_LIST - slot] = 0


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def be_unlisted(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Leave a list whose term or removal clock ends today, unless the stay has been made longer."""
    slot = i64(message["rule"])
    cause = i64(message["cause"])
    if i64(accounts["listed_until"][FIRST_LIST - slot]) != day:
        return 0
    leave_list(accounts, rules, desk, slot, cause)
    return cause


@kernel(void(Accounts, Rules, Desk, i8, i8, i8))
def perform_duty(accounts: np.void, rules: np.void, desk: np.void, kind: int, cause: int, day: int) -> None:
    """Let the performance of what was owed end the stay on the lists it led to, after the removal clock.

    Args:
        kind: situation kind in which the duty arose.
        cause: ledger id of the performance.
    """
    subject = desk["n"][SUBJECT]
    subject_kind = subject >> SUBJECT_SHIFT
    for slot in range(rules["lists"][subject_kind]):
        until = i64(accounts["listed_until"][FIRST_LIST - slot])
        if rules["listing"][kind, slot] == 0 or until == 0 or rules["list_removal"][subject_kind, slot] < 0:
            continue
        removal = rules["list_removal"][subject_kind, slot]
        delay = clock(rules, day, removal, rules["list_removal_working"][subject_kind, slot])
        if until == GRACE or delay == 0:
            leave_list(accounts, rules, desk, slot, cause)
        elif day + delay < until:
            accounts["listed_until"][FIRST_LIST - slot] = day + delay
            send(desk, UNLISTED, subject, delay, slot, 0, 0, 0, 0, cause, 0)


@kernel(i8(Accounts, Rules, i8, i8, i8))
def is_called(accounts: np.void, rules: np.void, subject_kind: int, slot: int, day: int) -> int:
    """Tell whether today's score is one for a list: below its edge, or for a red list above it."""
    system = rules["list_reads"][subject_kind, slot]
    score = standing(accounts, rules, subject_kind, system, day)
    above = rules["list_above"][subject_kind, slot]
    called = score >= above if above >= 0 else score < rules["list_below"][subject_kind, slot]
    return 1 if called else 0


@kernel(i8(Accounts, Rules, i8, i8))
def called_lists(accounts: np.void, rules: np.void, subject_kind: int, day: int) -> int:
    """Return the lists that today's scores call for, one bit each, and of those stood on the ones kept."""
    bits = 0
    for slot in range(rules["lists"][subject_kind]):
        if rules["list_reads"][subject_kind, slot] >= 0:
            bits |= is_called(accounts, rules, subject_kind, slot, day) << slot
        if (
            rules["list_kept"][subject_kind, slot] != 0
            and i64(accounts["listed_until"][FIRST_LIST - slot]) != 0
        ):
            bits |= 1 << (LISTS + slot)
    return bits


@kernel(void(Accounts, Rules, Desk, i8, i8))
def review_lists(accounts: np.void, rules: np.void, desk: np.void, cause: int, day: int) -> None:
    """Bring the lists that read a score in line with it: who is below (red: above) is on, others leave.

    A list that is not kept any more is left by all.
    """
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    for slot in range(rules["lists"][subject_kind]):
        if (
            rules["list_kept"][subject_kind, slot] == 0
            and i64(accounts["listed_until"][FIRST_LIST - slot]) != 0
        ):
            leave_list(accounts, rules, desk, slot, cause)
        if rules["list_reads"][subject_kind, slot] < 0:
            continue
        called = is_called(accounts, rules, subject_kind, slot, day)
        until = i64(accounts["listed_until"][FIRST_LIST - slot])
        if called == 1 and until == 0:
            begin_listing(accounts, rules, desk, slot, -1, 0, cause, day)
        elif called == 0 and until in (NEVER, GRACE):
            leave_list(accounts, rules, desk, slot, cause)
