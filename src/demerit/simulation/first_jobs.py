"""Work on the first morning: who has a job, and who already seeks one.

A run begins with as many people seeking work as separations and searches alone keep up, so that ordinary law
is calm from the first day on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.letters import APPLY
from demerit.catalogue.pointers import AllTraits, People, States, Traits, Works
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import (
    ELIGIBILITY,
    EMPLOYED,
    FAMILY_OF_KIND,
    NO_WORK,
    OWN_ACCOUNT,
    SEEKING,
    SEPARATION,
)
from demerit.engine.draws import draw
from demerit.engine.ids import make_id
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.engine.messages import MESSAGE_DTYPE
from demerit.institutions.purse import idle_saving, working_saving
from demerit.mechanisms.labour import OWN, WITH_VEHICLE, hire_chance
from demerit.mechanisms.strain import waiting_days

if TYPE_CHECKING:
    pass

_JOBLESS = int(Purpose.JOBLESS)
_ACTIVE = ELIGIBILITY.index("employed")
_BY_TRADE = ELIGIBILITY.index("truck_driver")
_FAMILY = FAMILY_OF_KIND[SEPARATION]
_KINDS_OF_FAMILY = tuple(kind for kind, family in enumerate(FAMILY_OF_KIND) if family == _FAMILY)
BEFORE = 7
"""Phase of the day, as it stands in ids, of what was sent before the first."""
_LETTERS_UNDER_WAY = 2
"""Days that an application and its answer take."""


@kernel(i8(Traits, People))
def separation_rate(traits: np.void, people: np.void) -> int:
    """Return at what rate the jobs of somebody end, Q16 a year."""
    flags = i64(traits["flags"])
    total = 0
    for kind in _KINDS_OF_FAMILY:
        if flags & people["eligible"][kind]:
            total += people["rate"][kind]
    if total == 0 or flags & people["eligible"][SEPARATION] == 0:
        return 0
    return i64((i64(traits["family_rate"][_FAMILY]) << 8) * people["rate"][SEPARATION] // total)


@kernel(i8(People, i8))
def finding_rate(people: np.void, letters: int) -> int:
    """Return at what rate work is found, Q16 a year, if the answer takes so many days."""
    days = (people["apply_days"] << 32) // hire_chance(people, 0) + letters
    return i64((365 << 16) // max(days, 1))


@kernel(i8(i8, Traits, People, i8, i8))
def seeks_work(seed: int, traits: np.void, people: np.void, person: int, job: int) -> int:
    """Tell whether somebody who has a job as a rule seeks one on the first day."""
    losing = separation_rate(traits, people)
    finding = finding_rate(people, _LETTERS_UNDER_WAY if job == EMPLOYED else 0)
    lane = draw(seed, _JOBLESS, person, 0, 0)[0]
    return 1 if lane * (losing + finding) < losing << 32 else 0


@kernel(void(i8, States, Works, AllTraits, People))
def fill_work(
    seed: int,
    states: np.ndarray[Any, Any],
    works: np.ndarray[Any, Any],
    traits: np.ndarray[Any, Any],
    people: np.void,
) -> None:
    """Write everybody's work of the first morning."""
    for person in range(len(states)):
        state, work, own = states[person], works[person], traits[person]
        flags = i64(own["flags"])
        job = EMPLOYED if i64(own["employer"]) > 0 else OWN_ACCOUNT
        if (flags >> _ACTIVE) & 1 == 0:
            job = NO_WORK
        work["wage"] = 32768
        work["employer"] = own["employer"]
        work["vehicle"] = own["vehicle"]
        work["terms"] = (OWN if job == OWN_ACCOUNT else 0) | (WITH_VEHICLE * ((flags >> _BY_TRADE) & 1))
        state["saving"] = working_saving(people, 32768)
        if job != NO_WORK and seeks_work(seed, own, people, person, job) == 1:
            job = SEEKING
            work["employer"] = 0
            if i64(work["terms"]) & WITH_VEHICLE:
                work["vehicle"] = 0
                work["terms"] = i64(work["terms"]) & OWN
            state["saving"] = idle_saving(own, people)
        state["job"] = job


def first_letters(state: np.ndarray[Any, Any], people: np.void, seed: int) -> np.ndarray[Any, Any]:
    """Return the messages under way on the first morning: everybody's next application."""
    seekers = np.flatnonzero(state["job"] == SEEKING)
    letters = np.zeros(len(seekers), MESSAGE_DTYPE)
    letters["target"] = seekers
    letters["kind"] = APPLY
    for letter, person in zip(letters, seekers, strict=True):
        lanes = draw(seed, _JOBLESS, int(person), 0, 1)
        letter["due"] = waiting_days(people, int(people["apply_days"]), int(lanes[0]))
        letter["name"] = letter["cause"] = make_id(0, int(person), BEFORE, 0)
    return letters
