"""A first strike let pass: the first record that would be filed about a citizen is not, with a chance.

Who is let off is drawn by the citizen and the situation, of a purpose of its own, so that a world with the
rule and one without meet the same first records. Without the rule nothing is kept.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import STRIKE_SPARED
from demerit.catalogue.pointers import Accounts, Desk, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel

_SPARED = flow("strikes_spared")
_FIRST_STRIKE = int(Purpose.FIRST_STRIKE)
STRUCK = 16
"""Bit of ``access`` that says that a first record was filed or let pass, where a regime may let it pass."""


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8))
def is_let_pass(
    accounts: np.void, rules: np.void, desk: np.void, kind: int, label: int, motive: int, cause: int
) -> int:
    """Tell whether a record that is about to be filed is a first one and is let pass; enter it if so.

    To be asked once more about the same record is harmless: it is no first one then.
    """
    if rules["first_spared"] == 0 or i64(accounts["access"]) & STRUCK != 0:
        return 0
    accounts["access"] = i64(accounts["access"]) | STRUCK
    n = desk["n"]
    lanes = draw(n[SEED], _FIRST_STRIKE, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] >= rules["first_spared"]:
        return 0
    count(desk, _SPARED, 1)
    enter(desk, STRIKE_SPARED, rules["conduct"][kind] - 1, -1, label, motive, 0, 0, cause, 0)
    return 1
