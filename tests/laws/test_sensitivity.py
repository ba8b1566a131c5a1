"""X4: whose doing the spread of a result is, against the closed form of Ishigami's function."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure

from demerit.claims.sensitivity import Array, sobol_indices

A, B = 7.0, 0.1


def ishigami(x: Array) -> Array:
    """Ishigami and Homma (1990): a number that matters, one that does so unevenly, one only in company."""
    return np.asarray(np.sin(x[0]) + A * np.sin(x[1]) ** 2 + B * x[2] ** 4 * np.sin(x[0]))


def test_ishigamis_function_has_its_published_indices(figure: Figure) -> None:
    first, total = sobol_indices(ishigami, [(-math.pi, math.pi)] * 3, 4096)
    worst = max(np.abs(first - [0.3139, 0.4424, 0]).max(), np.abs(total - [0.5576, 0.4424, 0.2437]).max())
    figure("indices, off", float(worst), 0.02)
    assert worst < 0.02


def test_what_does_not_matter_has_no_index_and_a_sum_has_equal_ones() -> None:
    first, total = sobol_indices(lambda x: x[0] + x[1], [(0, 1), (2, 3), (-5, 5)], 1024)
    assert first == pytest.approx([0.5, 0.5, 0], abs=0.01)
    assert total == pytest.approx([0.5, 0.5, 0], abs=0.01)
