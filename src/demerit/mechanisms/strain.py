"""Strain: stress may make somebody leave the job.

The hazard of quitting is proportional to stress, and stress fades exponentially. So each rebuke brings its
own hazard, which adds to those of earlier ones, and one draw when it happens says whether and when it leads
to quitting: nobody has to be watched, and the sum is exact.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import JOB_ENDS
from demerit.catalogue.pointers import Desk, People, State
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import EPISODE, SEED, STRAINED, SUBJECT
from demerit.catalogue.words import BY_STRESS, EMPLOYED, OWN_ACCOUNT
from demerit.engine.draws import draw
from demerit.engine.fixed import half_lives
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void

_STRAIN = int(Purpose.STRAIN)
_SOURCES = 8


@kernel(i8(People, i8, i8))
def waiting_days(people: np.void, mean: int, lane: int) -> int:
    """Return an exponential waiting time in whole days, at least one."""
    return max((mean * i64(people["waiting"][lane >> 24]) + 32768) >> 16, 1)


@kernel(void(State, People, Desk, i8, i8, i8))
def be_strained(state: np.void, people: np.void, desk: np.void, source: int, cause: int, day: int) -> None:
    """Feel the stress of one event, and perhaps leave the job over it (F33)."""
    amount = people["stress"][source]
    desk["n"][STRAINED] += amount
    if i64(state["job"]) not in (EMPLOYED, OWN_ACCOUNT):
        return
    n = desk["n"]
    lanes = draw(n[SEED], _STRAIN, n[SUBJECT], day, n[EPISODE] * _SOURCES + source)
    if lanes[0] >= half_lives(amount, people["strain_half"]):
        days = waiting_days(people, people["strain_days"], lanes[1])
        send(desk, JOB_ENDS, n[SUBJECT], days, BY_STRESS, 0, 0, 0, 0, cause, 0)
