"""Daily life under sanction: the services of a week, and what doing without them costs.

Only people under a sanction that refuses something are evaluated, rightly listed or not; nobody else can be
refused. Needs are the same in every regime, and stay met: whoever is refused pays for a substitute.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counter_clerks import OPERATORS
from demerit.catalogue.counters import ACTED, BY_SCORE, MET, ON_PRINCIPLE, PER_KIND, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import GATE_REFUSED, LOAN_REFUSED
from demerit.catalogue.letters import SERVED_ANYWAY
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import OPERATOR, SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import (
    CITIZEN,
    DEVICE,
    ELIGIBILITY,
    EMPLOYED,
    LOAN,
    OWN_ACCOUNT,
    SERVED,
    SERVICES,
)
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.endangered import endanger_by_week
from demerit.institutions.purse import charge, days_to_fen, pay
from demerit.institutions.sanctions import is_car_stopped

_ACCESS = int(Purpose.ACCESS)
_COUNTER = int(Purpose.COUNTER)
_TRIES = flow(f"{SERVICES[0]}_tries")
_REFUSED = flow(f"{SERVICES[0]}_refused")
_SUBSTITUTES = flow("substitutes_fen")
_LANES = 4
_BY_TRADE = ELIGIBILITY.index("truck_driver")


@kernel(i8(Rules, i8, i8))
def refusing_sanction(rules: np.void, bits: int, service: int) -> int:
    """Return the first of these sanctions that refuses a service, -1 if none does."""
    for sanction in range(rules["sanctions"][CITIZEN]):
        if (bits >> sanction) & 1 and (i64(rules["sanction_refuses"][CITIZEN, sanction]) >> service) & 1:
            return sanction
    return -1


@kernel(i8(Rules, People, Desk, i8, i8, i8))
def is_served_anyway(
    rules: np.void, people: np.void, desk: np.void, service: int, cause: int, day: int
) -> int:
    """Tell whether somebody at a counter serves whom a sanction refuses: to refuse is a choice (F40)."""
    if OPERATORS[service] < 0:
        return 0
    n = desk["n"]
    place = SERVED * PER_KIND
    count(desk, place + MET, 1)
    lane = draw(n[SEED], _COUNTER, n[SUBJECT], day // 7, service)[0]
    if lane < rules["obeyed"]:
        count(desk, place + (ON_PRINCIPLE if lane < people["obeys"] else BY_SCORE), 1)
        return 0
    count(desk, place + ACTED, 1)
    if rules["conduct"][SERVED] != 0:
        kind = OPERATORS[service]
        send(desk, SERVED_ANYWAY, SOMEBODY | OPERATOR, 1, kind, 0, 0, n[EPISODE], service, cause, 0)
    return 1


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def _try_service(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    service: int,
    cause: int,
    day: int,
) -> None:
    """Try a service; who is refused pays for a substitute. Loans and gates that refuse are entered."""
    count(desk, _TRIES + service, 1)
    sanction = refusing_sanction(rules, i64(accounts["sanctions"]), service)
    if sanction < 0 and (service != DEVICE or is_car_stopped(accounts) == 0):
        return
    if sanction >= 0 and is_served_anyway(rules, people, desk, service, cause, day) == 1:
        return
    cost = days_to_fen(traits, people["access_cost"][service])
    count(desk, _REFUSED + service, 1)
    charge(state, traits, people, desk, day, cost, _SUBSTITUTES)
    if sanction >= 0 and (service == LOAN or (service == DEVICE and i64(traits["device"]) == 1)):
        rule = rules["sanction_rule"][CITIZEN, sanction]
        what = LOAN_REFUSED if service == LOAN else GATE_REFUSED
        enter(desk, what, rule, -1, 0, 0, 0, cost, cause, 0)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8))
def live_week(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    cause: int,
) -> None:
    """Try what the week brings: bundles, trips and applications."""
    n = desk["n"]
    day = n[DAY]
    lanes = draw(n[SEED], _ACCESS, n[SUBJECT], day // 7, 0)
    for service in range(len(SERVICES)):
        if service > 0 and service % _LANES == 0:
            lanes = draw(n[SEED], _ACCESS, n[SUBJECT], day // 7, service // _LANES)
        if lanes[service % _LANES] >= people["access_rate"][service]:
            continue
        if service == DEVICE and i64(traits["device"]) == 0 and is_car_stopped(accounts) == 0:
            continue
        _try_service(state, traits, accounts, rules, people, desk, service, cause, day)
    pay(state, traits, people, desk, day, 0)
    if i64(state["job"]) in (EMPLOYED, OWN_ACCOUNT):
        stopped = is_car_stopped(accounts) * (1 + ((i64(traits["flags"]) >> _BY_TRADE) & 1))
        endanger_by_week(rules, people, desk, i64(accounts["sanctions"]), stopped, cause)
