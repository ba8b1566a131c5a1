"""Exemption: a record about somebody of some strata is rarely filed, on whatever road it comes (F18)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Desk, Rules, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FIFTHS, HUKOU
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel

_EXEMPTION = int(Purpose.EXEMPTION)
_SPARED = flow("spared")
_CELLS_PER_STRATUM = len(HUKOU) * len(FIFTHS)


@kernel(i8(Rules, Traits))
def filing_chance(rules: np.void, traits: np.void) -> int:
    """Return the chance (Q32) that a record about this citizen is filed."""
    return i64(rules["filed"][i64(traits["cell"]) // _CELLS_PER_STRATUM])


@kernel(i8(Rules, Traits, Desk))
def is_filed(rules: np.void, traits: np.void, desk: np.void) -> int:
    """Tell whether a record about the citizen at the desk is filed; ask once for an event."""
    if rules["exempts"] == 0:
        return 1
    n = desk["n"]
    lanes = draw(n[SEED], _EXEMPTION, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] < filing_chance(rules, traits):
        return 1
    count(desk, _SPARED, 1)
    return 0


@kernel(i8(Rules, Traits, i8))
def as_the_exempt_see_it(rules: np.void, traits: np.void, chance: int) -> int:
    """Return a perceived chance of being recorded (Q16), with the exemption that the exempt know of."""
    if rules["exempts"] == 0:
        return chance
    return (chance * filing_chance(rules, traits)) >> 32
