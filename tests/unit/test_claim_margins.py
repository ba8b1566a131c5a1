"""Margins of a claim of which one part has no occasion in any draw."""

from __future__ import annotations

import math

import numpy as np
import pytest

from demerit.claims import robustness
from demerit.claims.definitions import claims


def test_a_part_without_an_occasion_leaves_no_margin(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = next(one for one in claims() if one.id == "C12")
    monkeypatch.setattr(robustness, "part_values", lambda _, seeds: [seeds, math.nan])
    assert np.isnan(robustness.margins(claim, [0.2, 0.3])).all()  # type: ignore[list-item]


def test_the_part_that_is_nearest_to_its_effect_gives_the_margin(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = next(one for one in claims() if one.id == "C12")
    monkeypatch.setattr(robustness, "part_values", lambda _, seeds: list(seeds))
    # beyond the smallest effects (.1 and 2) by .1 and 2, and by .3 and 1; the medians are .2 and 1.5
    found = robustness.margins(claim, [[0.2, 4.0], [0.4, 3.0]])  # type: ignore[list-item]
    assert found == pytest.approx([0.1 / 0.2, 1 / 1.5])
