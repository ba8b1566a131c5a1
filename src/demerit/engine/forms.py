"""Forms: what the rows of a part say apart from who, when and why, each different saying kept once.

Most ledger rows say one of a few hundred things: a kind of entry under a rule in a register, with so many
points. A part keeps each as a line of text and a number a row, which any reader of Parquet shows as the text.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, u4, u8

Array = np.ndarray[Any, Any]

_FACTOR = np.uint64(0x9E3779B1)
_LOW = np.uint64(0xFFFFFFFF)
_FOLD, _AGE, _TOP = np.uint64(32), np.uint64(7), np.uint64(20)
_FIRST_SLOTS = 1 << 12


@kernel(i8(array(u8, 2), array(i8), array(u8), array(i8), array(u4), array(i8)))
def intern(words: Array, used: Array, masks: Array, slots: Array, codes: Array, firsts: Array) -> int:
    """Number the different rows, looking at some bits of them only.

    Args:
        words: rows as 64-bit words, shape (rows, words of a row).
        used: words of a row that are looked at; masks: their bits.
        slots: an empty table, -1 everywhere; its length is a power of two.
        codes: gets the number of each row's form.
        firsts: gets the first row of each form; half as long as ``slots``.

    Returns:
        How many forms there are, or -1 if the table is too small.
    """
    found, last = 0, np.uint64(len(slots) - 1)
    for row in range(len(words)):
        mixed = np.uint64(0)
        for place in range(len(used)):
            part = words[row, used[place]] & masks[place]
            mixed = (mixed >> _AGE) ^ (((part ^ (part >> _FOLD)) & _LOW) * _FACTOR)
        slot = i64((mixed ^ (mixed >> _TOP)) & last)
        while True:
            code = slots[slot]
            if code < 0:
                if found == len(firsts):
                    return -1
                code = found
                slots[slot] = code
                firsts[code] = row
                found += 1
                break
            same = True
            for place in range(len(used)):
                apart = words[row, used[place]] ^ words[firsts[code], used[place]]
                if apart & masks[place] != np.uint64(0):
                    same = False
            if same:
                break
            slot = slot + 1 if slot + 1 < len(slots) else 0
        codes[row] = code
    return found


def forms_of(rows: Array, fields: tuple[str, ...]) -> tuple[Array, Array]:
    """Return a number a row and the first row of each number, rows being the same if these fields are.

    A row must take whole words of eight bytes.

    >>> rows = np.array([(1, 5), (2, 7), (3, 5)], dtype=[("id", "i8"), ("points", "i8")])
    >>> codes, firsts = forms_of(rows, ("points",))
    >>> codes.tolist(), firsts.tolist()
    ([0, 1, 0], [0, 1])
    """
    looked_at = np.zeros(rows.dtype.itemsize, np.uint8)
    for name in fields:
        kind, begins = (rows.dtype.fields or {})[name][:2]
        looked_at[begins : begins + kind.itemsize] = 255
    masks = looked_at.view(np.uint64)
    used = np.flatnonzero(masks).astype(np.int64)
    words = np.ascontiguousarray(rows).view(np.uint64).reshape(len(rows), len(masks))
    codes = np.zeros(len(rows), np.uint32)
    size, found = _FIRST_SLOTS, -1
    while found < 0:
        firsts = np.zeros(size // 2, np.int64)
        found = intern(words, used, masks[used], np.full(size, -1, np.int64), codes, firsts)
        size *= 8
    return codes, firsts[:found]
