"""A collision, from the drive it happens on to what the law makes of a driver who stays or finishes."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.colliding import FATAL, FINISH, FLEE, MINOR, SERIOUS
from demerit.catalogue.counters import ACTED, MET, PER_KIND, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import COLLIDED, SETTLED_OUT
from demerit.catalogue.letters import HEARD_OF_INTENT, HIT
from demerit.catalogue.pointers import Accounts, Desk, Hearsay, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import COLLISION, CROSSWALK, FINISHING, FREE, STRANGERS, TRUE
from demerit.engine.draws import draw
from demerit.engine.kernel import i8, kernel
from demerit.institutions.exemption import is_filed
from demerit.institutions.liability import (
    MOST_FEN,
    is_insured,
    pay_damages,
    serve_sentence,
)
from demerit.institutions.licence import may_drive
from demerit.institutions.purse import charge, collectable, days_to_fen
from demerit.institutions.sanctions import is_car_stopped
from demerit.mechanisms.collision import cost_of_suit, respond, settlement_asked
from demerit.mechanisms.talk import be_talked_of
from demerit.simulation.acts import have_record

_COLLISION = int(Purpose.COLLISION)
_COURT = int(Purpose.COLLISION_COURT)
_HEARER = int(Purpose.INTENT_HEARER)
_BY_SEVERITY = flow("collisions_minor")
_FATAL_EXPECTED = flow("deaths_expected_collision")
_SETTLEMENTS = flow("settlements")
_SETTLEMENT = flow("settlements_fen")
_SUITS = flow("suits")
_PROVED = flow("intent_proved")
_PLACE = COLLISION * PER_KIND
FLED, BY_FINISHING, AT_FAULT = 4, 8, 16
"""What whoever is hurt learns of the driver, in the label of the message, besides the severity."""


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def file_collision(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    seen: int,
    cause: int,
) -> int:
    """File a record of the suit, the flight or the killing, where the regime keeps one; return its id or 0.

    Args:
        seen: 32-bit draw held against the chance that it is filed.
    """
    if rules["conduct"][kind] == 0 or seen >= rules["coverage"][kind]:
        return 0
    if is_filed(rules, traits, desk) == 0:
        return 0
    day = desk["n"][DAY]
    return have_record(state, traits, accounts, rules, people, desk, kind, TRUE, FREE, cause, day)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8))
def settle_out(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    outcome: int,
    fault: int,
    paid: int,
    lane: int,
    cause: int,
) -> int:
    """Pay what not going to court is worth, min(suit, asked) (F24); return fen, or -1 if it is not taken."""
    day = desk["n"][DAY]
    if rules["settlement"] == 0 or lane >> 16 >= people["settles"]:
        return -1
    suit = cost_of_suit(state, traits, accounts, rules, 1, day)
    offered = days_to_fen(traits, min(suit, settlement_asked(traits, rules, outcome, fault)))
    fen = min(collectable(state, traits, people, day, offered), MOST_FEN - paid)
    charge(state, traits, people, desk, day, fen, _SETTLEMENT)
    count(desk, _SETTLEMENTS, 1)
    enter(desk, SETTLED_OUT, outcome, -1, 0, 0, 0, fen, cause, 0)
    return fen


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8))
def answer_for(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    response: int,
    severity: int,
    fault: int,
    cover: int,
    cause: int,
) -> int:
    """Bear what the law makes of a driver who has stayed or finished; tell whoever was hit.

    Returns:
        The id of a record that changed a score today, or 0.
    """
    n = desk["n"]
    outcome = FATAL if response == FINISH else severity
    root, more = 0, 0
    lanes = draw(n[SEED], _COURT, n[SUBJECT], n[DAY], n[EPISODE])
    if response == FINISH and lanes[2] >> 16 < rules["intent_proved"]:
        count(desk, _PROVED, 1)
        paid = pay_damages(state, traits, rules, people, desk, FATAL, fault, 0, cause)
        serve_sentence(state, traits, people, desk, rules["intent_sentence"], cause)
        root = file_collision(state, traits, accounts, rules, people, desk, FINISHING, 0, cause)
        be_talked_of(people, desk, _HEARER, HEARD_OF_INTENT, FINISHING, 0, cause)
    else:
        paid = pay_damages(state, traits, rules, people, desk, outcome, fault, cover, cause)
        if outcome != MINOR and rules["liability"] == 1:
            more = settle_out(
                state, traits, accounts, rules, people, desk, outcome, fault, paid, lanes[0], cause
            )
            if more < 0:
                count(desk, _SUITS, 1)
                root = file_collision(
                    state, traits, accounts, rules, people, desk, COLLISION, lanes[1], cause
                )
    label = outcome + (BY_FINISHING if response == FINISH else 0)
    fen = paid + max(more, 0)
    send(desk, HIT, SOMEBODY | STRANGERS, 1, COLLISION, label, fen, n[EPISODE], 0, cause, 0)
    return root


@kernel(i8(State, Traits, Accounts, Hearsay, Rules, Rules, People, Desk, i8, i8))
def risk_collision(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    hearsay: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    broken: int,
) -> int:
    """Collide or not on a drive; return the id of a record that changed a score today, or 0.

    Args:
        kind: situation kind of the road; ``broken`` = 1 if the driver broke its rule.
    """
    n = desk["n"]
    chance = people["collision_chance"][broken, kind]
    day = n[DAY]
    if may_drive(state, day) == 0 or is_car_stopped(accounts) == 1:
        return 0
    count(desk, _FATAL_EXPECTED, (chance * people["severe"][0]) >> 32)
    lanes = draw(n[SEED], _COLLISION, n[SUBJECT], day, n[EPISODE])
    if lanes[0] >= chance:
        return 0
    severity = MINOR
    if lanes[1] < people["severe"][0]:
        severity = FATAL
    elif lanes[1] < people["severe"][1]:
        severity = SERIOUS
    on_foot = 1 if kind == CROSSWALK or lanes[2] < people["on_foot"] else 0
    cover = 1 + is_insured(people, desk)
    count(desk, _PLACE + MET, 1)
    count(desk, _PLACE + ACTED, 1)
    count(desk, _BY_SEVERITY + severity, 1)
    decided = respond(
        state, traits, accounts, hearsay, rules, law, people, desk, severity, broken, cover, on_foot
    )
    response, motive = decided & 7, decided >> 3
    entry = enter(desk, COLLIDED, response * 3 + severity, -1, 0, motive, 0, 0, 0, 0)
    if response != FLEE:
        return answer_for(
            state, traits, accounts, rules, people, desk, response, severity, broken, cover, entry
        )
    label = severity + FLED + AT_FAULT * broken
    send(desk, HIT, SOMEBODY | STRANGERS, 1, COLLISION, label, 0, n[EPISODE], 0, entry, 0)
    return 0
