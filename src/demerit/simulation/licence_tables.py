"""Compile the driving licence, fines and the window of violations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.rules import LICENCE_TABLE
from demerit.catalogue.words import KINDS
from demerit.simulation.scales import Q16, chance_q32, geometric_delays

if TYPE_CHECKING:
    from demerit.regime.licence_types import Licence
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile


def fill_licence(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    """Fill the licence with what people expect of its points, late fines, and what counts as a violation."""
    rules["licence_cycle"] = 365
    if regime.licence is not None:
        _licence(rules, regime.licence)
        _expectation(rules, regime, regime.licence, society)
    if regime.fines is not None:
        rules["fine_late"] = chance_q32(float(regime.fines.late))
        rules["fine_term"] = round(float(regime.fines.term_days))
        rules["fine_delay"] = geometric_delays(float(regime.fines.delay_days))
    if regime.violations is not None:
        rules["violation_days"] = round(float(regime.violations.window_days))
        for conduct in regime.conducts:
            rules["violation"][KINDS.index(conduct.answers)] = int(conduct.violation)


def _licence(rules: np.void, licence: Licence) -> None:
    rules["licence_limit"] = round(float(licence.limit))
    rules["licence_cycle"] = round(float(licence.cycle_days))
    rules["study_days"] = round(float(licence.study_days))
    rules["study_most"] = round(float(licence.study_most_days))
    rules["study_cost"] = round(float(licence.study_cost_days) * Q16)
    rules["licence_expiry"] = 0 if licence.expiry_days is None else round(float(licence.expiry_days))
    rules["hardship"] = chance_q32(float(licence.hardship))
    rules["carries_over"] = int(licence.carries_over)
    if licence.course is not None:
        rules["course"] = chance_q32(float(licence.course.share))
        rules["course_points"] = round(float(licence.course.points))
        rules["course_most"] = round(float(licence.course.most))
        rules["course_days"] = round(float(licence.course.days))
        rules["course_cost"] = round(float(licence.course.cost_days) * Q16)


def _expectation(rules: np.void, regime: RegimeFile, licence: Licence, society: SocietyFile) -> None:
    """Fill what standing at so many points is expected to cost: the study, where the limit may be reached."""
    limit = round(float(licence.limit))
    typical = [float(rule.licence_points) for rule in regime.conducts if float(rule.licence_points) > 0]
    width = round(float(society.choice.blur) * float(np.median(typical))) if typical else 0
    for points in range(LICENCE_TABLE):
        near = [limit <= points + shift for shift in range(-width, width + 1)]
        reached = sum(near) / len(near)
        rules["licence_loss"][points] = round(reached * float(licence.study_cost_days) * Q16)
