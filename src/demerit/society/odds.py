"""Chances as 32-bit thresholds: a draw below the threshold means yes."""

from __future__ import annotations

from collections.abc import Sequence

Q32 = 1 << 32


def threshold(chance: float) -> int:
    """Return a chance as a threshold of a 32-bit draw.

    >>> threshold(0.5) == 2**31, threshold(1.7) == 2**32
    (True, True)
    """
    return round(min(max(chance, 0.0), 1.0) * Q32)


def cumulative(chances: Sequence[float]) -> list[int]:
    """Return the running sums of chances as thresholds; from the last chance above zero on they are certain.

    >>> cumulative([0.25, 0.75, 0.0]) == [2**30, 2**32, 2**32]
    True
    """
    total = sum(chances)
    last = max((place for place, chance in enumerate(chances) if chance > 0), default=0)
    running, sums = 0.0, []
    for place, chance in enumerate(chances):
        running += chance
        sums.append(Q32 if place >= last else threshold(running / total))
    return sums
