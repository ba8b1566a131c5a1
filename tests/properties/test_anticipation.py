"""What a change of score is worth: L and G against the formula, on the real kernels and the essay's rules.

L(s, d) = D [B(s - d) - B(s)] + w d, and L(s + r, r) = G(s, r): losing costs what gaining was worth.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.theory import Theory

from demerit.catalogue.words import SCORES
from demerit.mechanisms.anticipation import change_of_burden
from demerit.regime import Regime
from demerit.simulation.regime_tables import compile_regime
from demerit.society import Society

CITY = Society.load("city").data
ESSAY = Regime.load("essay").data
RULES: np.void = compile_regime(ESSAY, CITY)
THEORY = Theory(ESSAY, CITY)
Q16 = 65536
ROUNDING = 2 * 271 / 65536 + 2e-4
"""Largest error, days: pay is cut in steps of 1/32768, half a step over 271 days for two rules."""
KEPT = [register.id for register in ESSAY.registers if "citizen" in register.covers]
SYSTEMS = {"province": 0} | {name: SCORES + slot for slot, name in enumerate(KEPT)}
EDGES = sorted({float(band.from_) for band in ESSAY.bands} - {0.0})

standing = st.integers(-900_000, 250_000)
"""Thousandths of a point from the base, away from floor and ceiling."""
step = st.integers(1, 45_000)
wage = st.booleans()


def loss(system: str, points: int, change: int, employed: bool) -> float:
    """Return the engine's cost of a change, in days of income; points in thousandths."""
    return float(change_of_burden(RULES, int(employed), SYSTEMS[system], points, change)) / Q16


@given(standing, step, wage)
def test_losing_costs_what_gaining_was_worth(points: int, reward: int, employed: bool) -> None:
    lost = change_of_burden(RULES, int(employed), 0, points + reward, -reward)
    gained = -change_of_burden(RULES, int(employed), 0, points, reward)
    assert lost == gained


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("employed", [False, True])
def test_right_at_a_band_edge_a_point_costs_what_it_earns(edge: float, employed: bool) -> None:
    # from just below the edge five points up are worth what five points down cost just above it (F5)
    for shift in range(-6_000, 6_001, 500):
        points = round((edge - 1000) * 1000) + shift
        lost = change_of_burden(RULES, int(employed), 0, points + 5_000, -5_000)
        assert lost == -change_of_burden(RULES, int(employed), 0, points, 5_000)


@given(standing, step, wage)
def test_the_cost_of_a_loss_is_the_formula_over_the_sanctions_of_the_file(
    points: int, change: int, employed: bool
) -> None:
    expected = THEORY.loss("province", points / 1000, -change / 1000, employed)
    assert loss("province", points, -change, employed) == pytest.approx(expected, abs=ROUNDING)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("change", [-45, -30, -15, -9, -6, 5])
@pytest.mark.parametrize("employed", [False, True])
def test_the_cost_at_and_around_the_edges_is_the_formula(edge: float, change: float, employed: bool) -> None:
    for score in (edge - 12.5, edge - 1, edge - 0.5, edge, edge + 0.5, edge + 6, edge + 12, edge + 13):
        points = score - 1000
        expected = THEORY.loss("province", points, change, employed)
        found = loss("province", round(points * 1000), change * 1000, employed)
        assert found == pytest.approx(expected, abs=ROUNDING)


@given(st.sampled_from(KEPT), st.integers(-100_000, 30_000), step, wage)
def test_registers_that_lenders_read_follow_the_same_formula(
    register: str, points: int, change: int, employed: bool
) -> None:
    expected = THEORY.loss(register, points / 1000, -change / 1000, employed)
    assert loss(register, points, -change, employed) == pytest.approx(expected, abs=ROUNDING)


@given(st.sampled_from(sorted(SYSTEMS)), wage)
def test_nothing_can_be_lost_at_the_floor_or_gained_at_the_ceiling(system: str, employed: bool) -> None:
    scale = THEORY.scale(system)
    floor, ceiling = (round((edge - scale.base) * 1000) for edge in (scale.floor, scale.ceiling))
    assert loss(system, floor, -30_000, employed) == 0
    assert loss(system, ceiling, 30_000, employed) == 0


@given(standing, step, step, wage)
def test_two_losses_cost_what_their_sum_costs(points: int, first: int, second: int, employed: bool) -> None:
    both = change_of_burden(RULES, int(employed), 0, points, -first - second)
    one = change_of_burden(RULES, int(employed), 0, points, -first)
    other = change_of_burden(RULES, int(employed), 0, points - first, -second)
    assert both == one + other


def test_the_days_of_the_facts_are_met() -> None:
    # D = 1 / (1/365 + ln 2 / 730) = 271 days (F7); the wish is 12 days over the 400 points down to 600
    assert THEORY.duration("province") == pytest.approx(271, abs=1)
    assert float(RULES["duration"][0]) / 256 == pytest.approx(THEORY.duration("province"), abs=1 / 256)
    assert THEORY.wish("province") == pytest.approx(12 / 400)
    assert THEORY.blur("province") == 15
