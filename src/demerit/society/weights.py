"""Weights of strata: what a member counts for when shares are to be those in life [F43].

A rare stratum may be more frequent in a small society than in life, so that there is some of it to look at.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demerit.catalogue.words import CHILD, STRATA
from demerit.society.lives import adult_shares
from demerit.society.population_types import Stratum


def stratum_weights(strata: Sequence[Stratum]) -> np.ndarray:
    """Return the weight of each stratum, float64 (strata,): its share in life over its share here.

    Weights have mean one among adults; children count one. Active strata without a share in life keep theirs
    and all of them are scaled to what students and the retired leave.

    >>> from demerit.society import Society
    >>> weights = stratum_weights(Society.load("country").data.strata)
    >>> weights.tolist() == [1.0] * len(STRATA)
    True
    """
    if all(one.real_share is None for one in strata):
        return np.ones(len(STRATA))
    real = [
        one if one.real_share is None else one.model_copy(update={"share": one.real_share}) for one in strata
    ]
    here, life = np.array(adult_shares(strata)), np.array(adult_shares(real))
    return np.append(np.divide(life, here, out=np.ones(CHILD), where=here > 0), 1.0)
