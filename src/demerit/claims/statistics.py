"""What every part of every claim counts: one statistic a part, found by its key, such as ``C4.1``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from demerit.claims.reading import Figure, Reading

Kept = dict[str, Any]
"""What is kept of a world where one number is not enough: plain data that JSON can hold."""


@dataclass(frozen=True)
class Statistic:
    """How a part of a claim is counted.

    Attributes:
        read: counts it in one world.
        against: sets two worlds of one seed against each other, where that is more than the difference or the
            ratio of two figures: what was kept of the first and of the second of the contrast.
    """

    read: Callable[[Reading], Figure | Kept]
    against: Callable[[Kept, Kept], Figure] | None = None
