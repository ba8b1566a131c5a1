"""One message about work, delivered: to the citizen whose job it is, or to the company that has it."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.letters import (
    APPLICATION,
    APPLY,
    BILL_UNPAID,
    CHAINED,
    JOB_ENDS,
    OFFER,
    REACHES_MILESTONE,
    SHOWN_AT_WORK,
)
from demerit.catalogue.pointers import Accounts, Company, Desk, Message, People, Rules, State, Traits, Work
from demerit.catalogue.words import BY_REFUSAL
from demerit.catalogue.words import EMPLOYER as BY_EMPLOYER
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.chain import be_chained, is_citizen, scold_culprit
from demerit.institutions.inspection import inspect_by_grade
from demerit.mechanisms.creditors import pay_for_sanctions, wait_in_vain
from demerit.mechanisms.display import weigh_display
from demerit.mechanisms.dying import is_dead
from demerit.mechanisms.employer import consider, lay_off, weigh_dismissal
from demerit.mechanisms.labour import accept_offer, apply_for_work, be_dismissed, end_job
from demerit.mechanisms.life_course import reach_milestone
from demerit.mechanisms.suing import consider_suit


@kernel(void(State, Traits, Work, Accounts, Rules, People, Desk, Message))
def deliver_work(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Deliver a message about a citizen's work."""
    if is_dead(state) == 1:
        return
    kind = i64(message["kind"])
    if kind == APPLY:
        apply_for_work(state, traits, work, accounts, rules, people, desk, message)
    elif kind == OFFER:
        accept_offer(state, traits, work, accounts, rules, people, desk, message)
    elif kind == JOB_ENDS:
        end_job(state, traits, work, people, desk, message)
    elif kind == REACHES_MILESTONE:
        reach_milestone(state, traits, work, people, desk, message)
    else:
        lost = be_dismissed(state, traits, work, people, desk, message)
        if lost != 0 and i64(message["rule"]) == BY_REFUSAL:
            consider_suit(traits, rules, people, desk, i64(message["points"]), lost)


@kernel(i8(Company, Accounts, Rules, People, Desk, Message, i8))
def deliver_company(
    company: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> int:
    """Deliver to a company what it must decide on; return the ledger id to reckon by, or 0."""
    kind = i64(message["kind"])
    if kind == APPLICATION:
        consider(people, desk, message)
        return 0
    if kind == SHOWN_AT_WORK:
        weigh_display(rules, people, desk, message)
        return 0
    if kind == CHAINED:
        entry = be_chained(accounts, rules, desk, message, day)
        if entry != 0 and rules["scolds"][BY_EMPLOYER] == 1 and is_citizen(message) == 1:
            scold_culprit(people, desk, message, entry)
            weigh_dismissal(people, desk, message, entry)
        return i64(entry)
    if kind == BILL_UNPAID:
        wait_in_vain(company, people, desk, message)
        return 0
    pay_for_sanctions(accounts, rules, people, desk, i64(company["employees"]), i64(message["cause"]))
    lay_off(company, accounts, rules, desk, message)
    root = inspect_by_grade(company, accounts, rules, desk, i64(message["cause"]))
    return root if root != 0 else i64(message["cause"])
