"""Grudges: reporting somebody for what was not done, and paying back whom one takes for a reporter (F28).

    U(false) = m + p_c R - c H(h_false) - p_f (K + L) + (1 - campaign) k

The malice m is solved so that few give in to it under ordinary law; R and the campaign's part are what the
regime adds. Who is reported and believes to know by whom has occasions of his own, for as long as a grudge
lasts.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import MET, PER_KIND, VETOED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import FEUD
from demerit.catalogue.letters import REPRISAL
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FABRICATED, FAMILIES, FREE, GRUDGE, KINDS, PRINCIPLE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import rule_of
from demerit.institutions.exemption import as_the_exempt_see_it
from demerit.mechanisms.choice import bare_utility, decide, penalty, perceived_coverage
from demerit.mechanisms.learning import learn
from demerit.mechanisms.reporting import circle_at, complain, reward_days
from demerit.mechanisms.strain import waiting_days

_ALLEGATION = int(Purpose.ALLEGATION)
_FEUD = int(Purpose.FEUD)
_REPRISAL = int(Purpose.REPRISAL)
_FEUDS = flow("feuds")
_OCCASIONS = flow("feud_occasions")
_PAID = flow("reports_paid")
_REPRISALS = flow("reprisals")
_RIGHT = flow("reprisals_right")
_NEIGHBOURS = FAMILIES.index("neighbours")
_PLACE = GRUDGE * PER_KIND


@kernel(i8(State, Traits, Accounts, Rules, People, i8))
def pull(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, people: np.void, day: int
) -> int:
    """Return what a regime adds to the wish to report falsely: reward and less effort, Q16 days."""
    reward = (rules["believed_false"] * reward_days(state, traits, accounts, rules, day)) >> 16
    return i64(reward + ((people["report_effort"] * (65536 - rules["effort_factor"])) >> 16))


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8))
def will_slander(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    noise: int,
    day: int,
) -> int:
    """Decide whether to report falsely; return FREE if it is done, else the motive that held."""
    bare = bare_utility(state, traits, rules, people, GRUDGE, 0, day)
    full = bare + pull(state, traits, accounts, rules, people, day)
    full -= penalty(state, traits, accounts, rules, people, GRUDGE, 1, day)
    lawful = bare + pull(state, traits, accounts, law, people, day)
    lawful -= penalty(state, traits, accounts, law, people, GRUDGE, 0, day)
    motive = decide(state, people, desk, GRUDGE, bare, full, lawful, noise, day)
    if motive < FREE:
        return motive
    count(desk, _PAID, motive - FREE)
    perceived = perceived_coverage(state, rules, people, GRUDGE, 1, day)
    perceived = as_the_exempt_see_it(rules, traits, perceived)
    learn(state, people, _NEIGHBOURS, day, (people["alpha"] * -perceived) >> 20)
    return FREE


@kernel(void(Rules, People, Desk, i8, i8, i8))
def slander(rules: np.void, people: np.void, desk: np.void, target: int, circle: int, cause: int) -> None:
    """Report somebody for what was not done.

    Args:
        target: whom; -1 for somebody of a circle.
        circle: the circle; -1 to draw one.
        cause: the grudge.
    """
    n = desk["n"]
    lanes = draw(n[SEED], _ALLEGATION, n[SUBJECT], n[DAY], n[EPISODE])
    kind = 0
    while kind < len(KINDS) - 1 and lanes[0] >= people["alleged"][kind]:
        kind += 1
    if circle < 0:
        circle = circle_at(people, GRUDGE, lanes[1])
    whom = target if target >= 0 else SOMEBODY | circle
    complain(rules, desk, kind, FABRICATED, 0, whom, circle, 0, cause)


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8))
def bear_grudge(
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
    """Bear a grudge against somebody near, and report them for what they have not done, or not."""
    if rules["complaints"] == 0:
        count(desk, _PLACE + VETOED, 1)
        return PRINCIPLE
    motive = will_slander(state, traits, accounts, rules, law, people, desk, noise, day)
    if motive == FREE:
        slander(rules, people, desk, -1, -1, cause)
    return motive


@kernel(void(Rules, People, Desk, i8, i8, i8, i8))
def suspect(
    rules: np.void, people: np.void, desk: np.void, kind: int, circle: int, reporter: int, cause: int
) -> None:
    """Believe to know who has reported one: a grudge against that one, or somebody else of the circle."""
    if people["feud_wait"] == 0:
        return
    n = desk["n"]
    lanes = draw(n[SEED], _FEUD, n[SUBJECT], n[DAY], n[EPISODE])
    right = 1 if lanes[0] < people["guesses_right"] else 0
    entry = enter(desk, FEUD, rule_of(rules, kind), -1, 0, 0, 0, 0, cause, 0)
    count(desk, _FEUDS, 1)
    wait = waiting_days(people, people["feud_wait"], lanes[1])
    if wait <= people["feud_days"]:
        end = n[DAY] + people["feud_days"]
        about = reporter if right == 1 else n[SUBJECT]
        send(desk, REPRISAL, n[SUBJECT], wait, kind, right, circle, end, about, entry, 0)


@kernel(void(State, Traits, Accounts, Rules, Rules, People, Desk, Message))
def pay_back(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """Meet an occasion to pay back whom one takes for the reporter, and wait for the next one."""
    if rules["complaints"] == 0:
        return
    n = desk["n"]
    day = n[DAY]
    right, circle = i64(message["label"]), i64(message["points"])
    end, about, cause = i64(message["amount"]), i64(message["about"]), i64(message["cause"])
    lanes = draw(n[SEED], _REPRISAL, n[SUBJECT], day, n[EPISODE])
    count(desk, _PLACE + MET, 1)
    count(desk, _OCCASIONS, 1)
    if will_slander(state, traits, accounts, rules, law, people, desk, lanes[0], day) == FREE:
        count(desk, _REPRISALS, 1)
        count(desk, _RIGHT, right)
        slander(rules, people, desk, about if right == 1 else -1, circle, cause)
    wait = waiting_days(people, people["feud_wait"], lanes[1])
    if day + wait <= end:
        kind = i64(message["rule"])
        send(desk, REPRISAL, n[SUBJECT], wait, kind, right, circle, end, about, cause, 0)
