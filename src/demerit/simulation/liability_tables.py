"""Compile what the rules say about helpers, and about drivers after a collision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demerit.catalogue.colliding import FATAL, SERIOUS
from demerit.simulation.scales import Q16, chance_q32

if TYPE_CHECKING:
    import numpy as np

    from demerit.regime.liability_types import Liability
    from demerit.regime.rescue_types import Rescue
    from demerit.regime.types import RegimeFile


def fill_liability(rules: np.void, regime: RegimeFile) -> None:
    """Fill who is liable, and for how much; without a section nobody is."""
    if regime.rescue is not None:
        _helpers(rules, regime.rescue)
    if regime.liability is not None:
        _drivers(rules, regime.liability)


def _drivers(rules: np.void, liability: Liability) -> None:
    """Fill what drivers owe: with equal liability the gravest outcome counts for all that are grave."""
    owed = [float(liability.minor), float(liability.disability), float(liability.death)]
    if liability.equal_liability:
        owed[SERIOUS] = owed[FATAL] = max(owed[SERIOUS], owed[FATAL])
    rules["liability"] = 1
    rules["damages_fen"] = [round(one * 100) for one in owed]
    shares = (liability.blameless_share, liability.fault_share)
    rules["fault_share"] = [round(float(share) * Q16) for share in shares]
    rules["compulsory_fen"] = round(float(liability.compulsory) * 100)
    found = (liability.found, liability.found, liability.found_fatal)
    rules["flight_found"] = [round(float(chance) * Q16) for chance in found]
    rules["flight_sentence"] = round(float(liability.flight_sentence_days) * Q16)
    rules["intent_proved"] = round(float(liability.intent_proved) * Q16)
    rules["intent_sentence"] = round(float(liability.intent_sentence_days) * Q16)
    rules["settlement"] = round(float(liability.settlement) * Q16)
    rules["publicity"] = round(float(liability.publicity_days) * Q16)


def _helpers(rules: np.void, rescue: Rescue) -> None:
    """Fill when a helper is liable."""
    rules["helper_liable"] = 0 if rescue.good_samaritan else round(float(rescue.presumption) * Q16)
    rules["evidence_clears"] = round(float(rescue.evidence_clears) * Q16)
    rules["cameras"] = chance_q32(float(rescue.cameras))
    rules["award_fen"] = round(float(rescue.award) * 100)
    rules["false_claim_found"] = round(float(rescue.found_out) * Q16)
    rules["false_claim_fen"] = round(float(rescue.false_claim_fine) * 100)
