"""Unpaid bills: a government office does not pay, and the firm it owes cuts jobs or bears it (F40).

    notices = staff * bill / a year's payroll,    P(cut) as the society file gives it

And what bodies lose by their sanctions in money, with what those who lead them lose of their pay.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import BILL_UNPAID, BONUS_CUT, NOT_PAID
from demerit.catalogue.letters import BILL_UNPAID as UNPAID
from demerit.catalogue.letters import BONUS_CUT as LESS_PAY
from demerit.catalogue.letters import LAID_OFF
from demerit.catalogue.pointers import Accounts, Company, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import CREDITOR, LINK, SOMEBODY, STAFF
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import AGENCY, AGENCY_BILL, BY_LAYOFF, LEADER, MANAGER, SUBJECT_SHIFT
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.bodies import budget_share, leader_share, lose_budget
from demerit.institutions.purse import charge, days_to_fen
from demerit.mechanisms.employer import MOST_LAID_OFF
from demerit.mechanisms.organisations import payroll_fen_day

_CREDITOR = int(Purpose.CREDITOR)
_BILLS = flow("bills_unpaid")
_BILLS_FEN = flow("bills_unpaid_fen")
_CUT = flow("unpaid_firms_cut")
_NOTICES = flow("unpaid_notices")
_BUDGET = flow("body_budget_fen")
_BONUS = flow("bonus_cut_fen")
_MOST_FEN = 2147483647
_DAYS_A_YEAR = 365
_NOTICES_A_LETTER = 64


@kernel(void(People, Desk, i8))
def leave_unpaid(people: np.void, desk: np.void, payroll: int) -> None:
    """Leave a firm of the province unpaid for so many days of the office's payroll (fen a day)."""
    fen = min((people["due"][AGENCY_BILL] * payroll) >> 16, _MOST_FEN)
    if fen == 0:
        return
    entry = enter(desk, BILL_UNPAID, 0, -1, 0, 0, 0, fen, 0, 0)
    send(desk, UNPAID, SOMEBODY | CREDITOR, 1, 0, 0, fen, desk["n"][EPISODE], 0, entry, 0)


@kernel(void(Company, People, Desk, Message))
def wait_in_vain(company: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Cut jobs over a bill that a government office has not paid, or bear it."""
    n = desk["n"]
    fen, staff = i64(message["points"]), i64(company["employees"])
    entry = enter(desk, NOT_PAID, 0, -1, 0, 0, 0, fen, i64(message["cause"]), 0)
    count(desk, _BILLS, 1)
    count(desk, _BILLS_FEN, fen)
    lanes = draw(n[SEED], _CREDITOR, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] >= people["cuts_unpaid"]:
        return
    count(desk, _CUT, 1)
    share = min((fen << 16) // (payroll_fen_day(people, 1, staff) * _DAYS_A_YEAR), 65536)
    notices = min((staff * share * 65536 + lanes[1]) >> 32, MOST_LAID_OFF)
    count(desk, _NOTICES, notices)
    for notice in range(notices):
        episode = n[EPISODE] * _NOTICES_A_LETTER + notice
        send(desk, LAID_OFF, SOMEBODY | STAFF, 1, BY_LAYOFF, 0, 0, episode, 0, entry, 0)


@kernel(void(Accounts, Rules, People, Desk, i8, i8))
def pay_for_sanctions(
    accounts: np.void, rules: np.void, people: np.void, desk: np.void, staff: int, cause: int
) -> None:
    """Lose a week's part of the budget, and let whoever leads an agency or a service lose of their pay.

    Args:
        staff: people on the payroll of a company; 0 for what the society gives agencies and services.
        cause: what the week follows from.
    """
    subject_kind, bits = desk["n"][SUBJECT] >> SUBJECT_SHIFT, i64(accounts["sanctions"])
    lost = 7 * budget_share(rules, subject_kind, bits) * payroll_fen_day(people, subject_kind, staff)
    count(desk, _BUDGET, lost // 1000)
    lose_budget(accounts, rules, desk)
    share = leader_share(rules, subject_kind, bits)
    if share > 0:
        link = LEADER if subject_kind == AGENCY else MANAGER
        send(desk, LESS_PAY, LINK + link, 1, 0, 0, share, 0, 0, cause, 0)


@kernel(void(State, Traits, People, Desk, Message))
def lose_bonus(state: np.void, traits: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Lose a share (thousandths) of a week's pay with the budget of the office or service that one leads."""
    fen = days_to_fen(traits, 7 * i64(message["points"]) * 65536 // 1000)
    enter(desk, BONUS_CUT, 0, -1, 0, 0, 0, fen, i64(message["cause"]), 0)
    charge(state, traits, people, desk, desk["n"][DAY], fen, _BONUS)
