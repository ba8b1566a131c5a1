"""Compile a society to the numeric tables that kernels read: situations, learning, trust, daily life."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.people import PEOPLE_DTYPE
from demerit.catalogue.words import (
    AGENCY,
    CIRCLES,
    ELIGIBILITY,
    FAMILIES,
    FAMILY_OF_KIND,
    FAVOUR,
    FRIENDS,
    INSPECTION,
    KINDS,
    NEIGHBOUR,
    SERVICE,
    SERVICES,
    STRANGER,
    STRANGERS,
    STRESSORS,
)
from demerit.simulation.approval_tables import fill_approval
from demerit.simulation.collision_tables import fill_collisions
from demerit.simulation.complaint_tables import compile_reporting
from demerit.simulation.hukou_tables import fill_newcomers
from demerit.simulation.meet_bodies import FIRM, OFFICE, OPERATOR, SHOP
from demerit.simulation.power_tables import fill_power
from demerit.simulation.rescue_tables import fill_rescue
from demerit.simulation.scales import Q16, Q32, chance_q32, felt_harm_days
from demerit.simulation.screen_tables import fill_deals, fill_ostracism
from demerit.simulation.service_tables import compile_officials
from demerit.simulation.serving_tables import fill_serving
from demerit.simulation.staging_tables import compile_staged_accidents
from demerit.simulation.work_tables import fill_work

if TYPE_CHECKING:
    from demerit.society.situation_types import Situation
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0
_LN2 = math.log(2.0)


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
    fill_work(people, society)
    fill_approval(people, society)
    compile_reporting(people, society)
    compile_staged_accidents(people, society)
    fill_newcomers(people, society)
    fill_ostracism(people, society)
    fill_deals(people, society)
    compile_officials(people, society)
    _organisations(people, society)
    fill_rescue(people, society)
    fill_collisions(people, society)
    fill_power(people, society)
    fill_serving(people, society)
    return people


_CLASSES_OF = {"company": [FIRM, SHOP], "shop": [SHOP], "agency": [OFFICE], "service": [OPERATOR]}


def _organisations(people: np.void, society: SocietyFile) -> None:
    organisations = society.organisations
    people["staff"][AGENCY] = round(float(organisations.agency_staff))
    people["staff"][SERVICE] = round(float(organisations.service_staff))
    people["cuts_unpaid"] = chance_q32(float(organisations.cuts_unpaid))
    people["body_point_value"] = round(float(organisations.point_value_days) * Q16)
    # inspections come at a rate, and what comes after the horizon does not count
    often = people["body_rate"][FIRM, INSPECTION] / Q16
    people["inspected"] = round(Q16 * often / (often + _DAYS_A_YEAR / float(society.choice.horizon_days)))


def _situations(people: np.void, society: SocietyFile) -> None:
    base, kin = float(society.choice.harm_base), float(society.ties.kin)
    people["family"] = FAMILY_OF_KIND
    people["warmth"] = NEIGHBOUR
    people["warmth"][FAVOUR] = FRIENDS
    people["warmth"][STRANGER] = STRANGERS
    people["kin_ask"] = chance_q32(kin / (kin + float(society.ties.friends)))
    for situation in society.situations:
        kind = KINDS.index(situation.id)
        rate = round(float(situation.rate) * Q16)
        if situation.eligible in ELIGIBILITY:
            people["eligible"][kind] = 1 << ELIGIBILITY.index(situation.eligible)
            people["rate"][kind] = rate
        else:
            people["body_rate"][_CLASSES_OF[situation.eligible], kind] = rate
        people["necessity"][kind] = chance_q32(float(situation.necessity))
        people["inability"][kind] = chance_q32(float(situation.necessity) + float(situation.inability))
        people["felt_harm"][kind] = round(felt_harm_days(float(situation.harm), base) * Q16)
        people["need_weight"][kind] = round(float(situation.need_weight) * Q16)
        people["deed"][kind] = int(situation.act == "deed")
        if situation.act == "occasion":
            _lawful(people, society, situation, kind)
        people["due"][kind] = round(float(situation.due_days) * Q16)
        people["cure_days"][kind] = round(float(situation.cure_days))
        if situation.hide is not None:
            people["hide_harm"][kind] = round(felt_harm_days(float(situation.hide.harm), base) * Q16)
            people["hide_seen"][kind] = round(float(situation.hide.seen) * Q16)
    flags = np.arange(1 << len(ELIGIBILITY))
    for kind, family in enumerate(FAMILY_OF_KIND):
        met = flags & int(people["eligible"][kind]) != 0
        people["family_rate"][met, family] += np.uint32(people["rate"][kind])
    for family in range(len(FAMILIES) + 1):
        people["first_kind"][family] = sum(1 for of in FAMILY_OF_KIND if of < family)


def _lawful(people: np.void, society: SocietyFile, situation: Situation, kind: int) -> None:
    """Fill in a gain that no null probability decides, and its noise."""
    gain = float(situation.gain_days)
    people["gain"][kind] = round(gain * Q16)
    people["inverse_tau"][kind] = round(
        Q16 / (float(situation.noise_days) or float(society.choice.tau) * gain)
    )


def _learning(people: np.void, society: SocietyFile) -> None:
    learning = society.learning
    people["frame_loss"] = round(float(learning.phi) * Q16)
    people["frame_half_life"] = round(float(learning.frame_half_life_days))
    rho = float(learning.rho)
    people["norm_half_life"] = round(_LN2 / rho * _DAYS_A_YEAR) if rho > 0 else 0
    people["alpha"] = round(float(learning.alpha) * Q16)
    people["alpha_heard"] = round(float(learning.alpha_heard) * Q16)
    people["quiet_half_life"] = round(float(learning.quiet_half_life_years) * _DAYS_A_YEAR)
    people["perceived_limit"] = round(float(learning.ell_limit) * 4096)
    people["pension"] = round(float(society.life_course.pension) * 32768)
    people["hearers"] = round(float(learning.hearers))


def _trust(people: np.void, society: SocietyFile) -> None:
    trust = society.trust
    for circle, name in enumerate(CIRCLES):
        people["trust_start"][circle] = max(round(float(getattr(trust, name)) * 65535), 1)
    for circle, name in enumerate(CIRCLES):
        people["trust_down"][circle] = round(float(getattr(trust, f"step_{name}")) * Q32)
        people["trust_low"][circle] = round(float(getattr(trust, f"low_{name}")) * 65535)
    people["trust_half_life"] = round(float(trust.return_years) * _LN2 * _DAYS_A_YEAR)


def waiting_levels() -> list[int]:
    """Return an exponential of mean one at 256 equally likely levels (Q16), each the mean of its part.

    >>> sum(waiting_levels()) / 256 / 65536
    1.0
    """
    edges = [level / 256 for level in range(256)]
    # the integral of -ln(1 - u) up to u is u + (1 - u) ln(1 - u)
    parts = [edge + (1 - edge) * math.log1p(-edge) for edge in edges] + [1.0]
    found = [round(256 * Q16 * (high - low)) for low, high in itertools.pairwise(parts)]
    found[-1] += 256 * Q16 - sum(found)
    return found


def _daily_life(people: np.void, society: SocietyFile) -> None:
    for index, source in enumerate(STRESSORS):
        people["stress"][index] = round(float(getattr(society.stress, source)) * 256)
    people["stress_half_life"] = round(float(society.stress.half_life_days))
    for index, service in enumerate(SERVICES):
        rate = float(getattr(society.access, f"{service}_rate"))
        people["access_rate"][index] = chance_q32(min(1.0, rate * 7.0 / _DAYS_A_YEAR))
        people["access_cost"][index] = round(float(getattr(society.access, f"{service}_cost_days")) * Q16)
    people["expense_share"] = round(float(society.income.expense_share) * Q16)
    people["shock"] = round(float(society.shock.days) * Q16)
    people["wants"] = int(society.want.enabled)
    people["credit"] = round(float(society.want.credit_days) * Q16)
    people["waiting"] = waiting_levels()
    company = society.company
    people["scold_effort"] = round(float(company.scold_effort_days) * Q16)
    people["scold_value"] = round(float(company.point_value_days) * Q16)
    people["scold_inverse_tau"] = round(Q16 / float(company.tau))
