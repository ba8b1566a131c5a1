"""All statistics of the claims by key."""

from __future__ import annotations

from demerit.claims import (
    of_appeals,
    of_chains,
    of_context,
    of_exempt,
    of_groups,
    of_platforms,
    of_status,
    of_strikes,
)
from demerit.claims.statistics import Statistic

STATISTICS: dict[str, Statistic] = {
    **of_strikes.STATISTICS,
    **of_chains.STATISTICS,
    **of_context.STATISTICS,
    **of_appeals.STATISTICS,
    **of_exempt.STATISTICS,
    **of_status.STATISTICS,
    **of_platforms.STATISTICS,
    **of_groups.STATISTICS,
}
"""The statistics; no two modules name the same key."""
