"""Numbers of a block's subjects, counted through all kinds: citizens first, then the other kinds in order."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.words import SUBJECT_SHIFT
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, u1


@kernel(i8(array(u1), i8), inline=True)
def bit_of(bits: np.ndarray[Any, Any], index: int) -> int:
    """Return one of many bits, eight a byte, the lowest first."""
    return (i64(bits[index >> 3]) >> (index & 7)) & 1


@kernel(i8(array(i8), i8, i8))
def place_in_block(borders: np.ndarray[Any, Any], subject_kind: int, index: int) -> int:
    """Return the number of a subject among those of a block, counted through all kinds."""
    before = 0
    for kind in range(subject_kind):
        before += borders[2 * kind + 1] - borders[2 * kind]
    return i64(before + index - borders[2 * subject_kind])


@kernel(i8(array(i8), i8))
def subject_at(borders: np.ndarray[Any, Any], place: int) -> int:
    """Return the code of the subject with a number among those of a block."""
    kind = 0
    while place >= borders[2 * kind + 1] - borders[2 * kind]:
        place -= borders[2 * kind + 1] - borders[2 * kind]
        kind += 1
    return i64((kind << SUBJECT_SHIFT) | (borders[2 * kind] + place))
