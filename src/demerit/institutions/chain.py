"""The chain of penalties beyond the driver: vehicle, operating company, and the company's rebuke (R7)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DERIVED
from demerit.catalogue.letters import CHAINED, SCOLDED
from demerit.catalogue.pointers import Company, Desk, Message, People, Rules, Vehicle
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import COMPANY, SUBJECT_SHIFT
from demerit.catalogue.words import EMPLOYER as BY_EMPLOYER
from demerit.engine.draws import draw
from demerit.engine.fixed import clip, logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.exchange import share_record
from demerit.institutions.standing import decayed

_SCOLD = int(Purpose.SCOLD)
_DERIVED = flow("derived")


@kernel(i8(Rules, i8, i8, i8))
def road_points(rules: np.void, points: int, elapsed: int, added: int) -> int:
    """Return road-register points after decay and an addition, held within the register's scale."""
    road = rules["road_register"]
    now = decayed(points, elapsed, rules["half_life"][road])
    return clip(now + added, rules["floor"][road + 1], rules["ceiling"][road + 1])


@kernel(void(Vehicle, Rules, Desk, Message, i8))
def chain_vehicle(vehicle: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> None:
    """Book a chained record on a vehicle and pass a share on to the company that operates it."""
    points = i64(message["points"])
    label = i64(message["label"])
    depth = i64(message["depth"])
    elapsed = day - i64(vehicle["points_day"])
    vehicle["points"] = road_points(rules, i64(vehicle["points"]), elapsed, points)
    vehicle["points_day"] = day
    cause = i64(message["cause"])
    road = rules["road_register"]
    entry = enter(desk, DERIVED, rules["to_vehicle"] - 1, road, label, 0, points, 0, cause, depth)
    count(desk, _DERIVED, 1)
    owner = i64(vehicle["owner"])
    if rules["to_company"] == 0 or (owner >> SUBJECT_SHIFT) != COMPANY or depth >= rules["depth"]:
        return
    passed = abs(points) * rules["to_company_share"] // 1000
    passed = passed if points >= 0 else -passed
    kind = i64(message["rule"])
    if passed != 0:
        send(desk, CHAINED, owner, 1, kind, label, passed, 0, i64(message["about"]), entry, depth + 1)


@kernel(i8(People, i8))
def scold_chance(people: np.void, points: int) -> int:
    """Return the chance (Q32) of the employer's rebuke: worth of the points lost against the effort."""
    worth = abs(points) * people["scold_value"] // 1000
    return logistic(((worth - people["scold_effort"]) * people["scold_inverse_tau"]) >> 16)


@kernel(void(Company, Rules, People, Desk, Message, i8))
def chain_company(
    company: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void, day: int
) -> None:
    """Book a chained record on the company, share it with the province and let the company scold."""
    points = i64(message["points"])
    label = i64(message["label"])
    depth = i64(message["depth"])
    elapsed = day - i64(company["points_day"])
    company["points"] = road_points(rules, i64(company["points"]), elapsed, points)
    company["points_day"] = day
    cause = i64(message["cause"])
    road = rules["road_register"]
    entry = enter(desk, DERIVED, rules["to_company"] - 1, road, label, 0, points, 0, cause, depth)
    count(desk, _DERIVED, 1)
    if rules["company_ceiling"] > rules["company_floor"]:
        share_record(rules, desk, road, points, label, entry, depth)
    if rules["scolds"][BY_EMPLOYER] == 0:
        return
    n = desk["n"]
    lanes = draw(n[SEED], _SCOLD, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] < scold_chance(people, points):
        kind = i64(message["rule"])
        driver = i64(message["about"])
        send(desk, SCOLDED, driver, 1, kind, label, 0, 0, n[SUBJECT], entry, depth + 1)
