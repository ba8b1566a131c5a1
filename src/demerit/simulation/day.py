"""The day of a block: deliver, act, record and reckon; what is meant for others leaves as messages.

A subject writes only its own record. Everything for somebody else, or for a later day, is a message delivered
tomorrow at the earliest, in an order that does not depend on blocks, shards or threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.pointers import (
    AllAccounts,
    AllTraits,
    Companies,
    Desk,
    Messages,
    People,
    Rows,
    Rules,
    States,
    Vehicles,
)
from demerit.catalogue.rules import (
    APPLIED,
    CELL,
    DAY,
    EPISODE,
    EVENTS,
    OUT,
    PHASE,
    ROWS,
    SEED,
    SEQUENCE,
    SUBJECT,
)
from demerit.catalogue.words import CELLS, CITIZEN, COMPANY, INDEX_MASK, SUBJECT_SHIFT, VEHICLE
from demerit.engine.calendar import RING, canonical_order, drain
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, u4, void
from demerit.engine.memory import prefetch
from demerit.institutions.chain import chain_vehicle
from demerit.institutions.sanctions import reckon
from demerit.simulation.acts import live_situation
from demerit.simulation.deliveries import deliver_citizen, deliver_company
from demerit.simulation.meet import EPISODE_SHIFT, KIND_SHIFT, WEEKDAY_SHIFT
from demerit.simulation.outbox import FULL_LEDGER, FULL_OUTBOX, OUT_COUNT, ROW_COUNT, Ties, clear_desk

Ints = array(i8)
Pairs = array(i8, 2)
Shorts = array(u4)
Grid = array(u4, 2)

DELIVER, ACT, RECKON = range(3)
"""Phases of the day, as they stand in ids."""
TOUCHED_COUNT = ROW_COUNT + 1
"""Place of a shard's cursor that counts the citizens to reckon."""
MESSAGES_EACH, ROWS_EACH = 12, 24
"""Most messages and rows that one situation or message can lead to on its day, reckoning included."""
AHEAD = 4
"""How many situations or messages ahead a citizen's records are asked for."""
FIRST_OF_MESSAGES = 64
"""Episodes below this number are situations of the week; above it they stand for messages."""


@kernel(void(Desk, i8, i8, i8))
def sit_down(desk: np.void, subject: int, phase: int, cell: int) -> None:
    """Put a subject at the desk; its entries of this phase are numbered from nought."""
    n = desk["n"]
    if n[SUBJECT] != subject or n[PHASE] != phase:
        n[SEQUENCE] = 0
    n[SUBJECT] = subject
    n[PHASE] = phase
    n[CELL] = cell


@kernel(void(Ints, Ints, Ints, i8, i8))
def touch(
    touched: np.ndarray[Any, Any],
    causes: np.ndarray[Any, Any],
    cursor: np.ndarray[Any, Any],
    local: int,
    cause: int,
) -> None:
    """Note that a citizen's scores must be reckoned, and why."""
    if cause == 0:
        return
    if causes[local] == 0:
        touched[cursor[TOUCHED_COUNT]] = local
        cursor[TOUCHED_COUNT] += 1
    causes[local] = cause


@kernel(
    i8(
        i8, i8, i8, i8, Ints, Pairs,
        States, AllTraits, AllAccounts, Vehicles, Companies,
        Shorts, Grid, Shorts, Shorts, Ties,
        Rules, Rules, People, Desk,
        Shorts, Ints, Ints,
        Messages, Ints, Ints, Ints, Ints,
        Messages, Ints, Ints, Ints, Ints, Ints, Ints,
        Messages, Rows, Ints,
    )
)  # fmt: skip
def live_day(
    day: int,
    seed: int,
    keep: int,
    begin: int,
    members: np.ndarray[Any, Any],
    blocks: np.ndarray[Any, Any],
    states: np.ndarray[Any, Any],
    traits: np.ndarray[Any, Any],
    accounts: np.ndarray[Any, Any],
    vehicles: np.ndarray[Any, Any],
    companies: np.ndarray[Any, Any],
    household_first: np.ndarray[Any, Any],
    friends: np.ndarray[Any, Any],
    company_first: np.ndarray[Any, Any],
    staff: np.ndarray[Any, Any],
    ties: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    entries: np.ndarray[Any, Any],
    entry_first: np.ndarray[Any, Any],
    entry_count: np.ndarray[Any, Any],
    pool: np.ndarray[Any, Any],
    following: np.ndarray[Any, Any],
    heads: np.ndarray[Any, Any],
    waiting: np.ndarray[Any, Any],
    control: np.ndarray[Any, Any],
    inbox: np.ndarray[Any, Any],
    places: np.ndarray[Any, Any],
    order: np.ndarray[Any, Any],
    spare: np.ndarray[Any, Any],
    tally: np.ndarray[Any, Any],
    touched: np.ndarray[Any, Any],
    causes: np.ndarray[Any, Any],
    out: np.ndarray[Any, Any],
    rows: np.ndarray[Any, Any],
    cursor: np.ndarray[Any, Any],
) -> int:
    """Live one day in a shard's blocks from number ``begin`` on; return the number of the first block not done.

    The kernel stops before a block when the inbox, outbox or ledger might not hold what the block can
    produce; the caller makes room and calls again.
    """
    n = desk["n"]
    n[DAY] = day
    n[SEED] = seed
    weekday = day % 7
    for number in range(begin, len(members)):
        block = members[number]
        low, high = blocks[block, 0], blocks[block, 1]
        vehicle_low, vehicle_high = blocks[block, 2], blocks[block, 3]
        company_low = blocks[block, 4]
        citizens = high - low
        vehicle_count = vehicle_high - vehicle_low
        due = waiting[number * RING + day % RING]
        work = due + entry_count[number]
        if (
            max(due, entry_count[number]) > len(inbox)
            or cursor[OUT_COUNT] + MESSAGES_EACH * work > len(out)
            or (keep > 0 and cursor[ROW_COUNT] + ROWS_EACH * work > len(rows))
        ):
            return number
        cursor[TOUCHED_COUNT] = 0

        # 1 deliver
        total = drain(pool, following, heads, waiting, control, number, day, inbox)
        for index in range(total):
            target = i64(inbox[index]["target"])
            place = target & INDEX_MASK
            kind = target >> SUBJECT_SHIFT
            if kind == CITIZEN:
                places[index] = place - low
            elif kind == VEHICLE:
                places[index] = citizens + place - vehicle_low
            else:
                places[index] = citizens + vehicle_count + place - company_low
        canonical_order(inbox, places, total, order, spare, tally)
        n[SUBJECT] = -1
        for index in range(total):
            if index + AHEAD < total:
                place = places[order[index + AHEAD]]
                if place < citizens:
                    prefetch(states, low + place)
                    prefetch(traits, low + place)
            message = inbox[order[index]]
            if i64(message["due"]) > day:
                out[cursor[OUT_COUNT]] = message
                cursor[OUT_COUNT] += 1
                continue
            target = i64(message["target"])
            place = target & INDEX_MASK
            kind = target >> SUBJECT_SHIFT
            n[EPISODE] = FIRST_OF_MESSAGES + (i64(message["name"]) & 32767)
            n[APPLIED] += 1
            if kind == CITIZEN:
                sit_down(desk, target, DELIVER, i64(traits[place]["cell"]))
                cause = deliver_citizen(
                    states[place], traits[place], accounts[place], rules, people, desk, message
                )
                touch(touched, causes, cursor, place - low, cause)
            elif kind == VEHICLE:
                sit_down(desk, target, DELIVER, CELLS)
                chain_vehicle(vehicles[place], rules, desk, message, day)
            else:
                sit_down(desk, target, DELIVER, CELLS)
                deliver_company(companies[place], rules, people, desk, message, day)
            if n[OUT] > FULL_OUTBOX or n[ROWS] > FULL_LEDGER:
                clear_desk(
                    desk,
                    traits,
                    household_first,
                    friends,
                    company_first,
                    staff,
                    ties,
                    keep,
                    out,
                    rows,
                    cursor,
                )

        # 2-4 meet, act, record
        first = entry_first[number]
        today = 0
        for index in range(first, first + entry_count[number]):
            entry = i64(entries[index])
            if (entry >> WEEKDAY_SHIFT) & 7 == weekday:
                order[today] = entry
                today += 1
        n[SUBJECT] = -1
        for index in range(today):
            if index + AHEAD < today:
                place = low + (order[index + AHEAD] & 65535)
                prefetch(states, place)
                prefetch(traits, place)
            entry = order[index]
            place = low + (entry & 65535)
            sit_down(desk, place, ACT, i64(traits[place]["cell"]))
            n[EPISODE] = entry >> EPISODE_SHIFT
            n[EVENTS] += 1
            cause = live_situation(
                states[place],
                traits[place],
                accounts[place],
                rules,
                law,
                people,
                desk,
                (entry >> KIND_SHIFT) & 255,
            )
            touch(touched, causes, cursor, place - low, cause)
            if n[OUT] > FULL_OUTBOX or n[ROWS] > FULL_LEDGER:
                clear_desk(
                    desk,
                    traits,
                    household_first,
                    friends,
                    company_first,
                    staff,
                    ties,
                    keep,
                    out,
                    rows,
                    cursor,
                )

        # 6 reckon
        n[SUBJECT] = -1
        for index in range(cursor[TOUCHED_COUNT]):
            local = touched[index]
            place = low + local
            sit_down(desk, place, RECKON, i64(traits[place]["cell"]))
            reckon(states[place], traits[place], accounts[place], rules, people, desk, causes[local], day)
            causes[local] = 0
            if n[OUT] > FULL_OUTBOX or n[ROWS] > FULL_LEDGER:
                clear_desk(
                    desk,
                    traits,
                    household_first,
                    friends,
                    company_first,
                    staff,
                    ties,
                    keep,
                    out,
                    rows,
                    cursor,
                )
        clear_desk(
            desk, traits, household_first, friends, company_first, staff, ties, keep, out, rows, cursor
        )
    return len(members)


@kernel(void(i8, Messages, i8, Ints, Ints, Ints, Ints, Ints, Ints))
def address(
    shard: int,
    messages: np.ndarray[Any, Any],
    total: int,
    citizen_block: np.ndarray[Any, Any],
    vehicle_block: np.ndarray[Any, Any],
    company_block: np.ndarray[Any, Any],
    owner: np.ndarray[Any, Any],
    number: np.ndarray[Any, Any],
    found: np.ndarray[Any, Any],
) -> None:
    """5 route: fill ``found`` with the block, as a shard numbers it, that each message is for; -1 if another's."""
    for index in range(total):
        target = i64(messages[index]["target"])
        kind = target >> SUBJECT_SHIFT
        cell = (target & INDEX_MASK) >> 6
        if kind == CITIZEN:
            block = citizen_block[cell]
        elif kind == COMPANY:
            block = company_block[cell]
        else:
            block = vehicle_block[cell]
        found[index] = number[block] if owner[block] == shard else -1
