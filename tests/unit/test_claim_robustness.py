"""Draws of all numbers from their ranges, and the block of numbers that decides a claim."""

from __future__ import annotations

import math

import numpy as np
import pytest

from demerit.claims.definitions import claims
from demerit.claims.draws import BLOCKS, OTHERS, TRIES, drawables, drawn_regime, drawn_society, quantiles
from demerit.claims.robustness import deciding, explained, robustness
from demerit.files import inventory
from demerit.files.number import Number
from demerit.regime import Regime
from demerit.society import Society

C4 = claims()[4]


@pytest.fixture(scope="module")
def files() -> tuple[Regime, Society]:
    return Regime.load("essay"), Society.load("city")


def test_every_number_with_a_range_is_drawn_once_and_belongs_to_a_block(
    files: tuple[Regime, Society],
) -> None:
    numbers = drawables(*files)
    assert len({(one.of_regime, one.at) for one in numbers}) == len(numbers) > 500
    assert {one.block for one in numbers} <= {*BLOCKS, OTHERS}
    assert len({one.block for one in numbers}) <= 12
    assert all(one.low < one.high for one in numbers)


def test_a_hypercube_visits_every_part_of_every_range_once(files: tuple[Regime, Society]) -> None:
    where = quantiles(*files, 10).reshape(10 * TRIES, -1)
    strata = np.sort((where * len(where)).astype(int), axis=0)
    assert (strata == np.arange(len(where))[:, None]).all()


def test_a_draw_stays_within_the_ranges_and_changes_nearly_everything(
    files: tuple[Regime, Society],
) -> None:
    drawn_files = [draw(*files, 3, 10, attempt=1) for draw in (drawn_regime, drawn_society)]
    numbers, where = drawables(*files), quantiles(*files, 10)[1, 2]
    kept = 0
    values = {
        of_regime: {at: number for at, number in inventory.numbers(file.data) if isinstance(number, Number)}
        for of_regime, file in zip((True, False), drawn_files, strict=True)
    }
    for one, at in zip(numbers, where, strict=True):
        value = float(values[one.of_regime][one.at])
        assert one.low <= value <= one.high or math.isclose(value, one.low) or math.isclose(value, one.high)
        kept += not math.isclose(value, one.low + (one.high - one.low) * float(at), rel_tol=1e-9)
    assert kept < 0.05 * len(numbers)


def test_the_block_that_makes_the_difference_is_named_and_no_other() -> None:
    generator = np.random.default_rng(7)
    where = generator.random((64, 30))
    names = list(BLOCKS)
    blocks = [names[place // 10] for place in range(30)]
    margin = where[:, 12] + 0.1 * generator.normal(size=64)
    block, p = deciding(margin, where, blocks)
    assert block == names[1]
    assert p <= 0.001


def test_chance_is_called_chance_as_often_as_the_level_says() -> None:
    """Of 60 margins that nothing decides at most 3 are called decided at one in a hundred (P > .99)."""
    generator = np.random.default_rng(11)
    where = generator.random((64, 30))
    blocks = [list(BLOCKS)[place // 10] for place in range(30)]
    called = sum(deciding(generator.normal(size=64), where, blocks)[1] <= 0.01 for _ in range(60))
    assert called <= 3


def test_corrected_r_squared_is_that_of_least_squares() -> None:
    generator = np.random.default_rng(3)
    columns = generator.normal(size=(40, 5))
    target = columns @ [1, 0.5, 0, 0, 0] + generator.normal(size=40)
    basis = np.linalg.qr(columns - columns.mean(axis=0))[0]
    centred = target - target.mean()
    rest = (
        centred
        - (columns - columns.mean(0)) @ np.linalg.lstsq(columns - columns.mean(0), centred, rcond=None)[0]
    )
    expected = 1 - (rest @ rest / (40 - 1 - 5)) / (centred @ centred / 39)
    assert explained(basis, (centred / np.linalg.norm(centred))[None, :])[0] == pytest.approx(expected)


def test_robustness_is_the_share_of_draws_in_which_all_parts_lie_beyond() -> None:
    files = Regime.load("essay"), Society.load("city")
    numbers = drawables(*files)[:40]
    where = np.random.default_rng(5).random((30, 40))
    draws = []
    for place in range(30):
        value = 0.5 if place % 3 == 0 else 0.0
        world = {"R": {"C4.1": [value, 50.0]}, "N": {"C4.1": [0.1, 50.0]}}
        draws.append([world, world])
    draws[1] = [{"R": {"C4.1": [None, 0.0]}, "N": {"C4.1": [0.1, 50.0]}}] * 2
    found = robustness(C4, draws, where, numbers)
    assert found.draws == 29
    assert found.share == pytest.approx(10 / 29)
