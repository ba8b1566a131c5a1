"""Checks of detection: attention that nothing makes differ, and following without a place to follow to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, number, table

Data = Mapping[str, Any]


def check_seeing(data: Data) -> list[Finding]:
    """Find keys of [detection] that do nothing in its mode."""
    detection = table(data, "detection")
    if detection is None:
        return []
    mode = detection.get("mode", "additive")
    findings = []
    if mode != "follow":
        findings += [
            Finding(("detection", key), f"does nothing in mode '{mode}'", 'mode = "follow"', warning=True)
            for key in ("follow_prior", "follow_corrected")
            if key in detection
        ]
    if mode == "additive" and "review_days" in detection:
        message = "does nothing in mode 'additive': attention is not shared out"
        findings.append(Finding(("detection", "review_days"), message, warning=True))
    base = number(detection, "base_suspicion")
    if mode != "additive" and base == 0 and not detection.get("suspicion"):
        message = "nobody is looked at, so no budget can be shared out"
        findings.append(Finding(("detection", "base_suspicion"), message, "more than 0 (1)"))
    return findings
