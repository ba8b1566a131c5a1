"""Packing: what stands in a person's cell and marks is not kept a second time once everybody is there."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE, TRAITS_DTYPE
from demerit.catalogue.packed import CELLS_A_STRATUM, MARKS, MIND_DTYPE
from demerit.catalogue.words import FIFTHS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, records, void

_LAST = len(MARKS) - 1


@kernel(void(i8, i8, records(PERSON_DTYPE), records(TRAITS_DTYPE), records(MIND_DTYPE)))
def pack(start: int, stop: int, person: np.ndarray, traits: np.ndarray, minds: np.ndarray) -> None:
    """Write the marks and minds of citizens ``start … stop - 1``; their cells are known."""
    for citizen in range(start, stop):
        one, mind = person[citizen], minds[citizen]
        marks = i64(one["sex"]) | i64(one["party"]) << 1 | i64(one["minority"]) << 2 | i64(one["urban"]) << 3
        traits[citizen]["marks"] = marks | i64(one["belongings"]) << 4
        mind["age"] = one["age"]
        mind["religiosity"] = one["religiosity"]
        mind["travel_wish"] = one["travel_wish"]
        mind["opportunism"] = one["opportunism"]
        mind["grudge"] = one["grudge"]


def unpacked_people(traits: np.ndarray, minds: np.ndarray) -> np.ndarray:
    """Return attributes as they are told: PERSON_DTYPE (N,)."""
    person = np.zeros(len(minds), dtype=PERSON_DTYPE)
    for name in MIND_DTYPE.names or ():
        person[name] = minds[name]
    cell, marks = traits["cell"], traits["marks"]
    person["stratum"] = cell // CELLS_A_STRATUM
    person["hukou"] = cell // len(FIFTHS) % (CELLS_A_STRATUM // len(FIFTHS))
    person["fifth"] = cell % len(FIFTHS)
    for bit, name in enumerate(MARKS):
        person[name] = marks >> bit & (1 if bit < _LAST else 3)
    return person
