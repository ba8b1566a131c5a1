"""Filing: an act or a court decision becomes a record in registers, with fine and licence points."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import PER_KIND, RECORDED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import CONVICTION, CREDIT, ENTERED, RECORD
from demerit.catalogue.letters import CONVICTED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import LABELS
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.case import case_of, open_case
from demerit.institutions.entering import enter_points
from demerit.institutions.fines import fine
from demerit.institutions.licence import add_licence_points
from demerit.institutions.lists import consider_lists
from demerit.institutions.screens import publish
from demerit.institutions.violations import note_violation

_LABELLED = flow(f"records_{LABELS[0]}")
_DEED_POINTS = flow("deed_points")
_CONVICTIONS = flow("convictions")
_PROSECUTION = int(Purpose.PROSECUTION)


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8, i8, i8, i8))
def enter_registers(
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    what: int,
    kind: int,
    label: int,
    motive: int,
    amount: int,
    cause: int,
    day: int,
) -> int:
    """Enter a record of a conduct in all its registers and share it; return the id of the record."""
    rule = rules["conduct"][kind] - 1
    entries = rules["entries"][kind]
    first = rules["entry_register"][kind, 0] if entries > 0 else -1
    points = rules["entry_points"][kind, 0] if entries > 0 else 0
    root = enter(desk, what, rule, first, label, motive, points, amount, cause, 0)
    open_case(desk, case_of(root), desk["n"][SUBJECT])
    for place in range(entries):
        register = rules["entry_register"][kind, place]
        points = rules["entry_points"][kind, place]
        if place > 0:
            enter(desk, ENTERED, rule, register, label, motive, points, 0, root, 0)
        enter_points(accounts, rules, desk, register, points, label, root, 0, day)
    return root


@kernel(void(Rules, Desk, i8, i8, i8))
def prosecute(rules: np.void, desk: np.void, kind: int, label: int, root: int) -> None:
    """Send some records to the court, whose own record follows after a delay."""
    if rules["prosecute"][kind] == 0:
        return
    n = desk["n"]
    lanes = draw(n[SEED], _PROSECUTION, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] < rules["prosecute"][kind]:
        send(desk, CONVICTED, n[SUBJECT], rules["court_delay"], kind, label, 0, 0, 0, root, 1)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8))
def file_offence(
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
    """File an offence of a citizen: registers and chains, lists, fine, licence points, prosecution.

    Returns:
        The id of the root record.
    """
    amount = rules["fine_fen"][kind]
    root = enter_registers(accounts, rules, desk, RECORD, kind, label, motive, amount, cause, day)
    count(desk, _LABELLED + label, 1)
    count(desk, kind * PER_KIND + RECORDED, 1)
    fine(state, traits, accounts, rules, people, desk, amount, rules["conduct"][kind] - 1, root, day)
    add_licence_points(state, traits, accounts, rules, people, desk, kind, root, day)
    prosecute(rules, desk, kind, label, root)
    consider_lists(accounts, rules, desk, kind, label, root, day)
    note_violation(accounts, rules, desk, kind, root)
    publish(rules, desk, kind, label, root)
    return root


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8))
def file_deed(
    accounts: np.void, rules: np.void, desk: np.void, kind: int, motive: int, cause: int, day: int
) -> int:
    """Credit a good deed the authority saw; return the id of the credit."""
    count(desk, kind * PER_KIND + RECORDED, 1)
    count(desk, _DEED_POINTS, rules["composite_points"][kind])
    return enter_registers(accounts, rules, desk, CREDIT, kind, 0, motive, 0, cause, day)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message, i8))
def convict(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
    day: int,
) -> int:
    """Enter the court's record of a prosecuted offence, with its own fine; return its id."""
    kind = i64(message["rule"])
    if rules["conduct"][kind] == 0:
        return 0  # the case lapses with the rule that was broken
    label = i64(message["label"])
    register = rules["court_register"]
    points = rules["court_points"] if register >= 0 else 0
    amount = rules["court_fine_fen"]
    cause = i64(message["cause"])
    rule = rules["conduct"][kind] - 1
    entry = enter(desk, CONVICTION, rule, register, label, 0, points, amount, cause, 1)
    open_case(desk, case_of(entry), desk["n"][SUBJECT])
    count(desk, _CONVICTIONS, 1)
    fine(state, traits, accounts, rules, people, desk, amount, rule, entry, day)
    if register >= 0:
        enter_points(accounts, rules, desk, register, points, label, entry, 1, day)
    return entry
