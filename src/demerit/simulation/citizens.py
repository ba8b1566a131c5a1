"""One situation or letter of a citizen, brought to the room that knows what to do with it."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.complaining import NOBODY
from demerit.catalogue.counters import MET, PER_KIND, VETOED
from demerit.catalogue.desk import count
from demerit.catalogue.letters import (
    AT_HAND,
    AT_THE_SHOP,
    COPY_MISSED,
    DEAL_ANSWERED,
    DEAL_OFFERED,
    DISCIPLINE_REVIEWED,
    EVALUATED,
    FRIEND_SHOWN,
    GAMING_FOUND,
    GRADED,
    HEARD_OF_BLAME,
    HEARD_OF_CLAIM,
    HEARD_OF_INTENT,
    HIT,
    ON_SCREEN,
    PASSED_BY,
    PLATE_ENDS,
    POINTS_OFFERED,
    REPRISAL,
    SUIT_DECIDED,
    THIN_FILE,
    THREATENED,
    TIE_CUT,
    WITNESSED,
)
from demerit.catalogue.packed import MINORITY_MARK
from demerit.catalogue.pointers import Desk, Hearsay, Message, People, State
from demerit.catalogue.rules import ATTENTION, BROKEN, FOUND, GROUP
from demerit.catalogue.words import (
    CITIZEN,
    CIVIL_TRIP,
    DEAL,
    FAVOUR,
    NEIGHBOUR,
    RELATIVE,
    ROAD,
    STRANGER,
    STRANGERS,
    TRIP,
)
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, several, void
from demerit.institutions.residence import open_thin_file
from demerit.mechanisms.approval import be_wronged
from demerit.mechanisms.dealing import deliver_deal, seek_deal
from demerit.mechanisms.display import deliver_display
from demerit.mechanisms.dying import is_dead
from demerit.mechanisms.learning import meet_circle
from demerit.simulation.acts import live_situation
from demerit.simulation.arrays import TheTown, Town
from demerit.simulation.blocks import NEIGHBOURHOOD
from demerit.simulation.bought import deliver_bought
from demerit.simulation.casualties import deliver_collision, deliver_to_dead
from demerit.simulation.collisions import risk_collision
from demerit.simulation.complaining import deliver_complaint, does_arise
from demerit.simulation.deliveries import deliver_citizen
from demerit.simulation.friendships import deliver_friendship, goes_unasked
from demerit.simulation.officials import deliver_to_official, meet_civil_trip, meet_occasion
from demerit.simulation.power import deliver_power
from demerit.simulation.staged import deliver_claim
from demerit.simulation.strangers import come_upon, deliver_stranger


@kernel(void(TheTown, Desk, i8))
def look_at(town: Town, desk: np.void, place: int) -> None:
    """Note on the desk how hard authorities look at the citizen's group and neighbourhood."""
    n = desk["n"]
    n[GROUP] = (i64(town.traits[place]["marks"]) >> MINORITY_MARK) & 1
    n[ATTENTION] = i64(town.neighbourhoods[place // NEIGHBOURHOOD]["attention"])


@kernel(void(TheTown, Desk, i8))
def book_found(town: Town, desk: np.void, place: int) -> None:
    """Book what was found about a citizen to the neighbourhood, for the next review of attention."""
    n = desk["n"]
    if n[FOUND] != 0:
        home = town.neighbourhoods[place // NEIGHBOURHOOD]
        home["found"] = min(i64(home["found"]) + n[FOUND], 4294967295)
        n[FOUND] = 0


@kernel(void(State, Hearsay, People, Message, i8))
def live_to_see(state: np.void, hearsay: np.void, people: np.void, message: np.void, day: int) -> None:
    """Learn from what somebody else did, for good or ill; the dead do not."""
    if is_dead(state) == 0:
        circle, good = i64(message["rule"]), i64(message["label"])
        meet_circle(state, people, circle, good, day)
        if good == 0 and circle in (NEIGHBOUR, STRANGERS):
            be_wronged(state, hearsay, people, day)


@kernel(void(TheTown, Desk, Message, i8))
def deliver_between_people(town: Town, desk: np.void, message: np.void, place: int) -> None:
    """Deliver a message about a friendship, or about a deal between strangers."""
    if FRIEND_SHOWN <= i64(message["kind"]) <= TIE_CUT:
        deliver_friendship(town, desk, message, place)
    else:
        deliver_deal(town.states[place], town.rules, town.people, desk, message)


@kernel(i8(TheTown, Desk, Message, i8), inline=True)
def deliver_letter(town: Town, desk: np.void, message: np.void, place: int) -> int:
    """Deliver a message that is not about work to a citizen; return the id to reckon by, or 0."""
    look_at(town, desk, place)
    state, traits, account = town.states[place], town.traits[place], town.accounts[CITIZEN][place]
    rules, law, people = town.rules, town.law, town.people
    letter = i64(message["kind"])
    if is_dead(state) == 1:
        deliver_to_dead(desk, message)
        cause = 0
    elif PASSED_BY <= letter <= HEARD_OF_BLAME:
        hearsay = town.hearsay[place]
        cause = deliver_stranger(state, traits, account, hearsay, rules, law, people, desk, message)
    elif HIT <= letter <= HEARD_OF_INTENT:
        hearsay = town.hearsay[place]
        cause = deliver_collision(state, traits, account, hearsay, rules, people, desk, message)
    elif WITNESSED <= letter <= REPRISAL:
        cause = deliver_complaint(town, state, traits, account, rules, law, people, desk, message)
    elif THREATENED <= letter <= HEARD_OF_CLAIM:
        cause = deliver_claim(state, traits, town.works[place], account, rules, law, people, desk, message)
    elif ON_SCREEN <= letter <= AT_THE_SHOP:
        deliver_display(state, traits, account, rules, people, desk, message)
        cause = 0
    elif AT_HAND <= letter <= SUIT_DECIDED:
        cause = deliver_power(state, traits, town.works[place], account, rules, law, people, desk, message)
    elif EVALUATED <= letter <= GRADED or letter == DISCIPLINE_REVIEWED:
        cause = deliver_to_official(town, desk, message, place)
    elif FRIEND_SHOWN <= letter <= TIE_CUT or DEAL_OFFERED <= letter <= DEAL_ANSWERED:
        deliver_between_people(town, desk, message, place)
        cause = 0
    elif POINTS_OFFERED <= letter <= GAMING_FOUND or PLATE_ENDS <= letter <= COPY_MISSED:
        cause = deliver_bought(state, traits, account, rules, people, desk, message)
    elif letter == THIN_FILE:
        cause = open_thin_file(account, rules, desk, message)
    else:
        cause = deliver_citizen(state, traits, account, rules, people, desk, message)
    book_found(town, desk, place)
    return cause


@kernel(i8(TheTown, Desk, i8, i8, several(i8, 4)), inline=True)
def live_through(town: Town, desk: np.void, place: int, kind: int, lanes: tuple[int, int, int, int]) -> int:
    """Live through one situation of a citizen; return the id to reckon by, or 0.

    Args:
        lanes: what the situation holds, drawn with those of others.
    """
    rules, law, people = town.rules, town.law, town.people
    look_at(town, desk, place)
    state, traits, account = town.states[place], town.traits[place], town.accounts[CITIZEN][place]
    cause = 0
    if is_dead(state) == 1:
        return 0
    if people["arises"][kind] != NOBODY and does_arise(town, desk, place, kind) == 0:
        count(desk, kind * PER_KIND + MET, 1)
        count(desk, kind * PER_KIND + VETOED, 1)
        return 0
    if kind == FAVOUR and goes_unasked(town, desk, place, lanes[2]) == 1:
        count(desk, kind * PER_KIND + MET, 1)
        count(desk, kind * PER_KIND + VETOED, 1)
        return 0
    if kind == DEAL:
        seek_deal(account, rules, people, desk, lanes[2])
    elif TRIP <= kind <= RELATIVE:
        meet_occasion(town, desk, place, kind, lanes[2])
    elif kind == CIVIL_TRIP:
        meet_civil_trip(town, desk, place)
    elif kind != STRANGER:
        cause = live_situation(state, traits, account, rules, law, people, desk, kind, lanes)
        if people["collides"] == 1 and people["family"][kind] == ROAD:
            hearsay, broken = town.hearsay[place], desk["n"][BROKEN]
            crash = risk_collision(state, traits, account, hearsay, rules, law, people, desk, kind, broken)
            cause = crash if crash != 0 else cause
    elif people["rescues"] == 1:
        hearsay = town.hearsay[place]
        cause = come_upon(state, traits, account, hearsay, rules, law, people, desk, 0, 0, 0, 0, 0)
    book_found(town, desk, place)
    return cause
