"""Fit offence rate and frailty to two official shares on the engine, on one set of random numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import fsolve
from verification import theory
from verification.drivers import CHANCE, Life
from verification.official import BINS

FITTED = BINS[:2]
COVERAGE, YEARS_KEPT = 0.02, 4
CLOSE = 0.005
"""Both shares are met within half a percent, a fifth of the error of a world's count."""
MOST_STEPS = 8


@dataclass(frozen=True)
class Fitted:
    """A fit: the life found, what its world shows, and the number of worlds it took."""

    life: Life
    found: dict[str, float]
    worlds: int

    def close(self, targets: dict[str, float]) -> bool:
        """Tell whether both fitted shares are met."""
        return all(abs(self.found[name] / targets[name] - 1) < CLOSE for name in FITTED)


def start(
    targets: dict[str, float], six: float, frailty: theory.Frailty = theory.lognormal, spread: float = 1.9
) -> tuple[float, float]:
    """Return endorsements a driver and the spread that meet the targets in the plain calculation.

    Args:
        targets: official shares.
        six: share of endorsements with six points.
        frailty: its levels for a spread.
        spread: where to begin.
    """

    def apart(place: np.ndarray) -> np.ndarray:
        found = theory.shares(*np.exp(place).tolist(), six, frailty)[:2]
        return np.asarray(np.log(found / [targets[name] for name in FITTED]))

    mean, solved = np.exp(fsolve(apart, np.log([0.09, spread]))).tolist()
    return float(mean), float(solved)


def slopes(mean: float, sigma: float, six: float) -> np.ndarray:
    """Return how the logarithms of both shares move with log rate and sigma, in the plain calculation."""

    def logs(log_mean: float, spread: float) -> np.ndarray:
        return np.asarray(np.log(theory.shares(float(np.exp(log_mean)), spread, six, theory.lognormal)[:2]))

    step, here = 1e-4, float(np.log(mean))
    up = (logs(here + step, sigma) - logs(here, sigma)) / step
    wide = (logs(here, sigma + step) - logs(here, sigma)) / step
    return np.column_stack([up, wide])


def fit(show: Callable[[Life], dict[str, float]], targets: dict[str, float], six: float) -> Fitted:
    """Find the life whose world shows the targets, by Newton's method with the plain calculation's slopes.

    Args:
        show: lives a world and returns its shares, and the share of six points among its records.
        targets: official shares.
        six: share of endorsements that are to have six points.
    """
    mean, sigma = start(targets, six)
    inverse = np.linalg.inv(slopes(mean, sigma, six))
    life = Life(mean / (YEARS_KEPT * COVERAGE * CHANCE), sigma, six)
    best, miss = None, np.inf
    for step in range(1, MOST_STEPS + 1):
        now = Fitted(life, show(life), step)
        apart = np.log([now.found[name] / targets[name] for name in FITTED])
        if (worst := float(np.abs(apart).max())) < miss:
            best, miss = now, worst
        if now.close(targets):
            break
        move = inverse @ apart
        # counts are few: the share of six points is led slowly to the one declared
        odds = life.six / (1 - life.six) * (six / (1 - six)) / (now.found["six"] / (1 - now.found["six"]))
        life = Life(life.rate * float(np.exp(-move[0])), life.sigma - float(move[1]), odds / (1 + odds))
    assert best is not None
    return Fitted(best.life, best.found, step)
