"""The province's platform: records reach it late or not at all, and move the composite when they arrive."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import ARRIVAL, LOSS
from demerit.catalogue.letters import ARRIVED
from demerit.catalogue.pointers import Accounts, Company, Desk, Message, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import MISTAKEN
from demerit.engine.draws import draw
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.standing import composite, decayed, within

_TRANSFER = int(Purpose.TRANSFER)
_ARRIVALS = flow("arrivals")
_LOSSES = flow("losses")
_POINTS_OWN = flow("points_own")
_POINTS_OTHER = flow("points_other")


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8))
def share_record(
    rules: np.void, desk: np.void, register: int, points: int, label: int, cause: int, depth: int
) -> None:
    """Send a record on its way from a register to the platform, or lose it."""
    rule = rules["transfer"][register]
    if rule == 0:
        return
    n = desk["n"]
    lanes = draw(n[SEED], _TRANSFER, n[SUBJECT], n[DAY], n[EPISODE] * 8 + register)
    if lanes[0] < rules["transfer_loss"][register]:
        enter(desk, LOSS, rule - 1, register, label, 0, points, 0, cause, depth)
        count(desk, _LOSSES, 1)
        return
    delay = rules["transfer_delay"][register, lanes[1] >> 24]
    send(desk, ARRIVED, n[SUBJECT], delay, register, label, points, 0, 0, cause, depth)


@kernel(i8(Rules, i8, i8))
def composite_change(rules: np.void, register: int, points: int) -> int:
    """Return what register points are worth on the composite scale, thousandths, toward zero."""
    size = i64((abs(points) * rules["weight"][register]) >> 16)
    return size if points >= 0 else -size


@kernel(i8(Accounts, Rules, Desk, Message, i8))
def arrive(accounts: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> int:
    """Let a citizen's record move the composite; return the ledger id of the arrival."""
    register = i64(message["rule"])
    change = composite_change(rules, register, i64(message["points"]))
    label = i64(message["label"])
    accounts["composite"] = within(rules, 0, composite(accounts, rules, day) + change)
    accounts["composite_day"] = day
    count(desk, _ARRIVALS, 1)
    if change < 0:
        count(desk, _POINTS_OTHER if label == MISTAKEN else _POINTS_OWN, -change)
    return enter(
        desk,
        ARRIVAL,
        rules["transfer"][register] - 1,
        register,
        label,
        0,
        change,
        0,
        i64(message["cause"]),
        i64(message["depth"]),
    )


@kernel(void(Company, Rules, Desk, Message, i8))
def arrive_company(company: np.void, rules: np.void, desk: np.void, message: np.void, day: int) -> None:
    """Let a company's record move its score at the province."""
    register = i64(message["rule"])
    change = composite_change(rules, register, i64(message["points"]))
    elapsed = day - i64(company["composite_day"])
    points = decayed(i64(company["composite"]), elapsed, rules["company_half_life"])
    company["composite"] = clip(points + change, rules["company_floor"], rules["company_ceiling"])
    company["composite_day"] = day
    count(desk, _ARRIVALS, 1)
    enter(
        desk,
        ARRIVAL,
        rules["transfer"][register] - 1,
        register,
        i64(message["label"]),
        0,
        change,
        0,
        i64(message["cause"]),
        i64(message["depth"]),
    )
