"""Approval: benefit seen against harm above what one has got used to, and what is said of it in public (R28).

    a  <-  a + gamma_b b - gamma_h max(0, x - r),    r <- r + (x - r) (1 - 2**-(month / half-life))   [F17]

x is the month's harm in days of own income: what a sanction takes goes on from day to day, a fine or a fee
is the harm of its month. Between events both equations have a closed form, so nobody is looked at month by
month; what happens in a step of a day is noted on the desk and felt when the step is over.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import enter
from demerit.catalogue.entries import APPROVAL_LOST, GOT_USED
from demerit.catalogue.pointers import Desk, Hearsay, People, State
from demerit.catalogue.rules import DAY, HARMED, MOVED, STRAINED
from demerit.catalogue.words import FABRICATED, FAMILIES, MISTAKEN, NECESSITY
from demerit.engine.fixed import approach, clip, half_lives, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.mechanisms.learning import stress

_ONE = 65535
_NOTED = 1311
"""A fall of two hundredths, from which on the ledger notes it."""
_POINTS = 100_000
"""Thousandths of a percentage point in one."""


@kernel(i8(State))
def harm_that_goes_on(state: np.void) -> int:
    """Return what sanctions take in a month, 1/1024 day of own income; nothing where rewards give more."""
    return max((i64(state["wage_loss"]) * 15) >> 4, 0)


@kernel(i8(State, Hearsay, People, i8))
def used_to(state: np.void, hearsay: np.void, people: np.void, day: int) -> int:
    """Return the harm of a month that one has got used to, 1/1024 day of own income."""
    if people["harm_weight"] == 0:
        return 0
    elapsed = day - i64(state["mood_day"])
    return approach(i64(hearsay["used_to"]), harm_that_goes_on(state), elapsed, people["habit_half_life"])


@kernel(i8(People, i8))
def felt_days(people: np.void, elapsed: int) -> int:
    """Return the days, 1/256, for which harm that goes on is felt: less as one gets used to it and forgets.

    The integral of 2**-(s / habituation) 2**-((t - s) / return) over s from 0 to t.
    """
    forgotten = half_lives(elapsed, people["approval_half_life"])
    if people["felt_span"] == 0:
        return times_q32(elapsed << 8, forgotten)
    left = half_lives(elapsed, people["habit_half_life"])
    return times_q32(people["felt_span"], abs(left - forgotten))


@kernel(i8(State, Hearsay, People, i8))
def approval(state: np.void, hearsay: np.void, people: np.void, day: int) -> int:
    """Return private approval today, 1/65535; reading writes nothing."""
    elapsed = day - i64(state["mood_day"])
    rest = people["approval_rest"]
    given = max(-i64(state["wage_loss"]), 0)
    rest += (given * people["approval_reward"]) >> 15
    value = approach(i64(state["approval"]), rest, elapsed, people["approval_half_life"])
    unused = harm_that_goes_on(state) - i64(hearsay["used_to"])
    if unused > 0 and elapsed > 0:
        value -= (unused * felt_days(people, elapsed) >> 8) * people["harm_weight"] // (30 << 26)
    return clip(value, 0, _ONE)


@kernel(i8(People, i8, i8))
def public_answer(people: np.void, private: int, risk: int) -> int:
    """Return the chance (1/65535) of answering in public that one approves.

    Whoever disapproves hides it the more often, the likelier being recorded seems [B79].

    Args:
        people: compiled society.
        private: approval as felt.
        risk: perceived over true coverage, added up over the families of situations, Q16.
    """
    hidden = min((people["hidden"] * (risk // len(FAMILIES))) >> 16, 65536)
    return i64(private + (((_ONE - private) * hidden) >> 16))


@kernel(void(State, Hearsay, People, i8))
def settle_mood(state: np.void, hearsay: np.void, people: np.void, day: int) -> None:
    """Bring approval, the harm one is used to and stress to today, before one of them or pay changes."""
    if i64(state["mood_day"]) == day:
        return
    now = approval(state, hearsay, people, day)
    habit = used_to(state, hearsay, people, day)
    state["stress"] = stress(state, people, day)
    state["approval"], hearsay["used_to"] = now, clip(habit, 0, _ONE)
    state["mood_day"] = day


@kernel(i8(State, Hearsay, People, i8))
def suffer(state: np.void, hearsay: np.void, people: np.void, harm: int) -> int:
    """Get used a little to the harm (1/1024 day) of one event; return what it takes from approval, 1/65535.

    The mood stands at today. What goes on is felt from day to day, so only what the event adds counts.
    """
    if people["harm_weight"] == 0:
        return 0
    going_on, habit = harm_that_goes_on(state), i64(hearsay["used_to"])
    unused = max(harm + going_on - habit, 0) - max(going_on - habit, 0)
    hearsay["used_to"] = clip(habit + times_q32(harm, people["habit_step"]), 0, _ONE)
    return i64((unused * people["harm_weight"]) >> 26)


@kernel(void(State, Hearsay, People, Desk, i8))
def feel(state: np.void, hearsay: np.void, people: np.void, desk: np.void, cause: int) -> None:
    """Feel what has happened to the citizen at the desk in this step: harm, injustice, benefit and stress."""
    n = desk["n"]
    harm, moved, strained = n[HARMED], n[MOVED], n[STRAINED]
    if harm == 0 and moved == 0 and strained == 0:
        return
    n[HARMED], n[MOVED], n[STRAINED] = 0, 0, 0
    settle_mood(state, hearsay, people, n[DAY])
    state["stress"] = clip(i64(state["stress"]) + strained, 0, _ONE)
    moved -= (strained * people["approval_strain"]) >> 8
    if harm > 0:
        moved -= suffer(state, hearsay, people, (min(harm, 1_000_000) << 10) // 1000)
    before = i64(state["approval"])
    state["approval"] = clip(before + moved, 0, _ONE)
    lost = before - i64(state["approval"])
    if lost >= _NOTED:
        enter(desk, APPROVAL_LOST, 0, -1, 0, 0, -(lost * _POINTS // _ONE), 0, cause, 0)


@kernel(void(State, Hearsay, People, i8))
def be_wronged(state: np.void, hearsay: np.void, people: np.void, day: int) -> None:
    """Meet the offence of somebody else, which authorities have not prevented."""
    settle_mood(state, hearsay, people, day)
    state["approval"] = max(i64(state["approval"]) - people["approval_benefit"], 0)


@kernel(void(People, Desk, i8))
def hear_it_judged(people: np.void, desk: np.void, label: int) -> None:
    """Hear of a record of somebody near: an offender seen punished, or one more who did not deserve it."""
    unjust = label in (NECESSITY, MISTAKEN, FABRICATED)
    desk["n"][MOVED] += -people["approval_witnessed"] if unjust else people["approval_benefit"]


@kernel(void(State, Hearsay, Desk, i8, i8))
def note_habit(state: np.void, hearsay: np.void, desk: np.void, before: int, cause: int) -> None:
    """Note that somebody has got used to at least half of what a sanction took, when it takes another sum.

    Args:
        before: what sanctions took in a month until now, 1/1024 day.
    """
    habit = i64(hearsay["used_to"])
    if before > 0 and 2 * habit >= before and harm_that_goes_on(state) != before:
        enter(desk, GOT_USED, 0, -1, 0, 0, 0, habit * 1000 >> 10, cause, 0)
