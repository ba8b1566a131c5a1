"""An official's occasion for a lawful activity: abstain, ask, or do it, in secret where it is not free.

    U(ask) = P(all layers pass) g - effort · layers        U(do) = g - p (f + D(points))        U(abstain) = 0

g is what the activity is worth, p the perceived chance of being found out and D what discipline points cost
at the next grade. One noise an option, shared by all three evaluations and by both worlds: in full, with what
governs officials under the null regime, and with nothing that governs them. Nothing here is a matter of
conscience, and nothing of it moves conscience.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, BY_LAW, BY_SCORE, ON_PRINCIPLE, PER_KIND, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import ASKED, DENIED, DISCIPLINED, GIVEN_UP, PERMITTED
from demerit.catalogue.letters import PERMISSION
from demerit.catalogue.packed import MARKS
from demerit.catalogue.pointers import Desk, Message, Official, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.serving import ABSTAIN, ASK, DO, FORBIDDEN, FREE_TO, ON_REQUEST
from demerit.catalogue.words import GOVERNMENT_APP, LAW, SCORE, SHARES, TRIP, TRUE
from demerit.engine.draws import draw
from demerit.engine.fixed import approach, clip, exponential
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, several, void
from demerit.engine.noise import gumbel
from demerit.institutions.discipline import discipline
from demerit.institutions.exemption import as_the_exempt_see_it, is_filed
from demerit.institutions.purse import charge, fen_to_days
from demerit.mechanisms.expecting import expected_discipline
from demerit.mechanisms.inquiry import consider_inquiry
from demerit.mechanisms.trips import days_to_ask_for, depart, unit_keeps_passport

_OCCASION = int(Purpose.OCCASION)
_PERMISSION = int(Purpose.PERMISSION)
_BELONGINGS = MARKS.index("belongings")
_ASKED = flow("service_asked")
_GRANTED = flow("service_granted")
_DENIED = flow("service_denied")
_SECRET = flow("service_secret")
_GIVEN_UP = flow("service_given_up")
_WANTED = flow("service_wanted")
_FOUND = flow("service_found")
_FINES = flow("fines_fen")
_ONE = 65536
Noises = several(i8, 3)
"""Noise of abstaining, asking and doing, Q16."""


@kernel(i8(Traits))
def has_app(traits: np.void) -> int:
    """Tell whether the mandatory government app is on the phone."""
    return 1 if (i64(traits["marks"]) >> _BELONGINGS) & GOVERNMENT_APP else 0


@kernel(i8(Official, Traits, Rules, People, i8, i8))
def fear_of_finding(
    official: np.void, traits: np.void, rules: np.void, people: np.void, kind: int, day: int
) -> int:
    """Return the perceived chance of being found out, Q16; that of trading shares is known as it is."""
    chance = i64(rules["found_out"][has_app(traits), kind]) >> 16
    if kind == SHARES:
        return chance
    elapsed = day - i64(official["alert_day"])
    log = approach(i64(official["alert"]), 0, elapsed, people["quiet_half_life"])
    chance = min((chance * exponential(log << 4)) >> 16, _ONE)
    return as_the_exempt_see_it(rules, traits, chance)


@kernel(i8(Traits, Rules, Desk, i8, i8))
def is_found_out(traits: np.void, rules: np.void, desk: np.void, kind: int, seen: int) -> int:
    """Tell whether an act without permission is found out; of shares the exchange tells, whoever trades."""
    if seen >= rules["found_out"][has_app(traits), kind]:
        return 0
    return 1 if kind == SHARES else is_filed(rules, traits, desk)


@kernel(i8(Official, Traits, Rules, People, i8, i8))
def secret_cost(
    official: np.void, traits: np.void, rules: np.void, people: np.void, kind: int, day: int
) -> int:
    """Return p (f + D), the expected cost of doing without permission, Q16 days."""
    fear = fear_of_finding(official, traits, rules, people, kind, day)
    cost = fen_to_days(traits, rules["service_fine_fen"][kind])
    cost += expected_discipline(official, rules, -rules["service_points"][kind], day)
    cost += (i64(rules["inquiry_opens"][kind]) >> 16) * i64(rules["inquiry_value"]) >> 16
    return (fear * cost) >> 16


@kernel(i8(Official, i8))
def may_ask_to_travel(official: np.void, day: int) -> int:
    """Tell whether a request to travel is taken: no ban, no investigation, and not abroad already."""
    barred = max(i64(official["banned_until"]), i64(official["inquiry_until"])) > day
    return 0 if barred or i64(official["abroad"]) == 1 else 1


@kernel(i8(Official, Traits, Rules, People, i8, i8, Noises))
def choose_occasion(
    official: np.void,
    traits: np.void,
    rules: np.void,
    people: np.void,
    kind: int,
    day: int,
    noises: tuple[int, int, int],
) -> int:
    """Return ABSTAIN, ASK or DO under some rules, given the noise of each."""
    status, gain = rules["status"][kind], i64(people["gain"][kind])
    inverse_tau = i64(people["inverse_tau"][kind])
    best, value = ABSTAIN, noises[ABSTAIN]
    if status == ON_REQUEST and (kind != TRIP or may_ask_to_travel(official, day) == 1):
        asking = ((rules["granted"] * gain) >> 16) - people["ask_effort"] * rules["layers"]
        asking = ((asking * inverse_tau) >> 16) + noises[ASK]
        if asking > value:
            best, value = ASK, asking
    doing = gain
    if status != FREE_TO:
        if kind == TRIP and unit_keeps_passport(rules, traits) == 1:
            return best
        doing -= secret_cost(official, traits, rules, people, kind, day)
    return DO if ((doing * inverse_tau) >> 16) + noises[DO] > value else best


@kernel(i8(People, i8, Noises))
def wants(people: np.void, kind: int, noises: tuple[int, int, int]) -> int:
    """Tell whether an official would do it if nothing governed it, given the noise of the choice."""
    doing = (i64(people["gain"][kind]) * i64(people["inverse_tau"][kind])) >> 16
    return 1 if doing + noises[DO] > noises[ABSTAIN] else 0


@kernel(void(Official, People, i8, i8))
def grow_alert(official: np.void, people: np.void, surprise: int, day: int) -> None:
    """Learn from an own secret act how likely it is to be found out: l += alpha (x - p), Q16."""
    elapsed = day - i64(official["alert_day"])
    log = approach(i64(official["alert"]), 0, elapsed, people["quiet_half_life"])
    limit = people["perceived_limit"]
    official["alert"] = clip(log + ((people["alpha"] * surprise) >> 20), -limit, limit)
    official["alert_day"] = day


@kernel(void(Official, i8, i8))
def note_occasion(official: np.void, kind: int, complied: int) -> None:
    """Count a governed occasion for the loyalty of the year; trading shares has nothing to do with it."""
    if kind != SHARES and i64(official["occasions"]) < 255:
        official["occasions"] = i64(official["occasions"]) + 1
        official["complied"] = i64(official["complied"]) + complied


@kernel(void(Rules, People, Desk, i8, i8))
def ask_superiors(rules: np.void, people: np.void, desk: np.void, kind: int, cause: int) -> None:
    """Hand in a request, which goes from layer to layer; one to travel says for how many days."""
    count(desk, _ASKED, 1)
    days = days_to_ask_for(people, desk) if kind == TRIP else 0
    entry = enter(desk, ASKED, kind, -1, 0, 0, 1000 * days, 0, cause, 0)
    send(desk, PERMISSION, desk["n"][SUBJECT], rules["layer_days"], kind, 0, 0, days, 0, entry, 0)


@kernel(void(State, Traits, Official, Rules, People, Desk, i8, i8, i8, i8))
def act_in_secret(
    state: np.void,
    traits: np.void,
    official: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    seen: int,
    cause: int,
    day: int,
) -> None:
    """Do without permission what needs one: perhaps be found out, and learn from it."""
    count(desk, _SECRET, 1)
    fear = fear_of_finding(official, traits, rules, people, kind, day)
    found = is_found_out(traits, rules, desk, kind, seen)
    if found == 1:
        count(desk, _FOUND, 1)
        fen = rules["service_fine_fen"][kind]
        points = rules["service_points"][kind]
        entry = discipline(official, rules, desk, DISCIPLINED, kind, points, fen, cause, day)
        consider_inquiry(state, official, rules, people, desk, kind, entry, day)
        if fen > 0:
            charge(state, traits, people, desk, day, fen, _FINES)
        if kind != SHARES and i64(official["found"]) < 255:
            official["found"] = i64(official["found"]) + 1
    if kind != SHARES:
        grow_alert(official, people, found * _ONE - fear, day)


@kernel(void(State, Traits, Official, Rules, Rules, People, Desk, i8, i8, i8))
def live_occasion(
    state: np.void,
    traits: np.void,
    official: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    seen: int,
    cause: int,
) -> None:
    """Live through an occasion: choose, count why, ask, or do it.

    Args:
        seen: 32-bit draw held against the chance of being found out.
    """
    n, place = desk["n"], kind * PER_KIND
    day, status = n[DAY], rules["status"][kind]
    lanes = draw(n[SEED], _OCCASION, n[SUBJECT], day, n[EPISODE])
    noises = gumbel(lanes[ABSTAIN]), gumbel(lanes[ASK]), gumbel(lanes[DO])
    wanted = wants(people, kind, noises)
    count(desk, _WANTED, wanted)
    chosen = choose_occasion(official, traits, rules, people, kind, day, noises)
    if status != FREE_TO:
        note_occasion(official, kind, 1 if chosen != DO else 0)
    if chosen == ASK:
        ask_superiors(rules, people, desk, kind, cause)
    elif chosen == DO:
        count(desk, place + ACTED, 1)
        if status != FREE_TO:
            act_in_secret(state, traits, official, rules, people, desk, kind, seen, cause, day)
    elif wanted == 0:
        count(desk, place + ON_PRINCIPLE, 1)
    else:
        by_law = choose_occasion(official, traits, law, people, kind, day, noises) == ABSTAIN
        count(desk, place + (BY_LAW if by_law else BY_SCORE), 1)
        count(desk, _GIVEN_UP, 1)
        enter(desk, GIVEN_UP, kind, -1, TRUE, LAW if by_law else SCORE, 0, 0, cause, 0)


@kernel(void(Traits, Official, Rules, Desk, Message))
def hear_of_request(
    traits: np.void, official: np.void, rules: np.void, desk: np.void, message: np.void
) -> None:
    """Hear from the next layer; what all have agreed to is done.

    A request under way when the rule that asks for it ends is granted.
    """
    n = desk["n"]
    kind, layer, cause = i64(message["rule"]), i64(message["label"]), i64(message["cause"])
    days = i64(message["amount"])
    lanes = draw(n[SEED], _PERMISSION, n[SUBJECT], n[DAY], n[EPISODE])
    if rules["status"][kind] != FREE_TO:
        if rules["status"][kind] == FORBIDDEN or lanes[0] >= rules["layer_passes"]:
            count(desk, _DENIED, 1)
            enter(desk, DENIED, kind, -1, TRUE, 0, 1000 * days, 0, cause, layer)
            return
        if layer + 1 < rules["layers"]:
            wait = rules["layer_days"]
            send(desk, PERMISSION, n[SUBJECT], wait, kind, layer + 1, 0, days, 0, cause, 0)
            return
    count(desk, _GRANTED, 1)
    count(desk, kind * PER_KIND + ACTED, 1)
    entry = enter(desk, PERMITTED, kind, -1, 0, 0, 1000 * days, 0, cause, 0)
    if kind == TRIP:
        depart(traits, official, rules, desk, days, lanes[1], entry)
