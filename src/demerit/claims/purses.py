"""Everybody's liquid wealth and composite score, noted every thirty days: what a year has done to somebody.

The ledger tells most of what moves a purse, but not instalments that are paid; so purses are looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.pointers import AllAccounts, AllTraits, People, Rules, States
from demerit.catalogue.words import CITIZEN
from demerit.engine.kernel import array, i8, kernel, void
from demerit.institutions.purse import wealth
from demerit.institutions.standing import composite

if TYPE_CHECKING:
    from demerit.simulation.world import World

EVERY = 30
"""Days from one look to the next."""
Array = np.ndarray[Any, Any]


@kernel(void(i8, States, AllTraits, AllAccounts, Rules, People, array(i8, 2)))
def note_purses(
    day: int, states: Array, traits: Array, accounts: Array, rules: np.void, people: np.void, found: Array
) -> None:
    """Write wealth (fen) and composite score (thousandths from its base) of everybody: int64 (2, people)."""
    for person in range(len(states)):
        found[0, person] = wealth(states[person], traits[person], people, day)
        found[1, person] = composite(accounts[person], rules, day)


class Purses:
    """Looks at everybody: before the first day, and after every thirtieth. Looking changes nothing.

    Args:
        world: the world on its first morning; the object is then called after every day.
    """

    def __init__(self, world: World) -> None:
        self.days: list[int] = []
        self._found: list[Array] = []
        self._look(world)

    def __call__(self, world: World) -> None:
        """Look, if it is time."""
        if world.day % EVERY == 0:
            self._look(world)

    def _look(self, world: World) -> None:
        found = np.zeros((2, len(world.state)), np.int64)
        traits, accounts = world.population.traits, world.kept.of(CITIZEN)
        day = max(world.day - 1, 0)
        note_purses(day, world.state, traits, accounts, world.rules, world.people, found)
        self.days.append(world.day - 1)
        self._found.append(found)

    @property
    def wealth(self) -> Array:
        """Int64 (looks, people): fen."""
        return np.stack([found[0] for found in self._found])

    @property
    def score(self) -> Array:
        """Int64 (looks, people): thousandths from the base of the composite score."""
        return np.stack([found[1] for found in self._found])

    def before(self, day: Array) -> Array:
        """Return the numbers of the last looks before the mornings of some days."""
        return np.searchsorted(self.days, day) - 1
