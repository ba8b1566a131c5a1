"""Compile approval, and solve where quiet time leads it, so that ordinary law is calm."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import ASSAULT, CROSSWALK, FRAUD, NUISANCE, PETTY, POLICE, RESIDENCE, ROAD
from demerit.simulation.scales import Q16, Q32

if TYPE_CHECKING:
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0
_LN2 = math.log(2.0)
_MONTH = 30.0
_ONE = 65535
_SUFFERED = (CROSSWALK, PETTY, FRAUD, ASSAULT, NUISANCE)
"""Offences that a stranger or neighbour meets."""


def fill_approval(people: np.void, society: SocietyFile) -> None:
    """Fill in what moves approval; where it is switched off nothing does."""
    terms = society.approval
    on = float(terms.enabled)
    back = float(terms.return_years) * _DAYS_A_YEAR
    habit = float(terms.habituation_years) * _DAYS_A_YEAR
    people["approval_start"] = people["approval_rest"] = round(float(terms.start) * _ONE)
    people["approval_half_life"], people["habit_half_life"] = round(back), round(habit)
    people["habit_step"] = round(-math.expm1(-_LN2 * _MONTH / habit) * Q32) if habit > 0 else 0
    people["felt_span"] = round(256 * felt_span(round(back), round(habit)))
    people["harm_weight"] = round(on * float(terms.harm) * _ONE * Q16)
    people["approval_benefit"] = round(on * float(terms.benefit) * _ONE)
    people["approval_reward"] = round(on * float(terms.benefit) * _ONE * back / _LN2)
    people["approval_wronged"] = round(on * float(terms.wronged) * _ONE)
    people["approval_witnessed"] = round(on * float(terms.witnessed) * _ONE)
    months = float(society.stress.half_life_days) / _LN2 / _MONTH
    people["approval_strain"] = round(on * float(terms.strain) * _ONE * months)
    people["hidden"] = round(float(terms.hidden) * Q16)


def felt_span(back: float, habit: float) -> float:
    """Return the days by which the difference of two decays is to be multiplied for its integral; 0 if alike.

    >>> round(felt_span(730, 365))
    1053
    """
    if habit == back:
        return 0.0
    return abs(back / _LN2 if habit <= 0 else back * habit / (habit - back) / _LN2)


def solve_approval(
    people: np.void,
    law: np.void,
    rates: np.ndarray[Any, Any],
    acting: np.ndarray[Any, Any],
    wrongful: float,
    society: SocietyFile,
) -> None:
    """Solve where quiet time leads approval, so that what ordinary law does to it keeps it at its start.

    Args:
        people: compiled society (changed).
        law: the compiled null regime.
        rates: situations a year per adult, by kind.
        acting: mean chance of acting, by kind.
        wrongful: wrongful records a year per adult.
        society: typed society.
    """
    terms = society.approval
    if not terms.enabled:
        return
    done = rates * acting * (people["deed"] == 0)
    recorded = done * law["watched"] / Q32 * (law["conduct"] > 0)
    heard, unjust = float(recorded.sum()), wrongful
    refused = float(rates[RESIDENCE]) * (1.0 - float(law["hukou_converts"]) / Q32) * float(law["hukou"])
    fines = refused * float(people["residence_cost"]) / Q16
    fines += float(np.sum(recorded * law["fine_fen"])) / max(float(people["mean_income"]), 1.0)
    suffered = float(done[list(_SUFFERED)].sum())
    moved = float(terms.benefit) * ((heard - unjust) * float(people["hearers"]) - suffered)
    moved -= float(terms.witnessed) * unjust * float(people["hearers"])
    scolded = float(recorded[people["family"] == ROAD].sum()) * float(law["scolds"][POLICE] > 0)
    moved -= scolded * float(people["stress"][POLICE]) / 256 * float(people["approval_strain"]) / _ONE
    moved -= float(terms.wronged) * unjust + float(terms.harm) * fines
    rest = float(terms.start) - moved * float(terms.return_years) / _LN2
    people["approval_rest"] = round(rest * _ONE)
