"""Repair: a way out of a score, after a waiting period, by a course that has its price (S42-S46)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.appealing import REPAIRABLE
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import REPAIR_BEGUN, REPAIRED
from demerit.catalogue.letters import REPAIR_DONE, REPAIR_OFFERED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.rules import DAY, READS_LIST, SUBJECT
from demerit.catalogue.words import CITIZEN
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.lists import leave_list
from demerit.institutions.purse import charge, days_to_fen
from demerit.institutions.standing import book, total, within

_REPAIRS = flow("repairs")
_COST = flow("repair_fen")


@kernel(i8(Rules, i8))
def systems_read(rules: np.void, bits: int) -> int:
    """Return the scores and lists that these sanctions of a citizen read, one bit each; rewards read none."""
    read = 0
    for sanction in range(rules["sanctions"][CITIZEN]):
        place = rules["sanction_reads"][CITIZEN, sanction]
        if (bits >> sanction) & 1 and rules["sanction_above"][CITIZEN, sanction] < 0 and place < REPAIRABLE:
            read |= 1 << place
    return read


@kernel(void(Rules, Desk, i8, i8, i8))
def offer_repair(rules: np.void, desk: np.void, before: int, now: int, cause: int) -> None:
    """Let the waiting period begin for every score that has just brought a first sanction on the citizen."""
    if rules["repairs"] == 0:
        return
    fresh = systems_read(rules, now) & ~systems_read(rules, before)
    for system in range(REPAIRABLE):
        if (fresh >> system) & 1 and rules["repair"][system] != 0:
            waiting = rules["repair_waiting"][system]
            send(desk, REPAIR_OFFERED, desk["n"][SUBJECT], waiting, system, 0, 0, 0, 0, cause, 0)


@kernel(i8(Accounts, Rules, i8, i8))
def points_to_restore(accounts: np.void, rules: np.void, system: int, day: int) -> int:
    """Return the points (thousandths) that a repair of a score system gives back today."""
    lost = -within(rules, CITIZEN, system, total(accounts, rules, CITIZEN, system, day))
    return i64((max(lost, 0) * rules["repair_share"][system]) >> 16)


@kernel(void(State, Traits, Rules, People, Desk, i8, i8))
def begin_repair(
    state: np.void, traits: np.void, rules: np.void, people: np.void, desk: np.void, system: int, cause: int
) -> None:
    """Pay for the course and begin it."""
    cost = days_to_fen(traits, rules["repair_cost"][system])
    charge(state, traits, people, desk, desk["n"][DAY], cost, _COST)
    count(desk, _REPAIRS, 1)
    entry = enter(desk, REPAIR_BEGUN, rules["repair"][system] - 1, -1, 0, 0, 0, cost, cause, 0)
    days = rules["repair_course"][system]
    send(desk, REPAIR_DONE, desk["n"][SUBJECT], days, system, 0, 0, 0, 0, entry, 0)


@kernel(i8(Accounts, Rules, Desk, Message))
def end_repair(accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> int:
    """Give the points back, or take the citizen off the list, at the end of the course; return the id."""
    day, system = desk["n"][DAY], i64(message["rule"])
    rule = max(rules["repair"][system] - 1, 0)
    cause = i64(message["cause"])
    if system >= READS_LIST:
        entry = enter(desk, REPAIRED, rule, -1, 0, 0, 0, 0, cause, 0)
        leave_list(accounts, rules, desk, system - READS_LIST, entry)
        return entry
    points = points_to_restore(accounts, rules, system, day)
    book(accounts, rules, CITIZEN, system, points, day)
    return enter(desk, REPAIRED, rule, -1, 0, 0, points, 0, cause, 0)
