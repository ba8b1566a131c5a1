"""The review of attention: where authorities look until the next one, city by city."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.columns import NEIGHBOURHOOD_DTYPE
from demerit.catalogue.packed import MINORITY_MARK
from demerit.catalogue.pointers import AllAccounts, AllTraits, Rules
from demerit.catalogue.seeing import NO_FOLLOWING
from demerit.catalogue.words import CITIZEN
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void
from demerit.institutions.detection import suspicion
from demerit.simulation.blocks import NEIGHBOURHOOD, cells_of

if TYPE_CHECKING:
    from demerit.simulation.world import World

_ONE = 65536
_ADULT = 1


def first_neighbourhoods(people: int) -> np.ndarray[Any, Any]:
    """Return the neighbourhoods of the first morning: nothing found, the same attention everywhere."""
    found = np.zeros(cells_of(people), NEIGHBOURHOOD_DTYPE)
    found["attention"] = _ONE
    return found


@kernel(void(i8, i8, AllTraits, AllAccounts, Rules, array(i8), array(i8)))
def add_looks(
    people: int,
    day: int,
    traits: np.ndarray[Any, Any],
    accounts: np.ndarray[Any, Any],
    rules: np.void,
    adults: np.ndarray[Any, Any],
    looks: np.ndarray[Any, Any],
) -> None:
    """Add up adults, and suspicion times scrutiny (Q16) of adults, by neighbourhood."""
    for person in range(people):
        if i64(traits[person]["flags"]) & _ADULT == 0:
            continue
        place = person // NEIGHBOURHOOD
        group = (i64(traits[person]["marks"]) >> MINORITY_MARK) & 1
        adults[place] += 1
        looks[place] += (suspicion(accounts[person], rules, day) * rules["scrutiny"][group]) >> 16


def review(world: World, day: int) -> None:
    """Share attention out so that the adults of every city get a mean of one, if the regime has a budget.

    Whole numbers decide the sums, so the result does not depend on how people are divided for work.
    """
    rules = world.rules
    if not rules["fixed_budget"] or day % int(rules["review_days"]):
        return
    here = world.population
    places = world.neighbourhoods
    adults = np.zeros(len(places), np.int64)
    looks = np.zeros(len(places), np.int64)
    add_looks(here.count, day, here.traits, world.kept.of(CITIZEN), rules, adults, looks)
    share = np.ones(len(places), np.int64)
    if rules["follow"] != NO_FOLLOWING:
        share = int(rules["follow_prior"]) + places["found"].astype(np.int64)
    bounds = -(-here.places.city_first // NEIGHBOURHOOD)
    for low, high in pairwise(bounds.tolist()):
        whole = int(np.sum((share[low:high] * looks[low:high]) >> 12)) << 12
        if whole == 0:
            continue
        each = int(adults[low:high].sum()) * _ONE * _ONE / whole
        attention = np.minimum(np.rint(share[low:high] * each), float((1 << 32) - 1))
        places["attention"][low:high] = attention.astype(np.uint32)
