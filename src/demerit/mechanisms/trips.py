"""Travel: days asked for and granted, the passport that the unit keeps, coming back in time or staying on.

Whoever is no official applies for a passport of the state; with an official of a strategic sector at home,
superiors of that official have to agree as well.

    U(stay on) = g (asked - granted) / asked - p (D + ban)        U(apply) = q g - k n
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, BY_SCORE, ON_PRINCIPLE, PER_KIND, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import (
    DISCIPLINED,
    GIVEN_UP,
    HOUSEHOLD_PERMIT,
    LATE_RETURN,
    PASSPORT_ISSUED,
    PASSPORT_RETURNED,
    PASSPORT_WITHHELD,
)
from demerit.catalogue.letters import TRIP_ENDS
from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.pointers import Accounts, Desk, Message, Official, People, Rules, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.serving import (
    ALL_PASSPORTS,
    GIVEN,
    LEADERS_PASSPORTS,
    REFUSED,
)
from demerit.catalogue.words import CITIZEN, CIVIL_TRIP, SCORE, STRATA, TRIP, TRUE
from demerit.engine.draws import below, draw
from demerit.engine.fixed import times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.engine.noise import gumbel
from demerit.institutions.discipline import discipline
from demerit.institutions.exemption import as_the_exempt_see_it, is_filed
from demerit.institutions.standing import standing
from demerit.mechanisms.expecting import expected_discipline

_TRIP = int(Purpose.TRIP)
_STAY_ON = int(Purpose.STAY_ON)
_CIVIL_TRIP = int(Purpose.CIVIL_TRIP)
_LEADERS = STRATA.index("cadre")
_ASKED = flow("trip_days_asked")
_GRANTED = flow("trip_days_granted")
_LATE = flow("late_returns")
_BANS = flow("travel_bans")
_PERMITS = flow("household_permits")
_NO_PERMIT = flow("household_refused")
_WITHHELD = flow("passports_withheld")


@kernel(i8(Rules, Traits))
def unit_keeps_passport(rules: np.void, traits: np.void) -> int:
    """Tell whether the passport of an official lies with the unit."""
    if rules["passports_kept"] == LEADERS_PASSPORTS:
        return 1 if i64(traits["cell"]) // CELLS_A_STRATUM == _LEADERS else 0
    return 1 if rules["passports_kept"] == ALL_PASSPORTS else 0


@kernel(i8(People, Desk))
def days_to_ask_for(people: np.void, desk: np.void) -> int:
    """Draw for how many days somebody wants to go abroad."""
    n = desk["n"]
    lane = draw(n[SEED], _TRIP, n[SUBJECT], n[DAY], n[EPISODE])[0]
    days = i64(people["trip_least"]) + below(lane, people["trip_most"] - people["trip_least"] + 1)
    count(desk, _ASKED, days)
    return days


@kernel(void(Traits, Official, Rules, Desk, i8, i8, i8))
def depart(
    traits: np.void, official: np.void, rules: np.void, desk: np.void, asked: int, lane: int, permission: int
) -> None:
    """Go abroad for the days granted, never more than those asked for; collect passport and form."""
    least = rules["least_granted"]
    granted = max((asked * (least + (((65536 - least) * (lane >> 16)) >> 16)) + 32768) >> 16, 1)
    count(desk, _GRANTED, granted)
    official["abroad"] = 1
    cause = permission
    if unit_keeps_passport(rules, traits) == 1:
        cause = enter(desk, PASSPORT_ISSUED, 0, -1, 0, 0, 1000 * granted, 0, permission, 0)
    send(desk, TRIP_ENDS, desk["n"][SUBJECT], granted, 0, 0, 1000 * granted, asked, 0, cause, 0)


@kernel(i8(Traits, Official, Rules, People, Desk, i8, i8))
def stays_on(
    traits: np.void,
    official: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    asked: int,
    granted: int,
) -> int:
    """Decide whether an official stays for all the days that were asked for."""
    n = desk["n"]
    lanes = draw(n[SEED], _STAY_ON, n[SUBJECT], n[DAY], n[EPISODE])
    cost = expected_discipline(official, rules, -rules["late_points"], n[DAY]) + rules["ban_value"]
    fear = as_the_exempt_see_it(rules, traits, i64(rules["late_found"]) >> 16)
    utility = i64(people["gain"][TRIP]) * (asked - granted) // asked - ((fear * cost) >> 16)
    staying = ((utility * people["inverse_tau"][TRIP]) >> 16) + gumbel(lanes[1])
    return 1 if staying > gumbel(lanes[0]) else 0


@kernel(void(Traits, Official, Rules, Desk, i8, i8))
def be_late(traits: np.void, official: np.void, rules: np.void, desk: np.void, days: int, cause: int) -> None:
    """Come back late: perhaps be disciplined, and barred from travel for years [S118]."""
    n = desk["n"]
    count(desk, _LATE, 1)
    entry = enter(desk, LATE_RETURN, 0, -1, 0, 0, 1000 * days, 0, cause, 0)
    lane = draw(n[SEED], _STAY_ON, n[SUBJECT], n[DAY], n[EPISODE])[2]
    if lane >= rules["late_found"] or is_filed(rules, traits, desk) == 0:
        return
    discipline(official, rules, desk, DISCIPLINED, TRIP, rules["late_points"], 0, entry, n[DAY])
    if rules["ban_days"] > 0:
        official["banned_until"] = min(n[DAY] + rules["ban_days"], 65534)
        count(desk, _BANS, 1)


@kernel(void(Traits, Official, Rules, People, Desk, Message))
def come_back(
    traits: np.void, official: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Come back when the days are over, or stay on; then hand the passport back."""
    granted, asked = i64(message["points"]) // 1000, i64(message["amount"])
    cause, late = i64(message["cause"]), i64(message["label"])
    days = asked - granted if late == 0 else 0
    if days > 0 and stays_on(traits, official, rules, people, desk, asked, granted) == 1:
        send(desk, TRIP_ENDS, desk["n"][SUBJECT], days, 0, 1, 1000 * days, asked, 0, cause, 0)
        return
    official["abroad"] = 0
    if late == 1:
        be_late(traits, official, rules, desk, granted, cause)
    if unit_keeps_passport(rules, traits) == 1:
        enter(desk, PASSPORT_RETURNED, 0, -1, 0, 0, 0, 0, cause, 0)


@kernel(i8(Accounts, Rules, i8, i8))
def gets_passport(accounts: np.void, rules: np.void, lane: int, day: int) -> int:
    """Tell whether the office gives a passport: not for a low score, and now and then without a reason."""
    if rules["passport_below"] > 0 and standing(accounts, rules, CITIZEN, 0, day) < rules["passport_below"]:
        return 0
    return 1 if lane >= rules["passport_refused"] else 0


@kernel(i8(Rules, People, i8))
def worth_of_trip(rules: np.void, people: np.void, layers: int) -> int:
    """Return U(apply) in units of the noise, Q16."""
    chance = i64(1) << 32
    for _ in range(layers):
        chance = times_q32(chance, rules["layer_passes"])
    chance = times_q32(chance, (i64(1) << 32) - rules["passport_refused"])
    worth = times_q32(i64(people["gain"][CIVIL_TRIP]), chance) - layers * people["ask_effort"]
    return i64((worth * people["inverse_tau"][CIVIL_TRIP]) >> 16)


@kernel(void(Accounts, Rules, People, Desk, i8, i8))
def wish_to_travel(
    accounts: np.void, rules: np.void, people: np.void, desk: np.void, sensitive: int, cause: int
) -> None:
    """Wish to go abroad as somebody who is no official: apply, or stay at home.

    Args:
        sensitive: 1 = an official of a strategic sector lives in the household.
    """
    n, place = desk["n"], CIVIL_TRIP * PER_KIND
    lanes = draw(n[SEED], _CIVIL_TRIP, n[SUBJECT], n[DAY], n[EPISODE])
    layers = i64(rules["household_layers"]) if sensitive == 1 else 0
    if worth_of_trip(rules, people, layers) + gumbel(lanes[1]) <= gumbel(lanes[0]):
        free = (i64(people["gain"][CIVIL_TRIP]) * i64(people["inverse_tau"][CIVIL_TRIP])) >> 16
        if free + gumbel(lanes[1]) > gumbel(lanes[0]):
            count(desk, place + BY_SCORE, 1)
            enter(desk, GIVEN_UP, CIVIL_TRIP, -1, TRUE, SCORE, 0, 0, cause, 0)
        else:
            count(desk, place + ON_PRINCIPLE, 1)
        return
    if layers > 0:
        count(desk, _PERMITS, 1)
        chance = i64(1) << 32
        for _ in range(layers):
            chance = times_q32(chance, rules["layer_passes"])
        given = GIVEN if lanes[2] < chance else REFUSED
        enter(desk, HOUSEHOLD_PERMIT, given, -1, 0, 0, 0, 0, cause, 0)
        if given == REFUSED:
            count(desk, _NO_PERMIT, 1)
            return
    if gets_passport(accounts, rules, lanes[3], n[DAY]) == 0:
        count(desk, _WITHHELD, 1)
        enter(desk, PASSPORT_WITHHELD, 0, -1, 0, 0, 0, 0, cause, 0)
        return
    count(desk, place + ACTED, 1)
