"""Violations: counted for driver, vehicle and fleet over a window that rolls from day to day (S101)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import VIOLATED, VIOLATION_LAPSED
from demerit.catalogue.pointers import Accounts, Company, Desk, Message, Rules
from demerit.catalogue.relations import LINK
from demerit.catalogue.rules import SUBJECT
from demerit.catalogue.words import DRIVEN_VEHICLE, OWNING_COMPANY, SUBJECT_SHIFT, VEHICLE
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void


@kernel(void(Accounts, Rules, Desk, i8, i8))
def count_violation(accounts: np.void, rules: np.void, desk: np.void, link: int, cause: int) -> None:
    """Count a violation of the subject at the desk for the length of the window, and tell who is behind it.

    Args:
        link: relation along which the news goes on.
    """
    subject = desk["n"][SUBJECT]
    before = i64(accounts["violations"])
    accounts["violations"] = min(before + 1, 255)
    send(desk, VIOLATION_LAPSED, subject, rules["violation_days"], 0, 0, 0, 0, 0, cause, 0)
    # a vehicle in violation counts once in its fleet
    if subject >> SUBJECT_SHIFT != VEHICLE or before == 0:
        send(desk, VIOLATED, LINK + link, 1, 0, 0, 1, 0, subject, cause, 0)


@kernel(void(Accounts, Rules, Desk, i8, i8))
def note_violation(accounts: np.void, rules: np.void, desk: np.void, kind: int, cause: int) -> None:
    """Count a driver's record as a violation, if its conduct does; the vehicle hears of it tomorrow."""
    if rules["violation"][kind] == 1:
        count_violation(accounts, rules, desk, DRIVEN_VEHICLE, cause)


@kernel(i8(Accounts, Desk, Message))
def lapse_violation(accounts: np.void, desk: np.void, message: np.void) -> int:
    """Let a violation leave the window; return the id to reckon by."""
    subject = desk["n"][SUBJECT]
    left = max(i64(accounts["violations"]) - 1, 0)
    accounts["violations"] = left
    cause = i64(message["cause"])
    if left == 0 and subject >> SUBJECT_SHIFT == VEHICLE:
        send(desk, VIOLATED, LINK + OWNING_COMPANY, 1, 0, 0, -1, 0, subject, cause, 0)
    return cause


@kernel(i8(Company, Accounts, Message))
def count_in_fleet(company: np.void, accounts: np.void, message: np.void) -> int:
    """Count a vehicle into or out of those of the fleet in violation; return the id to reckon by.

    The company's account holds their share in percent, a part of a percent counting as a whole one, so that
    it is more than ten exactly if more than a tenth of the fleet is in violation.
    """
    violating = max(i64(company["violating"]) + i64(message["points"]), 0)
    company["violating"] = min(violating, 65535)
    fleet = max(i64(company["fleet"]), 1)
    accounts["violations"] = min((100 * violating + fleet - 1) // fleet, 255)
    return i64(message["cause"])
