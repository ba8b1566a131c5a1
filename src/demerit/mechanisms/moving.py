"""Moving to another city before a copy of a record arrives: what a city keeps does not follow (R9, F45).

    U(move) = (1 - p_f) G - L(thin file) - q

G is what the copies cost that are still on their way when the new home is taken, p_f the chance that the file
follows all the same, q what a move costs. Whoever appeals stays and waits for the verdict.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import COPY_ESCAPED, MOVED_AWAY
from demerit.catalogue.letters import APPEAL_READY, ARRIVED, COPY_MISSED, THIN_FILE
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, OUT, PLATFORM_NODE, SEED, SUBJECT
from demerit.catalogue.words import CITIZEN
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import days_to_fen, pay, wealth
from demerit.institutions.standing import total
from demerit.mechanisms.anticipation import change_of_burden, has_wage
from demerit.mechanisms.choice import chance_without_gain, is_aware

_MOVE = int(Purpose.MOVE)
_EXPECTED = flow("moves_expected")
_MOVES = flow("moves")
_ESCAPED = flow("copies_escaped")
_PAID = flow("moves_fen")


@kernel(i8(Rules, Desk, i8, i8))
def is_late_copy(rules: np.void, desk: np.void, place: int, root: int) -> int:
    """Tell whether a message on the desk is a copy of a record that would come after a move."""
    message = desk["outbox"][place]
    n = desk["n"]
    if i64(message["kind"]) != ARRIVED or i64(message["cause"]) != root:
        return 0
    if i64(message["target"]) != n[SUBJECT] or rules["escapable"][i64(message["about"])] == 0:
        return 0
    return 1 if i64(message["due"]) - n[DAY] > rules["move_takes"] else 0


@kernel(i8(Desk, i8))
def is_appealed(desk: np.void, root: int) -> int:
    """Tell whether an appeal against a record of today is on the desk."""
    for place in range(desk["n"][OUT]):
        message = desk["outbox"][place]
        if i64(message["kind"]) == APPEAL_READY and i64(message["cause"]) == root:
            return 1
    return 0


@kernel(i8(State, Accounts, Rules, Desk, i8, i8))
def worth_of_copies(
    state: np.void, accounts: np.void, rules: np.void, desk: np.void, root: int, day: int
) -> int:
    """Return G, what the copies that would come too late cost whoever stays, Q16 days."""
    worth, employed = 0, has_wage(state)
    for place in range(desk["n"][OUT]):
        if is_late_copy(rules, desk, place, root) == 1:
            message = desk["outbox"][place]
            platform = rules["transfer_to"][i64(message["rule"])] - PLATFORM_NODE
            system = rules["score_slot"][CITIZEN, platform]
            points = total(accounts, rules, CITIZEN, system, day)
            worth += change_of_burden(rules, employed, system, points, i64(message["points"]))
    return i64(worth)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def consider_move(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    root: int,
    day: int,
) -> None:
    """Move away from the record of today, or stay."""
    if rules["move_takes"] == 0 or is_aware(state, day) == 0:
        return
    gain = worth_of_copies(state, accounts, rules, desk, root, day)
    fen = days_to_fen(traits, people["move_cost"])
    if gain <= 0 or is_appealed(desk, root) == 1 or wealth(state, traits, people, day) < fen:
        return
    thin = 0
    if rules["thin_file"] < 0:
        here = total(accounts, rules, CITIZEN, 0, day)
        thin = change_of_burden(rules, has_wage(state), 0, here, rules["thin_file"])
    hoped = (gain * (65536 - (rules["move_found"] >> 16))) >> 16
    probability = chance_without_gain(people, i64(hoped - thin - people["move_cost"]))
    count(desk, _EXPECTED, probability >> 12)
    n = desk["n"]
    lanes = draw(n[SEED], _MOVE, n[SUBJECT], day, n[EPISODE])
    if lanes[0] >= probability:
        return
    count(desk, _MOVES, 1)
    count(desk, _PAID, fen)
    pay(state, traits, people, desk, day, fen)
    entry = enter(desk, MOVED_AWAY, rules["conduct"][kind] - 1, -1, 0, 0, 0, fen, root, 0)
    for place in range(n[OUT]):
        if is_late_copy(rules, desk, place, root) == 1:
            message = desk["outbox"][place]
            if lanes[1] < rules["move_found"]:
                message["due"] = min(i64(message["due"]) + rules["move_follows"], 65535)
            else:
                message["kind"] = COPY_MISSED
                message["cause"] = entry
    if rules["thin_file"] < 0:
        takes = rules["move_takes"]
        send(desk, THIN_FILE, n[SUBJECT], takes, 0, 0, rules["thin_file"], 0, 0, entry, 0)


@kernel(void(Desk, Message))
def miss_copy(desk: np.void, message: np.void) -> None:
    """Enter that a copy has not found whom it is about."""
    transfer, register, points = i64(message["rule"]), i64(message["about"]), i64(message["points"])
    enter(
        desk, COPY_ESCAPED, transfer, register, i64(message["label"]), 0, points, 0, i64(message["cause"]), 0
    )
    count(desk, _ESCAPED, 1)
