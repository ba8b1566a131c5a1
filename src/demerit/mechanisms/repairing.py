"""Repairing: whether somebody under a sanction takes the course, its price against what the score costs."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import REPAIR_OFFERED
from demerit.catalogue.packed import FIRST_LIST
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, READS_LIST, SEED, SUBJECT
from demerit.catalogue.words import CITIZEN
from demerit.engine.draws import draw
from demerit.engine.fixed import clip, logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import days_to_fen, wealth
from demerit.institutions.repair import begin_repair, points_to_restore, systems_read
from demerit.institutions.standing import total
from demerit.mechanisms.anticipation import change_of_burden, has_wage

_REPAIR = int(Purpose.REPAIR)
_LIMIT = 1 << 20
_YEAR = 365


@kernel(i8(State, Accounts, Rules, i8, i8))
def list_burden(state: np.void, accounts: np.void, rules: np.void, place: int, day: int) -> int:
    """Return the pay (Q16 days) that the sanctions of a list take until the stay ends, of a year at most."""
    if has_wage(state) == 0:
        return 0
    cut = 0
    for sanction in range(rules["sanctions"][CITIZEN]):
        if rules["sanction_reads"][CITIZEN, sanction] == place:
            cut += max(rules["sanction_wage"][CITIZEN, sanction], 0)
    stay = min(i64(accounts["listed_until"][FIRST_LIST - (place - READS_LIST)]) - day, _YEAR)
    return i64(2 * cut * max(stay, 0))


@kernel(i8(State, Accounts, Rules, i8, i8))
def repair_chance(state: np.void, accounts: np.void, rules: np.void, system: int, day: int) -> int:
    """Return P = 1 / (1 + exp(-(gain - cost) / tau)), Q32; gain is the worth of the points, tau half the cost

    The cost is at least a hundredth of a day, so that a free course is taken by those who gain more.
    """
    if system >= READS_LIST:
        gain = list_burden(state, accounts, rules, system, day)
    else:
        back = points_to_restore(accounts, rules, system, day)
        points = total(accounts, rules, CITIZEN, system, day)
        gain = -change_of_burden(rules, has_wage(state), system, points, back)
    cost = max(rules["repair_cost"][system], 655)
    return logistic(clip(((gain - cost) << 17) // cost, -_LIMIT, _LIMIT))


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message))
def consider_repair(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Take the course or not, if a sanction still reads the score; who does not or cannot waits again."""
    n = desk["n"]
    day, system = n[DAY], i64(message["rule"])
    cause = i64(message["cause"])
    if rules["repair"][system] == 0 or (systems_read(rules, i64(accounts["sanctions"])) >> system) & 1 == 0:
        return
    lanes = draw(n[SEED], _REPAIR, n[SUBJECT], day, system)
    affordable = wealth(state, traits, people, day) >= days_to_fen(traits, rules["repair_cost"][system])
    if affordable and lanes[0] < repair_chance(state, accounts, rules, system, day):
        begin_repair(state, traits, rules, people, desk, system, cause)
    else:
        waiting = rules["repair_waiting"][system]
        send(desk, REPAIR_OFFERED, n[SUBJECT], waiting, system, 0, 0, 0, 0, cause, 0)
