"""Clear the desk: find the person behind each *somebody*, and move messages and ledger rows to the shard.

A person is found here and not where the message is written, because only the day knows the ties.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.letters import ARRIVED, WITNESSED
from demerit.catalogue.pointers import Message
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import (
    CUSTOMER,
    DRIVER,
    KIN,
    LINK,
    NAMESAKE,
    PERSONNEL_OFFICE,
    PROVINCE_OFFICE,
    RELATIONS,
    SOMEBODY,
    STAFF,
    SUPERIOR,
    WORKPLACE,
)
from demerit.catalogue.rules import DAY, DESK_MESSAGES, DESK_ROWS, DESK_SPARE, DROPPED, OUT, ROWS, SEED
from demerit.catalogue.words import (
    AGENCY,
    APPEALS,
    COLLEAGUES,
    COMPANY,
    ELIGIBILITY,
    FAMILY,
    FRIENDS,
    INDEX_MASK,
    NEIGHBOUR,
    PERSONNEL,
    SERVICE,
    SUBJECT_SHIFT,
)
from demerit.engine.draws import below, draw
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.engine.memory import prefetch
from demerit.engine.permutation import related, same_district, same_group
from demerit.simulation.arrays import OUT_COUNT, ROW_COUNT, Office, TheOffice, TheTown, Town
from demerit.simulation.blocks import NEIGHBOURHOOD
from demerit.simulation.finding import find_across, province_of, someone_at
from demerit.simulation.links import friends_of, household_of, is_cut, send_along
from demerit.simulation.numbers import bit_of

FULL_OUTBOX = DESK_MESSAGES - DESK_SPARE
FULL_LEDGER = DESK_ROWS - DESK_SPARE
"""Contents from which a desk must be cleared."""

_PANEL = int(Purpose.PANEL)
_RELATION = int(Purpose.RELATION)
_TRIES = 4
AHEAD = 4
"""How many messages ahead what leads to *somebody* is asked for."""
_DRIVES = ELIGIBILITY.index("driver")
_BY_TRADE = ELIGIBILITY.index("truck_driver")


@kernel(i8(i8, i8, i8))
def is_kept(seed: int, subject: int, keep: int) -> int:
    """Tell whether the ledger keeps rows of a subject: none (keep 0), all (2**32) or a sample."""
    if keep == 0 or keep >= 4294967296:
        return 1 if keep > 0 else 0
    return 1 if draw(seed, _PANEL, subject, 0, 0)[0] < keep else 0


@kernel(i8(TheTown, i8, i8))
def neighbours_employer(town: Town, sender: int, lane: int) -> int:
    """Return where a neighbour worked on the first day: the first who did, from a drawn one on; -1 if none.

    So firms are heard of by their size, and near home.
    """
    first = sender - sender % NEIGHBOURHOOD
    size = min(NEIGHBOURHOOD, len(town.traits) - first)
    start = below(lane, size)
    for step in range(size):
        employer = i64(town.traits[first + (start + step) % size]["employer"])
        if employer > 0:
            return employer - 1
    return -1


@kernel(i8(TheTown, i8, i8))
def vehicle_to_drive(town: Town, sender: int, lane: int) -> int:
    """Return a company's vehicle of the province, near the first day's, for a driver by trade; else -1."""
    if (i64(town.traits[sender]["flags"]) >> _BY_TRADE) & 1 == 0:
        return -1
    vehicle = i64(town.traits[sender]["vehicle"]) - 1
    first = vehicle - vehicle % NEIGHBOURHOOD
    size = min(NEIGHBOURHOOD, len(town.vehicles) - first)
    start = below(lane, size)
    province = province_of(town, sender)
    low, high = i64(town.province_first[province]), i64(town.province_first[province + 1])
    for step in range(size):
        found = first + (start + step) % size
        # applications that cross a border would arrive faster than anything may
        at_home = low <= i64(town.vehicles[found]["driver"]) < high
        if at_home and i64(town.vehicles[found]["owner"]) >> SUBJECT_SHIFT == COMPANY:
            return i64(found)
    return -1


@kernel(i8(TheTown, Message, i8, i8))
def find_workplace(town: Town, message: np.void, sender: int, lane: int) -> int:
    """Return the company to apply to, and put the vehicle that goes with the job into the message."""
    vehicle = vehicle_to_drive(town, sender, lane)
    message["amount"] = vehicle + 1
    if vehicle >= 0:
        return i64(town.vehicles[vehicle]["owner"])
    company = neighbours_employer(town, sender, lane)
    return -1 if company < 0 else (COMPANY << SUBJECT_SHIFT) | company


@kernel(i8(TheTown, i8, i8))
def office_of(town: Town, sender: int, kind: int) -> int:
    """Return the office of an authority in the province of a citizen, a company, an agency or a service."""
    subject_kind, index = sender >> SUBJECT_SHIFT, sender & INDEX_MASK
    if subject_kind == COMPANY:
        first = town.agency_of[index]
    elif subject_kind == AGENCY:
        first = i64(town.agency_first[i64(town.agencies[index]["province"])])
    elif subject_kind == SERVICE:
        first = i64(town.agency_first[i64(town.services[index]["province"])])
    else:
        first = i64(town.agency_first[province_of(town, index)])
    return i64((AGENCY << SUBJECT_SHIFT) | (first + kind))


@kernel(i8(TheTown, i8, i8, i8), inline=True)
def somebody(town: Town, relation: int, sender: int, lane: int) -> int:
    """Draw somebody of a circle of the sender, whoever it is; -1 if there is nobody."""
    people = len(town.traits)
    candidate = -1
    if relation == NEIGHBOUR:
        first = sender - sender % NEIGHBOURHOOD
        candidate = first + below(lane, min(NEIGHBOURHOOD, people - first))
    elif relation == FAMILY:
        household = household_of(town, sender)
        first = i64(town.household_first[household])
        candidate = first + below(lane, i64(town.household_first[household + 1]) - first)
    elif relation == FRIENDS:
        known = friends_of(town, sender)
        if known > 0:
            place = below(lane, known)
            candidate = i64(town.friends[sender, place]) - 1 if is_cut(town, sender, place) == 0 else sender
    elif relation == COLLEAGUES:
        candidate = someone_at(town, i64(town.works[sender]["employer"]) - 1, lane)
    elif relation == STAFF:
        candidate = someone_at(town, sender & INDEX_MASK, lane)
    elif relation == KIN and len(town.kin_first) > 0:
        first = i64(town.kin_first[sender])
        kin = i64(town.kin_first[sender + 1]) - first
        if kin > 0:
            candidate = i64(town.kin[first + below(lane, kin)])
    elif relation == KIN:
        candidate = related(household_of(town, sender), lane, town.household_first, town.ties)
    elif relation == NAMESAKE:
        candidate = same_group(sender, lane, town.ties)
    else:
        candidate = same_district(sender, lane, town.ties)
    return candidate


@kernel(i8(TheTown, Message, i8, i8), inline=True)
def find_somebody(town: Town, message: np.void, seed: int, day: int) -> int:
    """Return the adult of the circle that a message is for, never its sender; -1 if four draws find none.

    A witness at home may be a child.
    """
    relation = i64(message["target"]) - SOMEBODY
    sender = (i64(message["name"]) >> SEQUENCE_BITS) & SUBJECT_MASK
    if relation in (PROVINCE_OFFICE, PERSONNEL_OFFICE):
        return office_of(town, sender, APPEALS if relation == PROVINCE_OFFICE else PERSONNEL)
    letter = i64(message["kind"]) * 8 + i64(message["about"])
    episode = i64(message["amount"])
    lanes = draw(seed, _RELATION, sender, day, (episode * 1024 + letter) * RELATIONS + relation)
    message["amount"] = 0
    if relation == WORKPLACE:
        return find_workplace(town, message, sender, lanes[0])
    if SUPERIOR <= relation <= CUSTOMER:
        return find_across(town, message, relation, sender, lanes)
    # what happens at home is seen by children too
    child = i64(message["kind"]) == WITNESSED and relation == FAMILY
    for attempt in range(_TRIES):
        candidate = somebody(town, relation, sender, lanes[attempt])
        if candidate < 0 or candidate == sender or (not child and bit_of(town.adults, candidate) == 0):
            continue
        if relation != DRIVER or (i64(town.traits[candidate]["flags"]) >> _DRIVES) & 1 == 1:
            return candidate
    return -1


@kernel(void(TheTown, TheOffice))
def send_out(town: Town, office: Office) -> None:
    """Move the messages on the desk to the shard's outbox.

    *Somebody* becomes a person, who is told who the sender is (save of a copy that goes astray); a
    message to a circle in which nobody is found is counted and not sent.
    """
    desk, out, cursor = office.desk, office.out, office.cursor
    n = desk["n"]
    for place in range(n[OUT]):
        if place + AHEAD < n[OUT] and i64(desk["outbox"][place + AHEAD]["target"]) == SOMEBODY | FRIENDS:
            sender = (i64(desk["outbox"][place + AHEAD]["name"]) >> SEQUENCE_BITS) & SUBJECT_MASK
            prefetch(town.friends, sender * town.friends.shape[1])
        message = desk["outbox"][place]
        if i64(message["target"]) >= LINK:
            send_along(town, office, message)
            continue
        if i64(message["target"]) >= SOMEBODY:
            found = find_somebody(town, message, n[SEED], n[DAY])
            if found < 0:
                n[DROPPED] += 1
                continue
            message["target"] = found
            if i64(message["kind"]) != ARRIVED:
                message["about"] = (i64(message["name"]) >> SEQUENCE_BITS) & SUBJECT_MASK
        out[cursor[OUT_COUNT]] = message
        cursor[OUT_COUNT] += 1
    n[OUT] = 0


@kernel(void(TheOffice, i8))
def keep_rows(office: Office, keep: int) -> None:
    """Move those of the ledger rows on the desk that are kept to the shard's ledger."""
    desk, rows, cursor = office.desk, office.rows, office.cursor
    n = desk["n"]
    if keep > 0:
        for place in range(n[ROWS]):
            row = desk["ledger"][place]
            if is_kept(n[SEED], i64(row["subject"]), keep) == 1:
                rows[cursor[ROW_COUNT]] = row
                cursor[ROW_COUNT] += 1
    n[ROWS] = 0


@kernel(void(TheTown, TheOffice, i8))
def clear_desk(town: Town, office: Office, keep: int) -> None:
    """Clear the desk: messages to the outbox, ledger rows to the ledger."""
    send_out(town, office)
    keep_rows(office, keep)
