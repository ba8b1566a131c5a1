"""Chains: a record passed on to somebody who did nothing, and the employer's rebuke that follows (R7)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DERIVED
from demerit.catalogue.letters import SCOLDED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import CITIZEN, SUBJECT_SHIFT
from demerit.engine.draws import draw
from demerit.engine.fixed import logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.case import open_case
from demerit.institutions.entering import enter_points

_SCOLD = int(Purpose.SCOLD)
_DERIVED = flow("derived")


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def be_chained(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Enter a chained record in the register its rule names, from where it may go on; return its id.

    A subject for whom the register is not kept is left alone, as is everybody when the chain has ended while
    the record was on its way; then the id is 0.
    """
    chain = i64(message["rule"])
    points = i64(message["points"])
    label = i64(message["label"])
    depth = i64(message["depth"])
    register = rules["chain_into"][chain]
    if rules["chain_depth"][chain] == 0 or rules["slot"][desk["n"][SUBJECT] >> SUBJECT_SHIFT, register] < 0:
        return 0
    open_case(desk, i64(message["amount"]), i64(message["about"]))
    entry = enter(desk, DERIVED, chain, register, label, 0, points, 0, i64(message["cause"]), depth)
    count(desk, _DERIVED, 1)
    enter_points(accounts, rules, desk, register, points, label, entry, depth, day)
    return entry


@kernel(i8(People, i8))
def scold_chance(people: np.void, points: int) -> int:
    """Return the chance (Q32) of the employer's rebuke: worth of the points lost against the effort."""
    worth = abs(points) * people["scold_value"] // 1000
    return logistic(((worth - people["scold_effort"]) * people["scold_inverse_tau"]) >> 16)


@kernel(i8(Message))
def is_citizen(message: np.void) -> int:
    """Tell whether the root record behind a chained one was filed against a citizen, who can be rebuked."""
    return 1 if i64(message["about"]) >> SUBJECT_SHIFT == CITIZEN else 0


@kernel(void(People, Desk, Message, i8))
def scold_culprit(people: np.void, desk: np.void, message: np.void, entry: int) -> None:
    """Let a company that has lost points by a chain scold the citizen whose act it was, if it pays."""
    n = desk["n"]
    lanes = draw(n[SEED], _SCOLD, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] < scold_chance(people, i64(message["points"])):
        culprit, label, depth = i64(message["about"]), i64(message["label"]), i64(message["depth"])
        send(desk, SCOLDED, culprit, 1, 0, label, 0, 0, n[SUBJECT], entry, depth + 1)
