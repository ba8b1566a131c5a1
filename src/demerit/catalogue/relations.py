"""Messages to *somebody* near: a circle in place of a subject, which the sending day makes a person."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import MET
from demerit.catalogue.pointers import Desk
from demerit.catalogue.rules import EPISODE
from demerit.catalogue.words import CIRCLES, SUBJECT_SHIFT
from demerit.engine.kernel import i8, kernel, void

SOMEBODY = 7 << SUBJECT_SHIFT
"""A target of ``SOMEBODY | relation`` stands for a person of that relation to the sender."""
KIN = len(CIRCLES)
NAMESAKE = KIN + 1
WORKPLACE = NAMESAKE + 1
"""An employer heard of: that of a neighbour, or of a driver of the same fleet."""
STAFF = WORKPLACE + 1
"""Somebody who works for the company at the desk."""
PROVINCE_OFFICE = STAFF + 1
"""The office that hears appeals in the province of the subject at the desk."""
DRIVER = PROVINCE_OFFICE + 1
"""A stranger of the district who drives."""
SUPERIOR = DRIVER + 1
"""Somebody at the same employer who ranks above the citizen at the desk, or represents it."""
PERSONNEL_OFFICE = SUPERIOR + 1
"""The office that keeps the officials of the province of the citizen at the desk."""
CREDITOR = PERSONNEL_OFFICE + 1
"""A firm of the province to which the agency at the desk owes money."""
OPERATOR = CREDITOR + 1
"""A service of the province of the kind that the message names."""
CUSTOMER = OPERATOR + 1
"""Somebody of the province of the service at the desk."""
RELATIONS = 32
LINK = SOMEBODY | 32
"""A target of ``LINK + link`` stands for all to whom a relation of ``LINKS`` leads from the sender."""


@kernel(void(Desk, i8, i8, i8, i8, i8, i8))
def tell_somebody(
    desk: np.void, letter: int, relation: int, rule: int, label: int, about: int, cause: int
) -> None:
    """Send a message to a person of a relation, who is found when the desk is cleared.

    The episode travels in the amount until then, so that the person found depends on the situation alone.
    """
    send(desk, letter, SOMEBODY | relation, 1, rule, label, 0, desk["n"][EPISODE], about, cause, 0)


@kernel(void(Desk, i8, i8, i8))
def be_met(desk: np.void, relation: int, good: int, cause: int) -> None:
    """Let somebody of a circle experience what the subject at the desk did, for good (1) or ill (0)."""
    tell_somebody(desk, MET, relation, relation, good, 0, cause)
