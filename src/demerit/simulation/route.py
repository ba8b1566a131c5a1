"""Route: which of a shard's blocks a message is for."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.pointers import Messages
from demerit.catalogue.words import INDEX_MASK, SUBJECT_SHIFT
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void

_Ints = array(i8)


@kernel(void(i8, Messages, i8, _Ints, _Ints, _Ints, _Ints, _Ints))
def address(
    shard: int,
    messages: np.ndarray[Any, Any],
    total: int,
    cell_first: np.ndarray[Any, Any],
    cell_block: np.ndarray[Any, Any],
    owner: np.ndarray[Any, Any],
    number: np.ndarray[Any, Any],
    found: np.ndarray[Any, Any],
) -> None:
    """5 route: find the block that each message is for.

    Args:
        found: filled with the block as this shard numbers it, -1 if another shard files the message.
    """
    for index in range(total):
        target = i64(messages[index]["target"])
        cell = cell_first[target >> SUBJECT_SHIFT] + ((target & INDEX_MASK) >> 6)
        block = cell_block[cell]
        found[index] = number[block] if owner[block] == shard else -1
