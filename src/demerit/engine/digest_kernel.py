"""The hash of rows in one compiled pass: the numbers of the array form in `digest`, four times as fast."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.engine.kernel import array, i8, kernel, u8, void

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_FACTOR_0, _SHIFT_0 = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_FACTOR_1, _SHIFT_1 = np.uint64(0xD6E8FEB86659FD93), np.uint64(29)
_FINAL_1, _FINAL_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)


@kernel(u8(u8), inline=True)
def _finished(hashed: Any) -> Any:
    hashed = (hashed ^ (hashed >> _S30)) * _FINAL_1
    hashed = (hashed ^ (hashed >> _S27)) * _FINAL_2
    return hashed ^ (hashed >> _S31)


@kernel(void(array(u8, 2), array(u8), array(u8), i8, u8, u8, array(u8)))
def sum_of_hashes(
    words: np.ndarray[Any, Any],
    masks: np.ndarray[Any, Any],
    keys: np.ndarray[Any, Any],
    keyed: int,
    seed_0: Any,
    seed_1: Any,
    sums: np.ndarray[Any, Any],
) -> None:
    """Add up the hashes of rows in two lanes; this kernel wraps on purpose and is only used compiled.

    Args:
        words: rows as 64-bit words, shape (rows, words of a row).
        masks: used bits of each word of a row.
        keys: an id a row if ``keyed`` is 1, else anything.
        keyed: whether a row's hash depends on its id.
        seed_0: where the first lane starts; seed_1: where the second does.
        sums: low and high halves of the sums of both lanes, four numbers.
    """
    width = words.shape[1]
    for row in range(len(words)):
        one, other = seed_0, seed_1
        if keyed == 1:
            one = (one ^ keys[row]) * _FACTOR_0
            one ^= one >> _SHIFT_0
            other = (other ^ keys[row]) * _FACTOR_1
            other ^= other >> _SHIFT_1
        for place in range(width):
            back = width - 1 - place
            one = (one ^ (words[row, place] & masks[place])) * _FACTOR_0
            one ^= one >> _SHIFT_0
            other = (other ^ (words[row, back] & masks[back])) * _FACTOR_1
            other ^= other >> _SHIFT_1
        one, other = _finished(one), _finished(other)
        sums[0] += one & _LOW
        sums[1] += one >> _HALF
        sums[2] += other & _LOW
        sums[3] += other >> _HALF
