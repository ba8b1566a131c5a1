"""Compile staged accidents: what offices make of them, and what such an accident is expected to bring."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import ROAD_CLAIM, STAGING
from demerit.institutions.claims import award_chance, record_chance
from demerit.mechanisms.anticipation import change_of_burden
from demerit.simulation.scales import Q16, Q32, chance_q32

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0


def compile_staging(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    """Fill in who loses without proof, what a recording is worth, and what staging brings on average."""
    staging = regime.staging
    if staging is None or not staging.enabled:
        rules["coverage"][STAGING] = 0
        rules["watched"][STAGING] = 0
        return
    rules["staging"] = 1
    rules["proof_burden"] = chance_q32(float(staging.burden))
    rules["clears"] = chance_q32(float(staging.clears))
    rules["sticks"] = chance_q32(float(staging.sticks))
    rules["claim_days"] = round(float(staging.handling_days))
    rules["claim_award_fen"] = round(float(staging.award) * 100)
    rules["stager_found"] = chance_q32(float(staging.found))
    prosecuted = float(staging.prosecuted) * float(rules["coverage"][STAGING]) / Q32
    rules["stager_prosecuted"] = chance_q32(prosecuted)
    filmed = float(society.belongings.dash_cam) * float(staging.clears)
    rules["coverage"][STAGING] = chance_q32(filmed * float(staging.found) * prosecuted)
    rules["watched"][STAGING] = rules["coverage"][STAGING]
    rules["staging_take"] = round(expected_take(rules, society) * Q16)


def expected_take(rules: np.void, society: SocietyFile) -> float:
    """Return what a staged accident brings on average, days of mean income.

    The driver is one of mean income with a clean record, who has a camera with the share of the society.
    """
    terms, income = society.staging, society.income
    town = float(society.demography.urban_share)
    mean = town * float(income.urban_mean) + (1.0 - town) * float(income.rural_mean)
    noise, day = float(society.reporting.noise_days), mean / _DAYS_A_YEAR
    demand, award = float(terms.demand) / day, float(rules["claim_award_fen"]) / 100.0 / day
    total, filmed = 0.0, float(society.belongings.dash_cam)
    for camera, share in ((0, 1.0 - filmed), (1, filmed)):
        awarded, recorded = award_chance(rules, camera) / Q16, record_chance(rules, camera) / Q16
        cost = recorded * _worth_of_record(rules, day) + awarded * award + float(terms.hassle_days)
        pays = _logistic((cost - demand) / noise)
        follows = _logistic((awarded * award - float(terms.follow_days)) / noise)
        total += share * (pays * demand + (1.0 - pays) * follows * awarded * award)
    return total


def _worth_of_record(rules: np.void, day: float) -> float:
    """Return f + L of the record of a claim for somebody with a clean one, a wage and mean income, days."""
    if rules["conduct"][ROAD_CLAIM] == 0:
        return 0.0
    worth = 0
    for place in range(int(rules["felt"][ROAD_CLAIM])):
        system, points = rules["felt_system"][ROAD_CLAIM, place], rules["felt_points"][ROAD_CLAIM, place]
        worth += change_of_burden(rules, 1, int(system), 0, int(points))
    known = float(rules["aware_share"]) / Q32
    return worth / Q16 * known + float(rules["fine_fen"][ROAD_CLAIM]) / 100.0 / day


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))


def compile_staged_accidents(people: np.void, society: SocietyFile) -> None:
    """Fill in what fake victims ask for, and when drivers buy cameras."""
    terms = society.staging
    people["demand_fen"] = round(float(terms.demand) * 100)
    people["camera_fen"] = round(float(terms.camera) * 100)
    people["hassle"] = round(float(terms.hassle_days) * Q16)
    people["follow_effort"] = round(float(terms.follow_days) * Q16)
    people["camera_years"] = round(float(terms.camera_years) * Q16)
    people["fear_own"] = round(float(terms.fear_own) * Q16)
    people["fear_heard"] = round(float(terms.fear_heard) * Q16)
