"""Compile appeals and repair of a regime."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.appealing import GROUNDS, RIGHTLY
from demerit.catalogue.rules import READS_LIST
from demerit.catalogue.words import CITIZEN, SCORES, STRATA
from demerit.simulation.scales import Q16, chance_q32, thousandths

if TYPE_CHECKING:
    from demerit.regime.appeal_types import Appeals
    from demerit.regime.types import RegimeFile
    from demerit.simulation.layout import Layout


def compile_appeals(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill in who appeals, what an office makes of it, and how withdrawals travel."""
    rules["integrity_register"] = -1
    _repairs(rules, regime, layout)
    appeals = regime.appeals
    if appeals is None:
        return
    rules["appeals"] = 1
    for ground, name in enumerate(GROUNDS):
        rules["appeal_chance"][ground] = chance_q32(float(getattr(appeals, name)))
    rules["legal_aid"] = _q16(appeals.legal_aid)
    rules["capacity"] = thousandths(float(appeals.capacity))
    rules["service_days"] = thousandths(float(appeals.service_days))
    rules["prepared"] = chance_q32(1.0 / float(appeals.preparation_days))
    for days in ("notice_days", "window_days", "patience_days", "deadline_days"):
        rules[days] = round(float(getattr(appeals, days)))
    rules["evidence"] = chance_q32(float(appeals.evidence))
    rules["context_hearing"] = chance_q32(float(appeals.context_hearings))
    _reversal(rules, appeals)
    if appeals.organisations is not None:
        rules["bodies_appeal"] = 1
        rules["filing_cost"] = _q16(appeals.organisations.cost_days)
    integrity = appeals.integrity
    if integrity is not None and integrity.register_id in layout.registers:
        rules["integrity_register"] = layout.registers.index(integrity.register_id)
        rules["integrity_points"] = thousandths(float(integrity.points))
        weight = float(appeals.reversal.integrity) * float(integrity.points)
        rules["reversal_integrity"] = round(weight * Q16)


def _reversal(rules: np.void, appeals: Appeals) -> None:
    weights = appeals.reversal
    fair = float(weights.base) + float(weights.independence) * float(appeals.independence)
    if not appeals.watchdog:
        fair -= float(weights.incentive)
    rules["reversal"] = round(fair * Q16)
    rules["reversal"][RIGHTLY] = _q16(weights.rightful)
    rules["reversal_evidence"] = _q16(weights.evidence)
    for stratum, status in appeals.status.items():
        rules["reversal_status"][STRATA.index(stratum)] = round(float(weights.status) * float(status) * Q16)


def _repairs(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    for repair in regime.repairs:
        if repair.restores in layout.scores[CITIZEN]:
            system = layout.scores[CITIZEN].index(repair.restores)
        elif repair.restores in layout.slots[CITIZEN]:
            system = SCORES + layout.slots[CITIZEN].index(repair.restores)
        elif repair.restores in layout.numbers.lists_of("citizen"):
            system = READS_LIST + layout.numbers.lists_of("citizen").index(repair.restores)
        else:
            continue
        rules["repairs"] = 1
        rules["repair"][system] = layout.numbers.repairs.index(repair.id) + 1
        rules["repair_waiting"][system] = round(float(repair.waiting_days))
        rules["repair_course"][system] = round(float(repair.course_days))
        rules["repair_cost"][system] = _q16(repair.cost_days)
        rules["repair_share"][system] = _q16(repair.share)


def _q16(number: object) -> int:
    return round(float(number) * Q16)  # type: ignore[arg-type]
