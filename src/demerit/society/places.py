"""Places: provinces one after the other, each with its cities, in whole neighbourhoods.

Whoever lives, works or is registered in a province has a number between two bounds, so that work can be
divided by province without looking at anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from demerit.society.plan import NEIGHBOURHOOD

NOWHERE_CODE = 99
"""Code of the province of a society that names none: GB/T 2260 has no such region."""


@dataclass(frozen=True, eq=False)
class Places:
    """Where people live; bounds are the first of each place and the end of the last.

    Attributes:
        codes: code of each province by GB/T 2260, uint8 (P,).
        citizen_first: first citizen of each province, int64 (P + 1,).
        city_first: first citizen of each city, int64 (C + 1,).
        city_province: province of each city, int64 (C,).
    """

    codes: np.ndarray
    citizen_first: np.ndarray
    city_first: np.ndarray
    city_province: np.ndarray

    @property
    def provinces(self) -> int:
        """Number of provinces."""
        return len(self.codes)

    @property
    def cities(self) -> int:
        """Number of cities."""
        return len(self.city_province)

    def people(self) -> list[tuple[int, int]]:
        """Return the first citizen of each province and the end."""
        bounds = self.citizen_first.tolist()
        return list(pairwise(bounds))

    def province_of(self, citizens: np.ndarray) -> np.ndarray:
        """Return the province of citizens, shape as given."""
        return np.searchsorted(self.citizen_first, citizens, side="right") - 1

    def city_of(self, citizens: np.ndarray) -> np.ndarray:
        """Return the city of citizens, shape as given."""
        return np.searchsorted(self.city_first, citizens, side="right") - 1


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Share whole things out by weight, largest remainders first.

    While there are enough, everyone with a weight gets one at least, else the heaviest get one each.

    >>> shared_out(10, [5.0, 3.0, 0.2])
    [6, 3, 1]
    """
    if sum(weight > 0 for weight in weights) > total:
        heaviest = sorted(range(len(weights)), key=lambda place: (-weights[place], place))[:total]
        return [int(place in heaviest) for place in range(len(weights))]
    small: set[int] = set()
    while True:
        whole = sum(weight for place, weight in enumerate(weights) if place not in small)
        left = total - len(small)
        ideal = [
            1.0 if place in small else left * (weight / whole) if weight > 0 else 0.0
            for place, weight in enumerate(weights)
        ]
        found = {place for place, share in enumerate(ideal) if weights[place] > 0 and share < 1}
        if not found:
            break
        small |= found
    given = [int(share) for share in ideal]
    order = sorted(range(len(given)), key=lambda place: (given[place] - ideal[place], place))
    for place in order[: total - sum(given)]:
        given[place] += 1
    return given


def lay_out(
    population: int, codes: Sequence[int], people: Sequence[float], cities: int, exponent: float
) -> Places:
    """Divide a population into provinces and these into cities, all of whole neighbourhoods.

    Args:
        population: number of people.
        codes: code of each province.
        people: people of each province, on any scale.
        cities: cities of the whole; a province has at least one.
        exponent: a city's people fall with its rank in the province to this power.

    >>> lay_out(640, [11, 12], [3, 1], cities=3, exponent=1).city_first.tolist()
    [0, 320, 512, 640]
    """
    neighbourhoods = -(-population // NEIGHBOURHOOD)
    by_province = shared_out(neighbourhoods, people)
    by_city: list[int] = []
    province_of_city: list[int] = []
    for province, (size, wanted) in enumerate(zip(by_province, shared_out(cities, people), strict=True)):
        count = min(max(1, wanted), size)
        by_city += shared_out(size, [1 / rank**exponent for rank in range(1, count + 1)])
        province_of_city += [province] * count
    return Places(
        codes=np.array(codes, dtype=np.uint8),
        citizen_first=_bounds(by_province, population),
        city_first=_bounds(by_city, population),
        city_province=np.array(province_of_city, dtype=np.int64),
    )


def _bounds(neighbourhoods: Sequence[int], population: int) -> np.ndarray:
    ends = np.cumsum([0, *neighbourhoods], dtype=np.int64) * NEIGHBOURHOOD
    return np.minimum(ends, population)
