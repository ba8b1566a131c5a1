"""Checks of public displays: everybody who is to be shown can be, and can be told from others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, ids, items, table, text

Data = Mapping[str, Any]


def check_screens(data: Data) -> list[Finding]:
    """Find displays that tell nobody who is meant, and reasons for a display that nothing brings about."""
    screens = table(data, "screens")
    if screens is None or screens.get("enabled") is not True:
        return []
    findings = []
    shown, fields = _words(screens, "shows"), _words(screens, "fields")
    if fields and not {"name", "photo"} & fields:
        message = "a display with neither name nor photo shows nobody"
        findings.append(Finding(("screens", "fields"), message, "name, photo, or both", rule="screens-show"))
    of = {text(item, "of") or "citizen" for _, item in items(data, "list")}
    published = any(item.get("publishes") is True for _, item in items(data, "conduct"))
    for reason, met, need in (
        ("listed", "citizen" in of, "a list of citizens"),
        ("lowest-band", "score" in data and len(ids(data, "band")) > 1, "a score with two bands or more"),
        ("published-record", published, "a conduct that publishes"),
    ):
        if reason in shown and not met:
            message = f"nobody is ever shown as '{reason}': there is no such thing"
            findings.append(
                Finding(("screens", "shows"), message, need, warning=True, rule="screens-have-a-cause")
            )
    return findings


def _words(screens: Data, key: str) -> set[str]:
    value = screens.get(key)
    return {one for one in value if isinstance(one, str)} if isinstance(value, list) else set()
