"""What people expect a lost job, and an employer's look at their standing, to cost them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import CITIZEN, SCORE_LIMIT

if TYPE_CHECKING:
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0


@dataclass(frozen=True)
class JobCosts:
    """Expected costs of work lost.

    Attributes:
        lost_days: days of own income that a lost job costs, through the search that follows.
        shunned: days of own income a day that it costs to be shunned: jobs end as they always do, and the
            search takes longer.
    """

    lost_days: float
    shunned: float


def job_costs(society: SocietyFile) -> JobCosts:
    """Return the costs of a society: searches by their mean, less the support meanwhile."""
    labour = society.labour
    found = float(labour.applications) * float(labour.hired)
    search_days = _DAYS_A_YEAR / found if found > 0 else 0.0
    lost_days = search_days * (1.0 - float(labour.support))
    ends = sum(float(one.rate) for one in society.situations if one.id == "work.separation") / _DAYS_A_YEAR
    return JobCosts(lost_days, ends * lost_days * (1.0 / float(labour.seen_factor) - 1.0))


def job_burden(rules: np.void, system: int, costs: JobCosts) -> np.ndarray[Any, Any]:
    """Return what every whole score of a system costs an employee a day through lost work, days of income."""
    found = np.zeros(SCORE_LIMIT + 1)
    for sanction in range(int(rules["sanctions"][CITIZEN])):
        if rules["sanction_reads"][CITIZEN, sanction] == system:
            weekly = float(rules["sanction_job"][CITIZEN, sanction]) / 2.0**32
            below = max(int(rules["sanction_below"][CITIZEN, sanction]), 0)
            found[:below] += -np.log1p(-weekly) / 7.0 * costs.lost_days
    if rules["look_system"] == system:
        found[: max(int(rules["look_below"]), 0)] += costs.shunned
    return found
