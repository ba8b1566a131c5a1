"""The life course: on which birthday somebody leaves school or retires, worked out once for everybody.

The population is closed (F37): nobody is born, grows up, marries or dies of age. Roles change on the
birthdays at which the shares of strata by age change: students leave school at 23, and those who work or seek
work retire at 60 or at 65, so often that every age keeps the strata that the file gives it. A change of role
depends on the person and the date alone, never on a regime.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demerit.catalogue.columns import MILESTONE_DTYPE, PERSON_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import LEAVES_SCHOOL, RETIRES, STRATA
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, void
from demerit.society.blocks import BLOCK, block_count, number_on
from demerit.society.crew import Crew
from demerit.society.lives import RETIRED, RETIRED_FIRST_FROM, RETIRED_FROM, STUDENT, STUDENT_UNTIL
from demerit.society.plan import Plan

_ROLE = int(Purpose.ROLE)
_DAYS_A_YEAR = 365
_LAST_ACTIVE = STRATA.index("unemployed")
_LAST_AT_WORK = STRATA.index("informal")
_NEVER = -1
_People = records(PERSON_DTYPE)


def retiring_chances(table: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Return the share (Q32) of those at work before 60 that retires at 60, and at 60 or 65.

    Args:
        table: cumulative chances (Q32) of strata; the last rows are ages of 60 to 64, and of 65 and over.

    >>> retiring_chances([[2**31] * 8 + [2**32], [2**30] * 8 + [2**32]]) == (2**31, 3 * 2**30)
    True
    """
    near, old = (int(row[RETIRED] - row[RETIRED - 1]) for row in table[-2:])
    return near, max(near, old)


@kernel(i8(Plan, i8, i8, i8, i8))
def milestone_of(plan: np.void, seed: int, citizen: int, age: int, stratum: int) -> int:
    """Return twice the day of somebody's next change of role, one more if it is retirement; -1 if none.

    Args:
        plan: the plan of the society.
        seed: the run's seed.
        citizen: index of the person.
        age: age on the first day.
        stratum: stratum on the first day.
    """
    if stratum == STUDENT:
        lanes = draw(seed, _ROLE, citizen, 0, 0)
        if lanes[1] >= plan["starts_work"]:
            return _NEVER
        at, role = STUDENT_UNTIL + 1, LEAVES_SCHOOL
    elif stratum <= _LAST_ACTIVE and age < RETIRED_FIRST_FROM:
        lanes = draw(seed, _ROLE, citizen, 0, 0)
        at, role = RETIRED_FROM, RETIRES
        first, both = plan["retires_first"], plan["retires"]
        # whoever is past the first age has not retired then: the draw is one of those that are left
        lane = lanes[1] if age < RETIRED_FROM else first + ((lanes[1] * (4294967296 - first)) >> 32)
        if lane >= both:
            return _NEVER
        if lane >= first:
            at = RETIRED_FIRST_FROM
    else:
        return _NEVER
    birthday = 1 + ((lanes[0] * _DAYS_A_YEAR) >> 32)
    day = birthday + _DAYS_A_YEAR * (at - age - 1)
    return 2 * day + role if day < plan["horizon"] else _NEVER


@kernel(void(i8, i8, i8, Plan, _People, array(i8, 2)))
def count_milestones(
    start: int, stop: int, seed: int, plan: np.void, person: np.ndarray, counts: np.ndarray
) -> None:
    """Count the changes of role in blocks ``start … stop - 1``."""
    for block in range(start, stop):
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(person))):
            age, stratum = i64(person[citizen]["age"]), i64(person[citizen]["stratum"])
            if milestone_of(plan, seed, citizen, age, stratum) != _NEVER:
                counts[block, 0] += 1


@kernel(void(i8, i8, i8, Plan, _People, array(i8, 2), records(MILESTONE_DTYPE)))
def list_milestones(
    start: int,
    stop: int,
    seed: int,
    plan: np.void,
    person: np.ndarray,
    numbers: np.ndarray,
    milestones: np.ndarray,
) -> None:
    """List the changes of role in blocks ``start … stop - 1``."""
    for block in range(start, stop):
        place = numbers[block, 0]
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(person))):
            age, stratum = i64(person[citizen]["age"]), i64(person[citizen]["stratum"])
            turn = milestone_of(plan, seed, citizen, age, stratum)
            if turn != _NEVER:
                milestones[place]["citizen"] = citizen
                milestones[place]["day"] = turn >> 1
                milestones[place]["role"] = turn & 1
                place += 1


def live_on(crew: Crew, plan: np.void, seed: int, person: np.ndarray) -> np.ndarray:
    """Return everybody's next change of role: MILESTONE_DTYPE, by day and citizen."""
    if plan["horizon"] == 0:
        return np.zeros(0, dtype=MILESTONE_DTYPE)
    blocks = block_count(len(person))
    numbers = np.zeros((blocks, 1), dtype=np.int64)
    crew.share(blocks, lambda start, stop: count_milestones(start, stop, seed, plan, person, numbers))
    (total,) = number_on(numbers)
    found = np.zeros(total, dtype=MILESTONE_DTYPE)
    crew.share(blocks, lambda start, stop: list_milestones(start, stop, seed, plan, person, numbers, found))
    ordered = np.zeros(total, dtype=MILESTONE_DTYPE)
    ordered[:] = found[np.argsort(found["day"], kind="stable")]
    return ordered
