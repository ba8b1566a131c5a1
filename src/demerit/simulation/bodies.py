"""One situation of a firm, an agency or a service, from meeting to record."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.appealing import NO_PERSON
from demerit.catalogue.counters import MET, PER_KIND, VETOED
from demerit.catalogue.desk import count
from demerit.catalogue.letters import APPEAL_READY, NOTICE_SERVED
from demerit.catalogue.pointers import Accounts, Company, Desk, Message, People, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import (
    AGENCY,
    AGENCY_BILL,
    BREACH,
    COMPANY,
    FAILURE,
    FREE,
    INDEX_MASK,
    INSPECTION,
    NECESSITY,
    SUBJECT_SHIFT,
)
from demerit.engine.draws import Lanes, draw
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import file_appeal
from demerit.institutions.bodies import is_closed
from demerit.institutions.inspection import MOST_OPEN, find_breach, inspect
from demerit.institutions.reversal import hear_verdict_on_body
from demerit.mechanisms.creditors import leave_unpaid
from demerit.mechanisms.organisations import break_rule, payroll_fen_day
from demerit.mechanisms.ratings import fail_somebody
from demerit.mechanisms.redress import consider_body_appeal
from demerit.simulation.acts import context_of
from demerit.simulation.arrays import TheTown, Town

_CHOICE = int(Purpose.BODY_CHOICE)


@kernel(void(Company, i8))
def leave_open(company: np.void, context: int) -> None:
    """Note a breach at a firm, which stays open until it is inspected."""
    if context == NECESSITY:
        company["forced"] = clip(i64(company["forced"]) + 1, 0, MOST_OPEN)
    else:
        company["breaches"] = clip(i64(company["breaches"]) + 1, 0, MOST_OPEN)


@kernel(i8(Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8, Lanes))
def live_choice(
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    compliance: int,
    staff: int,
    context: int,
    lanes: tuple[int, int, int, int],
) -> int:
    """Choose, and be recorded or not; return the id of a record, -1 for a breach that stands open, or 0."""
    payroll = payroll_fen_day(people, desk["n"][SUBJECT] >> SUBJECT_SHIFT, staff)
    motive = break_rule(rules, law, people, desk, kind, compliance, payroll, context, lanes[0])
    if motive != FREE:
        return 0
    if kind == AGENCY_BILL:
        leave_unpaid(people, desk, payroll)
    if kind == FAILURE:
        fail_somebody(desk)
    if kind == BREACH:
        return -1
    return find_breach(accounts, rules, desk, kind, context, lanes[2], lanes[3])


@kernel(i8(TheTown, Desk, Message, i8))
def deliver_redress(town: Town, desk: np.void, message: np.void, subject: int) -> int:
    """Deliver an organisation a notice of a record, or what concerns its appeal; return an id or 0."""
    subject_kind, index = subject >> SUBJECT_SHIFT, subject & INDEX_MASK
    letter = i64(message["kind"])
    if letter == NOTICE_SERVED:
        staff = i64(town.companies[index]["employees"]) if subject_kind == COMPANY else 0
        payroll = payroll_fen_day(town.people, subject_kind, staff)
        consider_body_appeal(town.rules, town.people, desk, message, payroll)
        return 0
    if letter == APPEAL_READY:
        file_appeal(town.rules, desk, message, NO_PERSON)
        return 0
    return hear_verdict_on_body(town.accounts[subject_kind][index], town.rules, desk, message)


@kernel(i8(TheTown, Desk, i8, i8))
def live_body_situation(town: Town, desk: np.void, subject: int, kind: int) -> int:
    """Live through one situation of a subject that is not a citizen; return the id to reckon by, or 0."""
    rules, law, people = town.rules, town.law, town.people
    subject_kind, index = subject >> SUBJECT_SHIFT, subject & INDEX_MASK
    account = town.accounts[subject_kind][index]
    n = desk["n"]
    n[SUBJECT] = subject
    count(desk, kind * PER_KIND + MET, 1)
    if kind != INSPECTION and is_closed(rules, subject_kind, i64(account["sanctions"])) == 1:
        count(desk, kind * PER_KIND + VETOED, 1)
        return 0
    lanes = draw(n[SEED], _CHOICE, subject, n[DAY], n[EPISODE])
    context = context_of(people, kind, lanes[1])
    if subject_kind == COMPANY:
        company = town.companies[index]
        if kind == INSPECTION:
            return inspect(company, account, rules, desk)
        staff = i64(company["employees"])
        found = live_choice(
            account, rules, law, people, desk, kind, i64(company["compliance"]), staff, context, lanes
        )
        if found < 0:
            leave_open(company, context)
        return max(found, 0)
    if subject_kind == AGENCY:
        compliance = i64(town.agencies[index]["compliance"])
    else:
        compliance = i64(town.services[index]["compliance"])
    return live_choice(account, rules, law, people, desk, kind, compliance, 0, context, lanes)
