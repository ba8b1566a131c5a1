"""Want: whoever cannot pay goes without bread and on foot, under every regime (F39).

Bread and bus are bought on credit until debts reach what shops and lenders give; from then on the weekly
bundles are refused for want of money alone, until there is money again. It is looked at whenever somebody
without work looks for it, and when a fine is due; nobody else costs anything.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import NO_MONEY
from demerit.catalogue.letters import SHORT_OF_MONEY
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.words import DEVICE, SERVICES
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.access import live_week, refusing_sanction
from demerit.institutions.purse import days_to_fen, wealth

_WANT = int(Purpose.WANT)
_GOES_WITHOUT = flow("want_food")
_TRIES = flow(f"{SERVICES[0]}_tries")
_REFUSED = flow(f"{SERVICES[0]}_refused")
IN_WANT = 64
"""Bit of ``access``: somebody whose weeks are looked at for want of money."""


@kernel(i8(State, Traits, People, i8))
def cannot_pay(state: np.void, traits: np.void, people: np.void, day: int) -> int:
    """Tell whether nobody gives credit for a week's bread any more."""
    return 1 if wealth(state, traits, people, day) < -days_to_fen(traits, people["credit"]) else 0


@kernel(void(State, Traits, Accounts, People, Desk, i8, i8))
def begin_want(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    people: np.void,
    desk: np.void,
    cause: int,
    day: int,
) -> None:
    """Let weeks of want begin, if there is no money."""
    if people["wants"] == 0 or i64(accounts["access"]) & IN_WANT != 0:
        return
    if cannot_pay(state, traits, people, day) == 1:
        accounts["access"] = i64(accounts["access"]) | IN_WANT
        send(desk, SHORT_OF_MONEY, desk["n"][SUBJECT], 7, 0, 0, 0, 0, 0, cause, 0)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message))
def live_in_want(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Go without what the week needs, for want of money; whom a sanction refuses it is refused by that."""
    n = desk["n"]
    day, cause = n[DAY], i64(message["cause"])
    if cannot_pay(state, traits, people, day) == 0:
        accounts["access"] = i64(accounts["access"]) & ~IN_WANT
        return
    send(desk, SHORT_OF_MONEY, n[SUBJECT], 7, 0, 0, 0, 0, 0, cause, 0)
    lanes = draw(n[SEED], _WANT, n[SUBJECT], day // 7, 0)
    bits = i64(accounts["sanctions"])
    for service in range(DEVICE):
        if lanes[service] >= people["access_rate"][service] or refusing_sanction(rules, bits, service) >= 0:
            continue
        count(desk, _GOES_WITHOUT + service, 1)
        count(desk, _TRIES + service, 1)
        count(desk, _REFUSED + service, 1)
        enter(desk, NO_MONEY, service, -1, 0, 0, 0, 0, cause, 0)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def live_through_week(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Live through a week under sanction, or without money; return the id to reckon by, or 0."""
    cause = i64(message["cause"])
    if i64(message["kind"]) == SHORT_OF_MONEY:
        live_in_want(state, traits, accounts, rules, people, desk, message)
        return 0
    accounts["access"] = i64(accounts["access"]) & ~1
    live_week(state, traits, accounts, rules, people, desk, cause)
    return cause
