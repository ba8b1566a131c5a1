"""Firms: how large they are, what they trade in, and how many vehicles they run."""

from __future__ import annotations

import math

import numpy as np

from demerit.catalogue.columns import COMPANY_DTYPE
from demerit.catalogue.words import LOGISTICS, PUBLIC
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, u4, void
from demerit.society.plan import FIRM_SIZE, Plan
from demerit.society.quantiles import Quantile, quantile_of

_Companies = records(COMPANY_DTYPE)
_LARGEST_SIZE = 1e6
_OTHER_TRADES = PUBLIC - LOGISTICS - 1
"""Trades of firms besides logistics; firms take turns in them, since nothing depends on them."""


def mean_firm(exponent: float, largest: float) -> float:
    """Return the mean size of firms of 1 to ``largest`` people with a density falling by this exponent.

    >>> round(mean_firm(2.0, 3000.0), 2)
    8.01
    """
    span = math.log(largest)
    if span <= 0:
        return 1.0
    gap = exponent - 2
    rise = span if abs(gap) < 1e-9 else -math.expm1(-gap * span) / gap
    return rise * (exponent - 1) / -math.expm1(-(exponent - 1) * span)


def largest_firm(exponent: float, mean: float) -> float:
    """Return the largest size with which the mean size is this one, at most a million."""
    low, high = 0.0, math.log(_LARGEST_SIZE)
    if mean_firm(exponent, _LARGEST_SIZE) <= mean:
        return _LARGEST_SIZE
    for _ in range(60):
        middle = (low + high) / 2
        if mean_firm(exponent, math.exp(middle)) < mean:
            low = middle
        else:
            high = middle
    return math.exp(high)


def firm_sizes(exponent: float, mean: float) -> Quantile:
    """Return the quantiles of firm size in 1/256 person: a power law from one up, cut to meet the mean."""
    edge = largest_firm(exponent, mean) ** (1 - exponent)

    def quantile(tail: float, upper: bool) -> float:
        exceeded = tail if upper else 1 - tail
        return 256 * math.pow(exceeded * (1 - edge) + edge, -1 / (exponent - 1))

    return quantile


@kernel(i8(Plan, i8, i8))
def size_of(plan: np.void, rank: int, count: int) -> int:
    """Return the size (1/256 person, to be scaled) that ``rank + 1`` of ``count + 1`` firms exceed."""
    return quantile_of(plan, FIRM_SIZE, 4294967296 - ((rank + 1) << 32) // (count + 1))


@kernel(void(Plan, i8, i8, i8, i8, array(u4)))
def set_sizes(plan: np.void, start: int, count: int, opening: int, staff: int, first: np.ndarray) -> None:
    """Cut a staff that begins at ``opening`` among ``count`` companies from ``start`` on, by size."""
    total = 0
    for rank in range(count):
        total += size_of(plan, rank, count)
    running = 0
    for rank in range(count):
        running += size_of(plan, rank, count)
        first[start + rank + 1] = opening + staff * running // total


@kernel(void(i8, i8, i8, array(u4), _Companies))
def choose_trades(
    public_units: int, logistics_share: int, fleet_share: int, first: np.ndarray, companies: np.ndarray
) -> None:
    """Choose what each company does, and the size of the fleets.

    Going down the list of sizes, a firm moves goods when the share of staff in logistics (Q16) falls behind
    by half its staff or more; so the sector's share of staff is that of the file at every scale. If none
    does, the smallest firm with any staff does. A logistics firm runs at least one vehicle, at most one per
    employee.
    """
    seen = 0
    moving = 0
    turn = 0
    smallest = -1
    for company in range(len(companies)):
        if company < public_units:
            companies[company]["sector"] = PUBLIC
            continue
        size = i64(first[company + 1]) - i64(first[company])
        seen += size
        if size > 0 and 2 * (logistics_share * seen - 65536 * moving) >= 65536 * size:
            moving += size
            companies[company]["sector"] = LOGISTICS
        else:
            companies[company]["sector"] = LOGISTICS + 1 + turn % _OTHER_TRADES
            turn += 1
        if size > 0:
            smallest = company
    if moving == 0 and smallest >= 0 and logistics_share > 0:
        companies[smallest]["sector"] = LOGISTICS
    for company in range(public_units, len(companies)):
        size = i64(first[company + 1]) - i64(first[company])
        if i64(companies[company]["sector"]) == LOGISTICS and size > 0 and fleet_share > 0:
            wanted = (fleet_share * size + 32768) >> 16
            companies[company]["fleet"] = clip(wanted, 1, min(size, 65535))
