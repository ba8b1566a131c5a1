"""Being shown in public, and what others make of it: neighbours, friends, the employer, shops (R20, R21)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import TURNED_AWAY, TURNED_OFF
from demerit.catalogue.letters import (
    AT_THE_SHOP,
    DISMISSED,
    FRIEND_SHOWN,
    HEARD,
    OFF_SCREEN,
    ON_SCREEN,
    SHOWN_AT_WORK,
)
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import LINK, tell_somebody
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import (
    ALL_FRIENDS,
    BY_DISPLAY,
    DISPLAY,
    EMPLOYED,
    EMPLOYING_COMPANY,
    FOOD,
    NEIGHBOUR,
    STRANGERS,
    TRANSIT,
)
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.access import refusing_sanction
from demerit.institutions.purse import charge, days_to_fen
from demerit.institutions.screens import begin_display, end_display, is_on_display
from demerit.mechanisms.employer import chance_at_worth
from demerit.mechanisms.learning import become_aware, meet_circle
from demerit.mechanisms.strain import be_strained

_SHOWN_AT_WORK = int(Purpose.SHOWN_AT_WORK)
_SHOP = int(Purpose.SHOP)
_STRESS = flow("display_stress")
_VISITS = flow("shop_visits")
_TURNED_AWAY = flow("turned_away")
_RIDES = flow("bus_rides")
_TURNED_OFF = flow("turned_off")
_ONLOOKERS = flow("seen_on_screen")
_SUBSTITUTES = flow("substitutes_fen")
FIRST_VISIT = 4
"""Days from the beginning of a display to the first visit to the shop; the others come week by week."""


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
    if rules["screen_allegation"] == 1 and rules["screen_city"] == 1 and kind >= 0:
        count(desk, _ONLOOKERS, people["viewers"])
        for viewer in range(people["viewers"]):
            tell_somebody(desk, HEARD, STRANGERS, kind, label, viewer, display)
    if rules["screen_city"] == 1 and i64(state["job"]) == EMPLOYED:
        send(desk, SHOWN_AT_WORK, LINK + EMPLOYING_COMPANY, 1, 0, label, 0, 0, n[SUBJECT], display, 0)
    if rules["screen_city"] == 1:
        send(desk, FRIEND_SHOWN, LINK + ALL_FRIENDS, 1, 0, label, 0, 0, n[SUBJECT], display, 0)
    if rules["screen_photo"] == 1:
        send(desk, AT_THE_SHOP, n[SUBJECT], FIRST_VISIT, 0, label, 0, 0, 0, display, 0)


@kernel(void(State, Traits, People, Desk, Message, i8))
def be_refused(
    state: np.void, traits: np.void, people: np.void, desk: np.void, message: np.void, service: int
) -> None:
    """Be turned away by a shop or a bus because of a display, pay for a substitute, and mind it."""
    label, display = i64(message["label"]), i64(message["cause"])
    cost = days_to_fen(traits, people["access_cost"][service])
    what = TURNED_AWAY if service == FOOD else TURNED_OFF
    enter(desk, what, 0, -1, label, 0, 0, cost, display, 0)
    count(desk, _TURNED_AWAY if service == FOOD else _TURNED_OFF, 1)
    charge(state, traits, people, desk, desk["n"][DAY], cost, _SUBSTITUTES)
    meet_circle(state, people, STRANGERS, 0, desk["n"][DAY])


@kernel(void(State, Traits, People, Desk, Message))
def go_for_bread(state: np.void, traits: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Go to the shop in a week on display, where whoever recognises the face may refuse to serve (F39)."""
    n = desk["n"]
    lanes = draw(n[SEED], _SHOP, n[SUBJECT], n[DAY], n[EPISODE])
    count(desk, _VISITS, 1)
    if lanes[0] < people["turned_away"]:
        be_refused(state, traits, people, desk, message, FOOD)


@kernel(void(State, Traits, People, Desk, Message))
def take_the_bus(state: np.void, traits: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Take the bus in a week on display, which may not take one along (R21)."""
    n = desk["n"]
    lanes = draw(n[SEED], _SHOP, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[1] >= people["access_rate"][TRANSIT]:
        return
    count(desk, _RIDES, 1)
    if lanes[2] < people["bus_refuses"]:
        be_refused(state, traits, people, desk, message, TRANSIT)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message))
def go_out(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Go for bread and by bus in a week on display; who is refused by a sanction does not come so far."""
    if is_on_display(accounts) == 0:
        return
    label, display = i64(message["label"]), i64(message["cause"])
    send(desk, AT_THE_SHOP, desk["n"][SUBJECT], 7, 0, label, 0, 0, 0, display, 0)
    bits = i64(accounts["sanctions"])
    if refusing_sanction(rules, bits, FOOD) < 0:
        go_for_bread(state, traits, people, desk, message)
    if refusing_sanction(rules, bits, TRANSIT) < 0:
        take_the_bus(state, traits, people, desk, message)


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
    else:
        go_out(state, traits, accounts, rules, people, desk, message)
