"""Sanctions of bodies and vehicles: companies, agencies and services lose budget, cars stop."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, send
from demerit.catalogue.letters import STOPPED, WEEK
from demerit.catalogue.pointers import Accounts, Desk, Message, Rules
from demerit.catalogue.relations import LINK
from demerit.catalogue.rules import SUBJECT
from demerit.catalogue.words import COMPANY, SUBJECT_SHIFT, USUAL_DRIVER, VEHICLE
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.endangered import job_danger
from demerit.institutions.lists import review_lists
from demerit.institutions.sanctions import arrange_waking, change_sanctions, in_force

_STOPPED = flow("vehicles_stopped")
_BUDGET = flow("budget_days")
_CLOSED = flow("closed_weeks")
_IDLE = flow("idle_vehicle_weeks")
CAR_STOPPED = 2
"""Bit of ``access`` that says that the citizen's car is stopped."""


@kernel(i8(Rules, i8, i8))
def budget_share(rules: np.void, subject_kind: int, bits: int) -> int:
    """Return the share of its budget that sanctions cost a body, thousandths; shares add up."""
    lost = 0
    for sanction in range(rules["sanctions"][subject_kind]):
        if (bits >> sanction) & 1:
            lost += rules["sanction_budget"][subject_kind, sanction]
    return min(lost, 1000)


@kernel(i8(Rules, i8, i8))
def leader_share(rules: np.void, subject_kind: int, bits: int) -> int:
    """Return the share of their pay that sanctions cost whoever leads a body, thousandths; shares add up."""
    lost = 0
    for sanction in range(rules["sanctions"][subject_kind]):
        if (bits >> sanction) & 1:
            lost += rules["sanction_leader"][subject_kind, sanction]
    return min(lost, 1000)


@kernel(i8(Rules, i8))
def inspection_chance(rules: np.void, bits: int) -> int:
    """Return the chance (Q32) that a company under sanctions is inspected in a week; chances add up."""
    chance = 0
    for sanction in range(rules["sanctions"][COMPANY]):
        if (bits >> sanction) & 1:
            chance += rules["sanction_inspects"][sanction]
    return min(chance, 4294967296)


@kernel(i8(Rules, i8, i8))
def is_closed(rules: np.void, subject_kind: int, bits: int) -> int:
    """Tell whether sanctions close a company or service."""
    for sanction in range(rules["sanctions"][subject_kind]):
        if (bits >> sanction) & 1 and rules["sanction_closes"][subject_kind, sanction] == 1:
            return 1
    return 0


@kernel(i8(Rules, i8, i8))
def is_felt_weekly(rules: np.void, subject_kind: int, bits: int) -> int:
    """Tell whether sanctions of a body cost something week by week."""
    if job_danger(rules, subject_kind, bits) != 0 or budget_share(rules, subject_kind, bits) != 0:
        return 1
    if leader_share(rules, subject_kind, bits) != 0 or is_closed(rules, subject_kind, bits) == 1:
        return 1
    return 1 if subject_kind == COMPANY and inspection_chance(rules, bits) > 0 else 0


@kernel(void(Accounts, Rules, Desk, i8, i8))
def reckon_body(accounts: np.void, rules: np.void, desk: np.void, cause: int, day: int) -> None:
    """Bring the sanctions of a vehicle, company, agency or service in line with today's scores."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    if rules["lists"][subject_kind] > 0:
        review_lists(accounts, rules, desk, cause, day)
    if rules["sanctions"][subject_kind] == 0:
        return
    bits = in_force(accounts, rules, subject_kind, day)
    if bits != i64(accounts["sanctions"]):
        change_sanctions(accounts, rules, desk, bits, cause)
    if bits != 0:
        arrange_waking(accounts, rules, desk, bits, cause, day)
    if i64(accounts["access"]) == 0 and is_felt_weekly(rules, subject_kind, bits) == 1:
        accounts["access"] = 1
        send(desk, WEEK, desk["n"][SUBJECT], 7, 0, 0, 0, 0, 0, cause, 0)


@kernel(i8(Rules, i8, i8))
def is_stopping(rules: np.void, bits: int, networked: int) -> int:
    """Tell whether sanctions stop a vehicle; some stop only what is connected."""
    for sanction in range(rules["sanctions"][VEHICLE]):
        if (bits >> sanction) & 1 and rules["sanction_stops"][sanction] + networked >= 2:
            return 1
    return 0


@kernel(void(Accounts, Rules, Desk, i8, i8, i8))
def reckon_vehicle(
    accounts: np.void, rules: np.void, desk: np.void, networked: int, cause: int, day: int
) -> None:
    """Bring a vehicle's sanctions in line; its driver is told when it stops and when it runs again (F34)."""
    before = is_stopping(rules, i64(accounts["sanctions"]), networked)
    reckon_body(accounts, rules, desk, cause, day)
    after = is_stopping(rules, i64(accounts["sanctions"]), networked)
    if before != after:
        count(desk, _STOPPED, after)
        send(desk, STOPPED, LINK + USUAL_DRIVER, 1, 0, 0, after - before, 0, 0, cause, 0)
    if after == 1 and i64(accounts["access"]) == 0:
        accounts["access"] = 1
        send(desk, WEEK, desk["n"][SUBJECT], 7, 0, 0, 0, 0, 0, cause, 0)


@kernel(void(Accounts, Rules, Desk, i8))
def stand_still(accounts: np.void, rules: np.void, desk: np.void, networked: int) -> None:
    """Note a week for which a vehicle has been idle, if it stands still now."""
    accounts["access"] = 0
    count(desk, _IDLE, is_stopping(rules, i64(accounts["sanctions"]), networked))


@kernel(i8(Accounts, Message))
def be_stopped(accounts: np.void, message: np.void) -> int:
    """Note whether the citizen's car is stopped; return the ledger id to reckon by."""
    others = i64(accounts["access"]) & ~CAR_STOPPED
    accounts["access"] = others | (CAR_STOPPED if i64(message["points"]) > 0 else 0)
    return i64(message["cause"])


@kernel(void(Accounts, Rules, Desk))
def lose_budget(accounts: np.void, rules: np.void, desk: np.void) -> None:
    """Let a company lose bids, an agency budget, a service subsidy for the week that has gone."""
    accounts["access"] = 0
    subject_kind, bits = desk["n"][SUBJECT] >> SUBJECT_SHIFT, i64(accounts["sanctions"])
    share = budget_share(rules, subject_kind, bits)
    count(desk, _CLOSED, is_closed(rules, subject_kind, bits))
    count(desk, _BUDGET, 7 * share)
