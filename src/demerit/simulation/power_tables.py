"""Compile power: the null odds of superiors and subordinates, ranks before offices, labour courts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.complaining import SUBORDINATE
from demerit.catalogue.words import HARASSMENT, STRATA
from demerit.simulation.job_costs import job_costs
from demerit.simulation.scales import Q16, Q32, chance_q32
from demerit.simulation.work_tables import log_odds

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0


def compile_power(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    """Fill in how checks fade with rank, and what a labour court makes of a dismissal over a refusal."""
    complaints, court = regime.complaints, regime.labour_court
    deference = float(complaints.deference) if complaints is not None else 0.0
    rules["rank_checked"] = [chance_q32(math.exp(-deference * rank)) for rank in range(len(STRATA))]
    if court is None:
        return
    rules["labour_won"] = chance_q32(float(court.won))
    rules["labour_fen"] = round(float(court.award) * 100)
    rules["labour_days"] = round(float(court.days))
    rules["labour_sued"] = chance_q32(sued(regime, society))


def sued(regime: RegimeFile, society: SocietyFile) -> float:
    """Return the chance that somebody of mean income sues over such a dismissal."""
    court, terms, income = regime.labour_court, society.power, society.income
    if court is None or float(court.won) == 0.0:
        return 0.0
    town = float(society.demography.urban_share)
    mean = town * float(income.urban_mean) + (1.0 - town) * float(income.rural_mean)
    worth = float(court.won) * float(court.award) * _DAYS_A_YEAR / mean - float(terms.suit_days)
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, worth / float(terms.noise_days)))))


def fill_power(people: np.void, society: SocietyFile) -> None:
    """Fill in who is harassed, and the odds of what follows under ordinary law."""
    terms = society.power
    people["power"] = int(terms.enabled)
    people["arises"][HARASSMENT] = SUBORDINATE
    women = float(society.demography.women_share)
    met = women + (1.0 - women) * float(terms.men_meet)
    people["arises_share"][HARASSMENT] = round(met * Q16) if terms.enabled else 0
    people["men_meet"] = chance_q32(float(terms.men_meet))
    for odds in ("refuse", "dismiss_refuser", "order", "proxy"):
        people[f"{odds}_odds"] = log_odds(float(getattr(terms, odds)))
    people["power_inverse_tau"] = round(Q16 / float(terms.noise_days))
    people["spite"] = round(float(terms.spite_days) * Q16)
    people["suit_effort"] = round(float(terms.suit_days) * Q16)
    people["job_worth"] = round(job_costs(society).lost_days * Q16)
    people["theft_share"] = round(float(terms.theft_share) * Q32)
