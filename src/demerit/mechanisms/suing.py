"""Suing: whoever was dismissed over a refusal goes to the labour court, or lets it be (F38).

U(sue) = P(won) award - k
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import LABOUR_AWARD, LABOUR_DAMAGES, SUIT
from demerit.catalogue.letters import SUIT_DECIDED
from demerit.catalogue.pointers import Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.engine.draws import draw
from demerit.engine.fixed import times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import charge, fen_to_days, pay
from demerit.mechanisms.power import shifted

_SUING = int(Purpose.SUIT)
_SUITS = flow("labour_suits")
_WON = flow("labour_suits_won")
_DAMAGES = flow("labour_damages_fen")
PAYS, GETS = range(2)


@kernel(void(Traits, Rules, People, Desk, i8, i8))
def consider_suit(
    traits: np.void, rules: np.void, people: np.void, desk: np.void, superior: int, cause: int
) -> None:
    """Sue over a dismissal that followed a refusal, or let it be; the superior answers for it."""
    n = desk["n"]
    award = fen_to_days(traits, rules["labour_fen"])
    worth = times_q32(award, rules["labour_won"]) - people["suit_effort"]
    lanes = draw(n[SEED], _SUING, n[SUBJECT], n[DAY], n[EPISODE])
    if rules["labour_won"] == 0 or lanes[0] >= shifted(people, 0, i64(worth)):
        return
    won = 1 if lanes[1] < rules["labour_won"] else 0
    fen = rules["labour_fen"] * won
    count(desk, _SUITS, 1)
    count(desk, _WON, won)
    entry = enter(desk, SUIT, 0, -1, 0, 0, 0, fen, cause, 0)
    if won == 1:
        days = rules["labour_days"]
        send(desk, SUIT_DECIDED, superior, days, 0, PAYS, 0, fen, n[SUBJECT], entry, 0)
        send(desk, SUIT_DECIDED, n[SUBJECT], days, 0, GETS, 0, fen, superior, entry, 0)


@kernel(void(State, Traits, People, Desk, Message))
def settle_suit(state: np.void, traits: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Pay, or get, what a labour court has awarded."""
    day, fen, cause = desk["n"][DAY], i64(message["amount"]), i64(message["cause"])
    if i64(message["label"]) == GETS:
        enter(desk, LABOUR_AWARD, 0, -1, 0, 0, 0, fen, cause, 0)
        pay(state, traits, people, desk, day, -fen)
    else:
        enter(desk, LABOUR_DAMAGES, 0, -1, 0, 0, 0, fen, cause, 0)
        charge(state, traits, people, desk, day, fen, _DAMAGES)
