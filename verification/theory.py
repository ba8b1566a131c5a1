"""A plain calculation beside the engine: nobody responds or is banned, records are Poisson."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from scipy import stats
from verification.official import EDGES

LEVELS = 2000
"""Levels that stand for a continuous frailty; the engine keeps 64."""
MOST, MOST_SIXES = 60, 8

Frailty = Callable[[float], "np.ndarray"]
"""Equally likely levels of a frailty of mean one for a spread: a lognormal's sigma, a gamma's 1/shape."""


def lognormal(sigma: float) -> np.ndarray:
    """Return levels of a lognormal frailty, each the mean of its part of the distribution."""
    normal = NormalDist()
    edges = [0.0, *(normal.cdf(normal.inv_cdf(k / LEVELS) - sigma) for k in range(1, LEVELS)), 1.0]
    return LEVELS * np.diff(edges)


def gamma(spread: float) -> np.ndarray:
    """Return levels of a gamma frailty, each the mean of its part of the distribution."""
    edges = stats.gamma.ppf(np.linspace(0, 1, LEVELS + 1), 1 / spread, scale=spread)
    return np.asarray(LEVELS * np.diff(stats.gamma.cdf(edges, 1 / spread + 1, scale=spread)))


def shares(mean: float, spread: float, six: float, frailty: Frailty) -> np.ndarray:
    """Return the shares of drivers by bin of points, without bans.

    Args:
        mean: endorsements that a mean driver has on the record.
        spread: of the frailty.
        six: share of endorsements with six points.
        frailty: its levels for a spread.
    """
    rates = mean * frailty(spread)
    counts = np.arange(MOST)
    threes = stats.poisson.pmf(counts[:, None], rates * (1 - six))
    sixes = stats.poisson.pmf(np.arange(MOST_SIXES)[:, None], rates * six)
    points = np.zeros(9 * MOST)
    for number in range(MOST_SIXES):
        points[6 * number + 3 * counts] += (threes * sixes[number]).mean(1)
    tops = (*EDGES[1:], len(points))
    return np.array([points[low:high].sum() for low, high in zip(EDGES, tops, strict=True)])
