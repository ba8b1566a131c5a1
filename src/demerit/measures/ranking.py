"""Ranking: the score that the best part of the living adults reach, for rewards by quota."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.pointers import AllAccounts, AllTraits, Rules, States
from demerit.catalogue.words import CITIZEN, SCORE_LIMIT
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void
from demerit.institutions.standing import standing
from demerit.mechanisms.dying import is_dead

if TYPE_CHECKING:
    from demerit.simulation.world import World

_ADULT = 1


@kernel(void(i8, States, AllTraits, AllAccounts, Rules, array(i8)))
def tally_scores(
    day: int,
    states: np.ndarray[Any, Any],
    traits: np.ndarray[Any, Any],
    accounts: np.ndarray[Any, Any],
    rules: np.void,
    tally: np.ndarray[Any, Any],
) -> None:
    """Count the living adults at every displayed composite score."""
    for person in range(len(states)):
        if i64(traits[person]["flags"]) & _ADULT == 1 and is_dead(states[person]) == 0:
            tally[standing(accounts[person], rules, CITIZEN, 0, day)] += 1


def edge_of_the_best(world: World, share: float) -> float:
    """Return the lowest whole score that no more than a share of the living adults reach.

    Those who stand level are all inside or all outside, so fewer may be inside than the share.
    """
    tally = np.zeros(SCORE_LIMIT + 2, np.int64)
    traits, accounts = world.population.traits, world.kept.of(CITIZEN)
    tally_scores(world.day, world.state, traits, accounts, world.rules, tally)
    reached = tally[::-1].cumsum()[::-1]  # people at each score or above
    return float(np.argmax(reached <= share * tally.sum()))
