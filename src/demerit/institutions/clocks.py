"""How long things take: whole days until a daily chance comes true."""

from __future__ import annotations

from demerit.engine.draws import draw
from demerit.engine.kernel import i8, kernel

LONGEST = 4096
"""Most days that anything of this kind takes."""


@kernel(i8(i8, i8, i8, i8, i8, i8))
def days_until(seed: int, purpose: int, subject: int, when: int, counter: int, chance: int) -> int:
    """Return a geometric number of days, at least 1, with a chance (Q32) a day; its mean is 2**32 / chance.

    Four days a draw, and no logarithm: the same bits everywhere, exact but for the cut at 4,096 days.
    """
    for turn in range(LONGEST // 4):
        lanes = draw(seed, purpose, subject, when, counter * (LONGEST // 4) + turn)
        if lanes[0] < chance:
            return 4 * turn + 1
        if lanes[1] < chance:
            return 4 * turn + 2
        if lanes[2] < chance:
            return 4 * turn + 3
        if lanes[3] < chance:
            return 4 * turn + 4
    return LONGEST
