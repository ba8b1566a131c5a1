"""Power: a superior harasses a subordinate, who refuses or gives in, and pays for refusing (R20, F38).

    U(harass)  = g - c H - p (f + L)
    U(refuse)  = d - (C - C_law),   C = P(dismissed) (job - award) + P(ordered) P(written) P(record) (f + L)
    U(dismiss) = m - (A - A_law),   A = P(sued) P(won) award
    U(order)   = b + (P(record) - P_law(record)) spite
    U(write)   = w + (R - R_law) - (p_f - p_f,law) (f + L)

Under ordinary law all but the first have the chances that the society file gives; what a regime
adds to their consequences, checks that fade with rank above all, is all that moves them. The complaint is
written by somebody else who works there, and who chooses as well.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import MET, PER_KIND, VETOED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import ORDERED, REFUSAL, YIELDED
from demerit.catalogue.letters import ASKED, AT_HAND, DISMISSED, REFUSED
from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits, Work
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY, SUPERIOR, tell_somebody
from demerit.catalogue.rules import CELL, DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import (
    BY_REFUSAL,
    COLLEAGUES,
    COMPANY,
    EMPLOYED,
    EMPLOYER,
    FABRICATED,
    FRAUD,
    GRUDGE,
    HARASSMENT,
    PETTY,
    PRINCIPLE,
    SUBJECT_SHIFT,
    TRUE,
    WITNESS,
)
from demerit.engine.draws import draw
from demerit.engine.fixed import clip, logistic, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.complaints import false_filed_chance
from demerit.institutions.purse import fen_to_days
from demerit.mechanisms.anticipation import expected_loss
from demerit.mechanisms.choice import is_aware, penalty
from demerit.mechanisms.grudges import pull
from demerit.mechanisms.learning import meet_circle
from demerit.mechanisms.reporting import complain, will_report
from demerit.mechanisms.strain import be_strained

_REFUSING = int(Purpose.REFUSAL)
_RETALIATION = int(Purpose.RETALIATION)
_PROXY = int(Purpose.PROXY)
_REFUSALS = flow("refusals")
_GAVE_IN = flow("gave_in")
_GAVE_IN_TO_RULES = flow("gave_in_to_rules")
_ORDERS = flow("complaints_ordered")
_ORDERS_FOR_RULES = flow("ordered_for_rules")
_ASKED = flow("proxies_asked")
_WILLING = flow("proxies_willing")
_LIMIT = 1 << 36


@kernel(i8(Desk))
def stratum_at(desk: np.void) -> int:
    """Return the stratum of the citizen at the desk."""
    return i64(desk["n"][CELL] // CELLS_A_STRATUM)


@kernel(i8(State, People, Desk, i8))
def be_at_hand(state: np.void, people: np.void, desk: np.void, cause: int) -> int:
    """Be where a superior could harass one; return that nothing was broken by oneself."""
    if people["power"] == 0 or i64(state["job"]) != EMPLOYED:
        count(desk, HARASSMENT * PER_KIND + VETOED, 1)
    else:
        tell_somebody(desk, AT_HAND, SUPERIOR, HARASSMENT, stratum_at(desk), 0, cause)
    return PRINCIPLE


@kernel(i8(People, i8, i8))
def shifted(people: np.void, odds: int, days: int) -> int:
    """Return a chance (Q32) from its log-odds under ordinary law, by days (Q16) that a regime adds."""
    return logistic(odds + ((clip(days, -_LIMIT, _LIMIT) * people["power_inverse_tau"]) >> 16))


@kernel(i8(Rules, Rules, People, i8))
def order_chance(rules: np.void, law: np.void, people: np.void, rank: int) -> int:
    """Return the chance (Q32) that a refused superior wants a complaint, by the strata between the two."""
    if rules["complaints"] == 0:
        return 0
    more = false_filed_chance(rules, rank) - false_filed_chance(law, rank)
    return shifted(people, people["order_odds"], i64((more * people["spite"]) >> 16))


@kernel(i8(Rules, i8))
def expected_award(rules: np.void, award_days: int) -> int:
    """Return what a dismissal is expected to cost or bring by a labour court, days (Q16) of an award."""
    return times_q32(times_q32(award_days, rules["labour_won"]), rules["labour_sued"])


@kernel(i8(Rules, Rules, People, i8, i8))
def dismiss_chance(rules: np.void, law: np.void, people: np.void, award: int, award_by_law: int) -> int:
    """Return the chance (Q32) that a refused superior dismisses, awards being so many days (Q16)."""
    more = expected_award(rules, award) - expected_award(law, award_by_law)
    return shifted(people, people["dismiss_refuser_odds"], -more)


@kernel(i8(Rules, People))
def mean_pull(rules: np.void, people: np.void) -> int:
    """Return what a regime adds to writing a false complaint for somebody of mean income, Q16 days."""
    reward = (rules["believed_false"] * ((rules["reward_fen"] << 16) // people["mean_income"])) >> 16
    return i64(reward + ((people["report_effort"] * (65536 - rules["effort_factor"])) >> 16))


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, i8, i8, i8))
def cost_of_refusing(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    rank: int,
    in_full: int,
    day: int,
) -> int:
    """Return what refusing is expected to cost, Q16 days of own income.

    The superior and whoever is asked to write are taken to have mean income and a clean record.

    Args:
        rules: the regime whose consequences are weighed; ``law`` its null regime.
        rank: strata between the superior and oneself.
        in_full: 1 for the regime in force, 0 for what law alone would bring.
    """
    award = (rules["labour_fen"] << 16) // people["mean_income"]
    award_by_law = (law["labour_fen"] << 16) // people["mean_income"]
    dismissed = dismiss_chance(rules, law, people, award, award_by_law)
    own_award = expected_award(rules, fen_to_days(traits, rules["labour_fen"]))
    cost = times_q32(max(people["job_worth"] - own_award, 0), dismissed)
    aware = is_aware(state, day) if in_full == 1 else 0
    written = shifted(people, people["proxy_odds"], mean_pull(rules, people) - mean_pull(law, people))
    ordered = times_q32(order_chance(rules, law, people, rank), written)
    recorded = (ordered * false_filed_chance(rules, rank)) >> 16
    for alleged in range(2):
        kind = PETTY if alleged == 0 else FRAUD
        share = people["theft_share"] if alleged == 0 else 4294967296 - people["theft_share"]
        if rules["conduct"][kind] != 0:
            worth = fen_to_days(traits, rules["fine_fen"][kind])
            worth += expected_loss(rules, state, traits, accounts, kind, aware, day)
            cost += times_q32(times_q32(worth, recorded), share)
    return i64(cost)


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, i8, i8))
def refuse_chance(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    rank: int,
    day: int,
) -> int:
    """Return the chance (Q32) of refusing a superior who ranks so many strata above."""
    more = cost_of_refusing(state, traits, accounts, rules, law, people, rank, 1, day)
    more -= cost_of_refusing(state, traits, accounts, law, law, people, rank, 0, day)
    return shifted(people, people["refuse_odds"], -more)


@kernel(void(State, Traits, Accounts, Rules, Rules, People, Desk, Message))
def be_harassed(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Refuse a superior or give in; then report it, or keep silent."""
    n = desk["n"]
    day, cause, superior = n[DAY], i64(message["cause"]), i64(message["about"])
    be_strained(state, people, desk, EMPLOYER, cause, day)
    meet_circle(state, people, COLLEAGUES, 0, day)
    rank = max(stratum_at(desk) - i64(message["label"]), 0)
    lanes = draw(n[SEED], _REFUSING, n[SUBJECT], day, n[EPISODE])
    if lanes[0] < refuse_chance(state, traits, accounts, rules, law, people, rank, day):
        count(desk, _REFUSALS, 1)
        entry = enter(desk, REFUSAL, 0, -1, 0, 0, 0, 0, cause, 0)
        send(desk, REFUSED, superior, 1, 0, rank, i64(message["points"]), 0, n[SUBJECT], entry, 0)
    else:
        count(desk, _GAVE_IN, 1)
        count(desk, _GAVE_IN_TO_RULES, 1 if lanes[0] < logistic(people["refuse_odds"]) else 0)
        entry = enter(desk, YIELDED, 0, -1, 0, 0, 0, 0, cause, 0)
    if rules["complaints"] == 0 or rules["conduct"][HARASSMENT] == 0:
        return
    count(desk, WITNESS * PER_KIND + MET, 1)
    motive = will_report(
        state, traits, accounts, rules, law, people, desk, HARASSMENT, COLLEAGUES, lanes[1], day
    )
    if motive != 0:
        complain(rules, desk, HARASSMENT, TRUE, motive, superior, COLLEAGUES, 0, entry)


@kernel(void(Traits, Rules, Rules, People, Desk, Message))
def be_refused(
    traits: np.void, rules: np.void, law: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Take revenge on whoever has refused, or let it be: dismissal, and a complaint that somebody writes."""
    n = desk["n"]
    cause, subordinate, rank = i64(message["cause"]), i64(message["about"]), i64(message["label"])
    lanes = draw(n[SEED], _RETALIATION, n[SUBJECT], n[DAY], n[EPISODE])
    award, award_by_law = fen_to_days(traits, rules["labour_fen"]), fen_to_days(traits, law["labour_fen"])
    if lanes[0] < dismiss_chance(rules, law, people, award, award_by_law):
        company = (COMPANY << SUBJECT_SHIFT) | i64(message["points"])
        send(desk, DISMISSED, subordinate, 1, BY_REFUSAL, 0, n[SUBJECT], 0, company, cause, 0)
    if lanes[1] < order_chance(rules, law, people, rank):
        count(desk, _ORDERS, 1)
        count(desk, _ORDERS_FOR_RULES, 1 if lanes[1] >= logistic(people["order_odds"]) else 0)
        entry = enter(desk, ORDERED, 0, -1, 0, 0, 0, 0, cause, 0)
        send(desk, ASKED, SOMEBODY | COLLEAGUES, 1, 0, rank, subordinate, n[EPISODE], 0, entry, 0)


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, i8, i8))
def write_chance(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    rank: int,
    day: int,
) -> int:
    """Return the chance (Q32) of writing the complaint that a superior wants; checks fade with rank."""
    more = pull(state, traits, accounts, rules, people, day) - pull(state, traits, accounts, law, people, day)
    feared = penalty(state, traits, accounts, rules, people, GRUDGE, 1, day)
    more -= times_q32(feared, rules["rank_checked"][rank])
    more += times_q32(
        penalty(state, traits, accounts, law, people, GRUDGE, 0, day), law["rank_checked"][rank]
    )
    return shifted(people, people["proxy_odds"], more)


@kernel(void(State, Traits, Accounts, Rules, Rules, People, Desk, Message))
def be_asked(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Write a complaint about a colleague that a superior wants, or do not."""
    n = desk["n"]
    day, accused, rank = n[DAY], i64(message["points"]), i64(message["label"])
    if rules["complaints"] == 0 or accused == n[SUBJECT] or i64(state["job"]) != EMPLOYED:
        return
    count(desk, _ASKED, 1)
    lanes = draw(n[SEED], _PROXY, n[SUBJECT], day, n[EPISODE])
    if lanes[0] < write_chance(state, traits, accounts, rules, law, people, rank, day):
        count(desk, _WILLING, 1)
        kind = PETTY if lanes[1] < people["theft_share"] else FRAUD
        if rules["conduct"][kind] != 0:
            cause = i64(message["cause"])
            complain(rules, desk, kind, FABRICATED, 0, accused, COLLEAGUES, 1 + rank, cause)


@kernel(i8(State, Work, i8))
def is_superior_at(state: np.void, work: np.void, company: int) -> int:
    """Tell whether somebody still works at a company."""
    return 1 if i64(state["job"]) == EMPLOYED and i64(work["employer"]) == company + 1 else 0
