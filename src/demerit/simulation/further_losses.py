"""What a record is expected to cost beyond the scores it moves: lists, the household, the employer (F6).

All of it is read off the regime's own rules, for somebody whose account is clean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.rules import READS_LIST, WORKING_CLASSES
from demerit.catalogue.showing import SHOWN_LISTED, SHOWN_PUBLISHED
from demerit.catalogue.words import (
    CITIZEN,
    COMPANY,
    DRIVEN_VEHICLE,
    EMPLOYER,
    EMPLOYING_COMPANY,
    HOUSEHOLD,
    KINDS,
    OWNING_COMPANY,
    VEHICLE,
)
from demerit.simulation.burden import service_costs
from demerit.simulation.conduct_tables import entered, fed_by, moved_by
from demerit.simulation.job_costs import JobCosts, job_costs
from demerit.society.homes import mean_other_adults

if TYPE_CHECKING:
    from demerit.society.economy_types import Company
    from demerit.society.types import SocietyFile

_Q16, _Q24 = 1 << 16, 1 << 24
DRIVES = 2
"""The working class of those who drive their employer's vehicle."""


def fill_further_losses(rules: np.void, society: SocietyFile) -> None:
    """Fill the expected further losses of compiled rules whose burdens and chains are filled.

    Args:
        rules: compiled rules (changed).
        society: typed society.
    """
    services, jobs = service_costs(rules, society), job_costs(society)
    horizon, demography = float(society.choice.horizon_days), society.demography
    others = mean_other_adults(demography.household_size.values, float(demography.child_share))
    felt = float(society.choice.household_weight) * others
    for kind in range(len(KINDS)):
        for work in range(WORKING_CLASSES):
            employed = min(work, 1)
            days = list_loss(rules, kind, employed, horizon, services, jobs)
            days += felt * household_loss(rules, kind, employed)
            days += display_loss(rules, kind, employed)
            if employed and rules["scolds"][EMPLOYER]:
                chance = dismissal_chance(society.company, reaching_employer(rules, kind, work == DRIVES))
                days += chance * jobs.lost_days
            rules["further_loss"][work, kind] = round(days * _Q16)
    rules["further_by_law"] = rules["further_loss"]


def list_loss(
    rules: np.void, kind: int, employed: int, horizon: float, services: list[float], jobs: JobCosts
) -> float:
    """Return P(listed) D B over the lists that a record of a kind leads to, days of income."""
    return sum(
        float(rules["listing"][kind, slot])
        / 2.0**32
        * listed_days(horizon, int(rules["list_term"][CITIZEN, slot]))
        * list_burden(rules, slot, employed, services, jobs)
        for slot in range(int(rules["lists"][CITIZEN]))
        if rules["listing"][kind, slot]
    )


def display_loss(rules: np.void, kind: int, employed: int) -> float:
    """Return P(shown) times the cost of a display for a record of a kind, days of income."""
    listed = rules["listing"][kind, : int(rules["lists"][CITIZEN])].sum() / 2.0**32
    chance = min(float(listed), 1.0) if rules["shows"] >> SHOWN_LISTED & 1 else 0.0
    if rules["screen_publishes"][kind] and rules["shows"] >> SHOWN_PUBLISHED & 1:
        chance = 1.0
    return chance * float(rules["display_cost"][employed]) / _Q16


def listed_days(horizon: float, term: int) -> float:
    """Return how long a stay on a list counts, days: the term seen from a horizon; without one, the horizon.

    >>> round(listed_days(365, 730))
    316
    """
    return horizon * (1.0 - math.exp(-term / horizon)) if term > 0 else horizon


def list_burden(rules: np.void, slot: int, employed: int, services: list[float], jobs: JobCosts) -> float:
    """Return what standing on a list costs a citizen a day, days of income."""
    loss, refused = 0.0, 0
    for sanction in range(int(rules["sanctions"][CITIZEN])):
        if rules["sanction_reads"][CITIZEN, sanction] == READS_LIST + slot:
            weekly = float(rules["sanction_job"][CITIZEN, sanction]) / 2.0**32
            loss += employed * float(rules["sanction_wage"][CITIZEN, sanction]) / 32768
            loss += employed * -math.log1p(-weekly) / 7.0 * jobs.lost_days
            refused |= int(rules["sanction_refuses"][CITIZEN, sanction])
    return loss + sum(cost for service, cost in enumerate(services) if refused >> service & 1)


def household_loss(rules: np.void, kind: int, employed: int) -> float:
    """Return what a record of a kind costs one other adult of the household by chains, days of income."""
    loss, fed = 0.0, fed_by(rules, CITIZEN)
    for register, points in entered(rules, kind):
        for into, passed in passed_on(rules, CITIZEN, register, points, 0, HOUSEHOLD):
            loss += loss_at_base(rules, employed, moved_by(rules, CITIZEN, into, passed, fed))
    return loss


def loss_at_base(rules: np.void, employed: int, moved: np.ndarray[Any, Any]) -> float:
    """Return L for changes of scores (thousandths by system) of somebody whose account is clean."""
    loss = 0.0
    for system in np.flatnonzero(moved):
        low, high = rules["floor"][CITIZEN, system], rules["ceiling"][CITIZEN, system]
        change = min(max(int(moved[system]), int(low)), int(high))
        base, table = int(rules["base"][CITIZEN, system]), rules["burden"][employed, system]
        more = int(table[base + round(change / 1000)]) - int(table[base])
        loss += float(rules["duration"][system]) / 256 * more / _Q24
        if system == 0:
            loss -= float(rules["wish"]) * change / 1000 / _Q16
    return loss


def reaching_employer(rules: np.void, kind: int, drives: bool) -> list[int]:
    """Return the points (thousandths) that a record of a kind takes from the employer, a number a chain.

    Args:
        rules: compiled rules.
        kind: kind of situation.
        drives: whether the person drives a vehicle of the employer's.
    """
    found = []
    for register, points in entered(rules, kind):
        found += list(passed_on(rules, CITIZEN, register, points, 0, EMPLOYING_COMPANY))
        if drives:
            for into, passed in passed_on(rules, CITIZEN, register, points, 0, DRIVEN_VEHICLE):
                found += list(passed_on(rules, VEHICLE, into, passed, 1, OWNING_COMPANY))
    return [points for into, points in found if rules["slot"][COMPANY, into] >= 0]


def passed_on(
    rules: np.void, subject: int, register: int, points: int, depth: int, link: int
) -> Iterator[tuple[int, int]]:
    """Yield where unconditional chains along a link take a record, and with how many points."""
    if rules["slot"][subject, register] < 0:
        return
    for place in range(int(rules["chains"][subject, register])):
        chain = int(rules["chain_rule"][subject, register, place])
        conditional = rules["chain_below"][chain] >= 0 or rules["chain_violations"][chain] > 0
        if rules["chain_link"][chain] == link and depth < rules["chain_depth"][chain] and not conditional:
            yield int(rules["chain_into"][chain]), round(points * int(rules["chain_share"][chain]) / 1000)


def dismissal_chance(company: Company, points: list[int]) -> float:
    """Return the chance of dismissal by a firm that loses points (thousandths) by a record."""
    null, kept = float(company.dismiss_null), 1.0
    for lost in points:
        worth = abs(lost) / 1000 * float(company.point_value_days) / float(company.dismiss_tau)
        kept *= 1.0 / (1.0 + null / (1.0 - null) * math.exp(min(worth, 700.0)))
    return 1.0 - kept
