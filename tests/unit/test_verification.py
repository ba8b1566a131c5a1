"""What the verification figures are worked out with: shares by points, courses, stays, a plain sum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats
from verification import theory
from verification.courses import with_courses
from verification.defaulters import Stays, mean_stay
from verification.drivers import Records, shares_on
from verification.official import BINS, declaration


def records(*entries: tuple[int, int, int], returned: tuple[tuple[int, int], ...] = ()) -> Records:
    """Return endorsements (driver, day, points) among ten drivers."""
    driver, day, points = (np.array(column, np.int64) for column in zip(*entries, strict=True))
    back = np.array(returned, np.int64).reshape(-1, 2)
    none: Any = np.zeros(10, np.int64)
    keys = np.arange(len(driver))
    return Records(driver, day, points, keys, back[:, 0], back[:, 1], 0.0, 10, none, none.astype(float))


def test_official_shares_are_those_of_the_counts() -> None:
    declared = declaration()
    assert list(declared.shares) == list(BINS)
    assert declared.shares["9-11"] == pytest.approx(79_286 / 46_481_538)
    assert declared.levels("mix") == [0.02, 0.05, 0.15]


def test_points_stay_on_the_record_and_go_with_a_ban() -> None:
    kept = records(
        (1, 10, 3), (1, 400, 3), (2, 390, 6), (3, 300, 6), (3, 350, 6), (3, 380, 3), returned=((3, 370),)
    )
    # on day 410 the first has one of two left, the third only what came after the ban
    assert shares_on(kept, 410, 400).tolist() == pytest.approx([0.2, 0.1, 0, 0])
    assert shares_on(kept, 360, 400).tolist() == pytest.approx([0.1, 0, 0, 0.1])


def test_a_course_takes_the_place_of_the_first_offence_in_three_years() -> None:
    caught = records((1, 10, 3), (1, 500, 3), (1, 1200, 3), (2, 10, 6), (2, 20, 6), (2, 30, 3), (2, 300, 3))
    left = with_courses(caught, 1.0, 1095, 1095, 0.0)
    # the first offence and the one after the window are courses; six points never are; nobody drives banned
    assert left.day[left.driver == 1].tolist() == [500]
    assert left.day[left.driver == 2].tolist() == [10, 20]
    assert (left.returned_driver.tolist(), left.returned_day.tolist()) == ([2], [202])
    assert len(with_courses(caught, 0.0, 1095, 1095, 1.0).day) == len(caught.day)


def test_the_plain_calculation_is_the_negative_binomial_with_a_gamma_frailty() -> None:
    mean, spread = 0.5, 2.0
    chance = stats.nbinom(1 / spread, 1 / (1 + mean * spread)).pmf
    expected = [chance(1), chance(2), chance(3), 1 - sum(chance(number) for number in range(4))]
    assert theory.shares(mean, spread, 0.0, theory.gamma) == pytest.approx(expected, abs=2e-4)
    assert theory.lognormal(1.3).mean() == pytest.approx(1)


def test_stays_that_the_run_cuts_off_count_as_long_as_they_were_seen() -> None:
    # two of four are seen to end: 10 days for a quarter, then 30 for half of what is left
    ends = np.array([10, 20, 30, 40])
    stays = Stays(np.arange(4), np.zeros(4, np.int64), ends, np.array([True, False, True, False]))
    assert mean_stay(stays) == pytest.approx(10 + 0.75 * 20 + 0.375 * 10)
