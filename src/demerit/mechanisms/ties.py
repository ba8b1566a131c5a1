"""Friends who keep or cut somebody they see on public display (R15, F16).

    U(cut) = shame + chain - value · strength · trust / t0      P(cut) = 1 / (1 + exp(-U / tau))

Strength is how many friends two friends have in common, so that weak ties go first [M36]; the chain is what
records of a friend are expected to cost where the regime passes them on to friends.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, EXPECTED, MET, PER_KIND, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import CUT_TIE, LOST_TIE
from demerit.catalogue.letters import TIE_CUT
from demerit.catalogue.pointers import Desk, Message, People, Rules, State
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FRIENDS, NO_MOTIVE, TIE
from demerit.engine.draws import draw
from demerit.engine.fixed import logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.mechanisms.anticipation import has_wage
from demerit.mechanisms.choice import is_aware, need_the_score
from demerit.mechanisms.learning import meet_circle, trust

_TIE = int(Purpose.TIE)
_LOST = flow("ties_lost")
_PLACE = TIE * PER_KIND


@kernel(i8(State, People, i8, i8, i8))
def cut_chance(state: np.void, people: np.void, strength: int, chain: int, day: int) -> int:
    """Return P(cut), Q32.

    Args:
        strength: of the tie, Q16.
        chain: what the friend's records are expected to cost, Q16 days.
    """
    close = (trust(state, people, FRIENDS, day) << 16) // people["trust_start"][FRIENDS]
    value = (((people["tie_value"] * strength) >> 16) * close) >> 16
    return logistic(((people["tie_shame"] + chain - value) * people["tie_inverse_tau"]) >> 16)


@kernel(i8(State, Rules, People, Desk, Message, i8))
def weigh_tie(
    state: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void, strength: int
) -> int:
    """Decide whether to break off with a friend on display; return 1 if so, and let the friend know."""
    n = desk["n"]
    day, label, cause = n[DAY], i64(message["label"]), i64(message["cause"])
    noise = draw(n[SEED], _TIE, n[SUBJECT], day, n[EPISODE])[0]
    chain = rules["friend_loss"][has_wage(state)] if is_aware(state, day) == 1 else 0
    probability = cut_chance(state, people, strength, chain, day)
    count(desk, _PLACE + MET, 1)
    count(desk, _PLACE + EXPECTED, probability >> 12)
    if noise >= probability:
        return 0
    count(desk, _PLACE + ACTED, 1)
    motive = NO_MOTIVE
    if noise >= cut_chance(state, people, strength, 0, day):
        motive = need_the_score(state, people, desk, TIE, day)
    entry = enter(desk, CUT_TIE, 0, -1, label, motive, 0, 0, cause, 0)
    send(desk, TIE_CUT, i64(message["about"]), 1, 0, label, 0, 0, n[SUBJECT], entry, 0)
    return 1


@kernel(void(State, People, Desk, Message))
def lose_friend(state: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Learn that a friend has broken off."""
    enter(desk, LOST_TIE, 0, -1, i64(message["label"]), 0, 0, 0, i64(message["cause"]), 0)
    count(desk, _LOST, 1)
    meet_circle(state, people, FRIENDS, 0, desk["n"][DAY])
