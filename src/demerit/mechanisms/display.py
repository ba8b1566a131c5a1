"""Being shown in public, and what others make of it: hearing, the employer (R20, F16, F33)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, send
from demerit.catalogue.letters import DISMISSED, HEARD, OFF_SCREEN, ON_SCREEN, SHOWN_AT_WORK
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import LINK, tell_somebody
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import BY_DISPLAY, DISPLAY, EMPLOYED, EMPLOYING_COMPANY, NEIGHBOUR
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import kernel, void
from demerit.institutions.screens import begin_display, end_display
from demerit.mechanisms.employer import chance_at_worth
from demerit.mechanisms.learning import become_aware
from demerit.mechanisms.strain import be_strained

_SHOWN_AT_WORK = int(Purpose.SHOWN_AT_WORK)
_STRESS = flow("display_stress")


@kernel(void(State, Accounts, Rules, People, Desk, Message))
def be_shown(
    state: np.void, accounts: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Be shown from today on: stress, neighbours who read the allegation, an employer who sees it."""
    display = begin_display(accounts, rules, desk, message)
    if display == 0:
        return
    n = desk["n"]
    day, kind, label = n[DAY], i64(message["amount"]) - 1, i64(message["label"])
    be_strained(state, people, desk, DISPLAY, display, day)
    count(desk, _STRESS, people["stress"][DISPLAY])
    become_aware(state, day)
    if rules["screen_allegation"] == 1 and kind >= 0:
        for hearer in range(people["hearers"]):
            tell_somebody(desk, HEARD, NEIGHBOUR, kind, label, hearer, display)
    if rules["screen_city"] == 1 and i64(state["job"]) == EMPLOYED:
        send(
            desk, SHOWN_AT_WORK, LINK + EMPLOYING_COMPANY, 1, 0, label, 0, 0, n[SUBJECT], display, 0
        )  # fmt: skip


@kernel(void(Rules, People, Desk, Message))
def weigh_display(rules: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Decide, as the company, whether to keep an employee who is on public display."""
    n = desk["n"]
    lanes = draw(n[SEED], _SHOWN_AT_WORK, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] < chance_at_worth(people, rules["shown_worth"]):
        employee, label, cause = i64(message["about"]), i64(message["label"]), i64(message["cause"])
        send(desk, DISMISSED, employee, 1, BY_DISPLAY, label, 0, 0, n[SUBJECT], cause, 1)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message))
def deliver_display(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Deliver a message about a public display to a citizen."""
    kind = i64(message["kind"])
    if kind == ON_SCREEN:
        be_shown(state, accounts, rules, people, desk, message)
    elif kind == OFF_SCREEN:
        end_display(state, traits, accounts, people, desk, message)
