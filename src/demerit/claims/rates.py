"""Ratios of rates and chances over strata: Mantel and Haenszel, and indirect standardisation."""

from __future__ import annotations

import numpy as np

from demerit.claims.reading import Array


def risk_ratio(cases: Array, people: Array, other_cases: Array, others: Array) -> float:
    """Return how much likelier something is in one group than in another, stratum by stratum.

    The estimate of Mantel and Haenszel of a ratio of chances; NaN where nothing can be compared.

    >>> risk_ratio(np.array([5, 2]), np.array([10, 10]), np.array([50, 4]), np.array([200, 40]))
    2.0
    """
    total = people + others
    weight = np.divide(1.0, total, out=np.zeros(len(total)), where=total > 0)
    top, bottom = float((cases * others * weight).sum()), float((other_cases * people * weight).sum())
    return top / bottom if bottom > 0 else float("nan")


def standardised(days: Array, acts: Array, other_days: Array, other_acts: Array) -> float:
    """Return what falls on a group over what would if each of its acts bore what the others' bear (F32).

    Args:
        days: what has fallen on the group, by stratum; acts: its acts.
        other_days: the same of the others; other_acts: theirs. A stratum in which they have none is left out.

    >>> standardised(np.array([6.0, 0.0]), np.array([2, 1]), np.array([10.0, 4.0]), np.array([10, 4]))
    2.0
    """
    known = other_acts > 0
    expected = float((acts[known] * other_days[known] / other_acts[known]).sum())
    return float(days[known].sum()) / expected if expected > 0 else float("nan")
