"""Find the person behind *somebody of my circle*: housemate, friend, neighbour, colleague, stranger, kin or namesake."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.pointers import AllTraits, Desk
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import KIN, NAMESAKE
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import COLLEAGUES, FAMILY, FRIENDS, NEIGHBOUR
from demerit.engine.draws import below, draw
from demerit.engine.kernel import array, i8, kernel, u4
from demerit.engine.permutation import Ties, related, same_group

__all__ = ["Ties", "find_somebody"]

_RELATION = int(Purpose.RELATION)
_ADULT = 1
_NEIGHBOURHOOD = 64
_TRIES = 4


@kernel(i8(i8, i8, i8, AllTraits, array(u4), array(u4, 2), array(u4), array(u4), Ties))
def _candidate(
    relation: int,
    person: int,
    lane: int,
    traits: np.ndarray[Any, Any],
    household_first: np.ndarray[Any, Any],
    friends: np.ndarray[Any, Any],
    company_first: np.ndarray[Any, Any],
    staff: np.ndarray[Any, Any],
    ties: np.void,
) -> int:
    """Draw one person of a relation; -1 if there is nobody."""
    household = np.int64(traits[person]["household"])
    if relation == FAMILY:
        first = np.int64(household_first[household])
        return first + below(lane, np.int64(household_first[household + 1]) - first)
    if relation == FRIENDS:
        return np.int64(friends[person, below(lane, 5)]) - 1
    if relation == NEIGHBOUR:
        first = person - person % _NEIGHBOURHOOD
        return first + below(lane, min(_NEIGHBOURHOOD, len(traits) - first))
    if relation == COLLEAGUES:
        employer = np.int64(traits[person]["employer"]) - 1
        if employer < 0:
            return -1
        first = np.int64(company_first[employer])
        return np.int64(staff[first + below(lane, np.int64(company_first[employer + 1]) - first)])
    if relation == KIN:
        return related(household, lane, household_first, ties)
    if relation == NAMESAKE:
        return same_group(person, lane, ties)
    return below(lane, len(traits))


@kernel(i8(i8, Desk, i8, AllTraits, array(u4), array(u4, 2), array(u4), array(u4), Ties))
def find_somebody(
    relation: int,
    desk: np.void,
    letter: int,
    traits: np.ndarray[Any, Any],
    household_first: np.ndarray[Any, Any],
    friends: np.ndarray[Any, Any],
    company_first: np.ndarray[Any, Any],
    staff: np.ndarray[Any, Any],
    ties: np.void,
) -> int:
    """Return an adult of the relation who is not the sender, or -1; at most four draws are made.

    Args:
        relation: a circle, KIN or NAMESAKE.
        desk: the sender's desk.
        letter: kind of message it is for, so that two messages of one situation find two people.
    """
    n = desk["n"]
    person = n[SUBJECT]
    lanes = draw(n[SEED], _RELATION, person, n[DAY], (n[EPISODE] * 16 + letter) * 16 + relation)
    for attempt in range(_TRIES):
        found = _candidate(
            relation, person, lanes[attempt], traits, household_first, friends, company_first, staff, ties
        )
        if found >= 0 and found != person and np.int64(traits[found]["flags"]) & _ADULT:
            return found
    return -1
