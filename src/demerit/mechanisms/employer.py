"""The employer as somebody who chooses: whom to take on, whom to dismiss, how many jobs to cut (F40).

Each choice has a probability under ordinary law from which what the regime adds moves it.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import DISMISSED, LAID_OFF, OFFER
from demerit.catalogue.pointers import Accounts, Company, Desk, Message, People, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY, STAFF
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import BY_LAYOFF, BY_RECORD, COMPANY
from demerit.engine.draws import draw
from demerit.engine.fixed import logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.endangered import job_danger
from demerit.mechanisms.labour import hire_chance

_HIRE = int(Purpose.HIRE)
_DISMISS = int(Purpose.DISMISS)
_LAYOFF = int(Purpose.LAYOFF)
MOST_LAID_OFF = 32
"""Most notices a company writes in a week; the desk has room for no more."""


@kernel(void(People, Desk, Message))
def consider(people: np.void, desk: np.void, message: np.void) -> None:
    """Decide on an application, looking at the applicant's standing where the regime shows it.

    The draw belongs to the applicant, so that twins who apply on the same day meet the same luck.
    """
    n = desk["n"]
    applicant, shunned = i64(message["about"]), i64(message["label"])
    lanes = draw(n[SEED], _HIRE, applicant, n[DAY], 0)
    if lanes[0] < hire_chance(people, shunned):
        vehicle, cause = i64(message["amount"]), i64(message["cause"])
        send(desk, OFFER, applicant, 1, 0, shunned, 0, vehicle, n[SUBJECT], cause, 0)


@kernel(i8(People, i8))
def chance_at_worth(people: np.void, worth: int) -> int:
    """Return the chance (Q32) of dismissal where keeping the employee costs the company so much, Q16 days."""
    return logistic(people["dismiss_odds"] + ((worth * people["dismiss_inverse_tau"]) >> 16))


@kernel(i8(People, i8))
def dismiss_chance(people: np.void, points: int) -> int:
    """Return the chance (Q32) of dismissal over a record that costs the company points (thousandths)."""
    return i64(chance_at_worth(people, abs(points) * people["scold_value"] // 1000))


@kernel(void(People, Desk, Message, i8))
def weigh_dismissal(people: np.void, desk: np.void, message: np.void, cause: int) -> None:
    """Decide whether to keep the driver whose record has cost the company points."""
    n = desk["n"]
    lanes = draw(n[SEED], _DISMISS, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] < dismiss_chance(people, i64(message["points"])):
        driver, label, depth = i64(message["about"]), i64(message["label"]), i64(message["depth"])
        send(desk, DISMISSED, driver, 1, BY_RECORD, label, 0, 0, n[SUBJECT], cause, depth + 1)


@kernel(void(Company, Accounts, Rules, Desk, Message))
def lay_off(company: np.void, accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> None:
    """Cut the jobs that a week under the company's sanctions costs, the broken number by chance."""
    n = desk["n"]
    danger = job_danger(rules, COMPANY, i64(accounts["sanctions"]))
    wanted = i64(company["employees"]) * danger
    lanes = draw(n[SEED], _LAYOFF, n[SUBJECT], n[DAY], 0)
    notices = min((wanted + lanes[0]) >> 32, MOST_LAID_OFF)
    for notice in range(notices):
        cause = i64(message["cause"])
        episode = n[EPISODE] * 64 + notice
        send(desk, LAID_OFF, SOMEBODY | STAFF, 1, BY_LAYOFF, 0, 0, episode, 0, cause, 0)
