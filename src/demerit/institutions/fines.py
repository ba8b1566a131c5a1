"""Fines: paid at once by most, late by some; an unpaid one holds licence points over and can stop a car."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import FINE_PAID
from demerit.catalogue.letters import PAID
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import LINK
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.words import DRIVEN_VEHICLE
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.licence import turn_cycle
from demerit.institutions.purse import charge

_FINE = int(Purpose.FINE)
_FINES = flow("fines_fen")
_LATE = flow("fines_late")
_SEQUENCES = (1 << SEQUENCE_BITS) - 1
OVERDUE, SETTLED = 1, -1
"""What a message about a fine says, in its points: it is overdue now, or it is paid."""


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8))
def fine(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    fen: int,
    rule: int,
    cause: int,
    day: int,
) -> None:
    """Fine a citizen: most pay on the day, some some time after the term.

    Args:
        fen: the fine.
        rule: number of the conduct.
        cause: ledger id of the record, which carries the amount.
    """
    if fen == 0:
        return
    n = desk["n"]
    if rules["fine_late"] > 0:
        lanes = draw(n[SEED], _FINE, n[SUBJECT], n[DAY], cause & _SEQUENCES)
        if lanes[0] < rules["fine_late"]:
            term = rules["fine_term"]
            delay = term + i64(rules["fine_delay"][lanes[1] >> 24])
            turn_cycle(state, traits, accounts, rules, day)
            accounts["fines_due"] = min(i64(accounts["fines_due"]) + 1, 255)
            count(desk, _LATE, 1)
            send(desk, PAID, n[SUBJECT], term, rule, 0, OVERDUE, 0, 0, cause, 0)
            send(desk, PAID, n[SUBJECT], delay, rule, 0, SETTLED, fen, 0, cause, 0)
            return
    charge(state, traits, people, desk, day, fen, _FINES)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message, i8))
def settle_fine(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> int:
    """Let a fine become overdue, or pay it; the citizen's own car is told. Return the id to reckon by."""
    news = i64(message["points"])
    rule = i64(message["rule"])
    entry = i64(message["cause"])
    if news == SETTLED:
        turn_cycle(state, traits, accounts, rules, day)
        fen = i64(message["amount"])
        charge(state, traits, people, desk, day, fen, _FINES)
        accounts["fines_due"] = max(i64(accounts["fines_due"]) - 1, 0)
        entry = enter(desk, FINE_PAID, rule, -1, 0, 0, 0, fen, entry, 0)
    send(desk, PAID, LINK + DRIVEN_VEHICLE, 1, rule, 0, news, 0, desk["n"][SUBJECT], entry, 0)
    return entry


@kernel(i8(Accounts, Message))
def owner_fined(accounts: np.void, message: np.void) -> int:
    """Note on a vehicle that a fine of its owner is overdue or paid; return the id to reckon by."""
    due = i64(accounts["fines_due"]) + i64(message["points"])
    accounts["fines_due"] = min(max(due, 0), 255)
    return i64(message["cause"])
