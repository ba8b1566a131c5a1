"""Compile what points cost without the deed, and how they come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import GAMING
from demerit.simulation.scales import Q16, chance_q32, felt_harm_days

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile


def fill_gaming(rules: np.void, regime: RegimeFile) -> None:
    """Fill in how often, and after how many days, bought points are found out."""
    if regime.gaming is not None and rules["conduct"][GAMING] != 0:
        rules["gaming_found"] = chance_q32(float(regime.gaming.found))
        rules["gaming_days"] = round(float(regime.gaming.days))


def price_gaming(people: np.void, society: SocietyFile) -> None:
    """Fill in prices, which follow from the mean income, and the felt harm."""
    terms = society.gaming
    people["games"] = int(terms.enabled)
    for name, days in (
        ("licence_point_fen", terms.licence_point_days),
        ("staged_point_fen", terms.staged_point_days),
        ("course_fen", terms.course_days),
    ):
        people[name] = round(float(days) * int(people["mean_income"]))
    harm = felt_harm_days(float(terms.harm), float(society.choice.harm_base))
    people["felt_harm"][GAMING] = round(harm * Q16)
