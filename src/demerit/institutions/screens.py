"""Screens: who is shown in public, for how long, and with what of theirs (R20)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DISPLAY_ENDED, DISPLAYED, HARASSED
from demerit.catalogue.letters import OFF_SCREEN, ON_SCREEN
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.rules import DAY, SUBJECT
from demerit.catalogue.showing import ON_DISPLAY, SHOWN_LOWEST, SHOWN_PUBLISHED
from demerit.catalogue.words import CITIZEN, FABRICATED, LABELS, MISTAKEN, WRONGFUL
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import charge, days_to_fen
from demerit.institutions.standing import standing

_DISPLAYS = flow("displays")
_FALSE = flow("displays_false")
_WRONGFUL_COUNT = flow("displays_wrongful")
_DAYS = flow("display_days")
_HARASSMENT = flow("harassment_fen")
_DAY_SHIFT = 32 + SEQUENCE_BITS
_WRONGFUL = sum(1 << LABELS.index(label) for label in WRONGFUL)


@kernel(i8(Accounts))
def is_on_display(accounts: np.void) -> int:
    """Tell whether a citizen is on public display."""
    return 1 if i64(accounts["access"]) & ON_DISPLAY else 0


@kernel(void(Rules, Desk, i8, i8, i8, i8))
def call_screen(rules: np.void, desk: np.void, reason: int, kind: int, label: int, cause: int) -> None:
    """Have the citizen at the desk shown from tomorrow on, if people are shown for this reason.

    Args:
        kind: situation kind of the record behind it, -1 if there is none.
        label: truth of that record.
    """
    if (rules["shows"] >> reason) & 1 == 1:
        send(desk, ON_SCREEN, desk["n"][SUBJECT], 1, reason, label, 0, kind + 1, 0, cause, 0)


@kernel(void(Rules, Desk, i8, i8, i8))
def publish(rules: np.void, desk: np.void, kind: int, label: int, record: int) -> None:
    """Have whoever is recorded shown, if records of the kind are published."""
    if rules["screen_publishes"][kind] == 1:
        call_screen(rules, desk, SHOWN_PUBLISHED, kind, label, record)


@kernel(void(Accounts, Rules, Desk, i8, i8, i8))
def show_the_lowest(
    accounts: np.void, rules: np.void, desk: np.void, label: int, cause: int, day: int
) -> None:
    """Have whoever stands in the lowest band after a loss of points shown."""
    if (rules["shows"] >> SHOWN_LOWEST) & 1 == 0 or is_on_display(accounts) == 1:
        return
    if standing(accounts, rules, CITIZEN, 0, day) < rules["screen_below"]:
        call_screen(rules, desk, SHOWN_LOWEST, -1, label, cause)


@kernel(i8(Accounts, Rules, Desk, Message))
def begin_display(accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> int:
    """Begin a display for its term; return its ledger id, 0 for those who are on display already."""
    if rules["shows"] == 0 or is_on_display(accounts) == 1:
        return 0
    reason, label = i64(message["rule"]), i64(message["label"])
    accounts["access"] = i64(accounts["access"]) | ON_DISPLAY
    entry = enter(desk, DISPLAYED, reason, -1, label, 0, 0, 0, i64(message["cause"]), 0)
    count(desk, _DISPLAYS, 1)
    count(desk, _FALSE, 1 if label in (MISTAKEN, FABRICATED) else 0)
    count(desk, _WRONGFUL_COUNT, (_WRONGFUL >> label) & 1)
    subject, address = desk["n"][SUBJECT], rules["screen_address"]
    send(desk, OFF_SCREEN, subject, rules["screen_term"], reason, label, address, 0, 0, entry, 0)
    return entry


@kernel(void(State, Traits, Accounts, People, Desk, Message))
def end_display(
    state: np.void, traits: np.void, accounts: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """End a display when its term is over, and pay for the harassment where the home address was shown."""
    display, day = i64(message["cause"]), desk["n"][DAY]
    days = day - (display >> _DAY_SHIFT)
    accounts["access"] = i64(accounts["access"]) & ~ON_DISPLAY
    enter(desk, DISPLAY_ENDED, i64(message["rule"]), -1, i64(message["label"]), 0, 0, 0, display, 0)
    count(desk, _DAYS, days)
    fen = days_to_fen(traits, people["harassment"] * days)
    if i64(message["points"]) == 1 and fen > 0:
        enter(desk, HARASSED, 0, -1, 0, 0, 0, fen, display, 0)
        charge(state, traits, people, desk, day, fen, _HARASSMENT)
