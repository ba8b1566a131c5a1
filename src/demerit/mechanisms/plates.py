"""Covered plates: a driver who has been recorded hides the plate from cameras, or not (S81, F45).

    U(cover) = h A t - q - c H - p_f K

A is what records by cameras are expected to cost in a year: over the kinds that cameras see, the situations
met times the chance of acting times p (f + L), by the same choice as on the road. A share h of it is hidden
for a term t; p_f is the chance that somebody sees the cover within the term, K what its record would cost.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, EXPECTED, MET, PER_KIND, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import PLATE_CLEARED, PLATE_COVERED
from demerit.catalogue.gaming import PLATE_HIDDEN
from demerit.catalogue.letters import PLATE_ENDS
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import EPISODE, SEED, SUBJECT
from demerit.catalogue.words import CAMERA_KINDS, PLATE, ROAD, TRUE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.licence import may_drive
from demerit.institutions.purse import fen_to_days, pay, wealth
from demerit.mechanisms.anticipation import expected_loss
from demerit.mechanisms.choice import bare_utility, chance, chance_without_gain, is_aware, penalty
from demerit.mechanisms.learning import conscience

_PLATE = int(Purpose.PLATE)
_PLACE = PLATE * PER_KIND
_PAID = flow("plates_fen")
_DAYS_A_YEAR = 365
_MOST = 1 << 36


@kernel(i8(State, Traits, Accounts, Rules, People, i8))
def cost_of_cameras(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, people: np.void, day: int
) -> int:
    """Return A, what a driver expects records by cameras to cost in a year, Q16 days."""
    flags = i64(traits["flags"])
    usual = i64(people["family_rate"][flags, ROAD])
    if usual == 0:
        return 0
    total = 0
    for kind in range(CAMERA_KINDS):
        if rules["conduct"][kind] == 0 or flags & people["eligible"][kind] == 0:
            continue
        cost = penalty(state, traits, accounts, rules, people, kind, 1, day)
        worth = bare_utility(state, traits, rules, people, kind, TRUE, day) - cost
        acts = (people["rate"][kind] * (chance(people, kind, worth) >> 16)) >> 16
        total += (acts * cost) >> 16
    frailty = (i64(traits["family_rate"][ROAD]) << 24) // usual
    return i64((min(total, _MOST) * frailty) >> 16)


@kernel(i8(State, Traits, Accounts, Rules, People, i8))
def worth_of_cover(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, people: np.void, day: int
) -> int:
    """Return U(cover), Q16 days."""
    yearly = cost_of_cameras(state, traits, accounts, rules, people, day)
    hidden = ((yearly * (rules["plate_hides"] >> 16)) >> 16) * rules["plate_term"] // _DAYS_A_YEAR
    own = conscience(state, rules, people, i64(traits["conscience"]), ROAD, day)
    felt = (own * people["felt_harm"][PLATE]) >> 16
    loss = fen_to_days(traits, rules["fine_fen"][PLATE])
    loss += expected_loss(rules, state, traits, accounts, PLATE, is_aware(state, day), day)
    risk = ((rules["plate_found"] >> 16) * loss) >> 16
    return i64(hidden - fen_to_days(traits, people["cover_plate_fen"]) - felt - risk)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def consider_plate(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    cause: int,
    day: int,
) -> None:
    """Cover the plate after a record by a camera, or let it be."""
    if rules["plate_term"] == 0 or kind >= CAMERA_KINDS or may_drive(state, day) == 0:
        return
    fen = people["cover_plate_fen"]
    if i64(accounts["access"]) & PLATE_HIDDEN != 0 or wealth(state, traits, people, day) < fen:
        return
    count(desk, _PLACE + MET, 1)
    probability = chance_without_gain(people, worth_of_cover(state, traits, accounts, rules, people, day))
    count(desk, _PLACE + EXPECTED, probability >> 12)
    n = desk["n"]
    lanes = draw(n[SEED], _PLATE, n[SUBJECT], day, n[EPISODE])
    if lanes[0] >= probability:
        return
    count(desk, _PLACE + ACTED, 1)
    count(desk, _PAID, fen)
    pay(state, traits, people, desk, day, fen)
    accounts["access"] = i64(accounts["access"]) | PLATE_HIDDEN
    entry = enter(desk, PLATE_COVERED, rules["conduct"][kind] - 1, -1, 0, 0, 0, fen, cause, 0)
    seen = 1 if lanes[1] < rules["plate_found"] else 0
    term = i64(rules["plate_term"])
    days = 1 + ((lanes[2] * term) >> 32) if seen == 1 else term
    send(desk, PLATE_ENDS, n[SUBJECT], days, 0, seen, 0, 0, 0, entry, 0)


@kernel(i8(Accounts, Desk, Message))
def clear_plate(accounts: np.void, desk: np.void, message: np.void) -> int:
    """Drive with a plate that can be read again; return the id of the entry."""
    accounts["access"] = i64(accounts["access"]) & ~PLATE_HIDDEN
    return enter(desk, PLATE_CLEARED, 0, -1, 0, 0, 0, 0, i64(message["cause"]), 0)
