"""Talk: who near somebody hears of what has happened to them (F14)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Desk, People
from demerit.catalogue.relations import KIN, tell_somebody
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.engine.draws import below, draw
from demerit.engine.kernel import i8, kernel, void

_CONFIDANTS = 5
"""Family, friends, neighbours, colleagues and kin; strangers and institutions are no confidants."""
_HEARERS = 8
"""Most people who hear of one case."""


@kernel(void(People, Desk, i8, i8, i8, i8, i8))
def be_talked_of(
    people: np.void, desk: np.void, purpose: int, letter: int, kind: int, label: int, cause: int
) -> None:
    """Let as many people as hear of a case hear of that of the citizen at the desk, each in a drawn circle.

    Args:
        purpose: of the draws; every sort of case has its own.
        letter: what they are told.
        kind: situation kind of the case.
        label: truth label of the record, 0 where there is none.
        cause: ledger id of the case.
    """
    n = desk["n"]
    for hearer in range(people["hearers"]):
        lane = draw(n[SEED], purpose, n[SUBJECT], n[DAY], n[EPISODE] * _HEARERS + hearer)[0]
        circle = below(lane, _CONFIDANTS)
        tell_somebody(desk, letter, circle if circle < _CONFIDANTS - 1 else KIN, kind, label, hearer, cause)
