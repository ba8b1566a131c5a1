"""Compile a society to the numeric tables that kernels read: situations, learning, trust, daily life."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.rules import PEOPLE_DTYPE
from demerit.catalogue.words import (
    CIRCLES,
    ELIGIBILITY,
    FAMILIES,
    KINDS,
    SCOLDERS,
    SERVICES,
)
from demerit.simulation.regime_tables import FAMILY_OF_KIND
from demerit.simulation.scales import Q16, Q32, chance_q32

if TYPE_CHECKING:
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0
_LN2 = math.log(2.0)


def felt_harm_days(harm: float, base: float) -> float:
    """Return felt harm in days of income, base**harm - 1 (F1).

    >>> round(felt_harm_days(0.25, 2000), 1)
    5.7
    """
    return float(base**harm - 1.0)


def compile_society(society: SocietyFile) -> np.void:
    """Compile a society; gains and the steps of trust are filled in by calibration.

    Returns:
        One record of ``PEOPLE_DTYPE``.
    """
    people: np.void = np.zeros(1, PEOPLE_DTYPE)[0]
    _situations(people, society)
    _learning(people, society)
    _trust(people, society)
    _daily_life(people, society)
    return people


def _situations(people: np.void, society: SocietyFile) -> None:
    by_id = {situation.id: situation for situation in society.situations}
    for kind, name in enumerate(KINDS):
        people["family"][kind] = FAMILY_OF_KIND[kind]
        situation = by_id.get(name)
        if situation is None:
            continue
        people["eligible"][kind] = ELIGIBILITY.index(situation.eligible)
        people["rate"][kind] = round(float(situation.rate) * Q16)
        people["necessity"][kind] = chance_q32(float(situation.necessity))
        people["inability"][kind] = chance_q32(float(situation.necessity) + float(situation.inability))
        people["felt_harm"][kind] = round(
            felt_harm_days(float(situation.harm), float(society.choice.harm_base)) * Q16
        )
        people["need_weight"][kind] = round(float(situation.need_weight) * Q16)
        people["deed"][kind] = int(situation.act == "deed")
    for family in range(len(FAMILIES) + 1):
        people["first_kind"][family] = sum(1 for of in FAMILY_OF_KIND if of < family)
    for flags in range(16):
        for kind, family in enumerate(FAMILY_OF_KIND):
            if flags >> int(people["eligible"][kind]) & 1:
                people["family_rate"][flags, family] += people["rate"][kind]


def decisions_a_year(society: SocietyFile, family: int) -> float:
    """Return the expected decisions a year in a family, for those who meet the family at all."""
    shares = {"adult": 1.0} | {
        name: float(getattr(society.eligibility, name)) for name in ("driver", "borrower", "bill_payer")
    }
    met = [
        (float(situation.rate) * shares[situation.eligible], shares[situation.eligible])
        for situation in society.situations
        if FAMILIES.index(situation.family) == family and float(situation.rate) > 0
    ]
    return sum(rate for rate, _ in met) / max(share for _, share in met) if met else 1.0


def _learning(people: np.void, society: SocietyFile) -> None:
    learning = society.learning
    for family in range(len(FAMILIES)):
        loss = float(learning.kappa) / decisions_a_year(society, family)
        people["crowding"][family] = round(loss * 32768)
    people["frame_loss"] = round(float(learning.phi) * Q16)
    people["frame_half_life"] = round(float(learning.frame_half_life_days))
    rho = float(learning.rho)
    people["norm_half_life"] = round(_LN2 / rho * _DAYS_A_YEAR) if rho > 0 else 0
    people["alpha"] = round(float(learning.alpha) * Q16)
    people["alpha_heard"] = round(float(learning.alpha_heard) * Q16)
    people["quiet_half_life"] = round(float(learning.quiet_half_life_years) * _DAYS_A_YEAR)
    people["perceived_limit"] = round(float(learning.ell_limit) * 4096)
    people["hearers"] = round(float(learning.hearers))


def _trust(people: np.void, society: SocietyFile) -> None:
    trust = society.trust
    for circle, name in enumerate(CIRCLES):
        people["trust_start"][circle] = max(round(float(getattr(trust, name)) * 65535), 1)
    for circle, name in enumerate(CIRCLES):
        if name == "friends":
            continue
        people["trust_down"][circle] = round(float(getattr(trust, f"step_{name}")) * Q32)
        people["trust_low"][circle] = round(float(getattr(trust, f"low_{name}")) * 65535)
    people["trust_half_life"] = round(float(trust.return_years) * _LN2 * _DAYS_A_YEAR)


def _daily_life(people: np.void, society: SocietyFile) -> None:
    for index, scolder in enumerate(SCOLDERS):
        people["stress"][index] = round(float(getattr(society.stress, scolder)) * 256)
    people["stress_half_life"] = round(float(society.stress.half_life_days))
    for index, service in enumerate(SERVICES):
        rate = float(getattr(society.access, f"{service}_rate"))
        people["access_rate"][index] = chance_q32(min(1.0, rate * 7.0 / _DAYS_A_YEAR))
        people["access_cost"][index] = round(float(getattr(society.access, f"{service}_cost_days")) * Q16)
    people["device_share"] = chance_q32(float(society.access.device_share))
    people["expense_share"] = round(float(society.income.expense_share) * Q16)
    arrears = society.arrears
    people["shock"] = round(float(arrears.shock_days) * Q16)
    people["instalment"] = round(float(arrears.instalment_days) * Q16)
    people["cure_days"] = round(float(arrears.cure_days))
    company = society.company
    people["scold_effort"] = round(float(company.scold_effort_days) * Q16)
    people["scold_value"] = round(float(company.point_value_days) * Q16)
    people["scold_inverse_tau"] = round(Q16 / float(company.tau))
