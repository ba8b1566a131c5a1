"""The tipping line of crowding: where a sign turns between needing the score and a price for what is wrong.

Two numbers nobody knows decide whether a score makes people better or worse: kappa, the conscience lost in a
year in which every decision of a family needs the score, and phi, the part of a norm that a price replaces
(F11, F12). The ranges of both straddle nought. The map sets both to every pair of a grid; ordinary law knows
neither motive, so that one world of it serves the whole map.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demerit.claims.definitions import claims, keys, sides
from demerit.claims.reading import Figure
from demerit.claims.sensitivity import Indices, sobol_indices
from demerit.claims.variations import Variation, ranged
from demerit.claims.verdicts import CONFIDENCE, WorldsOfSeed, contrast_of, half_width
from demerit.regime import Regime
from demerit.society import Society

Array = np.ndarray[Any, Any]
KAPPA, PHI = "learning.kappa", "learning.phi"
WITHIN = ("R", "N")
"""Worlds of the map."""
GIVEN_IN = "given in"
"""What is mapped besides the claims: temptations to harm others that are given in to."""
_LINE = 61
"""Values of phi at which the line is found, the grid's ends included."""


@dataclass(frozen=True)
class Surface:
    """A figure over the map.

    Attributes:
        key: key of the part, or `GIVEN_IN`.
        says: what is counted; contrast: the worlds.
        smallest: where the sign turns: the smallest effect of interest.
        values: float64 (kappas, phis, seeds).
    """

    key: str
    says: str
    contrast: str
    smallest: float
    values: Array

    @property
    def mean(self) -> Array:
        """The mean over seeds: float64 (kappas, phis)."""
        return np.asarray(self.values.mean(axis=2))

    @property
    def half(self) -> Array:
        """Half the width of the 95 % interval over seeds: float64 (kappas, phis)."""
        flat = self.values.reshape(-1, self.values.shape[2])
        widths = [half_width(one, CONFIDENCE) for one in flat]
        return np.array(widths).reshape(self.values.shape[:2])

    @property
    def turns(self) -> bool:
        """Whether cells lie on both sides of where the sign turns, each with its whole interval."""
        off, half = self.mean - self.smallest, self.half
        return bool((off - half > 0).any() and (off + half < 0).any())


def grid(regime: Regime, society: Society) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the kappas and phis of the map: both ends of their ranges, nought, the file's, and between."""
    known = ranged(regime, society)
    return _steps(known[KAPPA].low, known[KAPPA].value, known[KAPPA].high), _steps(
        known[PHI].low, known[PHI].value, known[PHI].high
    )


def _steps(low: float, value: float, high: float) -> tuple[float, ...]:
    between = [value + (high - value) * part for part in (0.2, 0.5)]
    return tuple(sorted({round(one, 6) for one in (low, 0.0, value, *between, high) if low <= one <= high}))


def cells(regime: Regime, society: Society) -> list[list[Variation]]:
    """Return the variations of the map, by kappa and phi."""
    kappas, phis = grid(regime, society)
    return [[Variation(((KAPPA, kappa), (PHI, phi)), ("R",)) for phi in phis] for kappa in kappas]


def given_in(seed: Mapping[str, Any], world: str) -> float:
    """Return temptations given in to / temptations to harm others, late, from what C10 has read of a world.

    Of temptations a share p is resisted on principle, and of what is resisted a share f out of fear.
    """
    fear, principled = (Figure.of(seed[world][key]).value for key in ("C10.1", "C10.2"))
    return 1 - principled / 1000 / (1 - fear)


def surfaces(lived: Sequence[Sequence[Sequence[WorldsOfSeed]]], law: Sequence[WorldsOfSeed]) -> list[Surface]:
    """Return what is mapped: acts given in to, and every part of a claim that is read in R and N alone.

    Args:
        lived: what was kept of R, by kappa, phi and seed.
        law: what was kept of N, by seed.
    """
    both = [[[{**n, **r} for r, n in zip(cell, law, strict=True)] for cell in row] for row in lived]
    offences = [
        [[given_in(seed, "R") / given_in(seed, "N") for seed in cell] for cell in row] for row in both
    ]
    says = "temptations to harm others given in to, late"
    found = [Surface(GIVEN_IN, says, "R / N", 1.0, np.array(offences))]
    for claim in claims():
        for key, part in zip(keys(claim), claim.parts, strict=True):
            if not set(sides(part.figure)) <= set(WITHIN):
                continue
            values = [
                [[contrast_of(key, part.figure, seed).value for seed in cell] for cell in row] for row in both
            ]
            found.append(Surface(key, part.statistic, part.figure, part.smallest, np.array(values)))
    return found


def tipping_line(kappas: Sequence[float], phis: Sequence[float], off: Array) -> list[tuple[float, float]]:
    """Return points (phi, kappa) at which a surface crosses nought, straight between the grid's points.

    Args:
        kappas, phis: the grid.
        off: distance from where the sign turns, float64 (kappas, phis).

    >>> tipping_line([0, 1], [0, 1], np.array([[-1.0, 1.0], [1.0, 3.0]]))[0]
    (0.0, 0.5)
    """
    points = []
    for phi in np.linspace(phis[0], phis[-1], _LINE):
        column = np.array([np.interp(phi, phis, row) for row in off])
        points += [(float(phi), float(kappa)) for kappa in _crossings(kappas, column)]
    return points


def _crossings(places: Sequence[float], values: Array) -> list[float]:
    found = []
    for low, high, before, after in zip(places, places[1:], values, values[1:], strict=False):
        if before * after < 0 or (before == 0 and after != 0):
            found.append(low + (high - low) * before / (before - after))
    return found


def tips_at(kappas: Sequence[float], surface: Surface, column: int) -> tuple[float, float, float]:
    """Return the kappa at which the mean crosses in a column of the map, and the interval of seeds.

    NaN where the mean does not cross within the range, or a seed does not.
    """
    here = _crossings(kappas, surface.mean[:, column] - surface.smallest)
    each = [
        _crossings(kappas, surface.values[:, column, seed] - surface.smallest)
        for seed in range(surface.values.shape[2])
    ]
    if not here:
        return math.nan, math.nan, math.nan
    if not all(each):
        return here[0], math.nan, math.nan
    half = half_width(np.array([one[0] for one in each]), CONFIDENCE)
    return here[0], here[0] - half, here[0] + half


def whose_doing(kappas: Sequence[float], phis: Sequence[float], surface: Surface) -> Indices:
    """Return how much of the spread of a surface kappa and phi explain, alone and in company."""
    from scipy.interpolate import RegularGridInterpolator

    between = RegularGridInterpolator((kappas, phis), surface.mean)
    ranges = [(kappas[0], kappas[-1]), (phis[0], phis[-1])]
    return sobol_indices(lambda points: np.asarray(between(points.T)), ranges)
