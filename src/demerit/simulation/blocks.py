"""Blocks and shards: how people are divided for work; this decides where work runs, never what happens.

A block is a run of whole neighbourhoods (64 people) with the vehicles and companies of the same part of the
list. A shard is any set of blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

NEIGHBOURHOOD = 64
"""People of a neighbourhood; vehicles and companies are dealt out in cells of the same size."""
LARGE, SMALL = 16384, 1024
"""Most people of a block in a large and in a small world."""
MANY = 200_000
"""People from which a world counts as large."""


@dataclass(frozen=True)
class Blocks:
    """Borders of the blocks, and the block of every cell of 64 subjects.

    Attributes:
        borders: int64 (blocks, 6): first and end of citizens, vehicles, companies.
        citizen_block: int64, block of each neighbourhood; vehicle_block and company_block likewise.
    """

    borders: np.ndarray[Any, Any]
    citizen_block: np.ndarray[Any, Any]
    vehicle_block: np.ndarray[Any, Any]
    company_block: np.ndarray[Any, Any]

    def __len__(self) -> int:
        return len(self.borders)


def cells_of(count: int) -> int:
    """Return the number of cells of 64 that hold a number of subjects.

    >>> cells_of(65)
    2
    """
    return -(-count // NEIGHBOURHOOD)


def divide(citizens: int, vehicles: int, companies: int, cuts: list[int] | None = None) -> Blocks:
    """Divide a world into blocks.

    Args:
        citizens: number of citizens; vehicles and companies likewise.
        cuts: neighbourhoods at which a new block begins, in rising order; by default blocks of equal size.
    """
    cells = cells_of(citizens)
    size = (LARGE if citizens >= MANY else SMALL) // NEIGHBOURHOOD
    starts = [0, *(cuts if cuts is not None else range(size, cells, size))]
    ends = [*starts[1:], cells]
    citizen = np.zeros(cells, np.int64)
    for block, (low, high) in enumerate(zip(starts, ends, strict=True)):
        citizen[low:high] = block
    columns = [_ranges(starts, ends, citizens)]
    others = []
    for count in (vehicles, companies):
        shares = [start * cells_of(count) // max(cells, 1) for start in (*starts, cells)]
        columns.append(_ranges(shares[:-1], shares[1:], count))
        block_of = np.zeros(max(cells_of(count), 1), np.int64)
        for block, (low, high) in enumerate(pairwise(shares)):
            block_of[low:high] = block
        others.append(block_of)
    return Blocks(np.ascontiguousarray(np.concatenate(columns, axis=1)), citizen, others[0], others[1])


def _ranges(starts: list[int], ends: list[int], count: int) -> np.ndarray[Any, Any]:
    pairs = [[start * NEIGHBOURHOOD, end * NEIGHBOURHOOD] for start, end in zip(starts, ends, strict=True)]
    return np.minimum(np.array(pairs, np.int64), count)


def deal(blocks: Blocks, shards: int) -> np.ndarray[Any, Any]:
    """Return the shard of every block: runs of blocks with about equally many people.

    A shard without a block would only cost memory, so there are at most as many shards as blocks.
    """
    ends = blocks.borders[:, 1]
    total = max(int(ends[-1]), 1)
    middles = (blocks.borders[:, 0] + ends) // 2
    _, owner = np.unique(middles * min(shards, len(blocks)) // total, return_inverse=True)
    return np.asarray(owner, np.int64)
