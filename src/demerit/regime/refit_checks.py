"""Checks of a regime that refits itself: whether its parameter is a number that may move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.address import Refusal, find
from demerit.files.checking import Finding, table, text
from demerit.files.evidence import is_finite_number
from demerit.files.merging import is_number_table

Data = Mapping[str, Any]


def check_refit(data: Data) -> list[Finding]:
    """Check that the parameter of a refit is a number with a range, and that a quota names its share."""
    refit = table(data, "refit")
    if refit is None or not text(refit, "parameter"):
        return []
    if (refit.get("target") == "edge_of_the_best") != ("share" in refit):
        message = "a share belongs to the target edge_of_the_best, and to no other"
        return [Finding(("refit", "target"), message, "share = 0.2", rule="refit-names-its-share")]
    path, name = ("refit", "parameter"), text(refit, "parameter")
    try:
        present = find(dict(data), name, tuple(data)).present()
    except Refusal as refusal:
        message = refusal.message
        return [Finding(path, message, refusal.expected, refusal.near, rule="refit-has-a-range")]
    if is_number_table(present) and present.get("range") is not None:
        return []
    kind = "has no range" if is_number_table(present) or is_finite_number(present) else "is not a number"
    expected = "a number with a range, which the refit never leaves"
    return [Finding(path, f"'{name}' {kind}", expected, rule="refit-has-a-range")]
