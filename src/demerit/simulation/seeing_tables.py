"""Compile detection, exemptions and awareness of a regime."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.seeing import BANDS_LIMIT, FOLLOW_RATES, FOLLOW_RECORDS, NO_FOLLOWING
from demerit.catalogue.words import STRATA

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile

Q16, Q30, Q32 = 1 << 16, 1 << 30, 1 << 32


def compile_seeing(rules: np.void, regime: RegimeFile) -> None:
    """Fill in how acts are seen, after the conducts, and who knows of the score."""
    rules["suspicion"] = Q16
    rules["scrutiny"] = Q16
    rules["filed"] = Q32
    rules["review_days"] = 30
    _detection(rules, regime)
    _exemptions(rules, regime)
    rules["novelty"] = Q16
    awareness = regime.awareness
    if awareness is not None:
        rules["aware_share"] = round(float(awareness.share) * Q32)
        rules["novelty"] = round(float(awareness.novelty) * Q16)
        rules["novelty_half_life"] = round(float(awareness.novelty_half_life_days))


def escape(coverage: float) -> int:
    """Return -log2(1 - coverage) as Q30: how often a look halves the chance to go unseen.

    >>> escape(0.5) == Q30
    True
    """
    return round(-math.log2(1.0 - coverage) * Q30) if coverage < 1.0 else 32 * Q30


def _detection(rules: np.void, regime: RegimeFile) -> None:
    for kind, coverage in enumerate(rules["coverage"]):
        rules["escape"][kind] = escape(int(coverage) / Q32)
    detection = regime.detection
    if detection is None:
        return
    rules["recognition"] = round(float(detection.context_recognition) * Q32)
    rules["first_spared"] = round(float(detection.first_spared) * Q32)
    mismatch = float(detection.mismatch)
    rules["mismatch"][0] = round(mismatch * Q32)
    rules["mismatch"][1] = round(min(mismatch * float(detection.minority_mismatch), 1.0) * Q32)
    rules["scrutiny"][1] = round(float(detection.minority_scrutiny) * Q16)
    base = float(detection.base_suspicion)
    bands = sorted(regime.bands, key=lambda band: -float(band.from_))
    looks = [round(float(detection.suspicion.get(band.id, base)) * Q16) for band in bands]
    rules["suspicion"] = (looks or [round(base * Q16)]) + [0] * (BANDS_LIMIT - max(len(looks), 1))
    rules["suspects"] = int(len(set(looks)) > 1)
    rules["fixed_budget"] = int(detection.mode != "additive")
    rules["follow"] = NO_FOLLOWING
    if detection.mode == "follow":
        rules["follow"] = FOLLOW_RATES if detection.follow_corrected else FOLLOW_RECORDS
    rules["follow_prior"] = max(round(float(detection.follow_prior) * 256), 1)
    rules["review_days"] = round(float(detection.review_days))


def _exemptions(rules: np.void, regime: RegimeFile) -> None:
    exemptions = regime.exemptions
    if exemptions is None:
        return
    for stratum, chance in exemptions.filed.items():
        rules["filed"][STRATA.index(stratum)] = round(float(chance) * Q32)
    rules["exempts"] = int((rules["filed"] < Q32).any())
