"""Residence: school, housing and registration where somebody has moved to, by hukou and by score (R19, F44).

Whoever is not registered where they live applies now and then for a school place, a home or the registration
itself. Under every regime most of them are refused; where a score is read, a score below the threshold is
refused whatever else speaks for it. Whoever is registered at last is a local like any other.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, PER_KIND, VETOED, flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import REGISTERED, RESIDENCE_REFUSED, THIN_FILE_OPENED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import CITIZEN, PRINCIPLE, RESIDENCE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.purse import charge, days_to_fen
from demerit.institutions.standing import book, standing

_RESIDENCE = int(Purpose.RESIDENCE)
_REFUSED = flow("residence_refused")
_FOR_SCORE = flow("residence_refused_for_score")
_REGISTERED = flow("registered")
_SUBSTITUTES = flow("substitutes_fen")
_PLACE = RESIDENCE * PER_KIND
LOCAL = 8
"""Bit of ``access`` that says that somebody who had moved has been registered."""
FOR_HUKOU, FOR_SCORE = range(2)


@kernel(i8(Accounts, Rules, i8))
def is_score_too_low(accounts: np.void, rules: np.void, day: int) -> int:
    """Tell whether an application fails by the score that is read."""
    system = rules["hukou_system"]
    if system < 0:
        return 0
    return 1 if standing(accounts, rules, CITIZEN, system, day) < rules["hukou_below"] else 0


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8))
def apply_to_stay(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    cause: int,
    day: int,
) -> int:
    """Apply for what only locals get, and be refused or registered; return that nothing was broken."""
    if rules["hukou"] == 0 or i64(accounts["access"]) & LOCAL != 0:
        count(desk, _PLACE + VETOED, 1)
        return PRINCIPLE
    count(desk, _PLACE + ACTED, 1)
    n = desk["n"]
    lane = draw(n[SEED], _RESIDENCE, n[SUBJECT], day, n[EPISODE])[0]
    low = is_score_too_low(accounts, rules, day)
    if low == 0 and lane < rules["hukou_converts"]:
        accounts["access"] = i64(accounts["access"]) | LOCAL
        count(desk, _REGISTERED, 1)
        enter(desk, REGISTERED, 0, -1, 0, 0, 0, 0, cause, 0)
        return PRINCIPLE
    cost = days_to_fen(traits, people["residence_cost"])
    enter(desk, RESIDENCE_REFUSED, FOR_SCORE if low == 1 else FOR_HUKOU, -1, 0, 0, 0, cost, cause, 0)
    count(desk, _REFUSED, 1)
    count(desk, _FOR_SCORE, low)
    charge(state, traits, people, desk, day, cost, _SUBSTITUTES)
    return PRINCIPLE


@kernel(i8(Accounts, Rules, Desk, Message))
def open_thin_file(accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> int:
    """Begin with fewer points, for want of anything known here; return the id to reckon by."""
    points, day = i64(message["points"]), desk["n"][DAY]
    book(accounts, rules, CITIZEN, 0, points, day)
    return enter(desk, THIN_FILE_OPENED, 0, -1, 0, 0, points, 0, i64(message["cause"]), 0)
