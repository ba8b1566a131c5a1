"""Redress: whether somebody who knows what a record is worth appeals against it, in time."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, send
from demerit.catalogue.letters import APPEAL_READY
from demerit.catalogue.pointers import Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.words import INSTITUTIONS
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import appeal_chance, ground_of
from demerit.institutions.case import case_of
from demerit.institutions.clocks import days_until
from demerit.mechanisms.learning import trust

_APPEAL = int(Purpose.APPEAL)
_PREPARATION = int(Purpose.PREPARATION)
_LATE = flow("appeals_late")
_SEQUENCES = (1 << SEQUENCE_BITS) - 1


@kernel(void(State, Traits, Rules, People, Desk, i8, i8, i8, i8))
def consider_appeal(
    state: np.void,
    traits: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    label: int,
    root: int,
    day: int,
) -> None:
    """Appeal or not against a record of one's own: after the notice, when ready, within the window."""
    if rules["appeals"] == 0:
        return
    n = desk["n"]
    sequence = root & _SEQUENCES
    lanes = draw(n[SEED], _APPEAL, n[SUBJECT], n[DAY], sequence)
    ratio = (trust(state, people, INSTITUTIONS, day) << 16) // people["trust_start"][INSTITUTIONS]
    if lanes[0] >= appeal_chance(rules, traits, ground_of(label), ratio):
        return
    ready = days_until(n[SEED], _PREPARATION, n[SUBJECT], n[DAY], sequence, rules["prepared"])
    delay = rules["notice_days"] + ready
    if delay > rules["window_days"]:
        count(desk, _LATE, 1)
        return
    send(desk, APPEAL_READY, n[SUBJECT], delay, kind, label, 0, case_of(root), 0, root, 0)
