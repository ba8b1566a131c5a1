"""Links: find all subjects to whom a relation leads from the sender of a message, and send it to each."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.pointers import Message
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import LINK
from demerit.catalogue.rules import SEED
from demerit.catalogue.words import (
    AGENCY,
    ALL_FRIENDS,
    CITIZEN,
    COMPANY,
    DRIVEN_VEHICLE,
    EMPLOYING_COMPANY,
    HOUSEHOLD,
    INDEX_MASK,
    LEADER,
    MANAGER,
    OFFICIAL_KIN,
    OWNING_CITIZEN,
    OWNING_COMPANY,
    PROVINCE_AGENCY,
    PUBLIC_STRATA,
    REPRESENTATIVE,
    SUBJECT_SHIFT,
    USUAL_DRIVER,
    VEHICLE,
)
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.engine.permutation import related
from demerit.simulation.arrays import OUT_COUNT, Office, TheOffice, TheTown, Town
from demerit.simulation.blocks import NEIGHBOURHOOD
from demerit.simulation.numbers import bit_of

_OFFICIAL = int(Purpose.OFFICIAL_KIN)
_TRIES = 4


@kernel(i8(TheTown, i8))
def household_of(town: Town, citizen: int) -> int:
    """Return the number of a citizen's household."""
    return i64(town.home_first[citizen // NEIGHBOURHOOD]) + i64(town.traits[citizen]["home"])


@kernel(i8(TheTown, i8))
def friends_of(town: Town, citizen: int) -> int:
    """Return how many friends a citizen had on the first day."""
    known = town.friends.shape[1]
    while known > 0 and i64(town.friends[citizen, known - 1]) == 0:
        known -= 1
    return i64(known)


@kernel(i8(TheTown, i8, i8))
def is_cut(town: Town, citizen: int, place: int) -> int:
    """Tell whether the friend at a place of a citizen's list is a friend no more."""
    return (i64(town.works[citizen]["cut"]) >> place) & 1 if place < 8 else 0


@kernel(i8(TheTown, i8, i8))
def official_kin(town: Town, citizen: int, seed: int) -> int:
    """Return a relative in public service, always the same one of a citizen; -1 if four draws find none."""
    lanes = draw(seed, _OFFICIAL, citizen, 0, 0)
    household = household_of(town, citizen)
    for attempt in range(_TRIES):
        candidate = related(household, lanes[attempt], town.household_first, town.ties)
        if candidate >= 0 and i64(town.traits[candidate]["cell"]) // CELLS_A_STRATUM < PUBLIC_STRATA:
            return i64(candidate)
    return -1


@kernel(i8(TheTown, i8, i8, i8))
def one_linked(town: Town, link: int, sender: int, seed: int) -> int:
    """Return the code of the one subject to whom a relation leads from a sender; -1 if there is none."""
    index = sender & INDEX_MASK
    found = -1
    if link == DRIVEN_VEHICLE:
        vehicle = i64(town.works[index]["vehicle"]) - 1
        found = (VEHICLE << SUBJECT_SHIFT) | vehicle if vehicle >= 0 else -1
    elif link in (OWNING_COMPANY, OWNING_CITIZEN):
        owner = i64(town.vehicles[index]["owner"])
        kind = COMPANY if link == OWNING_COMPANY else CITIZEN
        found = owner if owner >> SUBJECT_SHIFT == kind else -1
    elif link == REPRESENTATIVE:
        found = i64(town.companies[index]["representative"]) - 1
    elif link == EMPLOYING_COMPANY:
        company = i64(town.works[index]["employer"]) - 1
        found = (COMPANY << SUBJECT_SHIFT) | company if company >= 0 else -1
    elif link == USUAL_DRIVER:
        found = i64(town.vehicles[index]["driver"])
    elif link == LEADER:
        found = i64(town.agencies[index]["leader"]) - 1
    elif link == MANAGER:
        found = i64(town.services[index]["manager"]) - 1
    elif link == OFFICIAL_KIN:
        found = official_kin(town, index, seed)
    elif link >= PROVINCE_AGENCY:
        agency = town.agency_of[index] + link - PROVINCE_AGENCY
        found = (AGENCY << SUBJECT_SHIFT) | agency if agency < len(town.agencies) else -1
    return i64(found)


@kernel(void(TheTown, TheOffice, Message, i8, i8))
def _send_to(town: Town, office: Office, message: np.void, target: int, sender: int) -> None:
    """Send a message on to a subject that can be kept in registers: no child, and never the sender."""
    if target < 0 or target == sender:
        return
    if target >> SUBJECT_SHIFT == CITIZEN and bit_of(town.adults, target) == 0:
        return
    out, cursor = office.out, office.cursor
    message["target"] = target
    out[cursor[OUT_COUNT]] = message
    cursor[OUT_COUNT] += 1


@kernel(void(TheTown, TheOffice, Message))
def send_along(town: Town, office: Office, message: np.void) -> None:
    """Send a message on the desk to everybody its relation leads to."""
    link = i64(message["target"]) - LINK
    sender = (i64(message["name"]) >> SEQUENCE_BITS) & SUBJECT_MASK
    if link == HOUSEHOLD:
        household = household_of(town, sender)
        for member in range(i64(town.household_first[household]), i64(town.household_first[household + 1])):
            _send_to(town, office, message, member, sender)
    elif link == ALL_FRIENDS:
        for place in range(town.friends.shape[1]):
            if is_cut(town, sender, place) == 0:
                _send_to(town, office, message, i64(town.friends[sender, place]) - 1, sender)
    else:
        target = one_linked(town, link, sender, office.desk["n"][SEED])
        _send_to(town, office, message, target, sender)
