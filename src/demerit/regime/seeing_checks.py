"""Checks of detection: attention that nothing makes differ, and following without a place to follow to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, number, table

Data = Mapping[str, Any]
_OF_FOLLOWING = {"follow_prior": 1.0, "follow_corrected": 0.0}


def check_seeing(data: Data) -> list[Finding]:
    """Find keys of [detection] that do nothing in its mode."""
    detection = table(data, "detection")
    if detection is None:
        return []
    mode = detection.get("mode", "additive")
    idle = [
        key for key, usual in _OF_FOLLOWING.items() if mode != "follow" and _differs(detection, key, usual)
    ]
    if mode == "additive" and _differs(detection, "review_days", 30):
        idle.append("review_days")
    findings = [
        Finding(
            ("detection", key), f"does nothing in mode '{mode}'", warning=True, rule="attention-has-a-mode"
        )
        for key in idle
    ]
    if mode != "additive" and number(detection, "base_suspicion") == 0 and not detection.get("suspicion"):
        message = "nobody is looked at, so no budget can be shared out"
        place = ("detection", "base_suspicion")
        findings.append(Finding(place, message, "more than 0 (1)", rule="somebody-is-looked-at"))
    return findings


def _differs(detection: Data, key: str, usual: float) -> bool:
    value = detection.get(key)
    return value is True if isinstance(value, bool) else number(detection, key) not in (None, usual)
