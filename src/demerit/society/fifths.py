"""Fifths of own income among adults, and the cell of the population each person is counted in.

The bounds come from two counts: first 64 bins an octave of income, then the bins that hold a bound in 4,096
parts. Up to 2,600 CNY a day they are exact, beyond that to one part in 262,144.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE, TRAITS_DTYPE
from demerit.catalogue.words import CHILD, FIFTHS, HUKOU
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, void
from demerit.society.crew import Crew

BINS = 32 * 64
PARTS = 4096
BOUNDS = len(FIFTHS) - 1

_People = records(PERSON_DTYPE)
_AllTraits = records(TRAITS_DTYPE)


@kernel(i8(i8))
def octave_of(value: int) -> int:
    """Return the place of the highest bit of a value from 1 to 2**32 - 1."""
    octave = 0
    for step in (16, 8, 4, 2, 1):
        if value >> (octave + step) > 0:
            octave += step
    return octave


@kernel(i8(i8))
def bin_of(income: int) -> int:
    """Return the bin of an income, 64 an octave."""
    octave = octave_of(income)
    return octave * 64 + (((income << (31 - octave)) >> 25) & 63)


@kernel(i8(i8))
def part_of(income: int) -> int:
    """Return the part of its bin an income lies in, of 4,096."""
    return ((income << (31 - octave_of(income))) >> 13) & (PARTS - 1)


@kernel(void(i8, i8, _AllTraits, _People, array(i8)))
def count_bins(start: int, stop: int, traits: np.ndarray, person: np.ndarray, counts: np.ndarray) -> None:
    """Count the adults among citizens ``start … stop - 1`` by bin of income."""
    for citizen in range(start, stop):
        if i64(person[citizen]["stratum"]) != CHILD:
            counts[bin_of(i64(traits[citizen]["income_fen_day"]))] += 1


@kernel(void(i8, i8, _AllTraits, _People, array(i8), array(i8, 2)))
def count_parts(
    start: int, stop: int, traits: np.ndarray, person: np.ndarray, bins: np.ndarray, counts: np.ndarray
) -> None:
    """Count the adults whose income lies in one of the chosen bins by part of that bin."""
    for citizen in range(start, stop):
        if i64(person[citizen]["stratum"]) != CHILD:
            income = i64(traits[citizen]["income_fen_day"])
            found = bin_of(income)
            for bound in range(BOUNDS):
                if bins[bound] == found:
                    counts[bound, part_of(income)] += 1


def fifth_bounds(crew: Crew, traits: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Return the highest income (fen a day) of each of the four lower fifths, shape (4,).

    A bound is the lowest income that one, two, three or four fifths of adults do not exceed, so people of
    equal income share a fifth.
    """
    coarse = crew.add_up(
        len(traits), (BINS,), lambda start, stop, into: count_bins(start, stop, traits, person, into)
    )
    ranks = [-(-int(coarse.sum()) * (bound + 1) // len(FIFTHS)) for bound in range(BOUNDS)]
    bins, short = _find(np.broadcast_to(coarse, (BOUNDS, BINS)), ranks)
    fine = crew.add_up(
        len(traits),
        (BOUNDS, PARTS),
        lambda start, stop, into: count_parts(start, stop, traits, person, bins, into),
    )
    parts, _ = _find(fine, short)
    octave, place = bins // 64, bins % 64
    scaled = (1 << 31) + (place << 25) + (parts << 13) + 8191
    bounds: np.ndarray = scaled >> (31 - octave)
    return bounds


def _find(counts: np.ndarray, ranks: list[int]) -> tuple[np.ndarray, list[int]]:
    """Find for each row of counts the place that holds a rank, and the rank within that place."""
    sums = np.cumsum(counts, axis=1)
    places = [int(np.searchsorted(row, rank)) for row, rank in zip(sums, ranks, strict=True)]
    before = [int(row[place] - count[place]) for row, count, place in zip(sums, counts, places, strict=True)]
    return np.array(places, dtype=np.int64), [rank - below for rank, below in zip(ranks, before, strict=True)]


@kernel(void(i8, i8, array(i8), _AllTraits, _People))
def assign_fifths(start: int, stop: int, bounds: np.ndarray, traits: np.ndarray, person: np.ndarray) -> None:
    """Give citizens ``start … stop - 1`` their fifth and cell; children count in the lowest fifth."""
    for citizen in range(start, stop):
        fifth = 0
        stratum = i64(person[citizen]["stratum"])
        if stratum != CHILD:
            income = i64(traits[citizen]["income_fen_day"])
            for bound in range(BOUNDS):
                if income > bounds[bound]:
                    fifth += 1
        person[citizen]["fifth"] = fifth
        hukou = i64(person[citizen]["hukou"])
        traits[citizen]["cell"] = (stratum * len(HUKOU) + hukou) * len(FIFTHS) + fifth
