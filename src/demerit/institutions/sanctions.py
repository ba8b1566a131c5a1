"""Sanctions and rewards: what hangs on a score, from the day it is crossed to the day it is crossed back."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import NEVER
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import SANCTION_END, SANCTION_START
from demerit.catalogue.letters import WEEK, WOKEN
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.rules import DAY, READS_FINES, READS_LIST, READS_VIOLATIONS, SUBJECT
from demerit.catalogue.words import CITIZEN, EMPLOYED, SUBJECT_SHIFT, SYSTEMS
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.endangered import job_danger
from demerit.institutions.lists import is_listed, review_lists
from demerit.institutions.purse import pay
from demerit.institutions.repair import offer_repair
from demerit.institutions.standing import decayed, standing, total, whole, within

_STARTS = flow("sanction_starts")
_ENDS = flow("sanction_ends")
HORIZON = 36500
"""Days after which nobody is woken."""


@kernel(i8(Rules, i8, i8, i8))
def applies(rules: np.void, subject_kind: int, sanction: int, score: int) -> int:
    """Tell whether a sanction or reward of a kind of subject applies at a displayed score."""
    above = rules["sanction_above"][subject_kind, sanction]
    if above >= 0:
        return 1 if score >= above else 0
    return 1 if score < rules["sanction_below"][subject_kind, sanction] else 0


@kernel(i8(Accounts, i8))
def reading(accounts: np.void, reads: int) -> int:
    """Return what a sanction reads that is no score: 1 on a list, the violations or the fines due."""
    if reads == READS_VIOLATIONS:
        return i64(accounts["violations"])
    if reads == READS_FINES:
        return i64(accounts["fines_due"])
    return is_listed(accounts, reads - READS_LIST)


@kernel(i8(Accounts, Rules, i8, i8))
def in_force(accounts: np.void, rules: np.void, subject_kind: int, day: int) -> int:
    """Return the sanctions and rewards that today's scores call for, one bit each."""
    bits = 0
    read, score = -1, 0
    for sanction in range(rules["sanctions"][subject_kind]):
        reads = rules["sanction_reads"][subject_kind, sanction]
        if reads < SYSTEMS:
            # most sanctions of a regime hang on one score
            if reads != read:
                read, score = i64(reads), standing(accounts, rules, subject_kind, reads, day)
            bits |= applies(rules, subject_kind, sanction, score) << sanction
        else:
            here = reading(accounts, reads) >= rules["sanction_from"][subject_kind, sanction]
            bits |= i64(here) << sanction
    return bits


@kernel(i8(Rules, i8))
def refused_services(rules: np.void, bits: int) -> int:
    """Return the services refused to a citizen under these sanctions, one bit each."""
    refused = 0
    for sanction in range(rules["sanctions"][CITIZEN]):
        if (bits >> sanction) & 1:
            refused |= rules["sanction_refuses"][CITIZEN, sanction]
    return refused


@kernel(i8(Rules, i8, i8, i8, i8))
def days_to_release(rules: np.void, subject_kind: int, sanction: int, points: int, most: int) -> int:
    """Return in how many days decay alone ends a sanction or reward, 0 if it never does.

    Args:
        points: today's points of the score system it reads, thousandths from the base, not cut.
        most: days after which nobody asks any more; returned if it has not ended by the day before.
    """
    system = rules["sanction_reads"][subject_kind, sanction]
    base = rules["base"][subject_kind, system]
    half_life = rules["half_life"][subject_kind, system]
    if half_life <= 0 or applies(rules, subject_kind, sanction, base) == 1:
        return 0
    low, high = 0, most
    middle = most - 1
    while high - low > 1:
        later = within(rules, subject_kind, system, decayed(points, middle, half_life))
        if applies(rules, subject_kind, sanction, whole(base, later)) == 1:
            low = middle
        else:
            high = middle
        middle = (low + high) // 2
    return high


@kernel(i8(Accounts, Rules, i8, i8, i8, i8))
def next_crossing(
    accounts: np.void, rules: np.void, subject_kind: int, bits: int, day: int, before: int
) -> int:
    """Return the day on which decay next ends one of these sanctions; ``before`` if none does by then."""
    first = before
    read, points = -1, 0
    for sanction in range(rules["sanctions"][subject_kind]):
        if (bits >> sanction) & 1 == 0:
            continue
        system = rules["sanction_reads"][subject_kind, sanction]
        if system >= SYSTEMS:
            continue
        if system != read:
            read, points = i64(system), total(accounts, rules, subject_kind, system, day)
        days = days_to_release(rules, subject_kind, sanction, points, min(first - day, HORIZON))
        if days > 0 and day + days < first:
            first = day + days
    return first


@kernel(i8(Rules, i8, i8))
def punishing(rules: np.void, subject_kind: int, bits: int) -> int:
    """Return those of the bits that stand for sanctions and not for rewards."""
    kept = 0
    for sanction in range(rules["sanctions"][subject_kind]):
        if rules["sanction_above"][subject_kind, sanction] < 0:
            kept |= bits & (1 << sanction)
    return kept


@kernel(void(Accounts, Rules, Desk, i8, i8))
def change_sanctions(accounts: np.void, rules: np.void, desk: np.void, bits: int, cause: int) -> None:
    """Enter the sanctions and rewards of the subject at the desk that begin and end."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    old = i64(accounts["sanctions"])
    for sanction in range(rules["sanctions"][subject_kind]):
        now = (bits >> sanction) & 1
        if now == (old >> sanction) & 1:
            continue
        rule = rules["sanction_rule"][subject_kind, sanction]
        enter(desk, SANCTION_START if now == 1 else SANCTION_END, rule, -1, 0, 0, 0, 0, cause, 0)
        count(desk, _STARTS if now == 1 else _ENDS, 1)
    accounts["sanctions"] = bits
    if punishing(rules, subject_kind, bits) == 0:
        accounts["sanction_day"] = 0
    elif i64(accounts["sanction_day"]) == 0:
        accounts["sanction_day"] = max(desk["n"][DAY], 1)


@kernel(i8(Rules, i8))
def pay_cut(rules: np.void, bits: int) -> int:
    """Return the share of income that sanctions take and rewards give a citizen, 1/32768; they add up."""
    loss = 0
    for sanction in range(rules["sanctions"][CITIZEN]):
        if (bits >> sanction) & 1:
            loss += rules["sanction_wage"][CITIZEN, sanction]
    return clip(loss, -32767, 32767)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8))
def take_new_terms(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    day: int,
) -> None:
    """Settle pay at the old terms, where sanctions that stay cut it by new rules otherwise than before."""
    loss = pay_cut(rules, i64(accounts["sanctions"])) if i64(state["job"]) == EMPLOYED else 0
    if loss != i64(state["wage_loss"]):
        pay(state, traits, people, desk, day, 0)
        state["wage_loss"] = loss


@kernel(void(Accounts, Rules, Desk, i8, i8, i8))
def arrange_waking(accounts: np.void, rules: np.void, desk: np.void, bits: int, cause: int, day: int) -> None:
    """Arrange for the subject at the desk to be woken when decay will end a sanction."""
    subject = desk["n"][SUBJECT]
    known = i64(accounts["wake_day"])
    before = known if known > day else NEVER
    crossing = next_crossing(accounts, rules, subject >> SUBJECT_SHIFT, bits, day, before)
    if crossing < before:
        accounts["wake_day"] = crossing
        send(desk, WOKEN, subject, crossing - day, 0, 0, 0, 0, 0, cause, 0)


@kernel(i8(Accounts))
def is_car_stopped(accounts: np.void) -> int:
    """Tell whether the citizen's car is stopped by a sanction of its own."""
    return (i64(accounts["access"]) >> 1) & 1


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8))
def reckon(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    cause: int,
    day: int,
) -> None:
    """Bring a citizen's sanctions in line with today's scores, and arrange what follows from them."""
    if rules["lists"][CITIZEN] > 0:
        review_lists(accounts, rules, desk, cause, day)
    if rules["sanctions"][CITIZEN] == 0 and is_car_stopped(accounts) == 0:
        return
    bits = in_force(accounts, rules, CITIZEN, day)
    if bits != i64(accounts["sanctions"]):
        pay(state, traits, people, desk, day, 0)
        offer_repair(rules, desk, i64(accounts["sanctions"]), bits, cause)
        change_sanctions(accounts, rules, desk, bits, cause)
        state["wage_loss"] = pay_cut(rules, bits) if i64(state["job"]) == EMPLOYED else 0
    if bits != 0:
        arrange_waking(accounts, rules, desk, bits, cause, day)
    if i64(accounts["access"]) & 1 == 0 and (
        refused_services(rules, bits) != 0
        or job_danger(rules, CITIZEN, bits) != 0
        or is_car_stopped(accounts) == 1
    ):
        week = 7 - day % 7
        accounts["access"] = i64(accounts["access"]) | 1
        send(desk, WEEK, desk["n"][SUBJECT], week, 0, 0, 0, 0, 0, cause, 0)
