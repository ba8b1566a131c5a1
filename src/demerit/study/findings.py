"""What can be said of each indicator of a comparison: an order of the regimes, or a warning in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from demerit.measures.indicators import INDICATORS
from demerit.measures.terms import Indicator
from demerit.study.comparison import Comparison, Pair
from demerit.study.paired import Paired, mean_and_spread

EVERYBODY = 0
"""Place of the group of everybody among the groups."""
VERDICTS = ("apart", "unclear", "one seed", "same", "undefined")
"""What can be said of a difference, the most telling first."""


@dataclass(frozen=True)
class Finding:
    """What can be said of an indicator of everybody.

    Attributes:
        indicator: which one; place: its place among the indicators.
        verdict: the most telling verdict among all pairs of regimes.
        clearness: the largest difference in its own standard errors; infinite where nothing varies.
        ranking: the regimes from the lowest mean to the highest, if every two of them can be told apart.
        warning: which regimes cannot be told apart, if any.
    """

    indicator: Indicator
    place: int
    verdict: str
    clearness: float
    ranking: tuple[str, ...] | None
    warning: str | None


def verdict(n: int, same: bool, apart: bool) -> str:
    """Return what can be said of a difference in one word.

    >>> verdict(5, same=False, apart=True), verdict(1, same=False, apart=False)
    ('apart', 'one seed')
    """
    if n == 0:
        return "undefined"
    if same:
        return "same"
    if n == 1:
        return "one seed"
    return "apart" if apart else "unclear"


def findings(done: Comparison) -> list[Finding]:
    """Return what can be said of every indicator of everybody, in the order of the indicators."""
    found = {pair: done.paired(pair) for pair in done.pairs}
    _, means, _ = mean_and_spread(done.values[:, :, EVERYBODY].transpose(1, 0, 2))
    return [_finding(done, found, means[:, place], place) for place in range(len(INDICATORS))]


def _finding(
    done: Comparison,
    found: Mapping[Pair, Paired],
    means: np.ndarray[tuple[int], np.dtype[np.float64]],
    place: int,
) -> Finding:
    at, names = (EVERYBODY, place), done.plan.names
    said = {
        pair: verdict(int(one.n[at]), bool(one.same[at]), bool(one.apart[at])) for pair, one in found.items()
    }
    unclear = [pair for pair, word in said.items() if word == "unclear"]
    all_apart = set(said.values()) == {"apart"}
    clear = [_clearness(found[pair], at) for pair, word in said.items() if word == "apart"]
    return Finding(
        indicator=INDICATORS[place],
        place=place,
        verdict=min(said.values(), key=VERDICTS.index),
        clearness=max(clear, default=0.0),
        ranking=tuple(names[regime] for regime in np.argsort(means)) if all_apart else None,
        warning=_warning(done, unclear, found, at) if unclear else None,
    )


def _clearness(one: Paired, at: tuple[int, int]) -> float:
    error = float(one.error[at])
    return abs(float(one.difference[at])) / error if error else float("inf")


def _warning(done: Comparison, unclear: list[Pair], found: Mapping[Pair, Paired], at: tuple[int, int]) -> str:
    names = done.plan.names
    told = "; ".join(f"{names[pair.first]} and {names[pair.other]}" for pair in unclear)
    seeds = min(int(found[pair].n[at]) for pair in unclear)
    return f"{told} cannot be told apart at {seeds} seeds"
