"""Find who stands behind an employment: a colleague, a superior, a firm that is owed money."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.pointers import Message
from demerit.catalogue.relations import CREDITOR, OPERATOR, SUPERIOR
from demerit.catalogue.words import COMPANY, INDEX_MASK, PUBLIC, SERVICE, SUBJECT_SHIFT
from demerit.engine.draws import below
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, several
from demerit.simulation.arrays import TheTown, Town
from demerit.simulation.numbers import bit_of

_TRIES = 4


@kernel(i8(TheTown, i8, i8))
def someone_at(town: Town, company: int, lane: int) -> int:
    """Draw one of those who began the run at a company; -1 if there is none.

    Whether that one has left since is not looked up: nobody's record is read but by its own subject.
    """
    if company < 0:
        return -1
    first = i64(town.company_first[company])
    size = i64(town.company_first[company + 1]) - first
    if size == 0:
        return -1
    return i64(town.staff[first + below(lane, size)])


@kernel(i8(TheTown, Message, i8, several(i8, 4)))
def find_superior(town: Town, message: np.void, sender: int, lanes: tuple[int, int, int, int]) -> int:
    """Return a superior of the sender, and put their employer into the message; -1 if there is none.

    It is the first of four drawn colleagues who ranks above, else whoever represents the employer without
    ranking below. Whether that one has left since is not looked up.
    """
    company = i64(town.works[sender]["employer"]) - 1
    if company < 0:
        return -1
    message["points"] = company
    own = i64(town.traits[sender]["cell"]) // CELLS_A_STRATUM
    for attempt in range(_TRIES):
        candidate = someone_at(town, company, lanes[attempt])
        if candidate >= 0 and i64(town.traits[candidate]["cell"]) // CELLS_A_STRATUM < own:
            return candidate
    head = i64(town.companies[company]["representative"]) - 1
    if head < 0 or head == sender or i64(town.traits[head]["cell"]) // CELLS_A_STRATUM > own:
        return -1
    return i64(head)


@kernel(i8(TheTown, i8))
def first_company_from(town: Town, agency: int) -> int:
    """Return the first company of the provinces whose agencies begin at an agency or after it."""
    low, high = 0, len(town.agency_of)
    while low < high:
        middle = (low + high) // 2
        if town.agency_of[middle] < agency:
            low = middle + 1
        else:
            high = middle
    return low


@kernel(i8(TheTown, i8, several(i8, 4)))
def find_creditor(town: Town, sender: int, lanes: tuple[int, int, int, int]) -> int:
    """Return a firm of the province of an agency, the first of four drawn ones; -1 if all are public."""
    province = i64(town.agencies[sender & INDEX_MASK]["province"])
    first = first_company_from(town, i64(town.agency_first[province]))
    size = first_company_from(town, i64(town.agency_first[province + 1])) - first
    for attempt in range(_TRIES):
        if size > 0:
            company = first + below(lanes[attempt], size)
            if i64(town.companies[company]["sector"]) != PUBLIC:
                return i64((COMPANY << SUBJECT_SHIFT) | company)
    return -1


@kernel(i8(TheTown, i8))
def province_of(town: Town, citizen: int) -> int:
    """Return the number of the province of a citizen."""
    province = 0
    while i64(town.province_first[province + 1]) <= citizen:
        province += 1
    return province


@kernel(i8(TheTown, i8, i8, i8))
def find_operator(town: Town, kind: int, lane: int, province: int) -> int:
    """Return a service of a kind in a province: the first from a drawn one on; -1 if there is none.

    Args:
        kind: code of the kind of service.
        lane: 32-bit draw.
        province: number of the province.
    """
    first = 0
    while first < len(town.services) and i64(town.services[first]["province"]) < province:
        first += 1
    end = first
    while end < len(town.services) and i64(town.services[end]["province"]) == province:
        end += 1
    start = below(lane, max(end - first, 1))
    for step in range(end - first):
        found = first + (start + step) % (end - first)
        if i64(town.services[found]["kind"]) == kind:
            return i64((SERVICE << SUBJECT_SHIFT) | found)
    return -1


@kernel(i8(TheTown, i8, several(i8, 4)))
def find_customer(town: Town, sender: int, lanes: tuple[int, int, int, int]) -> int:
    """Return an adult of the province of a service, the first of four drawn people; -1 if none is."""
    province = i64(town.services[sender & INDEX_MASK]["province"])
    low, high = i64(town.province_first[province]), i64(town.province_first[province + 1])
    for attempt in range(_TRIES):
        citizen = low + below(lanes[attempt], max(high - low, 1))
        if bit_of(town.adults, citizen) == 1:
            return citizen
    return -1


@kernel(i8(TheTown, Message, i8, i8, several(i8, 4)))
def find_across(
    town: Town, message: np.void, relation: int, sender: int, lanes: tuple[int, int, int, int]
) -> int:
    """Return who stands in a relation of work or service to the sender; -1 if there is nobody."""
    if relation == SUPERIOR:
        return find_superior(town, message, sender, lanes)
    if relation == CREDITOR:
        return find_creditor(town, sender, lanes)
    if relation == OPERATOR:
        return find_operator(town, i64(message["rule"]), lanes[0], province_of(town, sender))
    return find_customer(town, sender, lanes)
