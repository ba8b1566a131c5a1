"""How far a claim rests on numbers nobody knows: its verdict over draws, and the block that decides it.

Every draw is lived on two seeds. The margin of a claim in a draw is how far its weakest part lies beyond the
smallest effect of interest. 64 draws cannot rank 150 numbers; blocks of numbers are looked at instead: how
much of the ranks of the margin a block explains (R² of the ranks on the ranks of its numbers, corrected for
how many they are), held against permutations of the draws.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demerit.claims.definitions import Claim, keys
from demerit.claims.draws import BLOCKS, OTHERS, Drawable
from demerit.claims.reading import Figure
from demerit.claims.verdicts import WorldsOfSeed, beyond, contrast_of

PERMUTATIONS = 4_999
LEVEL = 0.01
"""Level of the permutation test, over all blocks together."""
UNDECIDED = "undecided"
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Robustness:
    """What draws say to a claim.

    Attributes:
        draws: draws in which all its parts had an occasion.
        share: share of these in which all parts lie beyond the smallest effects of interest; NaN without any.
        decided_by: the block whose numbers decide the margin, or `undecided`.
        p: chance of as much in permuted draws, of that block or of the clearest, all blocks considered.
    """

    draws: int
    share: float
    decided_by: str
    p: float


def part_values(claim: Claim, seeds: Sequence[WorldsOfSeed]) -> list[float]:
    """Return the mean figure of each part over the seeds of a draw; NaN without an occasion."""
    values = []
    for key, part in zip(keys(claim), claim.parts, strict=True):
        figures: list[Figure] = [contrast_of(key, part.figure, seed) for seed in seeds]
        known = [one.value for one in figures if not math.isnan(one.value)]
        values.append(float(np.mean(known)) if known else math.nan)
    return values


def margins(claim: Claim, draws: Sequence[Sequence[WorldsOfSeed]]) -> Array:
    """Return the margin of a claim by draw, NaN without an occasion.

    Parts have units of their own: each part's distances are divided by their median size over the draws.
    """
    values = np.array([part_values(claim, seeds) for seeds in draws])
    signs = np.array([-1.0 if part.side == "below" else 1.0 for part in claim.parts])
    off = signs * (values - np.array([part.smallest for part in claim.parts]))
    size, seen = np.ones(off.shape[1]), np.isfinite(off).any(axis=0)
    size[seen] = np.nanmedian(np.abs(off[:, seen]), axis=0)
    return np.asarray((off / np.where(size > 0, size, 1.0)).min(axis=1))


def robustness(
    claim: Claim, draws: Sequence[Sequence[WorldsOfSeed]], where: Array, numbers: Sequence[Drawable]
) -> Robustness:
    """Return what draws say to a claim.

    Args:
        claim: which one.
        draws: what was kept, by draw and seed.
        where: where in its range every number lay, (draws, numbers).
        numbers: which numbers those are.
    """
    margin = margins(claim, draws)
    known = np.isfinite(margin)
    held = [
        all(beyond(part, value) for part, value in zip(claim.parts, part_values(claim, seeds), strict=True))
        for seeds, there in zip(draws, known, strict=True)
        if there
    ]
    share = float(np.mean(held)) if held else math.nan
    block, p = deciding(margin[known], where[known], [one.block for one in numbers])
    return Robustness(int(known.sum()), share, block if p <= LEVEL else UNDECIDED, p)


def deciding(margin: Array, where: Array, blocks: Sequence[str]) -> tuple[str, float]:
    """Return the block that explains the margin best, and how often permuted draws explain it so well.

    The best of all blocks is held against the best of all blocks in every permutation (Westfall and Young).
    """
    if len(margin) < 20 or not margin.std():
        return UNDECIDED, 1.0
    names = [name for name in (*BLOCKS, OTHERS) if name in blocks]
    bases = [_basis(where[:, [block == name for block in blocks]]) for name in names]
    target = _standard(_ranks(margin))
    generator = np.random.default_rng(len(margin))
    shuffled = np.stack([generator.permutation(target) for _ in range(PERMUTATIONS)])
    found = np.array([explained(basis, target[None, :])[0] for basis in bases])
    best = np.max([explained(basis, shuffled) for basis in bases], axis=0)
    place = int(found.argmax())
    return names[place], float((1 + (best >= found[place]).sum()) / (PERMUTATIONS + 1))


def explained(basis: Array, targets: Array) -> Array:
    """Return the corrected R² of standardised targets (targets, draws) on an orthonormal basis."""
    n, k = basis.shape
    free = n - 1 - k
    if free < 1:
        return np.zeros(len(targets))
    share = ((targets @ basis) ** 2).sum(axis=1)
    return np.asarray(1 - (1 - share) * (n - 1) / free)


def _basis(columns: Array) -> Array:
    """Return an orthonormal basis of the ranks of columns, the main ones if there are many."""
    ranks = np.apply_along_axis(_ranks, 0, columns)
    left, _, _ = np.linalg.svd(ranks - ranks.mean(axis=0), full_matrices=False)
    return np.asarray(left[:, : max(1, len(columns) // 3)])


def _ranks(values: Array) -> Array:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values))


def _standard(values: Array) -> Array:
    centred = values - values.mean()
    return np.asarray(centred / np.linalg.norm(centred))
