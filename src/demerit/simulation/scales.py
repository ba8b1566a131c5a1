"""Integer scales of compiled tables: thousandths of a point, probabilities on the scale of a draw, delays."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from demerit.catalogue.rules import DELAY_LEVELS

Q16, Q32 = 1 << 16, 1 << 32
LONGEST_DELAY = 32_000
"""Days after which nothing is waited for."""


def thousandths(points: float) -> int:
    """Return points as integer thousandths."""
    return round(points * 1000)


def chance_q32(probability: float) -> int:
    """Return a probability on the scale of a draw."""
    return round(probability * Q32)


def felt_harm_days(harm: float, base: float) -> float:
    """Return felt harm in days of income, base**harm - 1 (F1).

    >>> round(felt_harm_days(0.25, 2000), 1)
    5.7
    """
    return float(base**harm - 1.0)


def geometric_delays(mean: float) -> np.ndarray[Any, Any]:
    """Return a geometric delay of the given mean at equally likely levels, days, at least 1.

    >>> int(geometric_delays(1.0).max())
    1
    """
    if mean <= 1.0:
        return np.ones(DELAY_LEVELS, np.int64)
    failing = math.log1p(-1.0 / mean)
    levels = (np.arange(DELAY_LEVELS) + 0.5) / DELAY_LEVELS
    # the thousandth keeps the rounding away from whole days, where two mathematics libraries could differ
    days = [1 + math.floor(math.log1p(-level) / failing + 1e-9) for level in levels]
    return np.minimum(np.asarray(days, np.int64), LONGEST_DELAY)
