"""Accidents that are staged: somebody claims to have been hit, and asks for money or complains (R13, F28).

    U(stage)  = g + T - T_law - c H - p (f + L)
    U(pay)    = -demand,    U(refuse) = -(P(record) V + P(award) A + hassle)
    U(follow) = P(award) A - k - p_f f
    U(buy)    = p_case (cost without a camera - cost with one) years - price

T is what such an accident is expected to bring under a regime. The driver weighs the demand against what
the office would make of a complaint. Who has just lived through a case, or heard of one, may buy a camera.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import PER_KIND, VETOED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import CAMERA_BOUGHT, CLAIM_FILED, STAGED, TAKEN, THREAT_PAID
from demerit.catalogue.letters import CLAIMED, THREAT_ANSWERED, THREATENED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits, Work
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import DRIVER, SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FREE, PRINCIPLE, ROAD_CLAIM, STAGING
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.claims import award_chance, record_chance
from demerit.institutions.licence import may_drive
from demerit.institutions.purse import charge, fen_to_days, pay
from demerit.mechanisms.anticipation import expected_loss
from demerit.mechanisms.choice import bare_utility, chance_without_gain, decide, is_aware, penalty

_THREAT = int(Purpose.THREAT)
_FOLLOW = int(Purpose.FOLLOW)
_CAMERA = int(Purpose.CAMERA)
_THREATS = flow("threats")
_PAID = flow("threats_paid")
_PAID_FOR_SCORE = flow("threats_paid_for_score")
_COMPLAINTS = flow("staged_complaints")
_TAKE = flow("staged_take_fen")
_COST = flow("staged_cost_fen")
_CAMERAS = flow("cameras_bought")
_CAMERAS_FEN = flow("cameras_fen")
REFUSED, PAID = range(2)
WITH_CAMERA = 2


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8))
def stage_accident(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    noise: int,
    cause: int,
    day: int,
) -> int:
    """Stage an accident before some driver's car, or let it be; return what decided it."""
    if rules["staging"] == 0:
        count(desk, STAGING * PER_KIND + VETOED, 1)
        return PRINCIPLE
    bare = bare_utility(state, traits, rules, people, STAGING, 0, day)
    full = bare + rules["staging_take"] - law["staging_take"]
    full -= penalty(state, traits, accounts, rules, people, STAGING, 1, day)
    lawful = bare - penalty(state, traits, accounts, law, people, STAGING, 0, day)
    motive = decide(state, people, desk, STAGING, bare, i64(full), lawful, noise, day)
    if motive < FREE:
        return motive
    entry = enter(desk, STAGED, 0, -1, 0, 0, 0, people["demand_fen"], cause, 0)
    send(desk, THREATENED, SOMEBODY | DRIVER, 1, 0, 0, 0, desk["n"][EPISODE], 0, entry, 0)
    return FREE


@kernel(i8(State, Traits, Accounts, Rules, People, i8, i8, i8))
def cost_of_refusing(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    camera: int,
    in_full: int,
    day: int,
) -> int:
    """Return what a complaint is expected to cost a driver, hassle included, Q16 days."""
    worth = 0
    if rules["conduct"][ROAD_CLAIM] != 0:
        aware = is_aware(state, day) if in_full == 1 else 0
        worth = fen_to_days(traits, rules["fine_fen"][ROAD_CLAIM])
        worth += expected_loss(rules, state, traits, accounts, ROAD_CLAIM, aware, day)
    award = fen_to_days(traits, rules["claim_award_fen"])
    lost = record_chance(rules, camera) * worth + award_chance(rules, camera) * award
    return i64((lost >> 16) + people["hassle"])


@kernel(i8(State, Traits, Accounts, Rules, People, i8, i8, i8))
def pay_chance(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    camera: int,
    in_full: int,
    day: int,
) -> int:
    """Return the chance (Q32) that a driver pays what a fake victim asks for."""
    demand = fen_to_days(traits, people["demand_fen"])
    cost = cost_of_refusing(state, traits, accounts, rules, people, camera, in_full, day)
    return chance_without_gain(people, cost - demand)


@kernel(void(State, Traits, Work, Accounts, Rules, People, Desk, i8, i8, i8))
def consider_camera(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    fear: int,
    cause: int,
    day: int,
) -> None:
    """Buy a dash camera or not, while a case is fresh.

    Args:
        fear: chance (Q16) of a case in a year, as it looks now.
        cause: the case.
    """
    if i64(work["camera"]) == 1 or i64(work["vehicle"]) == 0:
        return
    demand = fen_to_days(traits, people["demand_fen"])
    bare = min(cost_of_refusing(state, traits, accounts, rules, people, 0, 1, day), demand)
    filmed = min(cost_of_refusing(state, traits, accounts, rules, people, 1, 1, day), demand)
    saved = (fear * max(bare - filmed, 0)) >> 16
    worth = ((saved * people["camera_years"]) >> 16) - fen_to_days(traits, people["camera_fen"])
    n = desk["n"]
    lane = draw(n[SEED], _CAMERA, n[SUBJECT], day, n[EPISODE])[0]
    if lane < chance_without_gain(people, i64(worth)):
        work["camera"] = 1
        fen = people["camera_fen"]
        enter(desk, CAMERA_BOUGHT, 0, -1, 0, 0, 0, fen, cause, 0)
        count(desk, _CAMERAS, 1)
        count(desk, _CAMERAS_FEN, fen)
        pay(state, traits, people, desk, day, fen)


@kernel(void(State, Traits, Work, Accounts, Rules, Rules, People, Desk, Message))
def be_threatened(
    state: np.void,
    traits: np.void,
    work: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Pay a fake victim, or refuse and wait for the complaint; then think of a camera."""
    n = desk["n"]
    day, cause, victim = n[DAY], i64(message["cause"]), i64(message["about"])
    if rules["staging"] == 0 or may_drive(state, day) == 0:
        return
    count(desk, _THREATS, 1)
    camera = i64(work["camera"])
    noise = draw(n[SEED], _THREAT, n[SUBJECT], day, n[EPISODE])[0]
    answer = REFUSED
    if noise < pay_chance(state, traits, accounts, rules, people, camera, 1, day):
        answer = PAID
        fen = people["demand_fen"]
        cause = enter(desk, THREAT_PAID, 0, -1, 0, 0, 0, fen, cause, 0)
        count(desk, _PAID, 1)
        if noise >= pay_chance(state, traits, accounts, law, people, camera, 0, day):
            count(desk, _PAID_FOR_SCORE, 1)
        charge(state, traits, people, desk, day, fen, _COST)
    send(desk, THREAT_ANSWERED, victim, 1, 0, answer | (camera * WITH_CAMERA), 0, 0, n[SUBJECT], cause, 0)
    consider_camera(state, traits, work, accounts, rules, people, desk, people["fear_own"], cause, day)


@kernel(void(State, Traits, People, Desk, i8, i8, i8))
def take(
    state: np.void, traits: np.void, people: np.void, desk: np.void, fen: int, cause: int, day: int
) -> None:
    """Get money for an accident that never happened."""
    enter(desk, TAKEN, 0, -1, 0, 0, 0, fen, cause, 0)
    count(desk, _TAKE, fen)
    pay(state, traits, people, desk, day, -fen)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message))
def hear_answer(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Hear whether the driver pays; if not, carry out the threat or let it be."""
    n = desk["n"]
    day, cause, label = n[DAY], i64(message["cause"]), i64(message["label"])
    if label & 1 == PAID:
        take(state, traits, people, desk, people["demand_fen"], cause, day)
        return
    if rules["staging"] == 0:
        return
    camera = label // WITH_CAMERA
    worth = (award_chance(rules, camera) * ((rules["claim_award_fen"] << 16) // people["mean_income"])) >> 16
    worth -= people["follow_effort"] + penalty(state, traits, accounts, rules, people, STAGING, 1, day)
    noise = draw(n[SEED], _FOLLOW, n[SUBJECT], day, n[EPISODE])[0]
    if noise < chance_without_gain(people, i64(worth)):
        driver = i64(message["about"])
        entry = enter(desk, CLAIM_FILED, 0, -1, 0, 0, 0, 0, cause, 0)
        count(desk, _COMPLAINTS, 1)
        send(desk, CLAIMED, driver, rules["claim_days"], 0, 0, 0, 0, n[SUBJECT], entry, 0)
