"""Offences that somebody else suffers: theft, fraud and blows make strangers wary, a nuisance a neighbour."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.relations import be_met
from demerit.catalogue.words import (
    ASSAULT,
    DOMESTIC,
    FAMILY,
    FRAUD,
    FREE,
    NEIGHBOUR,
    NUISANCE,
    PETTY,
    STRANGERS,
)
from demerit.engine.kernel import i8, kernel
from demerit.mechanisms.choice import tempted


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8, i8))
def be_tempted(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    context: int,
    noise: int,
    cause: int,
    day: int,
) -> int:
    """Meet a temptation and return what decided it; who suffers from the act trusts less."""
    motive = tempted(state, traits, accounts, rules, law, people, desk, kind, context, noise, day)
    if motive == FREE:
        if kind in (PETTY, FRAUD, ASSAULT):
            be_met(desk, STRANGERS, 0, cause)
        elif kind == NUISANCE:
            be_met(desk, NEIGHBOUR, 0, cause)
        elif kind == DOMESTIC:
            be_met(desk, FAMILY, 0, cause)
    return motive
