"""Differences between regimes that had the same seeds: paired means with their intervals.

For n seeds with differences of mean d and standard deviation s, the interval is d ± t s / √n, with the
quantile t of Student's distribution with n − 1 degrees of freedom. Beside it stands the interval that seeds
drawn separately for each regime would have given, after Welch (1947, Biometrika 34).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

CONFIDENCE = 0.95
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Paired:
    """Differences of many quantities at once, each an array over the quantities; NaN where undefined.

    Attributes:
        n: int64, seeds in which both values are defined.
        difference: mean of other minus first.
        error: standard error of that mean; from two seeds on, like all that follows.
        low, high: ends of the paired interval.
        unpaired_low, unpaired_high: ends of the interval that separate seeds would have given.
        saved: share of the variance of the difference that pairing has saved; below nought if it cost.
        same: bool, the values are equal in every seed.
    """

    n: Array
    difference: Array
    error: Array
    low: Array
    high: Array
    unpaired_low: Array
    unpaired_high: Array
    saved: Array
    same: Array

    @property
    def apart(self) -> Array:
        """Whether the paired interval leaves out nought: bool, False where there is no interval."""
        return (self.low > 0) | (self.high < 0)


def paired(first: Array, other: Array, confidence: float = CONFIDENCE) -> Paired:
    """Return paired differences with intervals.

    Args:
        first: float64 (seeds, quantities), NaN where a value is undefined.
        other: the same of the other regime, seed by seed.
        confidence: share of intervals that hold the true difference.

    >>> one = np.array([[1.0], [2.0], [3.0]])
    >>> found = paired(one, one + [[1.0], [1.2], [0.8]])
    >>> [round(float(x[0]), 3) for x in (found.difference, found.low, found.high, found.saved)]
    [1.0, 0.503, 1.497, 0.978]
    """
    from scipy import stats

    both = ~(np.isnan(first) | np.isnan(other))
    n = both.sum(axis=0)
    spreads = [_mean_and_variance(values, both, n) for values in (other - first, first, other)]
    (difference, variance), (_, of_first), (_, of_other) = spreads
    apart = of_first + of_other
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(variance / n)
        half = _half_width(stats.t, confidence, error, n - 1.0)
        freedom = apart**2 * (n - 1) / (of_first**2 + of_other**2)
        unpaired_half = _half_width(stats.t, confidence, np.sqrt(apart / n), freedom)
        saved = np.where(apart > 0, 1 - variance / apart, np.nan)
    return Paired(
        n=n,
        difference=difference,
        error=error,
        low=difference - half,
        high=difference + half,
        unpaired_low=difference - unpaired_half,
        unpaired_high=difference + unpaired_half,
        saved=saved,
        same=(n > 0) & ((first == other) | ~both).all(axis=0),
    )


def mean_and_spread(values: Array) -> tuple[Array, Array, Array]:
    """Return number, mean and standard deviation over seeds of each quantity; NaN where undefined.

    Args:
        values: float64 (seeds, quantities), NaN where a value is undefined.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    mean, variance = _mean_and_variance(values, known, n)
    return n, mean, np.sqrt(variance)


def _mean_and_variance(values: Array, known: Array, n: Array) -> tuple[Array, Array]:
    """Return the mean from one value on, and the unbiased variance from two on."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / n
        squares = np.where(known, values - mean, 0.0) ** 2
        variance = np.where(n > 1, squares.sum(axis=0) / (n - 1), np.nan)
    return mean, variance


def _half_width(student: Any, confidence: float, error: Array, freedom: Array) -> Array:
    """Return half the width of an interval; nought where nothing varies."""
    quantile = student.ppf((1 + confidence) / 2, freedom)
    return np.where(error == 0, 0.0, quantile * error)


def defined(value: float) -> float | None:
    """Return a number as plain data, None in place of NaN."""
    return None if np.isnan(value) else float(value)
