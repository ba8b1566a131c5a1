"""Frailty: how often a person meets situations, by family, and the rate class that the week's draw reads.

Each family of situations has a frailty of its own, lognormal with mean one [F4], on 64 equally likely levels
that are the means of the parts of the distribution they stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from demerit.catalogue.columns import TRAITS_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import ELIGIBILITY, FAMILIES, FAMILY_OF_KIND, KINDS
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, record
from demerit.society.plan import LEVELS, Plan
from demerit.society.situation_types import Situation

Q16 = 1 << 16
_FRAILTY = int(Purpose.FRAILTY)
_FAMILIES = len(FAMILIES)
_FAMILY_OF_KIND = np.array(FAMILY_OF_KIND, dtype=np.int64)
_Traits = record(TRAITS_DTYPE)

RATE_LIMIT = 200 * 256
"""Most situations that anybody meets on average, 1/256 a year."""
WEEKS_A_YEAR = 365 / 7


def _rate_classes() -> tuple[int, ...]:
    """Go down from the limit in steps of at most 3 %."""
    rates = [RATE_LIMIT]
    while len(rates) < 255:
        rates.append(-(-rates[-1] * 100 // 103))
    return (0, *reversed(rates))


RATE_CLASSES: tuple[int, ...] = _rate_classes()
"""Situations (1/256 a year) that each of 256 classes is drawn for: none in class 0, 200 a year in the last.

From a fifth of a situation a year on, a class is at most 3 % above the next lower one.
"""
_RATE_CLASSES = np.array(RATE_CLASSES, dtype=np.int64)


def rate_table() -> tuple[np.ndarray, np.ndarray]:
    """Return the rates of the classes: 1/256 a year as int64 (256,), and a week as float64 (256,)."""
    return _RATE_CLASSES.copy(), _RATE_CLASSES / (256 * WEEKS_A_YEAR)


@kernel(i8(i8))
def class_of(total: int) -> int:
    """Return the lowest class whose rate is at least this one (1/256 a year, at most 200 a year)."""
    below = -1
    enough = 255
    while enough - below > 1:
        middle = (below + enough) >> 1
        if i64(_RATE_CLASSES[middle]) >= total:
            enough = middle
        else:
            below = middle
    return enough


def levels(sigma: float) -> list[int]:
    """Return the levels of frailty (Q16) for a standard deviation of the logarithm; their mean is one.

    >>> sum(levels(1.1)) == 64 * 65536, levels(0)[0]
    (True, 65536)
    """
    normal = NormalDist()
    edges = [normal.inv_cdf(level / LEVELS) - sigma for level in range(1, LEVELS)]
    parts = [0.0, *(normal.cdf(edge) for edge in edges), 1.0]
    found = [round(Q16 * LEVELS * (high - low)) for low, high in pairwise(parts)]
    found[-1] += Q16 * LEVELS - sum(found)
    return found


def kind_rates(situations: Sequence[Situation]) -> tuple[list[int], list[int]]:
    """Return the rate (Q16 a year, at frailty one) of every kind, and the flags of those who meet it.

    What organisations meet has neither.

    Args:
        situations: the kinds of a society file.
    """
    rates, eligible = [0] * len(KINDS), [0] * len(KINDS)
    for situation in situations:
        kind = KINDS.index(situation.id)
        if situation.eligible in ELIGIBILITY:
            rates[kind] = round(Q16 * float(situation.rate))
            eligible[kind] = 1 << ELIGIBILITY.index(situation.eligible)
    return rates, eligible


@kernel(i8(Plan, i8, i8))
def rate_in(plan: np.void, flags: int, family: int) -> int:
    """Return the rate (Q16 a year) at which somebody with these flags meets a family, at frailty one."""
    total = 0
    for kind in range(len(_FAMILY_OF_KIND)):
        if _FAMILY_OF_KIND[kind] == family and flags & plan["eligible"][kind]:
            total += plan["rate"][kind]
    return i64(total)


@kernel(i8(Plan, i8, i8, i8, _Traits))
def expose(plan: np.void, seed: int, citizen: int, flags: int, traits: np.void) -> int:
    """Give a person their rate of situations by family, and return the class of its sum."""
    lanes = draw(seed, _FRAILTY, citizen, 0, 0)
    total = 0
    for family in range(_FAMILIES):
        # six bits of a lane each; beyond the fourth family the next six bits
        level = plan["frailty"][family, (lanes[family & 3] >> (26 - 6 * (family >> 2))) & 63]
        rate = min((((rate_in(plan, flags, family) * level) >> 16) + 128) >> 8, RATE_LIMIT)
        traits["family_rate"][family] = rate
        total += rate
    if total > RATE_LIMIT:
        whole = total
        total = 0
        for family in range(_FAMILIES):
            rate = i64(traits["family_rate"][family]) * RATE_LIMIT // whole
            traits["family_rate"][family] = rate
            total += rate
    return class_of(total)
