"""A staged accident, delivered: to the driver, to whoever staged it, and to those who hear of it."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.complaining import AWARDED, CLEARED, FOUND_OUT, RECORDED
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import CLAIM_CLEARED, CLAIM_LOST
from demerit.catalogue.letters import (
    CLAIM_DECIDED,
    CLAIMED,
    HEARD_OF_CLAIM,
    THREAT_ANSWERED,
    THREATENED,
)
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits, Work
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FABRICATED, FAMILY_OF_KIND, ROAD_CLAIM, STAGING, STRANGERS, TRUE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.claims import judge_claim
from demerit.institutions.exemption import is_filed
from demerit.institutions.purse import charge
from demerit.mechanisms.learning import be_caught, meet_circle
from demerit.mechanisms.staging import be_threatened, consider_camera, hear_answer, take
from demerit.mechanisms.talk import be_talked_of
from demerit.simulation.acts import have_record

_JUDGED = int(Purpose.CLAIM_JUDGED)
_HEARER = int(Purpose.CLAIM_HEARER)
_STAGER = int(Purpose.STAGER)
_FILMED = flow("staged_filmed")
_STUCK = flow("staged_stuck")
_RECORDS = flow("staged_records")
_COST = flow("staged_cost_fen")
_FOUND = flow("staged_found")


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8))
def be_recorded_for_nothing(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    cause: int,
    day: int,
) -> int:
    """Get a record for an accident that somebody has staged; return its id, 0 where there is none."""
    if rules["conduct"][ROAD_CLAIM] == 0 or is_filed(rules, traits, desk) == 0:
        return 0
    root = have_record(state, traits, accounts, rules, people, desk, ROAD_CLAIM, FABRICATED, 0, cause, day)
    count(desk, _RECORDS, 1 if root != 0 else 0)
    return i64(root)


@kernel(i8(State, Traits, Work, Accounts, Rules, People, Desk, Message))
def be_claimed_from(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Be the subject of a fake victim's complaint; return the id of a record or 0."""
    n = desk["n"]
    day, cause = n[DAY], i64(message["cause"])
    if rules["staging"] == 0:
        return 0
    lanes = draw(n[SEED], _JUDGED, n[SUBJECT], day, n[EPISODE])
    found = judge_claim(rules, i64(work["camera"]), lanes[0], lanes[1], lanes[2])
    entry, fen = cause, rules["claim_award_fen"]
    if found & AWARDED:
        entry = enter(desk, CLAIM_LOST, 0, -1, 0, 0, 0, fen, cause, 0)
        charge(state, traits, people, desk, day, fen, _COST)
    else:
        entry = enter(desk, CLAIM_CLEARED, 0, -1, 0, 0, 0, 0, cause, 0)
    root = 0
    if found & RECORDED:
        root = be_recorded_for_nothing(state, traits, accounts, rules, people, desk, entry, day)
    if found & CLEARED:
        count(desk, _FILMED, 1)
        count(desk, _STUCK, 1 if root != 0 else 0)
    if found & (AWARDED | FOUND_OUT):
        send(desk, CLAIM_DECIDED, i64(message["about"]), 1, 0, found, 0, 0, 0, entry, 0)
    meet_circle(state, people, STRANGERS, 0, day)
    be_talked_of(people, desk, _HEARER, HEARD_OF_CLAIM, 0, 0, entry)
    return root


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def hear_decision(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Get what the office awards, or be prosecuted for the fake; return the id of a record or 0."""
    n = desk["n"]
    day, cause = n[DAY], i64(message["cause"])
    if i64(message["label"]) & AWARDED:
        take(state, traits, people, desk, rules["claim_award_fen"], cause, day)
        return 0
    count(desk, _FOUND, 1)
    lane = draw(n[SEED], _STAGER, n[SUBJECT], day, n[EPISODE])[0]
    if rules["conduct"][STAGING] == 0 or lane >= rules["stager_prosecuted"]:
        return 0
    if is_filed(rules, traits, desk) == 0:
        return 0
    be_caught(state, people, FAMILY_OF_KIND[STAGING], day)
    return have_record(state, traits, accounts, rules, people, desk, STAGING, TRUE, 0, cause, day)


@kernel(i8(State, Traits, Work, Accounts, Rules, Rules, People, Desk, Message))
def deliver_claim(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Deliver what concerns a staged accident; return the id to reckon by, or 0."""
    letter, day = i64(message["kind"]), desk["n"][DAY]
    entry = 0
    if letter == THREATENED:
        be_threatened(state, traits, work, accounts, rules, law, people, desk, message)
    elif letter == THREAT_ANSWERED:
        hear_answer(state, traits, accounts, rules, people, desk, message)
    elif letter == CLAIMED:
        entry = be_claimed_from(state, traits, work, accounts, rules, people, desk, message)
    elif letter == CLAIM_DECIDED:
        entry = hear_decision(state, traits, accounts, rules, people, desk, message)
    elif letter == HEARD_OF_CLAIM:
        meet_circle(state, people, STRANGERS, 0, day)
        cause = i64(message["cause"])
        fear = people["fear_heard"]
        consider_camera(state, traits, work, accounts, rules, people, desk, fear, cause, day)
    return i64(entry)
