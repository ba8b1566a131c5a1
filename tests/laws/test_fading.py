"""What fades in quiet time fades by its half-life, however often it is looked at."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure

from demerit.engine.fixed import approach


def test_coming_home_in_many_steps_is_coming_home_in_one(figure: Figure) -> None:
    # a norm lost by a twentieth and less comes back at .06 a year, brought to the day every six weeks
    half_life = round(math.log(2) / 0.06 * 365)
    ratios = []
    for gap in range(200, 1_600, 7):
        left = 32_768 - gap
        for _ in range(87):
            left = approach(left, 32_768, 42, half_life)
        ratios.append((32_768 - left) / (gap * 0.5 ** (87 * 42 / half_life)))
    figure("what is still lost after ten years, share of the closed form less one", np.mean(ratios) - 1, 0.02)
    assert np.mean(ratios) == pytest.approx(1, abs=0.02)


def test_a_belief_stands_where_its_half_life_puts_it() -> None:
    for value in (-6_000, -400, -3, 3, 400, 6_000):
        for days in (1, 60, 730, 3_650):
            assert abs(approach(value, 0, days, 730) - value * 0.5 ** (days / 730)) < 0.51
