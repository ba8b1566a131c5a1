"""Whether a claim holds: its parts over seeds, their intervals, and how far beyond what matters they lie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from demerit.claims.catalogue import STATISTICS
from demerit.claims.definitions import Claim, ClaimPart, keys, sides
from demerit.claims.reading import Figure

Verdict = Literal["holds", "fails", "unclear", "no occasion"]
CONFIDENCE = 0.95
WORSE: tuple[Verdict, ...] = ("fails", "no occasion", "unclear")
"""Verdicts of a part that make the claim's, the first that any part has."""
LEAST_OCCASIONS = 30
"""Occasions over all seeds below which a part says nothing."""
WorldsOfSeed = dict[str, dict[str, Any]]
"""What was kept of one seed: by world, and by key of the statistic."""


@dataclass(frozen=True)
class Sized:
    """A figure over seeds.

    Attributes:
        contrast: the world or worlds it is of.
        effect: mean over seeds; NaN without an occasion.
        low, high: ends of the 95 % interval of Student's t; NaN with less than two seeds.
        seeds: how many seeds had an occasion.
        occasions: over all seeds, in the world that had fewer.
    """

    contrast: str
    effect: float
    low: float
    high: float
    seeds: int
    occasions: float


@dataclass(frozen=True)
class PartFound:
    """What became of a part: its figure, what sizes it, and a verdict of its own.

    Attributes:
        key: key of its statistic.
        part: the definition.
        found: the figure that decides.
        sized_by: the figures that say where it comes from.
        verdict: of this part alone.
        p: chance of a figure as far beyond the smallest effect of interest if it lay just there (one-sided).
        holm_low, holm_high: ends of the interval at the level that Holm's procedure leaves the claim.
    """

    key: str
    part: ClaimPart
    found: Sized
    sized_by: tuple[Sized, ...]
    verdict: Verdict
    p: float
    holm_low: float = math.nan
    holm_high: float = math.nan


@dataclass(frozen=True)
class ClaimFound:
    """What became of a claim."""

    claim: Claim
    parts: tuple[PartFound, ...]

    @property
    def verdict(self) -> Verdict:
        """Holds if all parts do; fails if one does; otherwise unclear, or without an occasion."""
        said = [part.verdict for part in self.parts]
        return next((verdict for verdict in WORSE if verdict in said), "holds")


def contrast_of(key: str, contrast: str, seed: WorldsOfSeed) -> Figure:
    """Return the figure of a contrast on one seed: of a world, or of two set against each other."""
    worlds = sides(contrast)
    statistic = STATISTICS[key]
    kept = [seed[world][key] for world in worlds]
    if statistic.against is not None and len(kept) == 2:
        return statistic.against(kept[0], kept[1])
    figures = [Figure.of(one) for one in kept]
    if len(figures) == 1:
        return figures[0]
    one, other = figures
    least = min(one.occasions, other.occasions)
    if " / " in contrast:
        return Figure(one.value / other.value if other.value else math.nan, least)
    return Figure(one.value - other.value, least)


def sized(key: str, contrast: str, seeds: Sequence[WorldsOfSeed], confidence: float = CONFIDENCE) -> Sized:
    """Return a contrast over seeds with its interval: the mean ± t s / √n, n − 1 degrees of freedom."""
    figures = [contrast_of(key, contrast, seed) for seed in seeds]
    values = np.array([one.value for one in figures if not math.isnan(one.value)])
    occasions = sum(one.occasions for one in figures)
    if not len(values):
        return Sized(contrast, math.nan, math.nan, math.nan, 0, occasions)
    effect = float(values.mean())
    half = half_width(values, confidence)
    return Sized(contrast, effect, effect - half, effect + half, len(values), occasions)


def half_width(values: np.ndarray[Any, Any], confidence: float) -> float:
    """Return half the width of an interval of a mean; NaN for one value, nought where nothing varies.

    >>> round(half_width(np.array([1.0, 2.0, 3.0]), 0.95), 3)
    2.484
    """
    from scipy import stats

    n = len(values)
    if n < 2:
        return math.nan
    error = float(values.std(ddof=1)) / math.sqrt(n)
    return error * float(stats.t.ppf((1 + confidence) / 2, n - 1)) if error else 0.0


def verdict_of(part: ClaimPart, found: Sized) -> Verdict:
    """Say whether the whole interval lies beyond the smallest effect of interest, on its side."""
    if found.occasions < LEAST_OCCASIONS or math.isnan(found.effect):
        return "no occasion"
    if math.isnan(found.low):
        return "unclear"
    low, high, least = found.low, found.high, part.smallest
    if part.side == "below":
        low, high, least = -high, -low, -least
    if low > least or (part.side == "at_least" and low >= least):
        return "holds"
    return "fails" if high < least or (part.side != "at_least" and high <= least) else "unclear"


def beyond(part: ClaimPart, value: float) -> bool:
    """Tell whether a point lies beyond the smallest effect of interest, on the side of a part."""
    if part.side == "below":
        return value < part.smallest
    return value >= part.smallest if part.side == "at_least" else value > part.smallest


def chance(part: ClaimPart, found: Sized) -> float:
    """Return the one-sided p of a part against its smallest effect of interest; 1 if nothing can be said."""
    from scipy import stats

    if found.seeds < 2 or math.isnan(found.low):
        return 1.0
    off = found.effect - part.smallest if part.side != "below" else part.smallest - found.effect
    half = (found.high - found.low) / 2
    if half == 0:
        return 0.0 if beyond(part, found.effect) else 1.0
    error = half / float(stats.t.ppf((1 + CONFIDENCE) / 2, found.seeds - 1))
    return float(stats.t.sf(off / error, found.seeds - 1))


def find(claims: Sequence[Claim], seeds: Sequence[WorldsOfSeed]) -> list[ClaimFound]:
    """Return what became of every claim, with the intervals at the level that Holm's procedure leaves it."""
    found = []
    for claim in claims:
        parts = tuple(_part(key, part, seeds) for key, part in zip(keys(claim), claim.parts, strict=True))
        found.append(ClaimFound(claim, parts))
    return holm(found, seeds)


def _part(key: str, part: ClaimPart, seeds: Sequence[WorldsOfSeed]) -> PartFound:
    found = sized(key, part.figure, seeds)
    others = tuple(sized(key, contrast, seeds) for contrast in filter(None, part.sized_by.split("; ")))
    return PartFound(key, part, found, others, verdict_of(part, found), chance(part, found))


def holm(found: Sequence[ClaimFound], seeds: Sequence[WorldsOfSeed]) -> list[ClaimFound]:
    """Add the intervals at Holm's level: the claim with the k-th smallest p of m has 1 − .05 / (m − k + 1).

    A claim's p is the largest of its parts', since all of them must hold.
    """
    order = sorted(range(len(found)), key=lambda place: max(part.p for part in found[place].parts))
    done = list(found)
    for rank, place in enumerate(order):
        confidence = 1 - (1 - CONFIDENCE) / (len(found) - rank)
        parts = []
        for part in found[place].parts:
            wide = sized(part.key, part.part.figure, seeds, confidence)
            parts.append(replace(part, holm_low=wide.low, holm_high=wide.high))
        done[place] = replace(found[place], parts=tuple(parts))
    return done
