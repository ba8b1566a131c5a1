"""Incomes: urban and rural lognormals with a Pareto top [P76b], stratum and floor; liquid wealth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE, TRAITS_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import CHILD
from demerit.engine.draws import draw
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, void
from demerit.society.plan import RURAL_INCOME, URBAN_INCOME, WEALTH, Plan
from demerit.society.population_types import Income
from demerit.society.quantiles import Quantile, lognormal, lognormal_with_pareto_top, quantile_of

_INCOME = int(Purpose.INCOME)
_LARGEST_INCOME = (1 << 31) - 1
_LARGEST_FACTOR = 1 << 24
_LARGEST_WEALTH = 1 << 31
"""Days of income in 1/256."""


def income_quantiles(income: Income, annual_mean: float, sigma: float) -> Quantile:
    """Return the quantiles of own income, before stratum and floor, in 1/256 fen a day."""
    daily = annual_mean * 100 * 256 / 365
    return lognormal_with_pareto_top(daily, sigma, float(income.pareto_share), float(income.pareto_alpha))


def wealth_quantiles(income: Income) -> Quantile:
    """Return the quantiles of liquid wealth in 1/256 day of own income."""
    return lognormal(256 * float(income.wealth_days_mean), float(income.wealth_sigma))


def income_factors(factors: Sequence[float], shares: Sequence[float]) -> list[int]:
    """Return the factors by stratum (Q16), scaled to a mean of one among adults; children come last with 0.

    >>> income_factors([1.0, 3.0], [0.5, 0.5])
    [32768, 98304, 0]
    """
    mean = sum(factor * share for factor, share in zip(factors, shares, strict=True))
    scaled = [round(65536 * factor / mean) if mean > 0 else 65536 for factor in factors]
    return [*(min(factor, _LARGEST_FACTOR) for factor in scaled), 0]


@kernel(i8(Plan, i8, i8, i8, i8))
def own_income(plan: np.void, seed: int, citizen: int, urban: int, stratum: int) -> int:
    """Return own income in fen a day, at least the floor; children have the floor."""
    lane = draw(seed, _INCOME, citizen, 0, 0)[0]
    value = quantile_of(plan, URBAN_INCOME if urban == 1 else RURAL_INCOME, lane)
    return clip((value * plan["income_factor"][stratum]) >> 24, plan["income_floor"], _LARGEST_INCOME)


@kernel(i8(i8, i8))
def wealth_lane(seed: int, citizen: int) -> int:
    """Return the draw behind a person's liquid wealth."""
    return draw(seed, _INCOME, citizen, 0, 0)[1]


@kernel(void(i8, i8, i8, Plan, records(TRAITS_DTYPE), records(PERSON_DTYPE), array(i8)))
def endow(
    start: int,
    stop: int,
    seed: int,
    plan: np.void,
    traits: np.ndarray,
    person: np.ndarray,
    wealth_fen: np.ndarray,
) -> None:
    """Give citizens ``start … stop - 1`` their liquid wealth; children have none."""
    for citizen in range(start, stop):
        wealth = 0
        if i64(person[citizen]["stratum"]) != CHILD:
            days = min(quantile_of(plan, WEALTH, wealth_lane(seed, citizen)), _LARGEST_WEALTH)
            wealth = (i64(traits[citizen]["income_fen_day"]) * days) >> 8
        wealth_fen[citizen] = wealth
