"""The first morning: clean records, initial trust and wealth, and who knows of the score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.columns import NEVER, ONE_Q15, STATE_DTYPE, WORK_DTYPE
from demerit.catalogue.packed import MARKS
from demerit.catalogue.pointers import AllTraits, People, Rules, States
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import CIRCLES, DASH_CAM, FAMILIES
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void
from demerit.engine.memory import aligned_zeros
from demerit.simulation.first_jobs import fill_work

if TYPE_CHECKING:
    from demerit.society.people import Population

_AWARE = int(Purpose.AWARE)


@kernel(i8(i8, i8, Rules))
def is_told(seed: int, person: int, rules: np.void) -> int:
    """Tell whether somebody is among those who know of the score without having met it."""
    return 1 if draw(seed, _AWARE, person, 0, 0)[0] < rules["aware_share"] else 0


@kernel(void(i8, States, AllTraits, array(i8), Rules, People))
def fill_state(
    seed: int,
    states: np.ndarray[Any, Any],
    traits: np.ndarray[Any, Any],
    wealth_fen: np.ndarray[Any, Any],
    rules: np.void,
    people: np.void,
) -> None:
    """Write everybody's state of the first morning."""
    cycle = max(rules["licence_cycle"], 1)
    for person in range(len(states)):
        state = states[person]
        state["wealth_fen"] = wealth_fen[person]
        for family in range(len(FAMILIES)):
            state["norm"][family] = ONE_Q15
        for circle in range(len(CIRCLES)):
            state["trust"][circle] = people["trust_start"][circle]
        state["approval"] = people["approval_start"]
        state["licence_cycle"] = (i64(traits[person]["licence_anchor"]) // cycle) & 255
        state["aware_day"] = 0 if is_told(seed, person, rules) == 1 else NEVER


def first_state(
    population: Population, rules: np.void, people: np.void, seed: int
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return everybody's state and work on the first morning: STATE_DTYPE and WORK_DTYPE (citizens)."""
    states = aligned_zeros(population.count, STATE_DTYPE)
    works = np.zeros(population.count, WORK_DTYPE)
    fill_state(seed, states, population.traits, population.wealth_fen, rules, people)
    fill_work(seed, states, works, population.traits, people)
    works["camera"] = population.traits["marks"] >> MARKS.index("belongings") & DASH_CAM
    return states, works
