"""Whose doing the spread of a result is: Sobol indices of a function of numbers with ranges (X4).

The first-order index of a number is the share of the variance that it explains alone, the total index the
share that goes with it in any company (Saltelli et al. 2010, as SciPy computes it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
DRAWS = 4096
"""Points of the design; a power of two."""
SEED = 20_140_101


class Indices(NamedTuple):
    """Sobol indices of every number, in their order: float64 (numbers)."""

    first: Array
    total: Array


def sobol_indices(
    function: Callable[[Array], Array], ranges: Sequence[tuple[float, float]], draws: int = DRAWS
) -> Indices:
    """Return the Sobol indices of a function of numbers that are drawn evenly from their ranges.

    Args:
        function: takes (numbers, points) and returns (points).
        ranges: lowest and highest value of every number.
        draws: points of the design, a power of two; the function is asked for (numbers + 2) times as many.
    """
    from scipy import stats

    even = [stats.uniform(low, high - low) for low, high in ranges]
    found = stats.sobol_indices(func=function, n=draws, dists=even, rng=SEED)
    return Indices(np.asarray(found.first_order).ravel(), np.asarray(found.total_order).ravel())
