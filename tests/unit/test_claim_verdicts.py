"""Verdicts over seeds: intervals beyond what matters, the least occasions, and Holm's level."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from demerit.claims.definitions import ClaimPart, claims, keys
from demerit.claims.verdicts import Sized, chance, contrast_of, find, half_width, sized, verdict_of

KEY = "C4.1"


def seeds_of(ours: list[float], theirs: list[float], occasions: float = 100) -> list[dict[str, Any]]:
    return [
        {"R": {KEY: [one, occasions]}, "N": {KEY: [other, occasions]}, "no-blame": {KEY: [0.0, occasions]}}
        for one, other in zip(ours, theirs, strict=True)
    ]


def part(side: str = "above", smallest: float = 0.5) -> ClaimPart:
    return ClaimPart.model_validate(
        {"statistic": "x / y", "unit": "share", "figure": "R - N", "side": side, "smallest": smallest}
    )


def interval(low: float, high: float, occasions: float = 100) -> Sized:
    return Sized("R - N", (low + high) / 2, low, high, 10, occasions)


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    generator = np.random.default_rng(4)
    ours, theirs = generator.normal(3, 1, 8), generator.normal(1, 1, 8)
    found = sized(KEY, "R - N", seeds_of(list(ours), list(theirs)))
    expected = stats.ttest_rel(ours, theirs).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.effect == pytest.approx((ours - theirs).mean())
    beyond = stats.ttest_1samp(ours - theirs, 0.5, alternative="greater").pvalue
    assert chance(part(), found) == pytest.approx(beyond)


@pytest.mark.parametrize(
    ("side", "low", "high", "said"),
    [
        ("above", 0.51, 0.9, "holds"),
        ("above", 0.49, 0.9, "unclear"),
        ("above", 0.1, 0.5, "fails"),
        ("below", 0.1, 0.49, "holds"),
        ("below", 0.1, 0.6, "unclear"),
        ("below", 0.5, 0.6, "fails"),
        ("at_least", 0.5, 0.6, "holds"),
        ("at_least", 0.4, 0.49, "fails"),
        ("at_least", 0.4, 0.5, "unclear"),
    ],
)
def test_a_part_holds_only_if_its_whole_interval_lies_on_its_side(
    side: str, low: float, high: float, said: str
) -> None:
    assert verdict_of(part(side), interval(low, high)) == said


def test_fewer_than_thirty_occasions_decide_nothing() -> None:
    assert verdict_of(part(), interval(0.6, 0.9, 29)) == "no occasion"
    assert verdict_of(part(), interval(math.nan, math.nan)) == "no occasion"


def test_one_seed_leaves_a_part_unclear() -> None:
    found = sized(KEY, "R - N", seeds_of([2.0], [1.0]))
    assert found.effect == 1
    assert math.isnan(found.low)
    assert verdict_of(part(), found) == "unclear"
    assert math.isnan(half_width(np.array([1.0]), 0.95))


def test_two_identical_worlds_are_exactly_nought_apart_and_hold_nothing() -> None:
    found = sized(KEY, "R - N", seeds_of([0.3, 0.7, 0.1], [0.3, 0.7, 0.1]))
    assert (found.effect, found.low, found.high) == (0, 0, 0)
    assert verdict_of(part("above", 0.0), found) == "fails"
    assert verdict_of(part("below", 0.0), found) == "fails"
    assert chance(part("above", 0.0), found) == 1


def test_a_ratio_counts_the_fewer_occasions_and_has_none_over_nought() -> None:
    seed = {"R": {KEY: [3.0, 50]}, "N": {KEY: [2.0, 40]}}
    assert contrast_of(KEY, "R / N", seed) == (1.5, 40)
    assert math.isnan(contrast_of(KEY, "R / N", {**seed, "N": {KEY: [0.0, 40]}}).value)
    assert math.isnan(contrast_of(KEY, "R - N", {**seed, "N": {KEY: [None, 0]}}).value)


def test_the_clearest_claim_is_held_to_the_narrowest_level() -> None:
    """Holm (1979): the smallest of m p-values is held to .05 / m, the next to .05 / (m - 1)."""
    two = [claim for claim in claims() if claim.id in ("C4", "C25")]
    generator = np.random.default_rng(1)
    seeds = seeds_of(list(generator.normal(9, 1, 6)), [0.0] * 6)
    for seed, value in zip(seeds, generator.normal(1, 1, 6), strict=True):
        seed["R"]["C25.1"], seed["N"]["C25.1"] = [float(value), 100.0], [0.0, 100.0]
    found = find(two, seeds)
    widths = {one.claim.id: one.parts[0] for one in found}
    for claim, level in (("C4", 0.05 / 2), ("C25", 0.05)):
        values = np.array(
            [contrast_of(keys(one)[0], "R - N", s).value for s in seeds for one in two if one.id == claim]
        )
        half = half_width(values, 1 - level)
        assert widths[claim].holm_high - widths[claim].holm_low == pytest.approx(2 * half), claim
