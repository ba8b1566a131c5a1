"""The life course: somebody leaves school and seeks work, or retires on a pension.

Both come with a birthday that was known on the first day, the same under every regime.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import MILESTONE
from demerit.catalogue.pointers import Desk, Message, People, State, Traits, Work
from demerit.catalogue.rules import DAY
from demerit.catalogue.words import BY_SEPARATION, LEAVES_SCHOOL, NO_WORK, SEEKING
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import idle_saving, pay, working_saving
from demerit.mechanisms.labour import WITH_VEHICLE, look_for_work

_LEFT_SCHOOL = flow("left_school")
_RETIRED = flow("retired")


@kernel(void(State, Traits, Work, People, Desk, i8))
def leave_school(
    state: np.void, traits: np.void, work: np.void, people: np.void, desk: np.void, cause: int
) -> None:
    """Begin to seek a first job, which pays the own usual income."""
    day = desk["n"][DAY]
    state["job"] = SEEKING
    state["saving"] = idle_saving(traits, people)
    work["since"] = day
    work["loss"] = BY_SEPARATION
    look_for_work(people, desk, day, cause)
    count(desk, _LEFT_SCHOOL, 1)


@kernel(void(State, Work, People, Desk))
def retire(state: np.void, work: np.void, people: np.void, desk: np.void) -> None:
    """Stop working, or seeking work, and live on the pension; the company's vehicle stays there."""
    state["job"] = NO_WORK
    state["wage_loss"] = 0
    state["saving"] = working_saving(people, people["pension"])
    if i64(work["terms"]) & WITH_VEHICLE:
        work["vehicle"] = 0
    work["terms"] = 0
    work["employer"] = 0
    work["wage"] = people["pension"]
    work["since"] = desk["n"][DAY]
    count(desk, _RETIRED, 1)


@kernel(void(State, Traits, Work, People, Desk, Message))
def reach_milestone(
    state: np.void, traits: np.void, work: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Change the role that a birthday changes: leave school or retire."""
    pay(state, traits, people, desk, desk["n"][DAY], 0)
    role = i64(message["rule"])
    entry = enter(desk, MILESTONE, role, -1, 0, 0, 0, 0, 0, 0)
    if role == LEAVES_SCHOOL:
        leave_school(state, traits, work, people, desk, entry)
    else:
        retire(state, work, people, desk)
