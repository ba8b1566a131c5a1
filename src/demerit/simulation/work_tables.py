"""Compile the sections of a society file about work, debts and the cost of administration."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.counters import TASKS

if TYPE_CHECKING:
    from demerit.society.types import SocietyFile

_Q15, _Q16, _Q32 = 1 << 15, 1 << 16, 1 << 32
_DAYS_A_YEAR = 365.0
_DAYS_A_MONTH = _DAYS_A_YEAR / 12


def log_odds(probability: float) -> int:
    """Return the logarithm of the odds, Q16, held within what the logistic function tells apart.

    >>> log_odds(0.5), log_odds(0.2)
    (0, -90852)
    """
    if probability <= 0.0 or probability >= 1.0:
        return (-16 if probability <= 0.0 else 16) * _Q16
    return round(_Q16 * max(-16.0, min(16.0, math.log(probability / (1.0 - probability)))))


def half_life_days(chance_of_a_year: float) -> int:
    """Return the days after which half are through, for a chance of a year; 0 if nobody ever is.

    >>> half_life_days(0.5), half_life_days(0.0)
    (365, 0)
    """
    if chance_of_a_year <= 0.0:
        return 0
    if chance_of_a_year >= 1.0:
        return 1
    return max(round(_DAYS_A_YEAR * math.log(2.0) / -math.log1p(-chance_of_a_year)), 1)


def fill_work(people: np.void, society: SocietyFile) -> None:
    """Fill the tables of jobs, debts and administration of a compiled society."""
    labour, company, debts = society.labour, society.company, society.debts
    applications = float(labour.applications)
    people["apply_days"] = round(_DAYS_A_YEAR / applications) if applications > 0 else 36500
    hired = float(labour.hired)
    people["hire_odds"] = log_odds(hired)
    people["look_odds"] = log_odds(hired * float(labour.seen_factor)) - log_odds(hired)
    people["look_wage"] = round(float(labour.seen_wage) * _Q15)
    people["scar"] = round(float(labour.scar) * _Q15)
    people["idle_income"] = round(float(labour.support) * _Q15)
    spent = float(society.income.expense_share) * (1.0 - float(labour.thrift))
    people["idle_expense"] = round(spent * _Q15)
    people["income_floor"] = round(float(society.income.floor) * 100)
    people["job_half_life"][0] = half_life_days(float(labour.licence_other))
    people["job_half_life"][1] = half_life_days(float(labour.licence_trade))
    # stress z fades with its half-life h, so it brings the hazard q z h / ln 2 in all
    fading = float(society.stress.half_life_days) / math.log(2.0)
    whole = float(labour.quitting) / _DAYS_A_MONTH * fading
    people["strain_half"] = round(256 * math.log(2.0) / whole) if whole > 0 else 0
    people["strain_days"] = max(round(fading), 1)
    people["dismiss_odds"] = log_odds(float(company.dismiss_null))
    people["dismiss_inverse_tau"] = round(_Q16 / float(company.dismiss_tau))
    people["interest"] = round(float(debts.interest) / _DAYS_A_YEAR * _Q32)
    people["attachable"] = round(float(debts.attachable_years) * _DAYS_A_YEAR)
    for place, (task, _) in enumerate(TASKS):
        people["task_fen"][place] = round(float(getattr(society.administration, task)) * 100)
