"""Compile public displays: who is shown, and what a display is expected to cost whoever is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.showing import SHOWN_FOR
from demerit.catalogue.words import KINDS
from demerit.simulation.job_costs import job_costs
from demerit.simulation.scales import Q16

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile

_MONTH = 30.0


def fill_screens(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    """Fill in who is shown and what it costs, after the bands."""
    screens = regime.screens
    if screens is None or not screens.enabled:
        return
    for reason, name in enumerate(SHOWN_FOR):
        rules["shows"] |= int(name in screens.shows) << reason
    term = float(screens.term_days)
    rules["screen_term"] = round(term)
    rules["screen_address"] = int("home-address" in screens.fields)
    rules["screen_photo"] = int("photo" in screens.fields)
    rules["screen_allegation"] = int("allegation" in screens.fields)
    rules["screen_city"] = int(screens.place == "city")
    edges = sorted(float(band.from_) for band in regime.bands)
    rules["screen_below"] = round(edges[1]) if len(edges) > 1 else 0
    for conduct in regime.conducts:
        rules["screen_publishes"][KINDS.index(conduct.answers)] = int(conduct.publishes)
    chance = dismissal(society, term) if rules["screen_city"] else 0.0
    rules["shown_worth"] = round(worth_of_display(society, chance) * Q16) if chance > 0 else 0
    harassed = float(society.ostracism.harassment) * term * int(rules["screen_address"])
    rules["display_cost"][0] = round(harassed * Q16)
    rules["display_cost"][1] = round((harassed + chance * job_costs(society).lost_days) * Q16)


def dismissal(society: SocietyFile, term: float) -> float:
    """Return the chance that an employee is dismissed over a display of so many days."""
    return 1.0 - math.exp(-float(society.ostracism.dismissed) * term / _MONTH)


def worth_of_display(society: SocietyFile, chance: float) -> float:
    """Return what keeping an employee on display costs a company, in days, so that it dismisses so often.

    It enters the same choice as points that a record takes from the company; never less than nothing.
    """
    company = society.company
    null = float(company.dismiss_null)
    odds = math.log(chance / (1.0 - chance)) - math.log(null / (1.0 - null))
    return max(odds * float(company.dismiss_tau), 0.0)


def fill_ostracism(people: np.void, society: SocietyFile) -> None:
    """Fill in what others do to people on display."""
    people["harassment"] = round(float(society.ostracism.harassment) * Q16)
