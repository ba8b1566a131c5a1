"""The officials: the side table of the few, their evaluation day, and the letters that reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.counters import ACTED, MET, PER_KIND, VETOED
from demerit.catalogue.desk import count, next_id
from demerit.catalogue.letters import (
    DISCIPLINE_REVIEWED,
    EVALUATED,
    GRADED,
    INQUIRY,
    MERIT,
    PERMISSION,
    RELATIVE_KNOWN,
)
from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.pointers import Desk, Message, Officials
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.serving import CONDITION, EVALUATION, GRADING_DTYPE, OFFENCE, OFFICIAL_DTYPE, YEAR
from demerit.catalogue.words import CITIZEN, CIVIL_TRIP, ELIGIBILITY, RELATIVE, STRATA
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS, make_id
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.engine.messages import MESSAGE_DTYPE
from demerit.institutions.discipline import hear_of_review
from demerit.institutions.grading import decide_grade, send_merit, take_merit
from demerit.mechanisms.career import be_graded, in_service
from demerit.mechanisms.inquiry import be_marked, go_on_with_inquiry
from demerit.mechanisms.occasions import hear_of_request, live_occasion
from demerit.mechanisms.trips import come_back, wish_to_travel
from demerit.simulation.arrays import TheTown, Town
from demerit.simulation.links import household_of

if TYPE_CHECKING:
    from demerit.society.people import Population

_OFFICIAL = ELIGIBILITY.index("official")
_STRATEGIC = STRATA.index("strategic")
_EVALUATION = int(Purpose.EVALUATION)
_PHASE = 7
"""Phase of the day, as it stands in ids, of what is sent by nobody."""
_SEQUENCE = 2


def first_officials(population: Population) -> np.ndarray[Any, Any]:
    """Return the officials of the first morning in the order of citizens: OFFICIAL_DTYPE."""
    citizens = np.flatnonzero(population.traits["flags"] >> _OFFICIAL & 1)
    officials = np.zeros(len(citizens), OFFICIAL_DTYPE)
    officials["citizen"] = citizens
    return officials


def first_gradings(population: Population) -> np.ndarray[Any, Any]:
    """Return the personnel offices of all provinces before any evaluation: GRADING_DTYPE."""
    return np.zeros(len(population.agency_first), GRADING_DTYPE)


def evaluation_letters(officials: np.ndarray[Any, Any], day: int) -> np.ndarray[Any, Any]:
    """Return the messages of the annual evaluation, none on any other day of the year."""
    if day % YEAR != EVALUATION:
        return np.zeros(0, MESSAGE_DTYPE)
    letters = np.zeros(len(officials), MESSAGE_DTYPE)
    letters["target"] = officials["citizen"]
    letters["kind"] = EVALUATED
    letters["due"] = day
    subjects = officials["citizen"].astype(np.int64) << SEQUENCE_BITS
    letters["name"] = make_id(day, 0, _PHASE, _SEQUENCE) | subjects
    return letters


@kernel(i8(Officials, i8))
def official_at(officials: np.ndarray[Any, Any], citizen: int) -> int:
    """Return the place of a citizen among the officials; -1 for everybody else."""
    low, high = 0, len(officials)
    while low < high:
        middle = (low + high) // 2
        if i64(officials[middle]["citizen"]) < citizen:
            low = middle + 1
        else:
            high = middle
    return low if low < len(officials) and i64(officials[low]["citizen"]) == citizen else -1


@kernel(void(TheTown, Desk, i8, i8, i8))
def meet_occasion(town: Town, desk: np.void, place: int, kind: int, seen: int) -> None:
    """Let an official meet an occasion for a lawful activity; who has left the service meets none."""
    state, traits = town.states[place], town.traits[place]
    count(desk, kind * PER_KIND + MET, 1)
    index = official_at(town.officials, place)
    if index < 0 or in_service(state, town.officials[index]) == 0:
        count(desk, kind * PER_KIND + VETOED, 1)
        return
    official, cause = town.officials[index], next_id(desk)
    if kind == RELATIVE:
        count(desk, kind * PER_KIND + ACTED, 1)
        be_marked(traits, official, town.rules, desk, CONDITION, cause)
        return
    live_occasion(state, traits, official, town.rules, town.law, town.people, desk, kind, seen, cause)


@kernel(i8(TheTown, i8))
def lives_with_sensitive(town: Town, place: int) -> int:
    """Tell whether an official of a strategic sector lives in the household."""
    household = household_of(town, place)
    for other in range(town.household_first[household], town.household_first[household + 1]):
        if i64(town.traits[other]["cell"]) // CELLS_A_STRATUM == _STRATEGIC and other != place:
            return 1
    return 0


@kernel(void(TheTown, Desk, i8))
def meet_civil_trip(town: Town, desk: np.void, place: int) -> None:
    """Let somebody who is no official wish to go abroad."""
    count(desk, CIVIL_TRIP * PER_KIND + MET, 1)
    if official_at(town.officials, place) >= 0:
        count(desk, CIVIL_TRIP * PER_KIND + VETOED, 1)
        return
    sensitive = lives_with_sensitive(town, place) if town.rules["household_layers"] > 0 else 0
    account = town.accounts[CITIZEN][place]
    wish_to_travel(account, town.rules, town.people, desk, sensitive, next_id(desk))


@kernel(i8(TheTown, Desk, Message, i8))
def deliver_to_official(town: Town, desk: np.void, message: np.void, place: int) -> int:
    """Deliver what concerns an official's service; return the id to reckon by, or 0."""
    index = official_at(town.officials, place)
    state, traits, work = town.states[place], town.traits[place], town.works[place]
    if index < 0 or in_service(state, town.officials[index]) == 0 or town.rules["service"] == 0:
        return 0
    official, letter, n = town.officials[index], i64(message["kind"]), desk["n"]
    if letter == EVALUATED:
        lanes = draw(n[SEED], _EVALUATION, n[SUBJECT], n[DAY], n[EPISODE])
        send_merit(official, town.rules, desk, lanes[0], lanes[1], next_id(desk))
    elif letter == GRADED:
        be_graded(state, traits, work, official, town.rules, town.people, desk, message)
    elif letter == PERMISSION:
        hear_of_request(traits, official, town.rules, desk, message)
    elif letter == INQUIRY:
        go_on_with_inquiry(state, official, town.rules, town.people, desk, message)
    elif letter == RELATIVE_KNOWN:
        be_marked(traits, official, town.rules, desk, OFFENCE, i64(message["cause"]))
    elif letter == DISCIPLINE_REVIEWED:
        hear_of_review(official, town.rules, desk, message)
    else:
        come_back(traits, official, town.rules, town.people, desk, message)
    return 0


@kernel(i8(TheTown, Desk, Message, i8))
def deliver_personnel(town: Town, desk: np.void, message: np.void, agency: int) -> int:
    """Deliver a merit, or the decision on one, to the personnel office of a province; return 0."""
    office = town.gradings[i64(town.agencies[agency]["province"])]
    if i64(message["kind"]) == MERIT:
        take_merit(office, desk, message)
    else:
        decide_grade(office, town.rules, desk, message)
    return 0
