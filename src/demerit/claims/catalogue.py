"""All statistics of the claims by key."""

from __future__ import annotations

from demerit.claims import (
    of_accidents,
    of_appeals,
    of_bread,
    of_chains,
    of_context,
    of_deeds,
    of_devices,
    of_exempt,
    of_groups,
    of_harm,
    of_officials,
    of_platforms,
    of_power,
    of_reports,
    of_status,
    of_strikes,
    of_trust,
)
from demerit.claims.statistics import Statistic

STATISTICS: dict[str, Statistic] = {
    **of_strikes.STATISTICS,
    **of_deeds.STATISTICS,
    **of_accidents.STATISTICS,
    **of_reports.STATISTICS,
    **of_trust.STATISTICS,
    **of_power.STATISTICS,
    **of_bread.STATISTICS,
    **of_officials.STATISTICS,
    **of_harm.STATISTICS,
    **of_devices.STATISTICS,
    **of_chains.STATISTICS,
    **of_context.STATISTICS,
    **of_appeals.STATISTICS,
    **of_exempt.STATISTICS,
    **of_status.STATISTICS,
    **of_platforms.STATISTICS,
    **of_groups.STATISTICS,
}
"""The statistics; no two modules name the same key."""
