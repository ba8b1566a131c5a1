"""A first strike let pass: the first record that would be filed about a citizen is not, with a chance.

Who is let off is drawn by the citizen and the situation, of a purpose of its own, so that a world with the rule
and one without meet the same first records. Without the rule nothing is kept.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import enter
from demerit.catalogue.entries import STRIKE_SPARED
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import EPISODE, SEED, SUBJECT
from demerit.engine.draws import draw
from demerit.engine.fixed import clip
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.purse import wealth
from demerit.institutions.standing import composite

_FIRST_STRIKE = int(Purpose.FIRST_STRIKE)
STRUCK = 16
"""Bit of ``access`` that says that a first record was filed or let pass, under a regime that may let it pass."""
_MOST = (1 << 31) - 1


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8))
def is_let_pass(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    label: int,
    motive: int,
    cause: int,
    day: int,
) -> int:
    """Tell whether a record that is about to be filed is a first one and is let pass; enter it if so.

    To be asked once more about the same record is harmless: it is no first one then.
    """
    if rules["first_spared"] == 0 or i64(accounts["access"]) & STRUCK != 0:
        return 0
    accounts["access"] = i64(accounts["access"]) | STRUCK
    n = desk["n"]
    if draw(n[SEED], _FIRST_STRIKE, n[SUBJECT], day, n[EPISODE])[0] >= rules["first_spared"]:
        return 0
    held = clip(wealth(state, traits, people, day), -_MOST, _MOST)
    points = composite(accounts, rules, day)
    enter(desk, STRIKE_SPARED, rules["conduct"][kind] - 1, -1, label, motive, points, held, cause, 0)
    return 1
