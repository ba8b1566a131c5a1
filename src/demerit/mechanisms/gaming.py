"""Points gained without the deed: whoever has lost points, or is asked for a deed, may buy some (R9, F45).

    U(buy)  = G(s, r) - q - c H - p_f K
    U(sell) = q - L(r) - c H - p_f K

G is what the points are worth to the buyer, q their price, K what being found out would cost. There are
three things to buy: a staged good deed, which the authority credits; points of the licence, which another
driver takes over, who may lose the licence for it; and a certificate of the course that ends its loss.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, EXPECTED, MET, PER_KIND, RECORDED, VETOED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import COURSE_BOUGHT, CREDIT, DEED_STAGED, POINTS_BOUGHT, POINTS_SOLD
from demerit.catalogue.letters import GAMING_FOUND, LICENCE_BACK, POINTS_OFFERED, POINTS_TAKEN
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import DRIVER, SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, LICENCE_TABLE, SEED, SUBJECT
from demerit.catalogue.words import DEED_SEEN, FABRICATED, FAMILY_OF_KIND, GAMING, PLATE, SCORE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.licence import add_licence_points, may_drive, take_back_points, turn_cycle
from demerit.institutions.purse import charge, days_to_fen, fen_to_days, pay, wealth
from demerit.institutions.records import enter_registers
from demerit.mechanisms.anticipation import expected_gain, expected_loss, has_wage, licence_loss
from demerit.mechanisms.choice import chance_without_gain, is_aware
from demerit.mechanisms.learning import conscience
from demerit.mechanisms.moving import consider_move
from demerit.mechanisms.plates import consider_plate

_PURCHASE = int(Purpose.PURCHASE)
_SALE = int(Purpose.SALE)
_STUDY = flow("study_fen")
_STAGED = flow("staged_deeds")
_STAGED_POINTS = flow("staged_points")
_LICENCE_POINTS = flow("licence_points_bought")
_COURSES = flow("courses_bought")
_PAID = flow("gaming_fen")
_PLACE = GAMING * PER_KIND
_DEED, _POINTS, _COURSE = range(3)
_ANSWER_DAYS = 2
"""Days from the record to the seller's answer."""


@kernel(i8(State, Traits, Accounts, Rules, People, i8))
def risk_of_gaming(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, people: np.void, day: int
) -> int:
    """Return c H + p_f K, what buying or selling points costs besides the price, Q16 days."""
    own = i64(traits["conscience"])
    felt = conscience(state, rules, people, own, FAMILY_OF_KIND[GAMING], day) * people["felt_harm"][GAMING]
    if rules["gaming_found"] == 0:
        return i64(felt >> 16)
    loss = fen_to_days(traits, rules["fine_fen"][GAMING])
    loss += expected_loss(rules, state, traits, accounts, GAMING, is_aware(state, day), day)
    return i64((felt >> 16) + (((rules["gaming_found"] >> 16) * loss) >> 16))


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8))
def buys(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    what: int,
    gain: int,
    fen: int,
    day: int,
) -> int:
    """Decide whether to pay a price (fen) for what is worth a gain (Q16 days) without the deed.

    Returns:
        0 if not, 1 if so, 2 if so and it will be found out.
    """
    count(desk, _PLACE + MET, 1)
    if wealth(state, traits, people, day) < fen:
        count(desk, _PLACE + VETOED, 1)
        return 0
    worth = gain - fen_to_days(traits, fen) - risk_of_gaming(state, traits, accounts, rules, people, day)
    probability = chance_without_gain(people, i64(worth))
    count(desk, _PLACE + EXPECTED, probability >> 12)
    n = desk["n"]
    lanes = draw(n[SEED], _PURCHASE, n[SUBJECT], day, n[EPISODE] * 4 + what)
    if lanes[0] >= probability:
        return 0
    count(desk, _PLACE + ACTED, 1)
    count(desk, _PAID, fen)
    return 2 if lanes[1] < rules["gaming_found"] else 1


@kernel(void(Rules, Desk, i8, i8))
def come_out(rules: np.void, desk: np.void, decided: int, entry: int) -> None:
    """Let a purchase that is going to be found out come out after its days."""
    if decided == 2:
        send(desk, GAMING_FOUND, desk["n"][SUBJECT], rules["gaming_days"], 0, 0, 0, 0, 0, entry, 0)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8))
def consider_staged_deed(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    cause: int,
    day: int,
) -> int:
    """Stage a good deed for its points, or let it be; return the id of the credit, 0 if there is none."""
    if people["games"] == 0 or rules["conduct"][DEED_SEEN] == 0 or is_aware(state, day) == 0:
        return 0
    gain = expected_gain(rules, accounts, has_wage(state), DEED_SEEN, day)
    points = rules["composite_points"][DEED_SEEN]
    if gain <= 0 or points <= 0:
        return 0
    fen = people["staged_point_fen"] * points // 1000
    decided = buys(state, traits, accounts, rules, people, desk, _DEED, gain, i64(fen), day)
    if decided == 0:
        return 0
    rule = rules["conduct"][DEED_SEEN] - 1
    entry = enter(desk, DEED_STAGED, rule, -1, 0, SCORE, 0, fen, cause, 0)
    pay(state, traits, people, desk, day, i64(fen))
    count(desk, DEED_SEEN * PER_KIND + RECORDED, 1)
    count(desk, _STAGED, 1)
    count(desk, _STAGED_POINTS, points)
    come_out(rules, desk, decided, entry)
    return enter_registers(accounts, rules, desk, CREDIT, DEED_SEEN, FABRICATED, SCORE, 0, entry, day)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def consider_sold_points(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    cause: int,
    day: int,
) -> None:
    """Look for another driver who takes over the licence points of a record, if that is worth its price."""
    points = rules["licence_points"][kind]
    held = min(i64(state["licence_points"]), LICENCE_TABLE - 1)
    if points == 0 or rules["licence_expiry"] > 0 or held < points:
        return
    gain = i64(rules["licence_loss"][held] - rules["licence_loss"][held - points])
    if gain <= 0:
        return
    fen = people["licence_point_fen"] * points
    decided = buys(state, traits, accounts, rules, people, desk, _POINTS, gain, i64(fen), day)
    if decided > 0:
        episode = desk["n"][EPISODE]
        send(desk, POINTS_OFFERED, SOMEBODY | DRIVER, 1, kind, decided, 0, episode, 0, cause, 0)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def consider_bought_course(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    cause: int,
    day: int,
) -> None:
    """Buy the certificate of the course that gives the licence back, in place of the study."""
    fen = people["course_fen"]
    decided = buys(state, traits, accounts, rules, people, desk, _COURSE, rules["study_cost"], fen, day)
    if decided == 0:
        return
    entry = enter(desk, COURSE_BOUGHT, rules["conduct"][kind] - 1, -1, 0, 0, 0, fen, cause, 0)
    charge(state, traits, people, desk, day, -days_to_fen(traits, rules["study_cost"]), _STUDY)
    pay(state, traits, people, desk, day, fen)
    count(desk, _COURSES, 1)
    state["licence_until"] = day + 1
    send(desk, LICENCE_BACK, desk["n"][SUBJECT], 1, rules["conduct"][kind] - 1, 0, 0, 0, 0, entry, 0)
    come_out(rules, desk, decided, entry)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8))
def consider_gaming(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    held_until: int,
    cause: int,
    day: int,
) -> None:
    """Think of what could be done about a record: points, a course or a deed for money, a cover, a move.

    Args:
        state: whose record it is.
        traits: the same.
        accounts: the same.
        rules: compiled regime.
        people: compiled society.
        desk: the citizen's.
        kind: situation of the record.
        held_until: until when the licence was withheld before the record.
        cause: id of the record.
        day: today.
    """
    if people["games"] == 0 or kind in (GAMING, PLATE):
        return
    until = i64(state["licence_until"])
    if until > day and until != held_until:
        consider_bought_course(state, traits, accounts, rules, people, desk, kind, cause, day)
    elif may_drive(state, day) == 1:
        consider_sold_points(state, traits, accounts, rules, people, desk, kind, cause, day)
    consider_staged_deed(state, traits, accounts, rules, people, desk, cause, day)
    consider_plate(state, traits, accounts, rules, people, desk, kind, cause, day)
    consider_move(state, traits, accounts, rules, people, desk, kind, cause, day)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message))
def be_offered(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Take over another driver's licence points for the price, or refuse."""
    n = desk["n"]
    day, kind, cause = n[DAY], i64(message["rule"]), i64(message["cause"])
    points = rules["licence_points"][kind]
    if points == 0 or may_drive(state, day) == 0:
        return
    turn_cycle(state, traits, accounts, rules, day)
    fen = people["licence_point_fen"] * points
    worth = fen_to_days(traits, fen) - licence_loss(rules, state, points)
    worth -= risk_of_gaming(state, traits, accounts, rules, people, day)
    lanes = draw(n[SEED], _SALE, n[SUBJECT], day, n[EPISODE])
    probability = chance_without_gain(people, i64(worth))
    count(desk, _PLACE + MET, 1)
    count(desk, _PLACE + EXPECTED, probability >> 12)
    if lanes[0] >= probability:
        return
    count(desk, _PLACE + ACTED, 1)
    entry = enter(desk, POINTS_SOLD, rules["conduct"][kind] - 1, -1, 0, 0, -1000 * points, fen, cause, 0)
    pay(state, traits, people, desk, day, -fen)
    add_licence_points(state, traits, accounts, rules, people, desk, kind, entry, day)
    come_out(rules, desk, 2 if lanes[1] < rules["gaming_found"] else 1, entry)
    buyer, decided = i64(message["about"]), i64(message["label"])
    send(desk, POINTS_TAKEN, buyer, 1, kind, decided, 0, fen, n[SUBJECT], entry, 0)


@kernel(void(State, Traits, Accounts, Rules, People, Desk, Message))
def have_points_taken(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Pay for licence points that another driver has taken over."""
    day, kind, fen = desk["n"][DAY], i64(message["rule"]), i64(message["amount"])
    points = rules["licence_points"][kind]
    if points == 0:
        return
    rule = rules["conduct"][kind] - 1
    entry = enter(desk, POINTS_BOUGHT, rule, -1, 0, 0, 1000 * points, fen, i64(message["cause"]), 0)
    pay(state, traits, people, desk, day, fen)
    take_back_points(state, traits, accounts, rules, kind, day - _ANSWER_DAYS, day)
    count(desk, _LICENCE_POINTS, points)
    come_out(rules, desk, i64(message["label"]), entry)
