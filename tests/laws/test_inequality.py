"""X9: the Gini coefficient of distributions whose Gini coefficient is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.conftest import Figure

from demerit.measures.inequality import BINS, bin_edges, bin_of, gini, gini_of_histogram

PEOPLE = 100_000
LEVELS = (np.arange(PEOPLE) + 0.5) / PEOPLE


def histogram(amounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    places = np.array([bin_of(int(amount)) for amount in amounts])
    counts = np.bincount(places, minlength=BINS)
    return counts, np.bincount(places, weights=amounts, minlength=BINS)


def lognormal_levels(sigma: float) -> np.ndarray:
    from scipy.stats import norm

    return np.exp(sigma * norm.ppf(LEVELS))


def test_the_gini_of_one_to_ten_is_three_tenths() -> None:
    assert gini(np.arange(1, 11)) == pytest.approx(0.3, abs=1e-12)
    assert gini_of_histogram(*histogram(np.arange(1, 11)))[0] == pytest.approx(0.3, abs=1e-12)


@pytest.mark.parametrize(
    ("shape", "amounts", "expected"),
    [
        ("exponential", -np.log1p(-LEVELS), 0.5),
        ("lognormal of sigma 1", lognormal_levels(1.0), 0.5205),
        ("lognormal of sigma .65", lognormal_levels(0.65), math.erf(0.65 / 2)),
    ],
)
def test_the_gini_of_known_distributions(
    shape: str, amounts: np.ndarray, expected: float, figure: Figure
) -> None:
    # a lognormal's Gini coefficient is 2 Phi(sigma / sqrt 2) - 1 = erf(sigma / 2)
    fen = np.floor(amounts * 12_000)
    found, error = gini_of_histogram(*histogram(fen))
    figure(f"Gini of the {shape}, by histogram", abs(found - expected), 1e-3)
    assert gini(amounts) == pytest.approx(expected, abs=1e-3)
    assert found == pytest.approx(expected, abs=1e-3)
    assert abs(found - gini(fen)) <= error <= 1e-3


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=40).filter(any))
def test_the_histogram_is_never_further_off_than_it_says(amounts: list[int]) -> None:
    found, error = gini_of_histogram(*histogram(np.array(amounts, float)))
    assert abs(found - gini(np.array(amounts))) <= error + 1e-9


@given(st.integers(0, 2**44))
def test_every_amount_lies_in_its_bin(amount: int) -> None:
    edges, place = bin_edges(), bin_of(amount)
    assert edges[place] <= amount
    assert amount < edges[place + 1] or place == BINS - 1
