"""Kin and surnames: ties that are computed from keys when they are asked for and take no memory.

Households of a province are kin by a few keyed matchings, so kinship is mutual and reaches about as many
people as the file says. Everyone has a place in a keyed order of the city, and surnames own runs of
places: the three commonest .07 each [S155], then 197 more whose shares fall like one over their rank, which
gives .86 to the first hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.purposes import Purpose
from demerit.engine.permutation import (
    GROUPS,
    MATCHINGS,
    TIES_DTYPE,
    group_of,
    matched,
    related,
    same_group,
    set_permutation,
)

if TYPE_CHECKING:
    from demerit.society.people import Population
    from demerit.society.places import Places

_KIN = int(Purpose.KIN)
_SURNAME = int(Purpose.SURNAME)
COMMONEST = 3
_PERCENT_OF_COMMONEST = 7


def surname_weights() -> list[int]:
    """Return the relative frequency of each surname as integers.

    >>> weights = surname_weights()
    >>> [round(weight / sum(weights), 3) for weight in weights[:5]]
    [0.07, 0.07, 0.07, 0.049, 0.039]
    """
    tail = [10**9 // rank for rank in range(COMMONEST + 1, GROUPS + 1)]
    rest = 100 - COMMONEST * _PERCENT_OF_COMMONEST
    return [sum(tail) * _PERCENT_OF_COMMONEST // rest] * COMMONEST + tail


def tie(seed: int, places: Places, household_first: np.ndarray, kin: float) -> np.void:
    """Return the keys of kinship and surnames, one record of ``TIES_DTYPE``.

    Kin live in one province; namesakes are those of one city.

    Args:
        seed: the run's seed.
        places: provinces and cities.
        household_first: first member of each household and the end of the last.
        kin: kin outside the household that a person should have on average.
    """
    ties: np.void = np.zeros(1, dtype=TIES_DTYPE)[0]
    people, households = int(household_first[-1]), len(household_first) - 1
    ties["matchings"] = min(round(kin * households / people), MATCHINGS)
    regions = np.searchsorted(household_first, places.citizen_first)
    ties["regions"] = places.provinces
    ties["cluster_first"][: len(regions)] = regions
    for region, size in enumerate(np.diff(regions).tolist()):
        for which in range(MATCHINGS):
            number = region * MATCHINGS + which
            set_permutation(ties["match"][number], seed, _KIN, number, size)
    ties["districts"] = places.cities
    ties["member_first"][: len(places.city_first)] = places.city_first
    for district, size in enumerate(np.diff(places.city_first).tolist()):
        set_permutation(ties["order"][district], seed, _SURNAME, district, size)
    weights = surname_weights()
    ties["group_share"] = [-(-(sum(weights[:name]) << 32) // sum(weights)) for name in range(GROUPS + 1)]
    return ties


def kin_of(population: Population, citizen: int) -> list[int]:
    """Return a citizen's kin outside the household, or those of the society's own list."""
    if len(population.kin_first):
        opening, end = population.kin_first[citizen : citizen + 2]
        return [int(other) for other in population.kin[opening:end]]
    first = population.household_first
    household = population.household_of(citizen)
    found: list[int] = []
    for other in matched(household, population.ties):
        if other != household:
            found += range(int(first[other]), int(first[other + 1]))
    return found


def draw_kin(population: Population, citizen: int, lane: int) -> int | None:
    """Draw one of a citizen's kin by a 32-bit number, each with the same chance; None if there is none."""
    household = population.household_of(citizen)
    found = int(related(household, lane, population.household_first, population.ties))
    return None if found < 0 else found


def surname_of(population: Population, citizen: int) -> int:
    """Return the number of a citizen's surname, 0 … 199, the commonest first."""
    return int(group_of(citizen, population.ties))


def draw_namesake(population: Population, citizen: int, lane: int) -> int:
    """Draw another person of the same surname by a 32-bit number; the citizen only if there is no other."""
    return int(same_group(citizen, lane, population.ties))
