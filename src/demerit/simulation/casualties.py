"""Casualties: whoever was hit, a driver who fled and is found, what goes to the families of the dead."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.colliding import FATAL, FINISHED, IN_COLLISION, SERIOUS
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import COMPENSATION, HURT
from demerit.catalogue.letters import COMPENSATED, FOUND_FLEEING, HIT, INHERITED, PASSED_BY
from demerit.catalogue.pointers import Accounts, Desk, Hearsay, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FLIGHT, STRANGER, STRANGERS
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.liability import MOST_FEN, pay_damages, serve_sentence
from demerit.institutions.purse import days_to_fen, pay
from demerit.mechanisms.dying import die, leave_to_household
from demerit.mechanisms.hearsay import feared_intent, learn_of_intent, step_of
from demerit.mechanisms.learning import meet_circle
from demerit.simulation.collisions import AT_FAULT, BY_FINISHING, FLED, file_collision
from demerit.simulation.strangers import GRAVE, INVITED

_SEARCH = int(Purpose.FLIGHT_FOUND)
_FOUND = flow("flights_found")
_UNFOUND = flow("flights_unfound")
_SEARCH_DAYS = 14
_LIFE = 65535
_ONE = 65536


@kernel(void(State, Traits, People, Desk, i8, i8))
def receive(state: np.void, traits: np.void, people: np.void, desk: np.void, fen: int, cause: int) -> None:
    """Receive compensation."""
    if fen > 0:
        pay(state, traits, people, desk, desk["n"][DAY], -fen)
        enter(desk, COMPENSATION, 0, -1, 0, 0, 0, fen, cause, 0)


@kernel(void(State, Traits, Rules, People, Desk, Message))
def be_hit(
    state: np.void, traits: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Be the other one: hurt, dead or left lying; the police look for a driver who has fled."""
    n = desk["n"]
    day, label = n[DAY], i64(message["label"])
    severity, fen = label & 3, i64(message["points"])
    fled = label & FLED
    lost = 0
    if severity != FATAL:
        lost = min(days_to_fen(traits, people["injury_days"][severity]), MOST_FEN)
    entry = enter(desk, HURT, severity, -1, 0, 0, 0, lost, i64(message["cause"]), 0)
    if fled:
        meet_circle(state, people, STRANGERS, 0, day)
        lanes = draw(n[SEED], _SEARCH, n[SUBJECT], day, n[EPISODE])
        if lanes[0] >> 16 >= rules["flight_found"][severity]:
            count(desk, _UNFOUND, 1)
        elif rules["liability"] == 1:
            driver = i64(message["about"])
            how = severity + (label & AT_FAULT)
            send(desk, FOUND_FLEEING, driver, _SEARCH_DAYS, FLIGHT, how, 0, 0, n[SUBJECT], entry, 0)
    if severity == FATAL:
        died = die(state, traits, people, desk, FINISHED if label & BY_FINISHING else IN_COLLISION, entry)
        leave_to_household(desk, fen, died)
        return
    pay(state, traits, people, desk, day, lost)
    receive(state, traits, people, desk, fen, entry)
    if fled and severity == SERIOUS and people["rescues"] == 1:
        invited = INVITED + GRAVE
        send(desk, PASSED_BY, SOMEBODY | STRANGERS, 1, STRANGER, invited, 0, n[EPISODE], 0, entry, 0)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def be_found(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Be found after fleeing: no insurance pays, the licence is gone for life, and a sentence is served."""
    severity = i64(message["label"]) & 3
    fault = 1 if i64(message["label"]) & AT_FAULT else 0
    cause = i64(message["cause"])
    count(desk, _FOUND, 1)
    root = file_collision(state, traits, accounts, rules, people, desk, FLIGHT, 0, cause)
    bearing = root if root != 0 else cause
    paid = pay_damages(state, traits, rules, people, desk, severity, fault, 0, bearing)
    if severity >= SERIOUS:
        serve_sentence(state, traits, people, desk, rules["flight_sentence"], bearing)
        if rules["licence_limit"] > 0:
            state["licence_until"] = _LIFE
    send(desk, COMPENSATED, i64(message["about"]), 1, 0, 0, 0, paid, desk["n"][SUBJECT], bearing, 0)
    return root


@kernel(i8(State, Traits, Accounts, Hearsay, Rules, People, Desk, Message))
def deliver_collision(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    hearsay: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Deliver a message about a collision; return the ledger id to reckon by, or 0."""
    kind = i64(message["kind"])
    day, cause = desk["n"][DAY], i64(message["cause"])
    if kind == HIT:
        be_hit(state, traits, rules, people, desk, message)
    elif kind == FOUND_FLEEING:
        return be_found(state, traits, accounts, rules, people, desk, message)
    elif kind == COMPENSATED:
        receive(state, traits, people, desk, i64(message["amount"]), cause)
    elif kind == INHERITED:
        receive(state, traits, people, desk, i64(message["points"]), cause)
    else:
        feared = feared_intent(hearsay, people, rules["intent_proved"], day)
        learn_of_intent(hearsay, people, step_of(people["alpha_heard"], _ONE - feared), day)
    return 0


@kernel(void(Desk, Message))
def deliver_to_dead(desk: np.void, message: np.void) -> None:
    """Pass on to the household what a dead person is owed; nothing else reaches them."""
    kind = i64(message["kind"])
    if kind == COMPENSATED:
        leave_to_household(desk, i64(message["amount"]), i64(message["cause"]))
    elif kind == INHERITED:
        leave_to_household(desk, i64(message["points"]), i64(message["cause"]))
