"""Fixed-point numbers, against sixty decimal places and exact fractions."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit.engine.fixed import (
    EXP2_STEPS,
    EXP2_TABLE,
    LOGISTIC_TABLE,
    Q16,
    Q32,
    approach,
    clip,
    exponential,
    half_lives,
    logistic,
    share,
    times_q32,
)

MARGIN = Decimal("1e-5")
"""Distance from a rounding boundary at which no sound mathematics library rounds the other way: 20 units in
the last place of a double as large as 2**32."""

DAYS = st.integers(0, 65535)
HALF_LIVES = st.integers(1, 36500)


def exact_logistic() -> list[Decimal]:
    return [Q32 / (1 + (-(Decimal(place) / 64 - 16)).exp()) for place in range(len(LOGISTIC_TABLE))]


def exact_halves() -> list[Decimal]:
    return [Q32 * Decimal(2) ** (-Decimal(place) / EXP2_STEPS) for place in range(len(EXP2_TABLE))]


@pytest.mark.parametrize(("table", "exact"), [(LOGISTIC_TABLE, exact_logistic), (EXP2_TABLE, exact_halves)])
def test_no_entry_of_a_table_can_be_rounded_the_other_way(table: tuple[int, ...], exact: object) -> None:
    with localcontext() as context:
        context.prec = 60
        assert callable(exact)
        for entry, value in zip(table, exact(), strict=True):
            assert abs(entry - value) < Decimal("0.5") - MARGIN


def test_the_tables_reach_from_end_to_end() -> None:
    assert len(LOGISTIC_TABLE) == 32 * 64 + 1
    assert LOGISTIC_TABLE[16 * 64] == Q32 // 2
    assert (EXP2_TABLE[0], EXP2_TABLE[-1]) == (Q32, Q32 // 2)


@given(st.integers(-16 * Q16 + 1, 16 * Q16 - 1))
def test_the_logistic_function_is_off_by_three_millionths_at_most(x: int) -> None:
    assert abs(logistic(x) / Q32 - 1 / (1 + math.exp(-x / Q16))) < 3.1e-6


def test_the_logistic_function_never_falls() -> None:
    # between two points of the table it is a straight line, so the neighbours of each point decide
    around = [place * 1024 + step for place in range(-16 * 64, 16 * 64 + 1) for step in (-2, -1, 0, 1, 2)]
    values = [logistic(x) for x in around]
    assert values == sorted(values)


@given(st.integers(-(2**62), 2**62))
def test_a_chance_is_never_nought_nor_one(x: int) -> None:
    assert 0 < logistic(x) < Q32


@given(st.integers(-16 * Q16 + 1, 16 * Q16 - 1))
def test_yes_and_no_share_the_whole(x: int) -> None:
    assert abs(logistic(x) + logistic(-x) - Q32) <= 2


@given(DAYS, HALF_LIVES)
def test_what_is_left_after_half_lives_is_off_by_less_than_a_millionth(elapsed: int, half_life: int) -> None:
    assert abs(half_lives(elapsed, half_life) / Q32 - 2.0 ** (-elapsed / half_life)) < 7.3e-7


@given(HALF_LIVES, st.integers(0, 31))
def test_whole_half_lives_halve_exactly(half_life: int, times: int) -> None:
    assert half_lives(times * half_life, half_life) == Q32 >> times


@given(DAYS, DAYS, HALF_LIVES)
def test_more_time_never_leaves_more(one: int, other: int, half_life: int) -> None:
    sooner, later = sorted((one, other))
    assert half_lives(later, half_life) <= half_lives(sooner, half_life)


@given(DAYS, HALF_LIVES, HALF_LIVES)
def test_a_longer_half_life_never_leaves_less(elapsed: int, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert half_lives(elapsed, shorter) <= half_lives(elapsed, longer)


@given(DAYS, st.integers(-36500, 0))
def test_without_a_half_life_nothing_is_lost(elapsed: int, half_life: int) -> None:
    assert half_lives(elapsed, half_life) == Q32


@given(st.integers(0, 8 * Q16))
def test_the_exponential_is_within_its_bounds(x: int) -> None:
    assert exponential(x) / Q16 == pytest.approx(math.exp(x / Q16), rel=5e-5, abs=1 / Q16)
    assert exponential(-x) / Q16 == pytest.approx(math.exp(-x / Q16), abs=1 / Q16)


@given(st.integers(-8 * Q16, 8 * Q16), st.integers(-8 * Q16, 8 * Q16))
def test_the_exponential_never_falls(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert exponential(low) <= exponential(high)


@given(st.integers(-(2**47) + 1, 2**47 - 1), st.integers(0, Q32))
def test_a_product_is_at_most_a_step_short_of_the_exact_one(value: int, factor: int) -> None:
    exact = Fraction(value * factor, Q32)
    nearer_zero = abs(exact) - abs(times_q32(value, factor))
    assert 0 <= nearer_zero < 2
    assert times_q32(-value, factor) == -times_q32(value, factor)


@given(st.integers(-(2**47) + 1, 2**47 - 1))
def test_times_one_changes_nothing(value: int) -> None:
    assert times_q32(value, Q32) == value


@given(st.integers(-(2**31), 2**31), st.integers(-(2**31), 2**31), st.integers(1, 2**31))
def test_a_share_is_the_fraction_rounded_toward_zero(value: int, numerator: int, denominator: int) -> None:
    assert share(value, numerator, denominator) == int(Fraction(value * numerator, denominator))


@given(st.integers(), st.integers(-1000, 0), st.integers(0, 1000))
def test_what_is_clipped_lies_between_the_ends(value: int, low: int, high: int) -> None:
    value = max(min(value, 2**62), -(2**62))
    assert clip(value, low, high) == sorted((low, value, high))[1]


@given(st.integers(-(2**40), 2**40), st.integers(-(2**40), 2**40), DAYS, HALF_LIVES)
def test_what_nears_a_target_never_passes_it(value: int, target: int, elapsed: int, half_life: int) -> None:
    reached = approach(value, target, elapsed, half_life)
    assert min(value, target) <= reached <= max(value, target)
    expected = target + (value - target) * 2.0 ** (-elapsed / half_life)
    assert abs(reached - expected) <= 2 + 7.3e-7 * abs(value - target)
