"""The fading and showing of points in plain integers: the bits of the kernels, without a compiler's start.

An answer needs a few hundred of these; loading compiled kernels takes longer than all of them together.
"""

from __future__ import annotations

from demerit.engine.fixed import EXP2_TABLE

_BITS = 32


def decayed(points: int, elapsed: int, half_life: int) -> int:
    """Return points after the elapsed days, toward zero, as `institutions.standing.decayed`.

    >>> decayed(-20000, 730, 730), decayed(-20000, 30, 0)
    (-10000, -20000)
    """
    if points == 0 or half_life <= 0 or elapsed <= 0:
        return points
    passed = (elapsed << 20) // half_life
    if passed >> 20 >= _BITS:
        return 0
    place, part = passed >> 10 & 1023, passed & 1023
    low = EXP2_TABLE[place]
    left = low + ((EXP2_TABLE[place + 1] - low) * part >> 10) >> (passed >> 20)
    size = abs(points)
    kept = ((size >> 16) * left >> 16) + ((size & 65535) * left >> _BITS)
    return kept if points >= 0 else -kept


def whole(base: int, points: int) -> int:
    """Return the displayed score: base plus thousandths, rounded half away from the base, once.

    >>> whole(1000, -500), whole(1000, -499)
    (999, 1000)
    """
    size = (abs(points) + 500) // 1000
    return base + (size if points >= 0 else -size)


def clip(value: int, low: int, high: int) -> int:
    """Return a value held between low and high."""
    return min(max(value, low), high)
