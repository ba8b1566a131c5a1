"""Waits for a verdict, from the ledger: Kaplan and Meier, with cases that are open or left as censored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from demerit.catalogue.entries import APPEAL_FILED, APPEAL_LEFT, RECORD_REVERSED, RECORD_UPHELD


@dataclass(frozen=True)
class Waits:
    """How long appellants waited.

    Attributes:
        filed: appeals filed; decided: those with a verdict; left: those given up.
        median: days by which half have a verdict, NaN if fewer than half ever get one.
        p90: days by which nine in ten have one.
    """

    filed: int
    decided: int
    left: int
    median: float
    p90: float


def kaplan_meier(days: np.ndarray[Any, Any], ended: np.ndarray[Any, Any], share: float) -> float:
    """Return the days by which a share has come to its end, NaN if it never does.

    Args:
        days: days until the end, or until nothing more was seen.
        ended: bool, whether the end was seen; else the case is censored.
        share: between 0 and 1.

    >>> kaplan_meier(np.array([1, 2, 2, 5]), np.array([True, True, False, True]), 0.5)
    2.0
    """
    waiting = 1.0
    for day in np.unique(days[ended]):
        at_risk = np.count_nonzero(days >= day)
        waiting *= 1.0 - np.count_nonzero(ended & (days == day)) / at_risk
        if waiting <= 1.0 - share + 1e-12:
            return float(day)
    return float("nan")


def waiting(rows: np.ndarray[Any, Any], end: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return how long each appeal has waited, and whether a verdict ended the wait.

    Args:
        rows: rows of a full ledger (ROW_DTYPE).
        end: last day seen.
    """
    filed = rows[rows["what"] == APPEAL_FILED]
    closing = rows[np.isin(rows["what"], [RECORD_UPHELD, RECORD_REVERSED, APPEAL_LEFT])]
    order = np.argsort(filed["id"])
    filed = filed[order]
    last = np.full(len(filed), end, np.int64)
    decided = np.zeros(len(filed), bool)
    if len(filed):
        place = np.searchsorted(filed["id"], closing["cause"])
        known = (place < len(filed)) & (filed["id"][np.minimum(place, len(filed) - 1)] == closing["cause"])
        place, closing = place[known], closing[known]
        last[place] = closing["day"]
        decided[place] = closing["what"] != APPEAL_LEFT
    return last - filed["day"].astype(np.int64), decided


def waits(rows: np.ndarray[Any, Any], end: int) -> Waits:
    """Return how long appeals took, from filing to verdict.

    Args:
        rows: rows of a full ledger (ROW_DTYPE).
        end: last day seen.
    """
    days, decided = waiting(rows, end)
    return Waits(
        filed=len(days),
        decided=int(decided.sum()),
        left=int(np.count_nonzero(rows["what"] == APPEAL_LEFT)),
        median=kaplan_meier(days, decided, 0.5),
        p90=kaplan_meier(days, decided, 0.9),
    )
