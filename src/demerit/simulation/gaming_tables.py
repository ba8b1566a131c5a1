"""Compile what can be gamed: points without the deed, plates and moves, their prices and risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import GAMING, PLATE
from demerit.simulation.scales import Q16, chance_q32, felt_harm_days

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.simulation.layout import Layout
    from demerit.society.types import SocietyFile


def fill_gaming(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill in how often bought points come out, what a covered plate hides, and what moving away escapes."""
    if regime.gaming is None:
        return
    if rules["conduct"][GAMING] != 0:
        rules["gaming_found"] = chance_q32(float(regime.gaming.found))
        rules["gaming_days"] = round(float(regime.gaming.days))
    plates, moves = regime.gaming.plates, regime.gaming.moves
    if plates is not None:
        rules["plate_term"] = round(float(plates.term_days))
        rules["plate_hides"] = chance_q32(float(plates.hides))
        rules["plate_found"] = chance_q32(float(plates.found))
    if moves is not None:
        rules["move_takes"] = round(float(moves.takes_days))
        rules["move_found"] = chance_q32(float(moves.found))
        rules["move_follows"] = round(float(moves.follows_days))
        local = {one.id for one in regime.authorities if one.level == "city"}
        for register in regime.registers:
            rules["escapable"][layout.registers.index(register.id)] = int(register.authority in local)


def price_gaming(people: np.void, society: SocietyFile) -> None:
    """Fill in prices, which follow from the mean income, and the felt harm."""
    terms = society.gaming
    people["games"] = int(terms.enabled)
    for name, days in (
        ("licence_point_fen", terms.licence_point_days),
        ("staged_point_fen", terms.staged_point_days),
        ("course_fen", terms.course_days),
        ("cover_plate_fen", terms.plate_days),
    ):
        people[name] = round(float(days) * int(people["mean_income"]))
    harm = felt_harm_days(float(terms.harm), float(society.choice.harm_base))
    people["felt_harm"][GAMING] = people["felt_harm"][PLATE] = round(harm * Q16)
    people["move_cost"] = round(float(terms.move_days) * Q16)
