"""The steps of a block's day: deliver and reckon, and what acting shares with them."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.letters import (
    APPEAL_READY,
    APPEALED,
    APPLICATION,
    APPLY,
    BILL_UNPAID,
    CASE_STEP,
    CHAINED,
    FRIEND_SHOWN,
    GRADING_STEP,
    MERIT,
    MET,
    NOTICE_SERVED,
    PAID,
    RATING,
    REACHES_MILESTONE,
    SERVED_ANYWAY,
    SHOWN_AT_WORK,
    TIE_CUT,
    VERDICT,
    VIOLATED,
    WEEK,
)
from demerit.catalogue.pointers import Desk, Message
from demerit.catalogue.rules import (
    APPLIED,
    CELL,
    EPISODE,
    OUT,
    PHASE,
    ROWS,
    SEQUENCE,
    SUBJECT,
)
from demerit.catalogue.words import (
    AGENCY,
    CELLS,
    CITIZEN,
    COMPANY,
    INDEX_MASK,
    OWNING_COMPANY,
    SUBJECT_SHIFT,
    VEHICLE,
)
from demerit.engine.calendar import canonical_order, drain
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void
from demerit.engine.memory import prefetch
from demerit.institutions.bodies import reckon_body, reckon_vehicle, stand_still
from demerit.institutions.fines import owner_fined
from demerit.institutions.sanctions import reckon
from demerit.institutions.violations import count_in_fleet, count_violation
from demerit.mechanisms.approval import feel, harm_that_goes_on, note_habit, settle_mood
from demerit.mechanisms.creditors import pay_for_sanctions
from demerit.mechanisms.ratings import deliver_service
from demerit.simulation.arrays import OUT_COUNT, TOUCHED_COUNT, Office, TheOffice, TheTown, Town
from demerit.simulation.bodies import deliver_redress
from demerit.simulation.citizens import deliver_letter, live_to_see
from demerit.simulation.deliveries import deliver_account
from demerit.simulation.jobs import deliver_company, deliver_work
from demerit.simulation.numbers import place_in_block, subject_at
from demerit.simulation.offices import deliver_office
from demerit.simulation.officials import deliver_personnel
from demerit.simulation.outbox import FULL_LEDGER, FULL_OUTBOX, clear_desk

DELIVER, ACT, RECKON = range(3)
"""Phases of the day, as they stand in ids."""
AHEAD = 4
"""How many situations or messages ahead a citizen's records are asked for."""
FIRST_OF_MESSAGES = 64
"""Episodes below this are situations of the week; from it on they number a subject's messages of the day."""


@kernel(void(Desk, i8, i8, i8))
def sit_down(desk: np.void, subject: int, phase: int, cell: int) -> None:
    """Put a subject at the desk; its entries of this phase are numbered from nought."""
    n = desk["n"]
    if n[SUBJECT] != subject or n[PHASE] != phase:
        n[SEQUENCE] = 0
    n[SUBJECT] = subject
    n[PHASE] = phase
    n[CELL] = cell


@kernel(void(array(i8), array(i8), array(i8), i8, i8))
def touch(
    touched: np.ndarray[Any, Any],
    causes: np.ndarray[Any, Any],
    cursor: np.ndarray[Any, Any],
    local: int,
    cause: int,
) -> None:
    """Note that a subject's scores must be reckoned, and why."""
    if cause == 0:
        return
    if causes[local] == 0:
        touched[cursor[TOUCHED_COUNT]] = local
        cursor[TOUCHED_COUNT] += 1
    causes[local] = cause


@kernel(i8(TheTown, TheOffice, i8, i8))
def sort_inbox(town: Town, office: Office, number: int, day: int) -> int:
    """Take today's messages of a block into the inbox and order them; return how many there are."""
    borders = town.borders[office.members[number]]
    inbox, places = office.inbox, office.places
    total = drain(
        office.pool, office.following, office.heads, office.waiting, office.control, number, day, inbox
    )
    for index in range(total):
        target = i64(inbox[index]["target"])
        places[index] = place_in_block(borders, target >> SUBJECT_SHIFT, target & INDEX_MASK)
    canonical_order(inbox, places, total, office.order, office.spare, office.tally)
    return total


@kernel(i8(TheTown, Desk, Message, i8))
def deliver_agency(town: Town, desk: np.void, message: np.void, agency: int) -> int:
    """Deliver what an office decides on, an appeal or a grade; return the id to reckon by, or 0."""
    if i64(message["kind"]) in (MERIT, GRADING_STEP):
        return deliver_personnel(town, desk, message, agency)
    return deliver_office(town, desk, town.accounts[AGENCY][agency], message, agency)


@kernel(i8(TheTown, Desk, Message, i8, i8, i8))
def deliver_body(town: Town, desk: np.void, message: np.void, subject_kind: int, index: int, day: int) -> int:
    """Deliver a message to a subject that is not a citizen; return the ledger id to reckon by, or 0."""
    account = town.accounts[subject_kind][index]
    letter = i64(message["kind"])
    if subject_kind == AGENCY and letter in (APPEALED, CASE_STEP, MERIT, GRADING_STEP):
        return deliver_agency(town, desk, message, index)
    if subject_kind == COMPANY and letter in (APPLICATION, WEEK, CHAINED, SHOWN_AT_WORK, BILL_UNPAID):
        return deliver_company(town.companies[index], account, town.rules, town.people, desk, message, day)
    if letter == VIOLATED and subject_kind == COMPANY:
        return count_in_fleet(town.companies[index], account, message)
    if letter in (WEEK, VIOLATED):
        cause = i64(message["cause"])
        if letter == WEEK and subject_kind == VEHICLE:
            stand_still(account, town.rules, desk, i64(town.vehicles[index]["networked"]))
        elif letter == WEEK:
            pay_for_sanctions(account, town.rules, town.people, desk, 0, cause)
        else:
            count_violation(account, town.rules, desk, OWNING_COMPANY, cause)
        return cause
    if letter == PAID:
        mine = i64(town.vehicles[index]["owner"]) == i64(message["about"])
        return owner_fined(account, message) if mine else 0
    if letter in (SERVED_ANYWAY, RATING):
        cause = deliver_service(account, town.rules, desk, message)
    elif letter in (NOTICE_SERVED, APPEAL_READY, VERDICT):
        cause = deliver_redress(town, desk, message, i64(message["target"]))
    else:
        cause = deliver_account(account, town.rules, desk, message, day)
    return cause


@kernel(void(TheTown, i8, i8))
def settle_before_pay_changes(town: Town, place: int, day: int) -> None:
    """Bring the mood of a citizen under sanctions to today: what they take may change with a message."""
    state = town.states[place]
    if i64(state["wage_loss"]) != 0 or i64(town.accounts[CITIZEN][place]["sanctions"]) != 0:
        settle_mood(state, town.hearsay[place], town.people, day)


@kernel(i8(i8))
def changes_circles(letter: int) -> int:
    """Tell whether a letter can change who is a colleague or a friend."""
    return 1 if APPLY <= letter <= REACHES_MILESTONE or FRIEND_SHOWN <= letter <= TIE_CUT else 0


@kernel(void(TheTown, TheOffice, i8, i8, i8))
def deliver_block(town: Town, office: Office, number: int, day: int, keep: int) -> None:
    """1 deliver: apply today's messages of a block; those that are due later go out again."""
    rules, people, desk = town.rules, town.people, office.desk
    states, traits, accounts = town.states, town.traits, town.accounts[CITIZEN]
    inbox, places, order, out, cursor = office.inbox, office.places, office.order, office.out, office.cursor
    touched, causes = office.touched, office.causes
    low = town.borders[office.members[number], 0]
    citizens = town.borders[office.members[number], 1] - low
    total = sort_inbox(town, office, number, day)
    n = desk["n"]
    n[SUBJECT] = -1
    for index in range(total):
        if index + AHEAD < total:
            place = places[order[index + AHEAD]]
            if place < citizens:
                prefetch(states, low + place)
                prefetch(town.hearsay, low + place)
                if i64(inbox[order[index + AHEAD]]["kind"]) != MET:
                    prefetch(traits, low + place)
                    prefetch(accounts, low + place)
        message = inbox[order[index]]
        if i64(message["due"]) > day:
            out[cursor[OUT_COUNT]] = message
            cursor[OUT_COUNT] += 1
            continue
        target = i64(message["target"])
        place = target & INDEX_MASK
        kind = target >> SUBJECT_SHIFT
        if i64(message["kind"]) == MET:
            # four in five messages: they need the state alone, and leave nothing on the desk
            n[APPLIED] += 1
            live_to_see(states[place], town.hearsay[place], people, message, day)
            continue
        n[EPISODE] = n[EPISODE] + 1 if n[SUBJECT] == target else FIRST_OF_MESSAGES
        n[APPLIED] += 1
        if kind == CITIZEN:
            sit_down(desk, target, DELIVER, i64(traits[place]["cell"]))
            settle_before_pay_changes(town, place, day)
            letter = i64(message["kind"])
            # whom a circle meant to earlier letters must not depend on when the desk is cleared
            if n[OUT] > 0 and changes_circles(letter) == 1:
                clear_desk(town, office, keep)
            if APPLY <= letter <= REACHES_MILESTONE:
                deliver_work(
                    states[place], traits[place], town.works[place], accounts[place], rules, people, desk,
                    message,
                )  # fmt: skip
                cause = 0
            else:
                cause = deliver_letter(town, desk, message, place)
            feel(states[place], town.hearsay[place], people, desk, i64(message["cause"]))
        else:
            sit_down(desk, target, DELIVER, CELLS)
            cause = deliver_body(town, desk, message, kind, place, day)
        touch(touched, causes, cursor, places[order[index]], cause)
        if n[OUT] > FULL_OUTBOX or n[ROWS] > FULL_LEDGER:
            clear_desk(town, office, keep)


@kernel(void(TheTown, TheOffice, i8, i8, i8))
def reckon_block(town: Town, office: Office, number: int, day: int, keep: int) -> None:
    """6 reckon: scores and sanctions of the subjects of a block who were touched today."""
    rules, people, desk = town.rules, town.people, office.desk
    states, traits, accounts = town.states, town.traits, town.accounts[CITIZEN]
    touched, causes = office.touched, office.causes
    borders = town.borders[office.members[number]]
    n = desk["n"]
    n[SUBJECT] = -1
    for index in range(office.cursor[TOUCHED_COUNT]):
        local = touched[index]
        subject = subject_at(borders, local)
        kind, place = subject >> SUBJECT_SHIFT, subject & INDEX_MASK
        if kind == CITIZEN:
            sit_down(desk, place, RECKON, i64(traits[place]["cell"]))
            state, hearsay = states[place], town.hearsay[place]
            settle_mood(state, hearsay, people, day)
            taken = harm_that_goes_on(state)
            reckon(state, traits[place], accounts[place], rules, people, desk, causes[local], day)
            note_habit(state, hearsay, desk, taken, causes[local])
        else:
            sit_down(desk, subject, RECKON, CELLS)
            account = town.accounts[kind][place]
            if kind == VEHICLE:
                networked = i64(town.vehicles[place]["networked"])
                reckon_vehicle(account, rules, desk, networked, causes[local], day)
            else:
                reckon_body(account, rules, desk, causes[local], day)
        causes[local] = 0
        if n[OUT] > FULL_OUTBOX or n[ROWS] > FULL_LEDGER:
            clear_desk(town, office, keep)
