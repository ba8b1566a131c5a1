"""Fixed-point arithmetic: the same bits on every processor, compiled or not.

Scales: Q16 (one = 65536) for days of income, utilities and beliefs; Q32 for probabilities; points in
thousandths; money in fen. Every table below is rounded from double precision to integers; a test asserts that
no entry lies so near a rounding boundary that another mathematics library could round it the other way.
"""

from __future__ import annotations

import math

import numpy as np

from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel

Q16 = 1 << 16
Q32 = 1 << 32

_STEPS = 64
_RANGE = 16
LOGISTIC_TABLE: tuple[int, ...] = tuple(
    round(Q32 / (1.0 + math.exp(-(index / _STEPS - _RANGE)))) for index in range(2 * _RANGE * _STEPS + 1)
)
"""Logistic function on [-16, 16] in steps of 1/64, Q32."""

EXP2_STEPS = 1024
EXP2_TABLE: tuple[int, ...] = tuple(
    round(Q32 * 2.0 ** (-index / EXP2_STEPS)) for index in range(EXP2_STEPS + 1)
)
"""2**-x on [0, 1] in steps of 1/1024, Q32."""

_LOGISTIC = np.array(LOGISTIC_TABLE, dtype=np.int64)
_EXP2 = np.array(EXP2_TABLE, dtype=np.int64)
_INVERSE_LN2_Q16 = round(Q16 / math.log(2.0))


@kernel(i8(i8))
def logistic(x: int) -> int:
    """Return 1 / (1 + exp(-x)) as Q32 for x in Q16; largest error 3.1e-6, monotone, 0 and 1 never reached."""
    limit = _RANGE * 65536 - 1
    x = min(max(x, -limit), limit)
    shifted = x + _RANGE * 65536
    index = shifted >> 10
    part = shifted & 1023
    low = i64(_LOGISTIC[index])
    return low + (((i64(_LOGISTIC[index + 1]) - low) * part) >> 10)


@kernel(i8(i8, i8))
def half_lives(elapsed: int, half_life: int) -> int:
    """Return 2**-(elapsed / half_life) as Q32; a half-life of 0 or less means no decay.

    Largest error 7.3e-7: the exponent has 20 binary places; the line between the table's points adds 6e-8.
    """
    if half_life <= 0 or elapsed <= 0:
        return 4294967296
    x = (elapsed << 20) // half_life
    whole = x >> 20
    if whole >= 32:
        return 0
    index = (x >> 10) & 1023
    part = x & 1023
    low = i64(_EXP2[index])
    value = low + (((i64(_EXP2[index + 1]) - low) * part) >> 10)
    return value >> whole


@kernel(i8(i8))
def exponential(x: int) -> int:
    """Return exp(x) as Q16 for x in Q16, |x| at most 8.

    Largest error one step below 1, and 5e-5 of the value above.
    """
    scaled = (abs(x) * _INVERSE_LN2_Q16) >> 16
    small = half_lives(scaled, 65536)
    if x <= 0:
        return small >> 16
    return (1 << 48) // small


@kernel(i8(i8, i8))
def times_q32(value: int, factor: int) -> int:
    """Return value * factor / 2**32 for 0 <= factor <= 2**32 and |value| < 2**47, rounded toward zero.

    The product is taken in two halves so that it never leaves 64 bits; each half is rounded, so the result
    may lie one step nearer to zero than the whole product would.
    """
    size = abs(value)
    high = size >> 16
    low = size & 65535
    product = ((high * factor) >> 16) + ((low * factor) >> 32)
    return product if value >= 0 else -product


@kernel(i8(i8, i8, i8))
def share(value: int, numerator: int, denominator: int) -> int:
    """Return value * numerator / denominator rounded toward zero (denominator > 0)."""
    product = abs(value) * abs(numerator) // denominator
    return product if (value >= 0) == (numerator >= 0) else -product


@kernel(i8(i8, i8, i8))
def clip(value: int, low: int, high: int) -> int:
    """Return value held between low and high."""
    return min(max(value, low), high)


@kernel(i8(i8, i8, i8))
def nearer(value: int, target: int, left: int) -> int:
    """Return the value of which a share ``left`` (Q32) of the way from the target remains.

    Rounded to nearest, for |value - target| below 2**46. Beliefs are brought to the day so often that
    rounding toward the target would take away a thirtieth of what ten years do to them.
    """
    gap = value - target
    size = abs(gap)
    product = ((size >> 16) * left + (((size & 65535) * left) >> 16) + 32768) >> 16
    return target + (product if gap >= 0 else -product)


@kernel(i8(i8, i8, i8, i8))
def approach(value: int, target: int, elapsed: int, half_life: int) -> int:
    """Return where a value that nears its target with a half-life stands after the elapsed days."""
    return nearer(value, target, half_lives(elapsed, half_life))
