"""Random numbers as a function: Philox4x32-10 of (seed, purpose, subject, day or week, counter).

A draw has no state, so it does not depend on order, threads, shards or restarts, and the two worlds of a run
share it. Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011); the
published known answers are a test. Results leave as signed 64-bit integers holding 32-bit values, so that no
unsigned arithmetic leaks out.
"""

from __future__ import annotations

import numpy as np

from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, several

U32 = 1 << 32
"""One, on the scale of a draw: a draw is uniform on ``0 … U32 - 1``."""

_MASK = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)

Lanes = several(i8, 4)


@kernel(Lanes(i8, i8, i8, i8, i8, i8), inline=True)
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Return the four 32-bit lanes of Philox4x32-10 for a counter (c0 … c3) and a key (k0, k1)."""
    x0 = np.uint64(c0)
    x1 = np.uint64(c1)
    x2 = np.uint64(c2)
    x3 = np.uint64(c3)
    a = np.uint64(k0)
    b = np.uint64(k1)
    for _ in range(10):
        p0 = _M0 * x0
        p1 = _M1 * x2
        y0 = (p1 >> _SHIFT) ^ x1 ^ a
        y2 = (p0 >> _SHIFT) ^ x3 ^ b
        x1 = p1 & _MASK
        x3 = p0 & _MASK
        x0 = y0
        x2 = y2
        a = (a + _W0) & _MASK
        b = (b + _W1) & _MASK
    return i64(x0), i64(x1), i64(x2), i64(x3)


@kernel(Lanes(i8, i8, i8, i8, i8), inline=True)
def draw(seed: int, purpose: int, subject: int, when: int, counter: int) -> tuple[int, int, int, int]:
    """Return four uniform 32-bit numbers for one decision.

    Args:
        seed: the run's seed, ``0 … 2**62``.
        purpose: a number of the purpose registry; no two decisions share one.
        subject: the subject's code, ``0 … 2**32 - 1``.
        when: day or week, ``0 … 2**32 - 1``.
        counter: which one of several on that day, or the other subject of a pair.
    """
    return philox(subject, when, purpose, counter, seed & 0xFFFFFFFF, seed >> 32)


@kernel(i8(i8, i8), inline=True)
def below(lane: int, bound: int) -> int:
    """Scale a lane to ``0 … bound - 1`` (bound at most 2**31), by the high product."""
    return (lane * bound) >> 32
