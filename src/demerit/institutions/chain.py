"""The chain of penalties beyond the driver: vehicle, operating company, and the company's rebuke (R7)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DERIVED
from demerit.catalogue.letters import CHAINED, SCOLDED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, Vehicle
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import COMPANY, SUBJECT_SHIFT
from demerit.catalogue.words import EMPLOYER as BY_EMPLOYER
from demerit.engine.draws import draw
from demerit.engine.fixed import logistic, share
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.records import enter_points

_SCOLD = int(Purpose.SCOLD)
_DERIVED = flow("derived")


@kernel(i8(Accounts, Rules, Desk, Message, i8, i8))
def be_chained(
    accounts: np.void, rules: np.void, desk: np.void, message: np.void, rule: int, day: int
) -> int:
    """Enter a chained record in the register of its rule, with copies on their ways; return its id."""
    points = i64(message["points"])
    label = i64(message["label"])
    depth = i64(message["depth"])
    road = rules["road_register"]
    entry = enter(desk, DERIVED, rule, road, label, 0, points, 0, i64(message["cause"]), depth)
    count(desk, _DERIVED, 1)
    enter_points(accounts, rules, desk, road, points, label, entry, depth, day)
    return entry


@kernel(i8(Vehicle, Accounts, Rules, Desk, Message, i8))
def chain_vehicle(
    vehicle: np.void, accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int
) -> int:
    """Book a chained record on a vehicle and pass a share on to the company that operates it."""
    if rules["to_vehicle"] == 0:
        return 0  # the chain has ended while the record was on its way
    points = i64(message["points"])
    depth = i64(message["depth"])
    entry = be_chained(accounts, rules, desk, message, rules["to_vehicle"] - 1, day)
    owner = i64(vehicle["owner"])
    if rules["to_company"] == 0 or (owner >> SUBJECT_SHIFT) != COMPANY or depth >= rules["depth"]:
        return entry
    passed = share(points, rules["to_company_share"], 1000)
    kind = i64(message["rule"])
    label = i64(message["label"])
    if passed != 0:
        send(desk, CHAINED, owner, 1, kind, label, passed, 0, i64(message["about"]), entry, depth + 1)
    return entry


@kernel(i8(People, i8))
def scold_chance(people: np.void, points: int) -> int:
    """Return the chance (Q32) of the employer's rebuke: worth of the points lost against the effort."""
    worth = abs(points) * people["scold_value"] // 1000
    return logistic(((worth - people["scold_effort"]) * people["scold_inverse_tau"]) >> 16)


@kernel(i8(Accounts, Rules, People, Desk, Message, i8))
def chain_company(
    accounts: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void, day: int
) -> int:
    """Book a chained record on the company and let the company scold."""
    if rules["to_company"] == 0:
        return 0
    points = i64(message["points"])
    depth = i64(message["depth"])
    entry = be_chained(accounts, rules, desk, message, rules["to_company"] - 1, day)
    if rules["scolds"][BY_EMPLOYER] == 0:
        return entry
    n = desk["n"]
    lanes = draw(n[SEED], _SCOLD, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] < scold_chance(people, points):
        kind = i64(message["rule"])
        driver = i64(message["about"])
        label = i64(message["label"])
        send(desk, SCOLDED, driver, 1, kind, label, 0, 0, n[SUBJECT], entry, depth + 1)
    return entry
