"""Sanctions and rewards: what hangs on a score, from the day it is crossed to the day it is crossed back."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import NEVER
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import SANCTION_END, SANCTION_START
from demerit.catalogue.letters import WEEK, WOKEN
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.rules import SUBJECT
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import pay
from demerit.institutions.standing import composite, decayed, register_points, standing, whole

_STARTS = flow("sanction_starts")
_ENDS = flow("sanction_ends")
_HORIZON = 36500


@kernel(i8(Rules, i8, i8))
def applies(rules: np.void, sanction: int, score: int) -> int:
    """Tell whether a sanction or reward applies at a displayed score."""
    above = rules["sanction_above"][sanction]
    if above >= 0:
        return 1 if score >= above else 0
    return 1 if score < rules["sanction_below"][sanction] else 0


@kernel(i8(Accounts, Rules, i8))
def in_force(accounts: np.void, rules: np.void, day: int) -> int:
    """Return the sanctions and rewards that today's scores call for, one bit each."""
    bits = 0
    for sanction in range(rules["sanctions"]):
        score = standing(accounts, rules, rules["sanction_reads"][sanction], day)
        bits |= applies(rules, sanction, score) << sanction
    return bits


@kernel(i8(Rules, i8))
def refused_services(rules: np.void, bits: int) -> int:
    """Return the services refused under these sanctions, one bit each."""
    refused = 0
    for sanction in range(rules["sanctions"]):
        if (bits >> sanction) & 1:
            refused |= rules["sanction_refuses"][sanction]
    return refused


@kernel(i8(Rules, i8, i8, i8, i8))
def days_to_release(rules: np.void, sanction: int, base: int, points: int, half_life: int) -> int:
    """Return in how many days decay alone ends a sanction or reward, 0 if it never does."""
    if half_life <= 0 or applies(rules, sanction, base) == 1:
        return 0
    low, high = 0, _HORIZON
    while high - low > 1:
        middle = (low + high) // 2
        if applies(rules, sanction, whole(base, decayed(points, middle, half_life))) == 1:
            low = middle
        else:
            high = middle
    return high


@kernel(i8(Accounts, Rules, i8, i8))
def next_crossing(accounts: np.void, rules: np.void, bits: int, day: int) -> int:
    """Return the day on which decay next ends one of these sanctions, NEVER if none does."""
    first = NEVER
    for sanction in range(rules["sanctions"]):
        if (bits >> sanction) & 1 == 0:
            continue
        system = rules["sanction_reads"][sanction]
        if system == 0:
            points = composite(accounts, rules, day)
            half_life = rules["composite_half_life"]
        else:
            points = register_points(accounts, rules, system - 1, day)
            half_life = rules["half_life"][system - 1]
        days = days_to_release(rules, sanction, rules["base"][system], points, half_life)
        if days > 0 and day + days < first:
            first = day + days
    return first


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def _change(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    bits: int,
    cause: int,
    day: int,
) -> None:
    """Start and end sanctions, after settling the wage at the old terms; losses of pay add up."""
    old = i64(accounts["sanctions"])
    pay(state, traits, people, desk, day, 0)
    employed = i64(traits["employer"]) > 0
    loss = 0
    for sanction in range(rules["sanctions"]):
        now = (bits >> sanction) & 1
        if now == 1 and employed:
            loss += rules["sanction_wage"][sanction]
        if now == (old >> sanction) & 1:
            continue
        enter(desk, SANCTION_START if now == 1 else SANCTION_END, sanction, -1, 0, 0, 0, 0, cause, 0)
        count(desk, _STARTS if now == 1 else _ENDS, 1)
    accounts["sanctions"] = bits
    state["wage_loss"] = clip(loss, -32767, 32767)


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
    """Bring sanctions in line with today's scores, and arrange to be woken when decay will end one."""
    if rules["sanctions"] == 0:
        return
    bits = in_force(accounts, rules, day)
    if bits != i64(accounts["sanctions"]):
        _change(state, traits, accounts, rules, people, desk, bits, cause, day)
    if bits == 0:
        return
    subject = desk["n"][SUBJECT]
    crossing = next_crossing(accounts, rules, bits, day)
    known = i64(accounts["wake_day"])
    if crossing != NEVER and (known <= day or crossing < known):
        accounts["wake_day"] = crossing
        send(desk, WOKEN, subject, crossing - day, 0, 0, 0, 0, 0, cause, 0)
    if i64(accounts["access_day"]) == 0 and refused_services(rules, bits) != 0:
        week = 7 - day % 7
        accounts["access_day"] = day + week
        send(desk, WEEK, subject, week, 0, 0, 0, 0, 0, cause, 0)
