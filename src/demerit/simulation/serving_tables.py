"""Compile what services choose: to refuse whom they must, and to fail people who may rate them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import FAILURE, RATED, SERVED
from demerit.simulation.scales import Q16, Q32, chance_q32
from demerit.simulation.work_tables import log_odds

if TYPE_CHECKING:
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0


def payroll_of_services(society: SocietyFile) -> float:
    """Return a day's payroll of a service, CNY."""
    income, town = society.income, float(society.demography.urban_share)
    mean = town * float(income.urban_mean) + (1.0 - town) * float(income.rural_mean)
    return mean / _DAYS_A_YEAR * float(society.organisations.service_staff)


def compile_serving(rules: np.void, society: SocietyFile) -> None:
    """Fill in how often services refuse whom they must, and what ratings cost one that fails.

    The points of conducts must be compiled before.
    """
    terms, value = society.organisations, float(society.organisations.point_value_days)
    obeys = float(terms.obeys)
    if rules["conduct"][SERVED] != 0 and 0.0 < obeys < 1.0:
        found = float(rules["coverage"][SERVED]) / Q32
        fine = float(rules["fine_fen"][SERVED]) / 100.0 / payroll_of_services(society)
        cost = found * (fine + abs(float(rules["body_points"][SERVED])) / 1000.0 * value)
        odds = math.log(obeys / (1.0 - obeys)) + cost / max(float(terms.obey_noise_days), 0.01)
        obeys = 1.0 / (1.0 + math.exp(-min(odds, 60.0)))
    rules["obeyed"] = chance_q32(obeys)
    if rules["conduct"][RATED] != 0:
        points = abs(float(rules["body_points"][RATED])) / 1000.0
        rules["rated_cost"] = round(float(terms.rates) * points * value * Q16)


def fill_serving(people: np.void, society: SocietyFile) -> None:
    """Fill in what refusing and rating depend on: the effort of rating is solved for the mean person."""
    terms, reporting, choice = society.organisations, society.reporting, society.choice
    people["obeys"] = chance_q32(float(terms.obeys))
    conscience = float(choice.conscience_a) / (float(choice.conscience_a) + float(choice.conscience_b))
    duty = float(reporting.duty) * conscience * float(people["felt_harm"][FAILURE]) / Q16
    odds = log_odds(float(terms.rates)) / Q16
    people["rate_effort"] = round((duty - odds * float(reporting.noise_days)) * Q16)
