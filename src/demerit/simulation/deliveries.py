"""One message, delivered: what it does to the subject it is for."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import CURE, NEW_RULES
from demerit.catalogue.letters import (
    AMENDED,
    APPEAL_READY,
    ARRIVED,
    BONUS_CUT,
    CHAINED,
    CONVICTED,
    CURED,
    FILED,
    HEARD,
    LAPSED,
    LICENCE_BACK,
    LICENCE_LAPSED,
    LISTED,
    PAID,
    RECALLED,
    REPAIR_DONE,
    REPAIR_OFFERED,
    SCOLDED,
    SERVED_BADLY,
    SHARED,
    SHORT_OF_MONEY,
    STOPPED,
    STUDIED,
    UNCHAINED,
    UNLISTED,
    UNSHARED,
    VERDICT,
    VIOLATION_LAPSED,
    WEEK,
)
from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.rules import DAY
from demerit.catalogue.words import COLLEAGUES, EMPLOYER, FAMILY, MISTAKEN, STATE
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import file_appeal
from demerit.institutions.arriving import arrive, be_recalled, be_shared, is_principal, lapse
from demerit.institutions.bodies import be_stopped
from demerit.institutions.chain import be_chained
from demerit.institutions.detection import note_found
from demerit.institutions.exemption import is_filed
from demerit.institutions.fines import settle_fine
from demerit.institutions.licence import finish_course, lapse_licence_points, return_licence
from demerit.institutions.lists import be_listed, be_unlisted, perform_duty
from demerit.institutions.purse import pay
from demerit.institutions.records import convict
from demerit.institutions.repair import end_repair
from demerit.institutions.reversal import hear_verdict
from demerit.institutions.sanctions import take_new_terms
from demerit.institutions.scolding import scold
from demerit.institutions.screens import show_the_lowest
from demerit.institutions.violations import lapse_violation
from demerit.institutions.withdrawing import be_unchained, be_unshared
from demerit.mechanisms.approval import hear_it_judged
from demerit.mechanisms.choice import perceived_coverage
from demerit.mechanisms.creditors import lose_bonus
from demerit.mechanisms.learning import become_aware, learn, meet_circle, reveals
from demerit.mechanisms.ratings import be_served_badly
from demerit.mechanisms.repairing import consider_repair
from demerit.mechanisms.strain import be_strained
from demerit.mechanisms.want import live_through_week
from demerit.simulation.acts import have_record

_HEARD = flow("heard")


@kernel(void(State, Rules, People, Desk, Message, i8))
def hear(state: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void, day: int) -> None:
    """Hear of somebody's record: detection looks likelier, and the score becomes known (F14, F41)."""
    kind = i64(message["rule"])
    perceived = perceived_coverage(state, rules, people, kind, 1, day)
    step = (people["alpha_heard"] * (65536 - perceived)) >> 20
    learn(state, people, people["family"][kind], day, step)
    if reveals(rules, kind) == 1:
        become_aware(state, day)
    hear_it_judged(people, desk, i64(message["label"]))
    count(desk, _HEARD, 1)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message, i8))
def be_mistaken(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> int:
    """Receive a record that belongs to somebody of the same surname; return its id, 0 for the exempt."""
    if is_filed(rules, traits, desk) == 0:
        return 0
    kind = i64(message["rule"])
    if rules["conduct"][kind] == 0:
        return 0  # the rule has ended while the record was on its way
    note_found(rules, desk, 1, 1)
    cause = i64(message["cause"])
    return have_record(state, traits, accounts, rules, people, desk, kind, MISTAKEN, 0, cause, day)


@kernel(void(State, Rules, People, Desk, i8, i8, i8, i8, i8))
def be_scolded(
    state: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    scolder: int,
    label: int,
    cause: int,
    depth: int,
    day: int,
) -> None:
    """Take a rebuke: stress, and less trust in colleagues if it comes from the employer."""
    if scold(rules, desk, scolder, label, cause, depth) == 1:
        be_strained(state, people, desk, scolder, cause, day)
        if scolder == EMPLOYER:
            meet_circle(state, people, COLLEAGUES, 0, day)


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def deliver_account(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Deliver what concerns the account alone, of a subject of any kind; return the id to reckon by, or 0."""
    kind = i64(message["kind"])
    entry = i64(message["cause"])
    if kind == ARRIVED:
        entry = arrive(accounts, rules, desk, message, day)
    elif kind == CHAINED:
        entry = be_chained(accounts, rules, desk, message, day)
    elif kind == SHARED:
        entry = be_shared(accounts, rules, desk, message, day)
    elif kind == LAPSED:
        entry = lapse(accounts, rules, desk, message, day)
    elif kind == LISTED:
        entry = be_listed(accounts, rules, desk, message, day)
    elif kind == UNLISTED:
        entry = be_unlisted(accounts, rules, desk, message, day)
    elif kind == VIOLATION_LAPSED:
        entry = lapse_violation(accounts, desk, message)
    elif kind == RECALLED:
        entry = be_recalled(accounts, rules, desk, message, day)
    elif kind == UNCHAINED:
        entry = be_unchained(accounts, rules, desk, message, day)
    elif kind == UNSHARED:
        entry = be_unshared(accounts, rules, desk, message, day)
    elif kind == AMENDED:
        entry = enter(desk, NEW_RULES, 0, -1, 0, 0, 0, 0, 0, 0)
    return entry


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message, i8))
def be_cured(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> int:
    """Pay what was owed, which ends the stay on lists that it led to; return the ledger id."""
    amount = i64(message["amount"])
    kind = i64(message["rule"])
    pay(state, traits, people, desk, day, amount)
    entry = enter(desk, CURE, kind, -1, 0, 0, 0, amount, i64(message["cause"]), 0)
    perform_duty(accounts, rules, desk, kind, entry, day)
    return entry


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message, i8))
def deliver_licence(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> int:
    """Deliver what concerns a citizen's licence and fines; return the ledger id to reckon by, or 0."""
    kind = i64(message["kind"])
    if kind == PAID:
        return settle_fine(state, traits, accounts, rules, people, desk, message, day)
    if kind == STOPPED:
        return be_stopped(accounts, message)
    if kind == STUDIED:
        finish_course(state, traits, accounts, rules, people, desk, message, day)
    elif kind == LICENCE_LAPSED:
        lapse_licence_points(state, message)
    else:
        return_licence(state, rules, desk, message)
    return 0


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message, i8))
def deliver_record(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> int:
    """Deliver a record, or what concerns its appeal or repair; return the ledger id to reckon by, or 0."""
    kind = i64(message["kind"])
    entry = 0
    if kind == FILED:
        entry = be_mistaken(state, traits, accounts, rules, people, desk, message, day)
    elif kind == CONVICTED:
        entry = convict(state, traits, accounts, rules, people, desk, message, day)
    elif kind == VERDICT:
        entry = hear_verdict(state, traits, accounts, rules, people, desk, message)
    elif kind == APPEAL_READY:
        file_appeal(rules, desk, message, i64(traits["cell"]) // CELLS_A_STRATUM)
    elif kind == REPAIR_OFFERED:
        consider_repair(state, traits, accounts, rules, people, desk, message)
    else:
        entry = end_repair(accounts, rules, desk, message)
    return entry


@kernel(void(State, Traits, Rules, People, Desk, Message))
def hear_of_body(
    state: np.void, traits: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Be failed by a service, or lose pay with the office that one leads."""
    if i64(message["kind"]) == SERVED_BADLY:
        be_served_badly(state, traits, rules, people, desk, message)
    else:
        lose_bonus(state, traits, people, desk, message)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def deliver_citizen(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Deliver a message to a citizen; return the ledger id after which scores must be reckoned, or 0."""
    kind = i64(message["kind"])
    cause = i64(message["cause"])
    label = i64(message["label"])
    depth = i64(message["depth"])
    day = desk["n"][DAY]
    entry = 0
    if kind == HEARD:
        hear(state, rules, people, desk, message, day)
    elif kind == ARRIVED:
        entry = arrive(accounts, rules, desk, message, day)
        if i64(message["points"]) < 0 and is_principal(rules, i64(message["rule"])) == 1:
            be_scolded(state, rules, people, desk, STATE, label, entry, depth, day)
            show_the_lowest(accounts, rules, desk, label, entry, day)
    elif kind == SCOLDED:
        be_scolded(state, rules, people, desk, EMPLOYER, label, cause, depth, day)
    elif kind in (FILED, CONVICTED, APPEAL_READY, VERDICT, REPAIR_OFFERED, REPAIR_DONE):
        entry = deliver_record(state, traits, accounts, rules, people, desk, message, day)
    elif kind == CURED:
        entry = be_cured(state, traits, accounts, rules, people, desk, message, day)
    elif kind in (SERVED_BADLY, BONUS_CUT):
        hear_of_body(state, traits, rules, people, desk, message)
    elif kind in (WEEK, SHORT_OF_MONEY):
        entry = live_through_week(state, traits, accounts, rules, people, desk, message)
    elif kind in (PAID, STUDIED, LICENCE_LAPSED, LICENCE_BACK, STOPPED):
        entry = deliver_licence(state, traits, accounts, rules, people, desk, message, day)
    else:
        if kind == AMENDED:
            take_new_terms(state, traits, accounts, rules, people, desk, day)
        entry = deliver_account(accounts, rules, desk, message, day)
        if kind == CHAINED and entry != 0:
            meet_circle(state, people, FAMILY, 0, day)
    return entry
