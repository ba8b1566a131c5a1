"""An injured stranger, from the passer-by's choice to what is told of a helper who was held liable."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.colliding import UNHELPED
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import MET_STRANGER
from demerit.catalogue.letters import BLAMES, CLAIM_ANSWERED, HEARD_OF_BLAME, HELPED, PASSED_BY
from demerit.catalogue.pointers import Accounts, Desk, Hearsay, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY
from demerit.catalogue.rescuing import CALL, HELP_NOW, HELP_WITH_PROOF, WALK_ON
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import BLAMED, FABRICATED, FREE, INSTITUTIONS, STRANGER, STRANGERS
from demerit.engine.draws import draw
from demerit.engine.fixed import half_lives
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.exemption import is_filed
from demerit.institutions.helpers import judge_helper, settle_claim
from demerit.institutions.records import file_deed
from demerit.mechanisms.claiming import consider_claim
from demerit.mechanisms.dying import die
from demerit.mechanisms.hearsay import feared_blame, learn_of_blame, step_of
from demerit.mechanisms.learning import meet_circle
from demerit.mechanisms.rescue import meet_injured
from demerit.mechanisms.talk import be_talked_of
from demerit.simulation.acts import have_record

_PLACE = int(Purpose.STRANGER_PLACE)
_WAITING = int(Purpose.WAITING)
_HEARER = int(Purpose.BLAME_HEARER)
_HEARD = flow("heard")
_MINUTES = flow("rescue_minutes")
_UNHELPED = flow("left_unhelped")
_EXPECTED = flow("deaths_expected_unhelped")
INVITED, GRAVE = 16, 8
"""Whether the injured person waits for an answer, and may die of waiting; in the label of a letter."""
_CAN_BLAME, _WAS_HELPED, _FOUND = 2, 4, 32
"""What else the injured learn of help, in the same label, of which the lowest bit says there is evidence."""
_ONE = 65536


@kernel(void(People, Desk, i8, i8, i8, i8))
def invite(people: np.void, desk: np.void, how: int, minutes: int, passed: int, cause: int) -> None:
    """Let the next passer-by come, or be found at last when all have passed."""
    episode = desk["n"][EPISODE]
    if passed < people["passers_by"]:
        on = minutes * 64 + passed
        send(desk, PASSED_BY, SOMEBODY | STRANGERS, 1, STRANGER, how, on, episode, 0, cause, 0)
        return
    found = minutes + people["call_minutes"]
    count(desk, _UNHELPED, 1)
    count(desk, _MINUTES, found)
    label = _FOUND + (how & GRAVE)
    if how & INVITED:
        send(desk, HELPED, desk["n"][SUBJECT], 1, STRANGER, label, found, 0, 0, cause, 0)
    else:
        send(desk, HELPED, SOMEBODY | STRANGERS, 1, STRANGER, label, found, episode, 0, cause, 0)


@kernel(void(People, Desk, i8, i8, i8, i8, i8, i8, i8))
def tell_injured(
    people: np.void,
    desk: np.void,
    option: int,
    evidence: int,
    how: int,
    minutes: int,
    passed: int,
    victim: int,
    cause: int,
) -> None:
    """Tell the injured person what the citizen at the desk does, or send the next passer-by.

    Args:
        how: INVITED and GRAVE, as the passer-by was told; ``victim`` who has invited.
    """
    n = desk["n"]
    if option == WALK_ON:
        if how & INVITED:
            on = (minutes + people["passer_minutes"]) * 64 + passed + 1
            send(desk, HELPED, victim, 1, STRANGER, how, on, 0, n[SUBJECT], cause, 0)
        elif people["bystanders"] == 0:  # else the others are there already
            invite(people, desk, how, minutes + people["passer_minutes"], passed + 1, cause)
        return
    if option == HELP_WITH_PROOF:
        minutes += people["proof_minutes"]
    elif option == CALL:
        minutes += people["call_minutes"]
    label = _WAS_HELPED + (how & GRAVE)
    if option in (HELP_NOW, HELP_WITH_PROOF):
        label += _CAN_BLAME + evidence
    count(desk, _MINUTES, minutes)
    if how & INVITED:
        send(desk, HELPED, victim, 1, STRANGER, label, minutes, 0, n[SUBJECT], cause, 0)
    else:
        send(desk, HELPED, SOMEBODY | STRANGERS, 1, STRANGER, label, minutes, n[EPISODE], 0, cause, 0)


@kernel(i8(State, Traits, Accounts, Hearsay, Rules, Rules, People, Desk, i8, i8, i8, i8, i8))
def come_upon(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    hearsay: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    how: int,
    minutes: int,
    passed: int,
    victim: int,
    cause: int,
) -> int:
    """Meet an injured stranger; return the id of a credit that changed a score today, or 0.

    Args:
        how: INVITED by the injured person, GRAVE.
        minutes: since the injury.
        passed: people who have passed by already.
        victim: who has invited, if anybody.
        cause: entry of whoever passed by last, 0 for the first.
    """
    n = desk["n"]
    day = n[DAY]
    decided = meet_injured(state, traits, accounts, hearsay, rules, law, people, desk, day)
    option, motive = decided & 7, decided >> 3
    lanes = draw(n[SEED], _PLACE, n[SUBJECT], day, n[EPISODE])
    evidence = 1 if option == HELP_WITH_PROOF or lanes[0] < rules["cameras"] else 0
    if cause == 0 and lanes[2] < people["grave"]:
        how = GRAVE
    kept = 0 if motive == FREE else motive
    entry = enter(desk, MET_STRANGER, option, -1, 0, kept, 0, 0, cause, 0)
    if cause == 0:
        for other in range(1, people["bystanders"]):
            send(desk, PASSED_BY, SOMEBODY | STRANGERS, 1, STRANGER, how, 1, n[EPISODE], other, entry, 0)
    tell_injured(people, desk, option, evidence, how, minutes, passed, victim, entry)
    seen = lanes[1] < rules["coverage"][STRANGER] and rules["conduct"][STRANGER] != 0
    if seen and option in (HELP_NOW, HELP_WITH_PROOF):
        return file_deed(accounts, rules, desk, STRANGER, motive, entry, day)
    return 0


@kernel(void(State, Traits, Rules, People, Desk, Message))
def be_helped(
    state: np.void, traits: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Be helped, be found at last or wait for the next passer-by; the gravely hurt may die of waiting."""
    n = desk["n"]
    label, cause = i64(message["label"]), i64(message["cause"])
    if label & (_WAS_HELPED | _FOUND) == 0:
        invite(people, desk, label, i64(message["points"]) >> 6, i64(message["points"]) & 63, cause)
        return
    meet_circle(state, people, STRANGERS, 1 if label & _WAS_HELPED else 0, n[DAY])
    if label & GRAVE:
        surviving = half_lives(i64(message["points"]), people["lethal_minutes"])
        count(desk, _EXPECTED, (4294967296 - surviving) >> 12)
        lanes = draw(n[SEED], _WAITING, n[SUBJECT], n[DAY], n[EPISODE])
        if lanes[0] >= surviving:
            die(state, traits, people, desk, UNHELPED, cause)
            return
    if label & _CAN_BLAME:
        consider_claim(state, traits, rules, people, desk, message)


@kernel(i8(State, Traits, Accounts, Hearsay, Rules, People, Desk, Message))
def be_blamed(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    hearsay: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Be blamed for having helped: pay, be recorded and talked of if held liable; return the record or 0."""
    day = desk["n"][DAY]
    learn_of_blame(hearsay, people, step_of(people["alpha"], _ONE), day)
    meet_circle(state, people, STRANGERS, 0, day)
    entry = judge_helper(state, traits, rules, people, desk, message)
    if entry == 0:
        return 0
    meet_circle(state, people, INSTITUTIONS, 0, day)
    be_talked_of(people, desk, _HEARER, HEARD_OF_BLAME, BLAMED, 0, entry)
    if rules["conduct"][BLAMED] == 0 or is_filed(rules, traits, desk) == 0:
        return 0
    return have_record(state, traits, accounts, rules, people, desk, BLAMED, FABRICATED, 0, entry, day)


@kernel(void(Hearsay, People, i8))
def hear_of_blame(hearsay: np.void, people: np.void, day: int) -> None:
    """Hear that somebody near was held liable for having helped (B42)."""
    feared = feared_blame(hearsay, people, day)
    learn_of_blame(hearsay, people, step_of(people["alpha_heard"], _ONE - feared), day)


@kernel(i8(State, Traits, Accounts, Hearsay, Rules, Rules, People, Desk, Message))
def deliver_stranger(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    hearsay: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Deliver a message about an injured stranger; return the ledger id to reckon by, or 0."""
    kind = i64(message["kind"])
    day = desk["n"][DAY]
    entry = 0
    if kind == PASSED_BY:
        how, cause = i64(message["label"]), i64(message["cause"])
        minutes, passed = i64(message["points"]) >> 6, i64(message["points"]) & 63
        victim = i64(message["about"])
        entry = come_upon(
            state, traits, accounts, hearsay, rules, law, people, desk, how, minutes, passed, victim, cause
        )
    elif kind == HELPED:
        be_helped(state, traits, rules, people, desk, message)
    elif kind == BLAMES:
        entry = be_blamed(state, traits, accounts, hearsay, rules, people, desk, message)
    elif kind == CLAIM_ANSWERED:
        settle_claim(state, traits, people, desk, message)
    else:
        hear_of_blame(hearsay, people, day)
        count(desk, _HEARD, 1)
    return entry
