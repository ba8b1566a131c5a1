"""Rebukes: the driver is scolded by the company, the police and the state (R7)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import SCOLDING
from demerit.catalogue.pointers import Desk, Rules
from demerit.catalogue.words import SCOLDERS
from demerit.engine.kernel import i8, kernel

_SCOLDED = flow(f"scolded_{SCOLDERS[0]}")


@kernel(i8(Rules, Desk, i8, i8, i8, i8))
def scold(rules: np.void, desk: np.void, scolder: int, label: int, cause: int, depth: int) -> int:
    """Enter a rebuke if the regime has this scolder; return 1 if it was given."""
    if rules["scolds"][scolder] == 0:
        return 0
    enter(desk, SCOLDING, scolder, -1, label, 0, 0, 0, cause, depth)
    count(desk, _SCOLDED + scolder, 1)
    return 1
