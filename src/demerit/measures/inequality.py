"""Inequality: the Gini coefficient of a list, and of any number of people by a histogram of integers.

An amount falls into one of sixteen equal parts of the octave it lies in. A bin keeps how many people it holds
and what they have together, so only the inequality within bins is unknown; it lies between none and that of
people at the two ends of the bin, and the middle of the two is taken.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.pointers import AllTraits, People, States
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void
from demerit.institutions.purse import earnings, wealth
from demerit.mechanisms.dying import is_dead

if TYPE_CHECKING:
    from demerit.simulation.world import World

PARTS_SHIFT = 4
PARTS = 1 << PARTS_SHIFT
"""Parts of an octave; amounts below this have a bin each."""
BINS = PARTS * 44
INCOME, WEALTH = 0, 1
AMOUNTS = ("income", "wealth")
"""What is measured: income of the day, and liquid wealth, debts counted as nothing; both in fen."""
_ADULT = 1

Values = np.ndarray[Any, Any]


@kernel(i8(i8))
def bin_of(amount: int) -> int:
    """Return the bin of an amount; negative amounts count as nothing."""
    if amount < PARTS:
        return max(amount, 0)
    octave = 0
    rest = amount
    step = 32
    while step > 0:
        if rest >> step != 0:
            rest >>= step
            octave += step
        step >>= 1
    part = (amount >> (octave - PARTS_SHIFT)) & (PARTS - 1)
    return min((octave - PARTS_SHIFT + 1) * PARTS + part, BINS - 1)


@kernel(void(i8, i8, i8, States, AllTraits, People, array(i8, 3)))
def add_amounts(
    low: int,
    high: int,
    day: int,
    states: Values,
    traits: Values,
    people: np.void,
    totals: Values,
) -> None:
    """Add the adults of a range to the histograms: int64 (amounts, bins, 2), people and fen of each bin."""
    for person in range(low, high):
        own = traits[person]
        if i64(own["flags"]) & _ADULT == 0 or is_dead(states[person]) == 1:
            continue
        for which in range(len(AMOUNTS)):
            if which == INCOME:
                amount = earnings(states[person], own, people)
            else:
                amount = max(wealth(states[person], own, people, day), 0)
            place = bin_of(amount)
            totals[which, place, 0] += 1
            totals[which, place, 1] += amount


@cache
def bin_edges() -> Values:
    """Return the lower edge of every bin and the end of the last, float64 (BINS + 1,).

    >>> bin_edges()[[0, 15, 16, 17, 32, 33]].tolist()
    [0.0, 15.0, 16.0, 17.0, 32.0, 34.0]
    """
    places = np.arange(BINS + 1)
    octaves = places // PARTS - 1
    edges = np.where(places < PARTS, places, (places % PARTS + PARTS) * np.exp2(octaves))
    edges.flags.writeable = False
    return edges


def gini(values: Values) -> float:
    """Return the Gini coefficient of amounts that are not negative, exactly; NaN if there is nothing.

    >>> round(gini(np.arange(1.0, 11.0)), 12)
    0.3
    """
    ordered = np.sort(np.asarray(values, float))
    total = ordered.sum()
    if total <= 0:
        return float("nan")
    ranks = np.arange(1, len(ordered) + 1)
    return float((2.0 * (ranks * ordered).sum() / total - len(ordered) - 1) / len(ordered))


def gini_of_histogram(counts: Values, sums: Values) -> tuple[float, float]:
    """Return the Gini coefficient of a histogram over ``bin_edges`` and the error that binning can make.

    Args:
        counts: people of each bin, shape (BINS,).
        sums: what they have together, shape (BINS,).

    >>> amounts = np.arange(1, 11)
    >>> counts = np.bincount(amounts, minlength=BINS)
    >>> gini_of_histogram(counts, counts * np.arange(BINS))
    (0.3, 0.0)
    """
    people, total = float(counts.sum()), float(sums.sum())
    if people == 0 or total == 0:
        return float("nan"), 0.0
    edges = bin_edges()
    shares, parts = counts / people, sums / total
    reached = np.cumsum(parts)
    between = 1.0 - float((shares * (2.0 * reached - parts)).sum())
    held = counts > 0
    low = edges[:-1][held]
    # amounts are whole, so the largest of a bin lies one below its end
    high = np.maximum(edges[1:][held] - 1.0, low)
    mean = sums[held] / counts[held]
    span = np.maximum(mean * (high - low), 1e-300)
    most = np.clip((mean - low) * (high - mean), 0.0, None) / span
    within = float((shares[held] * parts[held] * most).sum())
    return round(between + within / 2, 12), within / 2


def ginis(world: World) -> Values:
    """Return the Gini coefficients of a world at the end of the day last lived: float64 (amounts,)."""
    cuts = np.linspace(0, world.population.count, len(world.shards) + 1).astype(int)
    day = max(world.day - 1, 0)

    def of_range(number: int) -> Values:
        totals = np.zeros((len(AMOUNTS), BINS, 2), np.int64)
        here, until = cuts[number], cuts[number + 1]
        add_amounts(here, until, day, world.state, world.population.traits, world.people, totals)
        return totals

    totals = np.asarray(sum(world.for_all(of_range, range(len(world.shards)))))
    return np.array(
        [gini_of_histogram(totals[which, :, 0], totals[which, :, 1])[0] for which in range(len(AMOUNTS))]
    )
