"""All statistics of the claims by key, and which of them a world is needed for."""

from __future__ import annotations

from functools import cache

from demerit.claims import (
    of_accidents,
    of_strikes,
)
from demerit.claims.definitions import claims
from demerit.claims.statistics import Statistic, keys

STATISTICS: dict[str, Statistic] = {
    **of_strikes.STATISTICS,
    **of_accidents.STATISTICS,
}
"""The statistics; two modules never name the same key."""


@cache
def statistics_of(world: str) -> tuple[str, ...]:
    """Return the keys of the statistics that read a world, in the order of the claims.

    >>> statistics_of("no-blame")
    ('C4.1',)
    """
    return tuple(
        key
        for claim in claims()
        for key, part in zip(keys(claim), claim.parts, strict=True)
        if key in STATISTICS and world in part.worlds
    )
