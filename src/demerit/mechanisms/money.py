"""Money: a bill of the household, whose payment the family and an office see."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.relations import be_met
from demerit.catalogue.words import BILL, FAMILY, FREE, INSTITUTIONS
from demerit.engine.kernel import i8, kernel
from demerit.mechanisms.choice import tempted
from demerit.mechanisms.learning import meet_circle


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8))
def pay_bill(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    context: int,
    noise: int,
    cause: int,
    day: int,
) -> int:
    """Pay the household's bill or not; return what decided it.

    A bill settled is a dealing with an office that went right, and something the family can count on.
    """
    motive = tempted(state, traits, accounts, rules, law, people, desk, BILL, context, noise, day)
    if motive != FREE:
        meet_circle(state, people, INSTITUTIONS, 1, day)
        be_met(desk, FAMILY, 1, cause)
    else:
        be_met(desk, FAMILY, 0, cause)
    return motive
