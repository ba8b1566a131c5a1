"""What a regime may well mean, but should mean on purpose: the linter says it, loading does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from demerit.files.checking import Finding, ids, items, number, table, text

Data = Mapping[str, Any]
LONG_DAYS: Final = 3650
"""Half-life or expiry from which on a record counts as one that never goes."""


def advise(data: Data) -> list[Finding]:
    """Find what is possible but rarely meant."""
    return [*_endless(data), *_without_end(data), *_blocked(data)]


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


def _without_end(data: Data) -> list[Finding]:
    """Find sanctions that nothing can end: no fading, no term, no deed and no repair."""
    lasting = {name for name in ids(data, "register") if not _fades(_item(data, "register", name))}
    raised = {
        name
        for _, item in items(data, "conduct")
        for name, points in (table(item, "points") or {}).items()
        if (number({"points": points}, "points") or 0) > 0
    }
    restored = {text(item, "restores") for _, item in items(data, "repair")}
    endless = {
        text(item, "id")
        for _, item in items(data, "list")
        if not any(key in item for key in ("term_days", "reads")) and item.get("performance") is not True
    }
    findings = []
    for path, item in items(data, "sanction"):
        reads = text(item, "reads")
        if reads in (lasting - raised - restored) | endless:
            message = f"hangs on '{reads}', and nothing ends it"
            expected = "a half-life, an expiry, a term, a deed or a repair"
            place = (*path, "reads")
            findings.append(Finding(place, message, expected, warning=True, rule="sanction-can-end"))
    return findings


def _blocked(data: Data) -> list[Finding]:
    """Find sanctions that take what their own release needs: the means to pay what is owed."""
    paid_off = {
        text(item, "id")
        for _, item in items(data, "list")
        if item.get("performance") is True and "term_days" not in item
    }
    findings = []
    for path, item in items(data, "sanction"):
        takes = [
            words
            for words, taken in (
                ("the job", (number(item, "job_loss") or 0) > 0),
                ("half the pay", (number(item, "wage_loss") or 0) >= 0.5),
            )
            if taken
        ]
        if text(item, "reads") in paid_off and takes:
            message = f"takes {' and '.join(takes)}, with which alone what is owed could be paid"
            expected = "a term of the list, or another sanction"
            findings.append(Finding(path, message, expected, warning=True, rule="release-is-open"))
    return findings


def _fades(item: Data) -> bool:
    return any(number(item, key) is not None for key in ("half_life_days", "expiry_days"))


def _item(data: Data, section: str, name: str) -> Data:
    return next((item for _, item in items(data, section) if text(item, "id") == name), {})
