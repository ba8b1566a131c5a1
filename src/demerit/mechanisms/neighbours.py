"""Neighbours, friends and kin: a chance to do good that is seen, one that is not, and a favour asked."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.letters import MET
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.relations import KIN, be_met, tell_somebody
from demerit.catalogue.words import FAMILY, FAVOUR, FREE, FRIENDS, NEIGHBOUR
from demerit.engine.kernel import i8, kernel
from demerit.mechanisms.choice import helpful


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8))
def do_good(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    noise: int,
    asker: int,
    cause: int,
    day: int,
) -> int:
    """Do a good deed or pass by; grant a favour or refuse it.

    The neighbour to whom it was done knows, whether the authority does or not. A friend or one of the kin who
    asked knows the answer, whatever it is.

    Args:
        asker: 32-bit draw that tells kin from friend.
    """
    motive = helpful(state, traits, accounts, rules, people, desk, kind, noise, day)
    done = 0 if motive == FREE else 1
    if kind != FAVOUR:
        if done == 1:
            be_met(desk, NEIGHBOUR, 1, cause)
    elif asker < people["kin_ask"]:
        tell_somebody(desk, MET, KIN, FAMILY, done, 0, cause)
    else:
        be_met(desk, FRIENDS, done, cause)
    return motive
