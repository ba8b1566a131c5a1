"""Noise of options: it follows the Gumbel distribution, and the best of noisy options is a logit."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.engine.noise import GUMBEL_TABLE, gumbel
from demerit.mechanisms.options import BREAK, HIDE, KEEP, best, breach_chance

U32 = 1 << 32
LANES = st.integers(0, U32 - 1)
UTILITIES = st.integers(-10 * 65536, 10 * 65536)


def exact(lane: int) -> float:
    return (
        -math.log(-math.log((lane + 0.5) / U32))
        if lane < U32 >> 1
        else -math.log(-math.log1p(-(U32 - lane - 0.5) / U32))
    )


def test_noise_is_minus_the_log_of_minus_the_log_of_the_draw() -> None:
    lanes = [0, 1, 2, 3, 5, 100, U32 // 3, U32 // 2 - 1, U32 // 2, U32 - 1, U32 - 2, U32 - 70]
    lanes += np.random.default_rng(1).integers(0, U32, 20_000).tolist()
    worst = max(abs(gumbel(int(lane)) / 65536 - exact(int(lane))) for lane in lanes)
    assert worst < 1e-4


@given(LANES, LANES)
@settings(max_examples=300)
def test_a_larger_draw_never_has_a_smaller_noise(one: int, other: int) -> None:
    low, high = min(one, other), max(one, other)
    assert gumbel(low) <= gumbel(high)


def test_no_entry_lies_so_near_a_rounding_boundary_that_another_library_could_round_it_otherwise() -> None:
    half = len(GUMBEL_TABLE) // 2
    for place, value in enumerate(GUMBEL_TABLE):
        node, upper = place % half, place >= half
        tail = (2.0 ** (node // 64) * (1.0 + node % 64 / 64) - 0.5) / 2.0**32
        scaled = -65536.0 * math.log(-math.log1p(-tail) if upper else -math.log(tail))
        assert value == round(scaled)
        assert abs(scaled - math.floor(scaled) - 0.5) > 1e-7


def test_the_best_of_three_noisy_options_is_a_logit() -> None:
    # 30,000 choices at fixed draws: each share within four standard errors of its chance
    utilities = [0.0, 0.7, -0.4]
    openly, hidden = (round(65536 * utility) for utility in utilities[1:])
    lanes = np.random.default_rng(2).integers(0, U32, (30_000, 3))
    chosen = [best(openly, hidden, *(gumbel(int(lane)) for lane in row)) for row in lanes]
    weights = [math.exp(utility) for utility in utilities]
    for option in (KEEP, BREAK, HIDE):
        chance = weights[option] / sum(weights)
        share = chosen.count(option) / len(chosen)
        assert abs(share - chance) < 4 * math.sqrt(chance * (1 - chance) / len(chosen))


@given(UTILITIES, UTILITIES, st.integers(0, 10 * 65536), st.tuples(LANES, LANES, LANES))
@settings(max_examples=300)
def test_an_option_whose_utility_did_not_rise_never_gains(
    openly: int, hidden: int, fall: int, lanes: tuple[int, int, int]
) -> None:
    noise = [gumbel(lane) for lane in lanes]
    before = best(openly, hidden, *noise)
    after = best(openly - fall, hidden, *noise)
    assert after != BREAK or before == BREAK


@given(st.floats(-12, 12), st.floats(-12, 12))
@settings(max_examples=300)
def test_the_chance_of_either_breach_is_that_of_the_logit_over_three(openly: float, hidden: float) -> None:
    found = breach_chance(round(65536 * openly), round(65536 * hidden)) / U32
    weight = math.exp(openly) + math.exp(hidden)
    assert abs(found - weight / (1 + weight)) < 5e-5
    assert abs(found / (weight / (1 + weight)) - 1) < 2e-4
