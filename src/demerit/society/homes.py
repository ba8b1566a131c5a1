"""Homes: households drawn one after the other until they fill a neighbourhood of 64 places exactly.

Cutting the last household to fit would make homes smaller than the file says. Sizes are drawn instead given
that they fill the neighbourhood, with weights fitted so that the expected shares of sizes are those of the
file.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demerit.catalogue.purposes import Purpose
from demerit.engine.draws import draw
from demerit.engine.kernel import array, i8, kernel, void
from demerit.society.odds import cumulative
from demerit.society.plan import LARGEST_HOME, NEIGHBOURHOOD, NEIGHBOURHOOD_SHIFT, Plan

_ROUNDS_OF_FITTING = 100
_HOUSEHOLD = int(Purpose.HOUSEHOLD)


def mean_size(shares: Sequence[float]) -> float:
    """Return the mean size of households.

    >>> mean_size([0.5, 0.5, 0, 0, 0])
    1.5
    """
    return sum(size * share for size, share in enumerate(shares, 1)) / sum(shares)


def sizes_given_places(weights: Sequence[float]) -> list[list[float]]:
    """Return the chance of each size by the places left, given that the households fill them exactly.

    Where no sum of sizes fits, a household is drawn by its weight and cut to the places left.

    >>> sizes_given_places([0.5, 0.5, 0, 0, 0])[2]
    [0.3333333333333333, 0.6666666666666666, 0.0, 0.0, 0.0]
    """
    fits = [1.0]
    rows = [[0.0] * len(weights)]
    for places in range(1, NEIGHBOURHOOD + 1):
        parts = [
            weight * fits[places - size] if size <= places else 0.0 for size, weight in enumerate(weights, 1)
        ]
        fits.append(sum(parts))
        rows.append([part / fits[-1] for part in parts] if fits[-1] > 0 else _cut(weights, places))
    return rows


def _cut(weights: Sequence[float], places: int) -> list[float]:
    total = sum(weights)
    inside = [weight / total if size < places else 0.0 for size, weight in enumerate(weights, 1)]
    if places <= len(weights):
        inside[places - 1] = 1.0 - sum(inside)
    return inside


def expected_sizes(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return the expected number of households of each size in a full neighbourhood."""
    visits = [0.0] * NEIGHBOURHOOD + [1.0]
    counts = [0.0] * LARGEST_HOME
    for places in range(NEIGHBOURHOOD, 0, -1):
        for size, chance in enumerate(rows[places], 1):
            counts[size - 1] += visits[places] * chance
            if size <= places:
                visits[places - size] += visits[places] * chance
    return counts


def fill_table(shares: Sequence[float]) -> list[list[int]]:
    """Return the cumulative chances (Q32) of sizes by places left, fitted to the shares of households.

    Shares that no filling of 64 places can have (all households of five) are met as nearly as weights of half
    to twice the shares allow. Only sums, products and quotients occur, so every processor finds the same
    integers.
    """
    weights = [share / sum(shares) for share in shares]
    aim = list(weights)
    for _ in range(_ROUNDS_OF_FITTING):
        counts = expected_sizes(sizes_given_places(weights))
        total = sum(counts)
        weights = [
            min(max(weight * share * total / count, share / 2), share * 2) if count > 0 else share
            for weight, share, count in zip(weights, aim, counts, strict=True)
        ]
    return [cumulative(row) for row in sizes_given_places(weights)]


def children_table(shares: Sequence[float], child_share: float) -> list[list[int]]:
    """Return the cumulative chances (Q32) of the number of children by household size.

    The first of a household is an adult. Children come after two adults while that is enough for the share of
    children, and take the second place too where it is not.
    """
    size_shares = [share / sum(shares) for share in shares]
    wanted = child_share * mean_size(shares)
    behind_two = sum(max(size - 2, 0) * share for size, share in enumerate(size_shares, 1))
    behind_one = sum(share for size, share in enumerate(size_shares, 1) if size >= 2)
    later = min(1.0, wanted / behind_two) if behind_two > 0 else 0.0
    second = min(1.0, max(0.0, wanted - behind_two) / behind_one) if behind_one > 0 else 0.0
    rows = [[1.0, 0.0, 0.0, 0.0, 0.0]] * 2
    for size in range(2, LARGEST_HOME + 1):
        chances = [1.0 - second, second]
        for _ in range(size - 2):
            chances = _one_more(chances, later)
        rows.append(chances + [0.0] * (LARGEST_HOME - len(chances)))
    return [cumulative(row) for row in rows]


def mean_other_adults(shares: Sequence[float], child_share: float) -> float:
    """Return with how many other adults an adult lives on average.

    >>> round(mean_other_adults([0.5, 0.5, 0, 0, 0], 0.0), 3)  # of three adults two live with one other
    0.667
    """
    adults, squares = 0.0, 0.0
    for size, (share, row) in enumerate(zip(shares, children_table(shares, child_share)[1:], strict=True), 1):
        below = 0
        for children, bound in enumerate(row[:size]):
            chance = share * (bound - below) / 2.0**32
            below = bound
            adults += chance * (size - children)
            squares += chance * (size - children) ** 2
    return squares / adults - 1.0


def _one_more(chances: Sequence[float], chance: float) -> list[float]:
    """Add one more place that holds a child with this chance."""
    stay = [*chances, 0.0]
    step = [0.0, *chances]
    return [a * (1 - chance) + b * chance for a, b in zip(stay, step, strict=True)]


@kernel(i8(Plan, i8, i8))
def home_size(plan: np.void, places: int, lane: int) -> int:
    """Return the size of the next household of a neighbourhood with so many places left."""
    size = 1
    while lane >= plan["home"][places, size - 1]:
        size += 1
    return size


@kernel(i8(Plan, i8, i8))
def children_of(plan: np.void, size: int, lane: int) -> int:
    """Return how many members of a household of this size are children."""
    children = 0
    while lane >= plan["children"][size, children]:
        children += 1
    return children


@kernel(void(i8, i8, i8, i8, Plan, array(i8)))
def count_homes(start: int, stop: int, population: int, seed: int, plan: np.void, homes: np.ndarray) -> None:
    """Count the households of neighbourhoods ``start … stop - 1`` into ``homes``."""
    for neighbourhood in range(start, stop):
        places = min(NEIGHBOURHOOD, population - (neighbourhood << NEIGHBOURHOOD_SHIFT))
        drawn = 0
        while places > 0:
            lanes = draw(seed, _HOUSEHOLD, neighbourhood, 0, drawn)
            places -= home_size(plan, places, lanes[0])
            drawn += 1
        homes[neighbourhood] = drawn
