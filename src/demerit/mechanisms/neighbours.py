"""Neighbours: a chance to do good that is seen, and one that is not."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.relations import be_met
from demerit.catalogue.words import FREE, NEIGHBOUR
from demerit.engine.kernel import i8, kernel
from demerit.mechanisms.choice import helpful


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8))
def do_good(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    noise: int,
    cause: int,
    day: int,
) -> int:
    """Do a good deed or pass by; the neighbour who needed it knows, whether the authority does or not."""
    motive = helpful(state, traits, accounts, rules, people, desk, kind, noise, day)
    be_met(desk, NEIGHBOUR, 0 if motive == FREE else 1, cause)
    return motive
