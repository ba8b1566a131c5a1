"""All statistics of the claims by key."""

from __future__ import annotations

from demerit.claims import (
    of_accidents,
    of_strikes,
)
from demerit.claims.statistics import Statistic

STATISTICS: dict[str, Statistic] = {
    **of_strikes.STATISTICS,
    **of_accidents.STATISTICS,
}
"""The statistics; two modules never name the same key."""
