"""Paired differences: against SciPy, closed forms, and a count of how often the interval holds the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from demerit.study.paired import mean_and_spread, paired

VALUES = arrays(float, st.tuples(st.integers(2, 8), st.just(3)), elements=st.floats(-1e3, 1e3, width=32))


@pytest.fixture(scope="module")
def two() -> tuple[np.ndarray, np.ndarray]:
    """Return two regimes over seven seeds with much in common, for five quantities."""
    dice = np.random.default_rng(5)
    common = dice.normal(size=(7, 5))
    return common + 0.3 * dice.normal(size=(7, 5)), common + 0.5 * dice.normal(size=(7, 5)) + 0.2


@pytest.mark.parametrize("confidence", [0.95, 0.8])
def test_the_paired_interval_is_that_of_scipy(two: tuple[np.ndarray, np.ndarray], confidence: float) -> None:
    found = paired(*two, confidence)
    expected = stats.ttest_rel(two[1], two[0]).confidence_interval(confidence)
    assert found.low == pytest.approx(expected.low, rel=1e-12)
    assert found.high == pytest.approx(expected.high, rel=1e-12)


def test_the_unpaired_interval_is_that_of_scipy_after_welch(two: tuple[np.ndarray, np.ndarray]) -> None:
    found = paired(*two)
    expected = stats.ttest_ind(two[1], two[0], equal_var=False).confidence_interval(0.95)
    assert found.unpaired_low == pytest.approx(expected.low, rel=1e-12)
    assert found.unpaired_high == pytest.approx(expected.high, rel=1e-12)


def test_two_regimes_are_apart_where_the_test_of_scipy_rejects_at_the_same_level() -> None:
    dice = np.random.default_rng(6)
    first, other = dice.normal(size=(2, 5, 400))
    other += 0.8
    rejected = stats.ttest_rel(other, first).pvalue < 0.05
    assert 0.1 < rejected.mean() < 0.6
    assert (paired(first, other).apart == rejected).all()


def test_the_variance_saved_is_the_correlation_where_both_regimes_vary_alike() -> None:
    """Var(B − A) = 2 σ² (1 − ρ), so pairing saves the share ρ: exact for samples that vary alike."""
    first = np.array([[1.0], [2.0], [4.0], [7.0]])
    for other in (first[::-1], first[[1, 0, 3, 2]], first + 3):
        rho = np.corrcoef(first[:, 0], other[:, 0])[0, 1]
        assert paired(first, other).saved[0] == pytest.approx(rho, abs=1e-12)


def test_a_shift_of_every_seed_by_the_same_amount_has_no_interval_to_speak_of() -> None:
    first = np.array([[1.0], [2.0], [4.0]])
    found = paired(first, first + 0.5)
    assert (found.low[0], found.difference[0], found.high[0]) == (0.5, 0.5, 0.5)
    assert found.saved[0] == 1.0
    assert found.apart[0]
    assert found.unpaired_low[0] < 0 < found.unpaired_high[0]


@given(VALUES)
def test_a_regime_does_not_differ_from_itself(values: np.ndarray) -> None:
    found = paired(values, values.copy())
    assert found.same.all()
    for ends in (found.difference, found.error, found.low, found.high):
        assert (ends == 0).all()
    assert not found.apart.any()


@given(VALUES, st.randoms())
def test_the_order_of_seeds_does_not_matter_and_the_order_of_regimes_turns_the_sign(
    values: np.ndarray, dice: object
) -> None:
    other = values[:, ::-1] * 0.5
    one, turned = paired(values, other), paired(other, values)
    assert turned.difference == pytest.approx(-one.difference, abs=1e-9)
    assert turned.low == pytest.approx(-one.high, abs=1e-6)
    assert turned.unpaired_low == pytest.approx(-one.unpaired_high, abs=1e-6)
    shuffled = np.random.default_rng(len(values)).permutation(len(values))
    again = paired(values[shuffled], other[shuffled])
    assert again.low == pytest.approx(one.low, abs=1e-6)


def test_with_one_seed_there_is_a_difference_and_no_interval() -> None:
    found = paired(np.array([[1.0]]), np.array([[3.0]]))
    assert found.difference[0] == 2.0
    assert np.isnan([found.error[0], found.low[0], found.unpaired_high[0], found.saved[0]]).all()
    assert not found.apart[0]


def test_seeds_without_an_occasion_are_left_out_of_both_regimes() -> None:
    nan = float("nan")
    first = np.array([[1.0, nan, nan], [2.0, 2.0, nan], [4.0, 5.0, 1.0]])
    other = np.array([[2.0, 9.0, nan], [2.5, 3.0, nan], [4.0, 7.0, nan]])
    found = paired(first, other)
    assert found.n.tolist() == [3, 2, 0]
    assert found.difference[1] == 1.5
    assert np.isnan(found.difference[2])
    assert not found.same[2]
    n, mean, spread = mean_and_spread(first)
    assert n.tolist() == [3, 2, 1]
    assert mean.tolist() == pytest.approx([7 / 3, 3.5, 1.0])
    assert spread[:2].tolist() == pytest.approx([np.std([1, 2, 4], ddof=1), np.std([2, 5], ddof=1)])
    assert np.isnan(spread[2])


@pytest.mark.parametrize(("seeds", "correlation"), [(2, 0.9), (5, 0.9), (10, 0.0)])
def test_the_interval_holds_the_true_difference_nineteen_times_in_twenty(
    seeds: int, correlation: float
) -> None:
    """20,000 comparisons: the share has a standard error of .0015, and must come within four of .95."""
    dice = np.random.default_rng(7)
    common = np.sqrt(correlation) * dice.normal(size=(seeds, 20_000))
    own = np.sqrt(1 - correlation) * dice.normal(size=(2, seeds, 20_000))
    found = paired(common + own[0], common + own[1] + 0.3)
    holds = (found.low < 0.3) & (found.high > 0.3)
    assert holds.mean() == pytest.approx(0.95, abs=0.0062)


def test_pairing_saves_what_the_common_people_account_for() -> None:
    """The median of the saved share over 20,000 comparisons of 20 seeds, within .01 of the correlation."""
    dice = np.random.default_rng(8)
    common = np.sqrt(0.8) * dice.normal(size=(20, 20_000))
    own = np.sqrt(0.2) * dice.normal(size=(2, 20, 20_000))
    saved = paired(common + own[0], common + own[1]).saved
    assert np.median(saved) == pytest.approx(0.8, abs=0.01)
