"""Daily life under sanction: the trips and applications of a week, and what doing without them costs.

Only people under a sanction that refuses something are evaluated; nobody else can be refused.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.words import LOAN, SERVICES, TRAIN
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import charge, days_to_fen, pay
from demerit.institutions.sanctions import refused_services

_ACCESS = int(Purpose.ACCESS)
_TRIES = flow(f"{SERVICES[0]}_tries")
_REFUSED = flow(f"{SERVICES[0]}_refused")
_SUBSTITUTES = flow("substitutes_fen")


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def _try_service(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    service: int,
    lane: int,
    day: int,
) -> None:
    if lane >= people["access_rate"][service]:
        return
    count(desk, _TRIES + service, 1)
    refused = refused_services(rules, i64(accounts["sanctions"]))
    if (refused >> service) & 1 == 0:
        return
    cost = days_to_fen(traits, people["access_cost"][service])
    count(desk, _REFUSED + service, 1)
    charge(state, traits, people, desk, day, cost, _SUBSTITUTES)


@kernel(void(State, Traits, Accounts, Rules, People, Desk))
def live_week(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, people: np.void, desk: np.void
) -> None:
    """Try the week's train trips and loan applications; the wishes are the same in every regime."""
    n = desk["n"]
    day = n[DAY]
    lanes = draw(n[SEED], _ACCESS, n[SUBJECT], day // 7, 0)
    _try_service(state, traits, accounts, rules, people, desk, TRAIN, lanes[0], day)
    _try_service(state, traits, accounts, rules, people, desk, LOAN, lanes[1], day)
    pay(state, traits, people, desk, day, 0)
