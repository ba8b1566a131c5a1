"""X6: a rule refitted to what it has itself brought about approaches its fixed point at a known rate."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from demerit.files import vocabulary
from demerit.measures.indicators import BY_NAME
from demerit.regime import Regime
from demerit.regime.refit import refitted
from demerit.regime.types import RegimeFile

HEAD = """[regime]
id = "refits"
title = "A regime that refits itself"
basis = "hypothetical"
schema_version = 1
extends = "essay"

[[conduct]]
id = "road.crosswalk"
fine = { value = 10, unit = "CNY", range = [0, 1000], basis = "assumed" }

[refit]
every_months = 12
target = "cost.fines"
parameter = "conduct.road.crosswalk.fine"
"""


def fine(rules: RegimeFile) -> float:
    """Return the parameter that is refitted."""
    return float(next(one for one in rules.conducts if one.id == "road.crosswalk").fine)


@pytest.fixture
def rules(tmp_path: Path) -> RegimeFile:
    path = tmp_path / "refits.toml"
    path.write_text(HEAD)
    return Regime.load(path).data


def test_the_gap_to_the_fixed_point_shrinks_by_nine_tenths_a_period(rules: RegimeFile) -> None:
    # D(θ) = N(10 + .9 θ, .1²): what people do answers the rule that was fitted to what they did
    random, people, gaps = np.random.default_rng(6), 100_000, []
    for _ in range(8):
        answers = random.normal(10 + 0.9 * fine(rules), 0.1, people)
        rules, value = refitted(rules, float(answers.mean()))
        assert value == fine(rules)
        gaps.append(100 - value)
    # the mean of 100,000 answers has a standard error of .0003; errors of earlier periods die out
    assert gaps == pytest.approx([90 * 0.9 ** (n + 1) for n in range(8)], abs=0.002)
    assert gaps[:4] == pytest.approx([81, 72.9, 65.61, 59.05], abs=0.01)


def test_a_refit_never_leaves_the_range_of_its_parameter(rules: RegimeFile) -> None:
    assert refitted(rules, 1e9)[1] == 1000
    assert refitted(rules, -5)[1] == 0
    assert refitted(rules, float("nan")) == (rules, 10)


def test_what_can_be_refitted_to_is_measured(rules: RegimeFile) -> None:
    assert set(vocabulary.OBSERVABLES) <= set(BY_NAME)
