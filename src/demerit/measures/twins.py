"""Twins: the two copies of each person, compared one by one at the end of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from demerit.catalogue.pointers import AllTraits, People, States
from demerit.engine.kernel import array, i8, kernel, void
from demerit.institutions.purse import wealth
from demerit.simulation.world import World

NOTICED_DAYS = 1.0
"""Difference, in days of own income, from which a twin counts as worse or better off."""


@kernel(void(i8, States, AllTraits, People, array(i8)))
def fill_wealth(
    day: int,
    states: np.ndarray[Any, Any],
    traits: np.ndarray[Any, Any],
    people: np.void,
    found: np.ndarray[Any, Any],
) -> None:
    """Write everybody's liquid wealth on a day, in fen."""
    for person in range(len(states)):
        found[person] = wealth(states[person], traits[person], people, day)


def wealth_of(world: World) -> np.ndarray[Any, Any]:
    """Return everybody's liquid wealth at the end of the day last lived, in fen: int64 (citizens)."""
    found = np.zeros(world.population.count, np.int64)
    fill_wealth(max(world.day - 1, 0), world.state, world.population.traits, world.people, found)
    return found


@dataclass(frozen=True)
class TwinDifference:
    """How a group of adults fares beside its twins.

    Attributes:
        adults: size of the group.
        worse_share: share that is at least a day of own income poorer than its twin.
        worse_days: mean loss of those, in days of own income.
        better_share: share that is at least a day richer; better_days: their mean gain.
        mean_days: mean difference of the whole group.
    """

    adults: int
    worse_share: float
    worse_days: float
    better_share: float
    better_days: float
    mean_days: float


def twin_days(world: World, twin: World) -> np.ndarray[Any, Any]:
    """Return how much richer each citizen is than their twin, in days of own income: float64 (citizens).

    Raises:
        ValueError: the worlds do not hold the same people.
    """
    if world.population is not twin.population:
        raise ValueError("twins live in worlds that share one population")
    difference = wealth_of(world) - wealth_of(twin)
    return np.asarray(difference / world.population.traits["income_fen_day"])


def twin_difference(days: np.ndarray[Any, Any], chosen: np.ndarray[Any, Any]) -> TwinDifference:
    """Summarise differences for a group.

    Args:
        days: difference of every citizen, in days of own income.
        chosen: bool (citizens), the group.

    >>> twin_difference(np.array([-3.0, 0.2, 2.0, 0.0]), np.ones(4, bool)).worse_days
    3.0
    """
    own = days[chosen]
    worse, better = own[own <= -NOTICED_DAYS], own[own >= NOTICED_DAYS]
    size = len(own)
    return TwinDifference(
        adults=size,
        worse_share=len(worse) / size if size else 0.0,
        worse_days=float(-worse.mean()) if len(worse) else 0.0,
        better_share=len(better) / size if size else 0.0,
        better_days=float(better.mean()) if len(better) else 0.0,
        mean_days=float(own.mean()) if size else 0.0,
    )
