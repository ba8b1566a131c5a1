"""Blocks and shards: how people are divided for work; this decides where work runs, never what happens.

A block is a run of whole neighbourhoods (64 people) with the companies, vehicles, agencies and services of
the same part of their lists. A shard is any set of blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from demerit.catalogue.words import CITIZEN

NEIGHBOURHOOD = 64
"""People of a neighbourhood; all other subjects are dealt out in cells of the same size."""
LARGE, SMALL = 16384, 1024
"""Most people of a block, and fewest where there are so many: a block costs its passage every day."""
BLOCKS_A_SHARD = 4
"""Blocks by which the work of shards can be made about equal."""


@dataclass(frozen=True)
class Blocks:
    """Borders of the blocks, and the block of every cell of 64 subjects.

    Attributes:
        borders: int64 (blocks, 10): first and end of the subjects of each kind, in the order of the kinds.
        cell_first: int64 (5,), place in ``cell_block`` of the first cell of each kind.
        cell_block: int64, block of every cell of 64 subjects, one kind after the other.
    """

    borders: np.ndarray[Any, Any]
    cell_first: np.ndarray[Any, Any]
    cell_block: np.ndarray[Any, Any]

    def __len__(self) -> int:
        return len(self.borders)


def cells_of(count: int) -> int:
    """Return the number of cells of 64 that hold a number of subjects.

    >>> cells_of(65)
    2
    """
    return -(-count // NEIGHBOURHOOD)


def divide(counts: Sequence[int], cuts: list[int] | None = None, shards: int = 1) -> Blocks:
    """Divide a world into blocks.

    Args:
        counts: number of subjects of each kind, citizens first.
        cuts: neighbourhoods at which a new block begins, in rising order; by default blocks of equal size.
        shards: how many shards the blocks are for.
    """
    citizens = counts[CITIZEN]
    cells = cells_of(citizens)
    size = min(max(citizens // (BLOCKS_A_SHARD * shards), SMALL), LARGE) // NEIGHBOURHOOD
    starts = [0, *(cuts if cuts is not None else range(size, cells, size)), cells]
    columns, first, block_of = [], [], np.zeros(0, np.int64)
    for count in counts:
        shares = [start * cells_of(count) // max(cells, 1) for start in starts]
        columns.append(_ranges(shares[:-1], shares[1:], count))
        first.append(len(block_of))
        own = np.zeros(max(cells_of(count), 1), np.int64)
        for block, (low, high) in enumerate(pairwise(shares)):
            own[low:high] = block
        block_of = np.concatenate([block_of, own])
    return Blocks(np.ascontiguousarray(np.concatenate(columns, axis=1)), np.array(first), block_of)


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
