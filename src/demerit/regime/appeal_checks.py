"""Checks of appeals and repair: a window that closes too early, and a course that nobody is offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, items, number, table, text

Data = Mapping[str, Any]


def check_appeals(data: Data) -> list[Finding]:
    """Find appeals that nobody can file in time, and repairs of what no sanction reads."""
    return [*_window(data), *_repairs(data)]


def _window(data: Data) -> list[Finding]:
    appeals = table(data, "appeals") or {}
    notice, window = number(appeals, "notice_days"), number(appeals, "window_days")
    if notice is None or window is None or window > notice:
        return []
    message = f"the window closes after {window:g} days, and the record is heard of after {notice:g}"
    place = ("appeals", "window_days")
    return [Finding(place, message, f"more than {notice:g} (days)", rule="window-outlasts-notice")]


def _repairs(data: Data) -> list[Finding]:
    read = {text(item, "reads") for _, item in items(data, "sanction")}
    return [
        Finding(
            (*path, "restores"),
            f"no sanction reads '{text(item, 'restores')}', so nobody is offered the course",
            warning=True,
            rule="repair-is-offered",
        )
        for path, item in items(data, "repair")
        if text(item, "restores") and text(item, "restores") not in read
    ]
