"""Lawful acts of ordinary people that can cost points: a petition or complaint, a word in public.

    U = g - p (f + L),    P = 1 / (1 + exp(-U / tau))

What is given up is no temptation resisted: no conscience is in it, and none is crowded by it.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, BY_LAW, BY_SCORE, ON_PRINCIPLE, PER_KIND
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import GIVEN_UP
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.words import FREE, LAW, PRINCIPLE, SCORE, TRUE
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.mechanisms.choice import chance, penalty


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8))
def dare(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    noise: int,
    cause: int,
    day: int,
) -> int:
    """Decide whether to petition or to speak; return FREE if so, else what held: nothing, law or score."""
    place, gain = kind * PER_KIND, i64(people["gain"][kind])
    cost = penalty(state, traits, accounts, rules, people, kind, 1, day)
    if noise < chance(people, kind, gain - cost):
        count(desk, place + ACTED, 1)
        return FREE
    if noise >= chance(people, kind, gain):
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    lawful = penalty(state, traits, accounts, law, people, kind, 0, day)
    held = LAW if noise >= chance(people, kind, gain - lawful) else SCORE
    count(desk, place + (BY_LAW if held == LAW else BY_SCORE), 1)
    enter(desk, GIVEN_UP, kind, -1, TRUE, held, 0, 0, cause, 0)
    return held
