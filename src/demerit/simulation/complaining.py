"""A complaint, delivered: to whom has seen something, whom it is about, and who made it."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.complaining import (
    CHILD_AT_HOME,
    DROPPED,
    EXCUSED,
    EXPOSED,
    FILED,
    HOUSEMATE,
    LEANING_FAITH,
    LEANING_GRUDGE,
    LEANING_TRAVEL,
    NEWCOMER,
    NOBODY,
    SPARED,
    SUBORDINATE,
)
from demerit.catalogue.counters import EXCUSED as EXCUSED_COUNT
from demerit.catalogue.counters import PER_KIND, flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.desk import send as post
from demerit.catalogue.entries import DISMISSED_COMPLAINT, REWARDED
from demerit.catalogue.entries import EXPOSED as FOUND_FALSE
from demerit.catalogue.letters import ACCUSED, ANSWERED, WITNESSED
from demerit.catalogue.packed import MARKS
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FABRICATED, FAMILY_OF_KIND, FIFTHS, GRUDGE, HUKOU, TRUE, WITNESS
from demerit.engine.draws import U32, draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import rule_of
from demerit.institutions.complaints import check_chance, judge
from demerit.institutions.detection import note_found
from demerit.institutions.exemption import is_filed
from demerit.institutions.first_strike import is_let_pass
from demerit.institutions.purse import pay
from demerit.institutions.records import file_deed
from demerit.mechanisms.grudges import pay_back, suspect
from demerit.mechanisms.learning import be_betrayed, be_caught
from demerit.mechanisms.reporting import is_child, witness
from demerit.simulation.acts import have_record
from demerit.simulation.arrays import TheTown, Town
from demerit.simulation.links import household_of
from demerit.simulation.numbers import bit_of
from demerit.simulation.outbox import somebody

_FIRST_NEWCOMER = HUKOU.index("migrant_urban")
_SEX = 1 << MARKS.index("sex")
_ARISE = int(Purpose.ARISE)
_COMPLAINT = int(Purpose.COMPLAINT)
_ANSWER = int(Purpose.ANSWER)
_FEUD = int(Purpose.FEUD)
_SUSPECT = int(Purpose.SUSPECT)
_TRIES = 4
_FILED_TRUE = flow("complaints_filed_true")
_FILED_FALSE = flow("complaints_filed_false")
_DISMISSED = flow("complaints_dismissed")
_FOUND_FALSE = flow("false_reports_found")
_REWARDS = flow("report_rewards_fen")
_ORDERED = flow("ordered_handled")
_CHECKED = flow("ordered_checked")
_RECORDED = flow("ordered_records")


@kernel(i8(TheTown, i8))
def has_partner(town: Town, place: int) -> int:
    """Tell whether an adult of the other sex lives in the household."""
    household = household_of(town, place)
    sex = i64(town.traits[place]["marks"]) & _SEX
    for other in range(town.household_first[household], town.household_first[household + 1]):
        if bit_of(town.adults, other) == 1 and i64(town.traits[other]["marks"]) & _SEX != sex:
            return 1
    return 0


@kernel(i8(TheTown, i8))
def has_child(town: Town, place: int) -> int:
    """Tell whether a child lives in the household of an adult."""
    household = household_of(town, place)
    for other in range(town.household_first[household], town.household_first[household + 1]):
        if bit_of(town.adults, other) == 0:
            return 1
    return 0


@kernel(i8(TheTown, i8))
def is_newcomer(town: Town, place: int) -> int:
    """Tell whether somebody is not registered where they live."""
    hukou = i64(town.traits[place]["cell"]) // len(FIFTHS) % len(HUKOU)
    return 1 if hukou >= _FIRST_NEWCOMER else 0


@kernel(i8(TheTown, Desk, i8, i8))
def does_arise(town: Town, desk: np.void, place: int, kind: int) -> int:
    """Tell whether a candidate arises for somebody of these leanings, or of this household."""
    people = town.people
    leaning = people["arises"][kind]
    if leaning == NOBODY:
        return 1
    if leaning in (NEWCOMER, CHILD_AT_HOME):
        return has_child(town, place) if leaning == CHILD_AT_HOME else is_newcomer(town, place)
    n = desk["n"]
    lane = draw(n[SEED], _ARISE, place, n[DAY], n[EPISODE])[0]
    mind = town.minds[place]
    if leaning == SUBORDINATE:
        return 1 if i64(town.traits[place]["marks"]) & _SEX == 0 or lane < people["men_meet"] else 0
    if leaning == HOUSEMATE:
        if i64(town.traits[place]["marks"]) & _SEX == 0 and lane >= people["women_meet"]:
            return 0
        return has_partner(town, place)
    share = i64(mind["opportunism"])
    if leaning == LEANING_GRUDGE:
        share = i64(mind["grudge"])
    elif leaning == LEANING_FAITH:
        share = i64(mind["religiosity"])
    elif leaning == LEANING_TRAVEL:
        share = i64(mind["travel_wish"])
    return 1 if lane < share * U32 // 255 else 0


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8))
def be_filed(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    label: int,
    cause: int,
    day: int,
) -> int:
    """Get a record after a complaint; return its id. Who did it learns that one is caught."""
    note_found(rules, desk, 1, 1)
    if label == FABRICATED:
        count(desk, _FILED_FALSE, 1)
    else:
        count(desk, _FILED_TRUE, 1)
        be_caught(state, people, people["family"][kind], day)
    return have_record(state, traits, accounts, rules, people, desk, kind, label, 0, cause, day)


@kernel(i8(TheTown, Desk, i8, i8))
def other_suspect(town: Town, desk: np.void, circle: int, reporter: int) -> int:
    """Return an adult of a circle of the subject who is not the reporter; -1 if four draws find none."""
    n = desk["n"]
    lanes = draw(n[SEED], _SUSPECT, n[SUBJECT], n[DAY], n[EPISODE])
    for attempt in range(_TRIES):
        found = somebody(town, circle, n[SUBJECT], lanes[attempt])
        if found >= 0 and found not in (n[SUBJECT], reporter) and bit_of(town.adults, found) == 1:
            return i64(found)
    return -1


@kernel(void(TheTown, Desk, i8, i8, i8, i8))
def guess(town: Town, desk: np.void, kind: int, circle: int, reporter: int, cause: int) -> None:
    """Guess who has reported one: rightly, or somebody else of the circle, if there is anybody else."""
    people, n = town.people, desk["n"]
    if people["feud_wait"] == 0:
        return
    lane = draw(n[SEED], _FEUD, n[SUBJECT], n[DAY], n[EPISODE])[0]
    right = 1 if lane < people["guesses_right"] else 0
    rival = reporter if right == 1 else other_suspect(town, desk, circle, reporter)
    if rival >= 0:
        suspect(town.rules, people, desk, kind, circle, rival, right, cause)


@kernel(i8(TheTown, State, Traits, Accounts, Rules, People, Desk, Message))
def be_accused(
    town: Town,
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Be the subject of a complaint: what the authority makes of it, and what that does to trust."""
    kind, label, circle = i64(message["rule"]), i64(message["label"]), i64(message["points"])
    if rules["complaints"] == 0 or rules["conduct"][kind] == 0 or is_child(desk) == 1:
        return 0  # no office takes complaints about children
    n = desk["n"]
    day, cause, reporter = n[DAY], i64(message["cause"]), i64(message["about"])
    lanes = draw(n[SEED], _COMPLAINT, n[SUBJECT], day, n[EPISODE])
    # what a superior has had written carries how far that one ranks above the accused
    ordered = i64(message["depth"])
    rank = max(ordered - 1, 0)
    found = judge(traits, rules, desk, label, rank, lanes[0], lanes[1], lanes[2])
    if found == FILED:
        passed = is_let_pass(accounts, rules, desk, kind, label, 0, cause)
        found = SPARED if passed == 1 else FILED
    if ordered > 0:
        count(desk, _ORDERED, 1)
        count(desk, _CHECKED, 1 if lanes[0] < check_chance(rules, rank) else 0)
        count(desk, _RECORDED, 1 if found == FILED else 0)
    root, entry = 0, cause
    if found == FILED:
        root = be_filed(state, traits, accounts, rules, people, desk, kind, label, cause, day)
        entry = root
    elif found == EXPOSED:
        entry = enter(desk, FOUND_FALSE, rule_of(rules, kind), -1, label, 0, 0, 0, cause, 0)
        count(desk, _FOUND_FALSE, 1)
    elif found in (DROPPED, EXCUSED):
        enter(desk, DISMISSED_COMPLAINT, rule_of(rules, kind), -1, label, 0, 0, 0, cause, 0)
        count(desk, _DISMISSED, 1)
        if found == EXCUSED:
            count(desk, kind * PER_KIND + EXCUSED_COUNT, 1)
    if found in (FILED, EXPOSED):
        be_betrayed(state, people, circle, day)
        if lanes[3] < people["guesses"]:
            guess(town, desk, kind, circle, reporter, entry)
        if found == EXPOSED or rules["reward_fen"] > 0 or rules["conduct"][WITNESS] != 0:
            post(desk, ANSWERED, reporter, 1, kind, label, found, 0, 0, entry, 0)
    return root


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8))
def be_found_out(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    cause: int,
    day: int,
) -> int:
    """Perhaps be prosecuted for a false report that a check has found out; return the record or 0."""
    n = desk["n"]
    lanes = draw(n[SEED], _ANSWER, n[SUBJECT], day, n[EPISODE])
    if rules["conduct"][GRUDGE] == 0 or lanes[0] >= rules["prosecuted"] or is_filed(rules, traits, desk) == 0:
        return 0
    be_caught(state, people, FAMILY_OF_KIND[GRUDGE], day)
    return have_record(state, traits, accounts, rules, people, desk, GRUDGE, TRUE, 0, cause, day)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def be_answered(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Hear what became of a report of one's own: paid and credited, or found out; return a record or 0."""
    if is_child(desk) == 1:
        return 0
    day, cause = desk["n"][DAY], i64(message["cause"])
    if i64(message["points"]) == EXPOSED:
        return be_found_out(state, traits, accounts, rules, people, desk, cause, day)
    reward, label = rules["reward_fen"], i64(message["label"])
    if reward > 0:
        enter(desk, REWARDED, rule_of(rules, i64(message["rule"])), -1, label, 0, 0, reward, cause, 0)
        count(desk, _REWARDS, reward)
        pay(state, traits, people, desk, day, -reward)
    if rules["conduct"][WITNESS] == 0:
        return 0
    return file_deed(accounts, rules, desk, WITNESS, 0, cause, day)


@kernel(i8(TheTown, State, Traits, Accounts, Rules, Rules, People, Desk, Message))
def deliver_complaint(
    town: Town,
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Deliver what concerns a complaint; return the ledger id to reckon by, or 0."""
    letter = i64(message["kind"])
    if letter == WITNESSED:
        witness(state, traits, accounts, rules, law, people, desk, message)
    elif letter == ACCUSED:
        return be_accused(town, state, traits, accounts, rules, people, desk, message)
    elif letter == ANSWERED:
        return be_answered(state, traits, accounts, rules, people, desk, message)
    else:
        pay_back(state, traits, accounts, rules, law, people, desk, message)
    return 0
