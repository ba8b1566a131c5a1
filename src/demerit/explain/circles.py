"""Through whom something came: how the subject that an entry came from stands to the citizen it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import CITIZEN, INDEX_MASK, SUBJECT_SHIFT, SUBJECTS
from demerit.simulation.blocks import NEIGHBOURHOOD

if TYPE_CHECKING:
    from demerit.society.people import Population

CIRCLES = ("own", "household", "friend", "colleague", "neighbour", "other", *SUBJECTS[1:])
"""The citizen's own doing; other citizens, the nearest tie first; what is not a citizen. Ties and employers
are those of the first day."""
OWN, HOUSEHOLD, FRIEND, COLLEAGUE, NEIGHBOUR, OTHER = range(6)
Array = np.ndarray[Any, Any]


def circles_of(people: Population, citizens: Array, sources: Array) -> Array:
    """Return how subjects stand to citizens, as places in `CIRCLES`.

    Args:
        people: the population.
        citizens: int64 (n,), numbers of citizens.
        sources: int64 (n,), code of one subject for each.
    """
    kinds, others = sources >> SUBJECT_SHIFT, sources & INDEX_MASK
    found = np.where(kinds == CITIZEN, OTHER, OTHER + kinds)
    persons = np.flatnonzero(kinds == CITIZEN)
    one, other = citizens[persons], others[persons]
    traits = people.traits
    employer = traits["employer"].astype(np.int64)
    ties = (
        (NEIGHBOUR, one // NEIGHBOURHOOD == other // NEIGHBOURHOOD),
        (COLLEAGUE, (employer[one] == employer[other]) & (employer[one] > 0)),
        (FRIEND, (people.friends[one].astype(np.int64) == other[:, None] + 1).any(axis=1)),
        (HOUSEHOLD, household_of(people, one) == household_of(people, other)),
        (OWN, one == other),
    )
    for circle, holds in ties:
        found[persons[holds]] = circle
    return found


def household_of(people: Population, citizens: Array) -> Array:
    """Return the number of each citizen's household."""
    first = people.home_first[citizens // NEIGHBOURHOOD].astype(np.int64)
    return np.asarray(first + people.traits["home"][citizens])
