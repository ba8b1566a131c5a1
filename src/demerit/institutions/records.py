"""Filing: an act or a court decision becomes a record in registers, with fine and licence points."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import PER_KIND, RECORDED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import CONVICTION, CREDIT, ENTERED, RECORD
from demerit.catalogue.letters import CHAINED, CONVICTED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import DRIVEN, SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import LABELS, SCORES, SUBJECT_SHIFT
from demerit.engine.draws import draw
from demerit.engine.fixed import share
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.exchange import share_record
from demerit.institutions.licence import add_licence_points
from demerit.institutions.purse import charge
from demerit.institutions.standing import book

_FINES = flow("fines_fen")
_LABELLED = flow(f"records_{LABELS[0]}")
_CONVICTIONS = flow("convictions")
_PROSECUTION = int(Purpose.PROSECUTION)


@kernel(void(Accounts, Rules, Desk, i8, i8, i8, i8, i8, i8))
def enter_points(
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    register: int,
    points: int,
    label: int,
    record: int,
    depth: int,
    day: int,
) -> None:
    """Book a record in a register that is kept for the subject at the desk, and send copies on their ways."""
    subject_kind = desk["n"][SUBJECT] >> SUBJECT_SHIFT
    slot = rules["slot"][subject_kind, register]
    if slot < 0 or points == 0:
        return
    book(accounts, rules, subject_kind, SCORES + slot, points, day)
    share_record(rules, desk, register, points, label, record, depth)


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8, i8, i8, i8))
def enter_registers(
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    what: int,
    kind: int,
    label: int,
    motive: int,
    fine: int,
    cause: int,
    day: int,
) -> int:
    """Enter a record of a conduct in all its registers and share it; return the id of the record."""
    rule = rules["conduct"][kind] - 1
    entries = rules["entries"][kind]
    first = rules["entry_register"][kind, 0] if entries > 0 else -1
    points = rules["entry_points"][kind, 0] if entries > 0 else 0
    root = enter(desk, what, rule, first, label, motive, points, fine, cause, 0)
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


@kernel(i8(Rules, i8, i8))
def conduct_points(rules: np.void, kind: int, register: int) -> int:
    """Return the points a conduct enters in a register, 0 if it does not enter it."""
    for place in range(rules["entries"][kind]):
        if rules["entry_register"][kind, place] == register:
            return i64(rules["entry_points"][kind, place])
    return 0


@kernel(void(Traits, Rules, Desk, i8, i8, i8))
def pass_to_vehicle(traits: np.void, rules: np.void, desk: np.void, kind: int, label: int, root: int) -> None:
    """Pass a road record on to the vehicle that was driven."""
    road = rules["road_register"]
    if rules["to_vehicle"] == 0 or road < 0 or i64(traits["vehicle"]) == 0:
        return
    passed = share(conduct_points(rules, kind, road), rules["to_vehicle_share"], 1000)
    if passed == 0:
        return
    # which vehicle that is today is found when the desk is cleared
    n = desk["n"]
    send(desk, CHAINED, SOMEBODY | DRIVEN, 1, kind, label, passed, n[EPISODE], n[SUBJECT], root, 1)


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
    """File an offence: registers, fine, licence points, prosecution, and the chain to the vehicle.

    Returns:
        The id of the root record.
    """
    fine = rules["fine_fen"][kind]
    root = enter_registers(accounts, rules, desk, RECORD, kind, label, motive, fine, cause, day)
    count(desk, _LABELLED + label, 1)
    count(desk, kind * PER_KIND + RECORDED, 1)
    charge(state, traits, people, desk, day, fine, _FINES)
    add_licence_points(state, traits, rules, people, desk, kind, root, day)
    prosecute(rules, desk, kind, label, root)
    pass_to_vehicle(traits, rules, desk, kind, label, root)
    return root


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8))
def file_deed(
    accounts: np.void, rules: np.void, desk: np.void, kind: int, motive: int, cause: int, day: int
) -> int:
    """Credit a good deed the authority saw; return the id of the credit."""
    count(desk, kind * PER_KIND + RECORDED, 1)
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
    fine = rules["court_fine_fen"]
    cause = i64(message["cause"])
    entry = enter(desk, CONVICTION, rules["conduct"][kind] - 1, register, label, 0, points, fine, cause, 1)
    count(desk, _CONVICTIONS, 1)
    charge(state, traits, people, desk, day, fine, _FINES)
    if register >= 0:
        enter_points(accounts, rules, desk, register, points, label, entry, 1, day)
    return entry
