"""Labour: a job that ends, the search for another, and a job that begins.

A separation is a situation like any other; whatever else ends a job arrives as a message. Who seeks work
finds a place to apply for after exponential waiting times; the employer decides.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, PER_KIND, VETOED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import HIRED, JOB_LOST
from demerit.catalogue.letters import APPLICATION, APPLY, JOB_ENDS
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits, Work
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY, WORKPLACE
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import (
    BY_LICENCE,
    BY_SEPARATION,
    CITIZEN,
    EMPLOYED,
    INDEX_MASK,
    OWN_ACCOUNT,
    PRINCIPLE,
    SEEKING,
    SEPARATION,
)
from demerit.engine.draws import draw
from demerit.engine.fixed import logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.licence import may_drive
from demerit.institutions.purse import idle_saving, pay, working_saving
from demerit.institutions.sanctions import pay_cut
from demerit.institutions.standing import standing
from demerit.mechanisms.strain import waiting_days
from demerit.mechanisms.want import begin_want

OWN, WITH_VEHICLE = 1, 2
"""Terms of work: on own account; with a vehicle that goes with the job."""
_SEARCH = int(Purpose.SEARCH)
_OWN_WORK = int(Purpose.OWN_WORK)
_LOST = flow("job_lost_separation") - BY_SEPARATION
_APPLICATIONS = flow("applications")
_SHUNNED = flow("looked_down_on")
_LOOKED_UP = flow("employer_lookups")
_HIRED = flow("hired")
_SEARCHED = flow("search_days")


@kernel(i8(State))
def has_work(state: np.void) -> int:
    """Tell whether somebody has work, employed or on own account."""
    return 1 if i64(state["job"]) in (EMPLOYED, OWN_ACCOUNT) else 0


@kernel(void(People, Desk, i8, i8))
def look_for_work(people: np.void, desk: np.void, began: int, cause: int) -> None:
    """Find the next place to apply for after some days of a search that began on a day."""
    n = desk["n"]
    lanes = draw(n[SEED], _SEARCH, n[SUBJECT], n[DAY], 0)
    days = waiting_days(people, people["apply_days"], lanes[0])
    send(desk, APPLY, n[SUBJECT], days, 0, 0, 0, began, 0, cause, 0)


@kernel(i8(State, Desk, i8))
def separate(state: np.void, desk: np.void, cause: int) -> int:
    """Come to the end of a job, if there is one, which is nobody's choice; return that nothing was broken."""
    place = SEPARATION * PER_KIND
    if has_work(state) == 0:
        count(desk, place + VETOED, 1)
        return PRINCIPLE
    count(desk, place + ACTED, 1)
    send(desk, JOB_ENDS, desk["n"][SUBJECT], 1, BY_SEPARATION, 0, 0, 0, 0, cause, 0)
    return PRINCIPLE


@kernel(i8(State, Traits, Work, People, Desk, i8, i8, i8))
def lose_job(
    state: np.void,
    traits: np.void,
    work: np.void,
    people: np.void,
    desk: np.void,
    why: int,
    cause: int,
    day: int,
) -> int:
    """Lose a job, with its wage, its vehicle and what sanctions took of the wage; begin to search.

    Returns:
        The id of the entry.
    """
    pay(state, traits, people, desk, day, 0)
    wage = min((i64(traits["income_fen_day"]) * i64(work["wage"])) >> 15, 2147483647)
    entry = enter(desk, JOB_LOST, why, -1, 0, 0, 0, wage, cause, 0)
    count(desk, _LOST + why, 1)
    state["job"] = SEEKING
    state["wage_loss"] = 0
    state["saving"] = idle_saving(traits, people)
    if i64(work["terms"]) & WITH_VEHICLE:
        work["vehicle"] = 0
        work["terms"] = i64(work["terms"]) - WITH_VEHICLE
    work["employer"] = 0
    work["since"] = day
    work["loss"] = why
    look_for_work(people, desk, day, entry)
    return entry


@kernel(void(State, Traits, Work, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8))
def take_job(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    employer: int,
    vehicle: int,
    shunned: int,
    cause: int,
    day: int,
) -> None:
    """Take a job: own usual wage, less what a forced loss and an employer's look at the record cost.

    Args:
        employer: company + 1; 0 = on own account.
        vehicle: vehicle + 1 that goes with the job; 0 = none.
        shunned: 1 = the employer has seen a standing that it shuns [B116].
    """
    pay(state, traits, people, desk, day, 0)
    wage = 32768
    if i64(work["loss"]) != BY_SEPARATION:
        wage -= people["scar"]
    if shunned == 1:
        wage = (wage * (32768 - people["look_wage"])) >> 15
    daily = min((i64(traits["income_fen_day"]) * wage) >> 15, 2147483647)
    enter(desk, HIRED, i64(work["loss"]), -1, 0, 0, 0, daily, cause, 0)
    count(desk, _HIRED, 1)
    count(desk, _SEARCHED, day - i64(work["since"]))
    state["job"] = EMPLOYED if employer > 0 else OWN_ACCOUNT
    state["saving"] = working_saving(people, wage)
    state["wage_loss"] = pay_cut(rules, i64(accounts["sanctions"])) if employer > 0 else 0
    work["employer"] = employer
    work["wage"] = wage
    work["since"] = day
    if vehicle > 0:
        work["vehicle"] = vehicle
        work["terms"] = i64(work["terms"]) | WITH_VEHICLE


@kernel(i8(Accounts, Rules, i8))
def is_shunned(accounts: np.void, rules: np.void, day: int) -> int:
    """Tell whether employers may look up a standing that they shun."""
    system = rules["look_system"]
    if system < 0:
        return 0
    return 1 if standing(accounts, rules, CITIZEN, system, day) < rules["look_below"] else 0


@kernel(i8(People, i8))
def hire_chance(people: np.void, shunned: int) -> int:
    """Return the chance (Q32) that an application succeeds: the null odds, less those of a bad standing."""
    return logistic(people["hire_odds"] + shunned * people["look_odds"])


@kernel(void(State, Traits, Work, Accounts, Rules, People, Desk, Message))
def apply_for_work(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Apply at an employer heard of, or try again on own account, and go on searching."""
    n = desk["n"]
    day = n[DAY]
    began = i64(message["amount"])
    if i64(state["job"]) != SEEKING or began != i64(work["since"]):
        return
    cause = i64(message["cause"])
    begin_want(state, traits, accounts, people, desk, cause, day)
    count(desk, _APPLICATIONS, 1)
    if i64(work["terms"]) & OWN:
        if draw(n[SEED], _OWN_WORK, n[SUBJECT], day, 0)[0] < hire_chance(people, 0):
            take_job(state, traits, work, accounts, rules, people, desk, 0, 0, 0, cause, day)
            return
    else:
        shunned = is_shunned(accounts, rules, day)
        count(desk, _SHUNNED, shunned)
        count(desk, _LOOKED_UP, 1 if rules["look_system"] >= 0 else 0)
        send(desk, APPLICATION, SOMEBODY | WORKPLACE, 1, 0, shunned, 0, n[EPISODE], 0, cause, 0)
    look_for_work(people, desk, began, cause)


@kernel(void(State, Traits, Work, Accounts, Rules, People, Desk, Message))
def accept_offer(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Take the job that is offered, unless another one was quicker."""
    if i64(state["job"]) != SEEKING:
        return
    employer = (i64(message["about"]) & INDEX_MASK) + 1
    vehicle, shunned = i64(message["amount"]), i64(message["label"])
    cause, day = i64(message["cause"]), desk["n"][DAY]
    take_job(state, traits, work, accounts, rules, people, desk, employer, vehicle, shunned, cause, day)


@kernel(void(State, Traits, Work, People, Desk, Message))
def end_job(
    state: np.void, traits: np.void, work: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """End a job for a reason of the employee's own, if there still is a job and the reason still holds."""
    day, why = desk["n"][DAY], i64(message["rule"])
    if has_work(state) == 0 or (why == BY_LICENCE and may_drive(state, day) == 1):
        return
    lose_job(state, traits, work, people, desk, why, i64(message["cause"]), day)


@kernel(i8(State, Traits, Work, People, Desk, Message))
def be_dismissed(
    state: np.void, traits: np.void, work: np.void, people: np.void, desk: np.void, message: np.void
) -> int:
    """Lose the job at the company that writes, if one still works there; return the entry's id, else 0."""
    employer = (i64(message["about"]) & INDEX_MASK) + 1
    if i64(work["employer"]) == employer:
        why, cause = i64(message["rule"]), i64(message["cause"])
        return lose_job(state, traits, work, people, desk, why, cause, desk["n"][DAY])
    return 0
