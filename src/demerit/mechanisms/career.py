"""The career of an official: what the grade of the year does to pay and rank.

Pay steps are counted against the path on which every official is expected to be: whoever misses one stays a
step behind for good. Promotion and loss of a level change the wage by the distance of two levels.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DEMOTED, GRADE, PROMOTED, STEP_MISSED
from demerit.catalogue.letters import JOB_ENDS
from demerit.catalogue.pointers import Desk, Message, Official, People, Rules, State, Traits, Work
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.serving import BASIC, EXCELLENT, INCOMPETENT
from demerit.catalogue.words import BY_RECORD, EMPLOYED
from demerit.engine.draws import draw
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.discipline import is_held, lost_points, true_loyalty
from demerit.institutions.purse import days_to_fen, pay, working_saving

_PROMOTION = int(Purpose.PROMOTION)
_YEARS = flow("service_years")
_GRADED = flow("graded_excellent") - EXCELLENT
_LOYALTY = flow("loyalty")
_PROMOTIONS = flow("promotions")
_DEMOTIONS = flow("demotions")
_MISSED = flow("steps_missed")
_BONUS = flow("service_bonus_fen")
_LEAST_WAGE, _MOST_WAGE = 8192, 65535


@kernel(i8(State, Official))
def in_service(state: np.void, official: np.void) -> int:
    """Tell whether an official is in service: at work and not dismissed; a new job is another unit."""
    return 1 if i64(state["job"]) == EMPLOYED and i64(official["out"]) == 0 else 0


@kernel(void(State, Traits, Work, People, Desk, i8, i8, i8, i8))
def change_wage(
    state: np.void,
    traits: np.void,
    work: np.void,
    people: np.void,
    desk: np.void,
    what: int,
    change: int,
    grade: int,
    cause: int,
) -> None:
    """Change an official's wage by 1/32768 of the own usual income, and enter it."""
    day = desk["n"][DAY]
    pay(state, traits, people, desk, day, 0)
    wage = clip(i64(work["wage"]) + change, _LEAST_WAGE, _MOST_WAGE)
    daily = min((i64(traits["income_fen_day"]) * abs(wage - i64(work["wage"]))) >> 15, 2147483647)
    work["wage"] = wage
    state["saving"] = working_saving(people, wage)
    enter(desk, what, grade, -1, 0, 0, 0, daily, cause, 0)


@kernel(void(State, Traits, Work, Official, Rules, People, Desk, i8, i8))
def rise(
    state: np.void,
    traits: np.void,
    work: np.void,
    official: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    grade: int,
    cause: int,
) -> None:
    """Be promoted, perhaps, after so many years graded excellent."""
    official["good"] = min(i64(official["good"]) + 1, 255)
    n = desk["n"]
    lane = draw(n[SEED], _PROMOTION, n[SUBJECT], n[DAY], n[EPISODE])[0]
    if i64(official["good"]) < rules["good_years"] or lane >= rules["promoted"]:
        return
    official["good"] = 0
    count(desk, _PROMOTIONS, 1)
    change_wage(state, traits, work, people, desk, PROMOTED, rules["level_pay"], grade, cause)


@kernel(void(State, Traits, Work, Official, Rules, People, Desk, i8, i8))
def fall(
    state: np.void,
    traits: np.void,
    work: np.void,
    official: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    grade: int,
    cause: int,
) -> None:
    """Lose a level for a year graded incompetent, and the place in the service for too many in a row."""
    official["poor"] = min(i64(official["poor"]) + 1, 255)
    if i64(official["poor"]) >= rules["poor_years"]:
        official["out"] = 1
        send(desk, JOB_ENDS, desk["n"][SUBJECT], 1, BY_RECORD, 0, 0, 0, 0, cause, 0)
        return
    count(desk, _DEMOTIONS, 1)
    change_wage(state, traits, work, people, desk, DEMOTED, -rules["level_pay"], grade, cause)


@kernel(void(State, Traits, Work, Official, Rules, People, Desk, Message))
def be_graded(
    state: np.void,
    traits: np.void,
    work: np.void,
    official: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Hear the grade of the year: bonus, promotion, a step missed, a level lost, the end of service."""
    if in_service(state, official) == 0:
        return
    day, grade = desk["n"][DAY], i64(message["rule"])
    bonus = days_to_fen(traits, rules["bonus"]) if grade == EXCELLENT else 0
    lost = lost_points(official, rules, day)
    entry = enter(desk, GRADE, grade, -1, 0, 0, -lost, bonus, i64(message["cause"]), 0)
    count(desk, _YEARS, 1)
    count(desk, _GRADED + grade, 1)
    count(desk, _LOYALTY, true_loyalty(official))
    official["grade"] = grade + 1
    official["occasions"] = 0
    official["complied"] = 0
    official["found"] = 0
    if grade != INCOMPETENT:
        official["poor"] = 0
    if grade == EXCELLENT:
        count(desk, _BONUS, bonus)
        pay(state, traits, people, desk, day, -bonus)
        rise(state, traits, work, official, rules, people, desk, grade, entry)
    elif grade >= BASIC or is_held(official, day) == 1:
        count(desk, _MISSED, 1)
        change_wage(state, traits, work, people, desk, STEP_MISSED, -rules["pay_step"], grade, entry)
    if grade == INCOMPETENT:
        fall(state, traits, work, official, rules, people, desk, grade, entry)
