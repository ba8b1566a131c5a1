"""Waits for a verdict: Kaplan and Meier against SciPy, and cases that are open or left."""

from __future__ import annotations

import numpy as np
from scipy import stats

from demerit.catalogue.entries import APPEAL_FILED, APPEAL_LEFT, RECORD_REVERSED, RECORD_UPHELD, ROW_DTYPE
from demerit.measures.waits import kaplan_meier, waits


def test_the_estimate_is_that_of_scipy() -> None:
    random = np.random.default_rng(5)
    days = random.geometric(0.02, 400)
    seen = np.minimum(days, random.integers(20, 200, 400))
    ended = days == seen
    curve = stats.ecdf(stats.CensoredData(uncensored=seen[ended], right=seen[~ended])).sf
    for share in (0.1, 0.5, 0.8):
        first = curve.quantiles[np.flatnonzero(curve.probabilities <= 1 - share + 1e-9)[0]]
        assert kaplan_meier(seen, ended, share) == first


def test_a_share_that_never_ends_has_no_day() -> None:
    assert np.isnan(kaplan_meier(np.array([3, 9, 9]), np.array([True, False, False]), 0.5))


def test_open_and_left_cases_are_censored() -> None:
    rows = np.zeros(7, ROW_DTYPE)
    rows["what"] = [APPEAL_FILED] * 4 + [RECORD_UPHELD, APPEAL_LEFT, RECORD_REVERSED]
    rows["id"] = [11, 12, 13, 14, 21, 22, 23]
    rows["cause"] = [1, 2, 3, 4, 11, 12, 13]
    rows["day"] = [10, 10, 10, 60, 30, 40, 90]
    found = waits(rows, end=100)
    assert (found.filed, found.decided, found.left) == (4, 2, 1)
    assert (found.median, found.p90) == (80.0, 80.0)
