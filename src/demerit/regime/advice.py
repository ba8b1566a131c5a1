"""What a regime may well mean, but should mean on purpose: the linter says it, loading does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from demerit.files.checking import Finding, items, number

Data = Mapping[str, Any]
LONG_DAYS: Final = 3650
"""Half-life or expiry from which on a record counts as one that never goes."""


def advise(data: Data) -> list[Finding]:
    """Find what is possible but rarely meant."""
    return _endless(data)


def _endless(data: Data) -> list[Finding]:
    """Find registers whose records neither fade nor expire within ten years."""
    findings = []
    for path, item in items(data, "register"):
        given = {key: number(item, key) for key in ("half_life_days", "expiry_days") if key in item}
        days = [value for value in given.values() if value is not None]
        if not given or (days and min(days) >= LONG_DAYS):
            key = next(iter(given), "")
            shown = f"{min(days):g} days" if days else "no half-life and no expiry"
            message = f"records practically never go: {shown}"
            place = (*path, key) if key else path
            expected = f"less than {LONG_DAYS} days"
            findings.append(Finding(place, message, expected, warning=True, rule="records-go"))
    return findings
