"""Compile what the rules say about helpers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demerit.simulation.scales import Q16, chance_q32

if TYPE_CHECKING:
    import numpy as np

    from demerit.regime.types import RegimeFile


def fill_liability(rules: np.void, regime: RegimeFile) -> None:
    """Fill when a helper is liable, and for how much; without a section nobody is."""
    rescue = regime.rescue
    if rescue is None:
        return
    rules["helper_liable"] = 0 if rescue.good_samaritan else round(float(rescue.presumption) * Q16)
    rules["evidence_clears"] = round(float(rescue.evidence_clears) * Q16)
    rules["cameras"] = chance_q32(float(rescue.cameras))
    rules["award_fen"] = round(float(rescue.award) * 100)
    rules["false_claim_found"] = round(float(rescue.found_out) * Q16)
    rules["false_claim_fen"] = round(float(rescue.false_claim_fine) * 100)
