"""Quantile tables: any distribution as integers that a 32-bit draw looks up.

A table stands on tail probabilities that halve from the median outwards, 32 steps an octave, and is read
between them by a straight line. Its values are rounded to 24 significant bits, so coarse that no mathematics
library can round them differently.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.society.plan import HALF, OCTAVES, STEPS, Plan

Quantile = Callable[[float, bool], float]
"""The value that is exceeded downwards (False) or upwards (True) with a probability of at most one half."""

SIGNIFICANT_BITS = 24
LARGEST = 1 << 38
"""Largest value of a table, so that products with a Q16 factor of up to 256 stay within 64 bits."""
_LOWEST_OCTAVE = 31 - OCTAVES
_LARGEST_TOP = 0.999
"""A tail of everybody would leave no body to begin at."""


def tails() -> list[float]:
    """Return the tail probabilities a table stands on, ascending to one half.

    >>> tails()[0] == 2.0**-26, tails()[-1]
    (True, 0.5)
    """
    steps = [
        2.0 ** (octave - 32) * (1 + step / STEPS)
        for octave in range(_LOWEST_OCTAVE, 31)
        for step in range(STEPS)
    ]
    return [*steps, 0.5]


def coarse(value: float) -> int:
    """Round a value of zero or more to an integer of at most 24 significant bits.

    >>> coarse(2.4), coarse(2.0**30 + 1)
    (2, 1073741824)
    """
    held = min(value, float(LARGEST))
    grain = grain_of(held)
    return round(held / grain) * grain


def grain_of(value: float) -> int:
    """Return the power of two to whose multiples a value is rounded."""
    return 1 << max(0, math.frexp(value)[1] - SIGNIFICANT_BITS)


def table(quantile: Quantile) -> list[int]:
    """Return the integers of a distribution: the lower half, then the upper half, each from its far end."""
    return [coarse(quantile(tail, upper)) for upper in (False, True) for tail in tails()]


def normal(tail: float, upper: bool) -> float:
    """Return a quantile of the standard normal distribution."""
    value = NormalDist().inv_cdf(tail)
    return -value if upper else value


def lognormal(mean: float, sigma: float) -> Quantile:
    """Return the quantiles of a lognormal with this mean and standard deviation of the logarithm.

    >>> round(lognormal(mean=100, sigma=1)(0.5, True), 3)
    60.653
    """
    middle = math.log(mean) - sigma * sigma / 2 if mean > 0 else -math.inf
    return lambda tail, upper: math.exp(middle + sigma * normal(tail, upper))


def lognormal_with_pareto_top(mean: float, sigma: float, share: float, alpha: float) -> Quantile:
    """Return the quantiles of a lognormal whose highest ``share`` follows a Pareto tail.

    Args:
        mean: mean of the whole distribution.
        sigma: standard deviation of the logarithm of its body.
        share: share of the tail.
        alpha: exponent of the tail, above 1.
    """
    if share <= 0:
        return lognormal(mean, sigma)
    share = min(share, _LARGEST_TOP)
    edge = normal(share, True)
    body = math.exp(sigma * sigma / 2) * NormalDist().cdf(edge - sigma)
    top = math.exp(sigma * edge) * share * alpha / (alpha - 1)
    median = mean / (body + top)

    def quantile(tail: float, upper: bool) -> float:
        exceeded = tail if upper else 1 - tail
        if exceeded < share:
            return median * math.exp(sigma * edge) * math.pow(share / exceeded, 1 / alpha)
        return median * math.exp(sigma * normal(tail, upper))

    return quantile


def beta(a: float, b: float) -> Quantile:
    """Return the quantiles of a Beta distribution, in 1/65536."""
    from scipy.special import betaincinv

    def quantile(tail: float, upper: bool) -> float:
        inside = 1 - float(betaincinv(b, a, tail)) if upper else float(betaincinv(a, b, tail))
        return min(max(65536 * inside, 1.0), 65535.0)

    return quantile


@kernel(i8(Plan, i8, i8))
def quantile_of(plan: np.void, which: int, lane: int) -> int:
    """Look a 32-bit draw up in a quantile table; draws beyond the outermost node count as it."""
    upper = lane >> 31
    tail = max(4294967295 - lane if upper == 1 else lane, 1 << _LOWEST_OCTAVE)
    octave = 30
    while tail < 1 << octave:
        octave -= 1
    scaled = tail << (31 - octave)
    place = upper * HALF + (octave - _LOWEST_OCTAVE) * STEPS + ((scaled >> 26) & (STEPS - 1))
    low = i64(plan["quantile"][which, place])
    return low + (((i64(plan["quantile"][which, place + 1]) - low) * ((scaled >> 10) & 65535)) >> 16)
