"""Debts: an instalment under an income shock, a guarantee that is called, a judgment to perform.

What is owed is paid at once, or after some time by whoever did not pay when it was due.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import CURED
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FREE, INSTALMENT
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.purse import days_to_fen, pay
from demerit.mechanisms.choice import tempted
from demerit.mechanisms.options import keep_break_or_hide

_CURE = int(Purpose.CURE)


@kernel(i8(People, Desk, i8, i8))
def cure_delay(people: np.void, desk: np.void, kind: int, day: int) -> int:
    """Return after how many days a debt is paid after all: exponential, with the mean of its kind."""
    n = desk["n"]
    lanes = draw(n[SEED], _CURE, n[SUBJECT], day, n[EPISODE])
    return max((i64(people["cure_days"][kind]) * i64(people["waiting"][lanes[0] >> 24])) >> 16, 1)


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8, i8))
def pay_or_default(
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
    """Pay what is due, default, or (where the society knows a way) hide one's means; return what decided it.

    Behind an instalment that is hard to pay stands a loss of income. Who defaults pays after some time.
    """
    if kind == INSTALMENT:
        pay(state, traits, people, desk, day, days_to_fen(traits, people["shock"]))
    if people["hide_gain"][kind] > 0:
        motive = keep_break_or_hide(state, traits, accounts, rules, law, people, desk, kind, context, day)
    else:
        motive = tempted(state, traits, accounts, rules, law, people, desk, kind, context, noise, day)
    due = min(days_to_fen(traits, people["due"][kind]), 2147483647)
    if motive < FREE:
        pay(state, traits, people, desk, day, due)
    elif people["cure_days"][kind] > 0:
        delay = cure_delay(people, desk, kind, day)
        send(desk, CURED, desk["n"][SUBJECT], delay, kind, 0, 0, due, 0, cause, 0)
    return motive
