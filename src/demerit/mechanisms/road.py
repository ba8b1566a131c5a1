"""The road: crossings, speed, lights, phone and belt, drink and overload."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import PER_KIND, VETOED
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.relations import be_met
from demerit.catalogue.words import CROSSWALK, FREE, PRINCIPLE, STRANGERS
from demerit.engine.kernel import i8, kernel
from demerit.institutions.licence import may_drive, turn_cycle
from demerit.institutions.sanctions import is_car_stopped
from demerit.mechanisms.choice import tempted


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8, i8))
def drive(
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
    """Meet a temptation on the road and return what decided it; nobody drives while the licence is
    withheld or the car is stopped.

    At a crossing the pedestrian, a stranger, learns from it whether strangers yield.
    """
    if may_drive(state, day) == 0 or is_car_stopped(accounts) == 1:
        count(desk, kind * PER_KIND + VETOED, 1)
        return PRINCIPLE
    turn_cycle(state, traits, accounts, rules, day)
    motive = tempted(state, traits, accounts, rules, law, people, desk, kind, context, noise, day)
    if kind == CROSSWALK:
        be_met(desk, STRANGERS, 0 if motive == FREE else 1, cause)
    return motive
