"""Blocks of 1,024 people: counts by block tell people their number within a kind without a list."""

from __future__ import annotations

import numpy as np

BLOCK = 1024


def block_count(population: int) -> int:
    """Return the number of blocks that hold a population.

    >>> block_count(1), block_count(1024), block_count(1025)
    (1, 1, 2)
    """
    return -(-population // BLOCK)


def number_on(counts: np.ndarray) -> list[int]:
    """Turn counts by block and kind into the number each block begins with, in place; return the totals.

    >>> counts = np.array([[2, 0], [1, 5]])
    >>> number_on(counts), counts.tolist()
    ([3, 5], [[0, 0], [2, 0]])
    """
    totals = counts.sum(axis=0)
    counts[1:] = np.cumsum(counts[:-1], axis=0)
    counts[:1] = 0
    return [int(total) for total in totals]
