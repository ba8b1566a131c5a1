"""Grudges: reporting somebody for what was not done, and paying back whom one takes for a reporter (F28).

    U(false) = m + p_c R - c H(h_false) - p_f (K + L) + (1 - campaign) k

The malice m is solved so that few give in to it under ordinary law; R and the campaign's part are what the
regime adds. Who is reported and believes to know by whom has occasions of his own against that one, for as
long as a grudge lasts; another report by the same one makes it longer and brings no more occasions a year.
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
from demerit.catalogue.rules import DAY, EPISODE, RIVALS, RIVALS_A_DAY, RIVALS_OF, SEED, SUBJECT
from demerit.catalogue.words import FABRICATED, FAMILIES, FREE, GRUDGE, KINDS, PRINCIPLE
from demerit.engine.draws import below, draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import rule_of
from demerit.institutions.exemption import as_the_exempt_see_it
from demerit.mechanisms.choice import bare_utility, decide, penalty, perceived_coverage
from demerit.mechanisms.learning import learn
from demerit.mechanisms.reporting import circle_at, complain, reward_days

_ALLEGATION = int(Purpose.ALLEGATION)
_REPRISAL = int(Purpose.REPRISAL)
_RIVALRY = int(Purpose.RIVALRY)
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


@kernel(i8(People, Desk, i8, i8))
def occasion_after(people: np.void, desk: np.void, rival: int, day: int) -> int:
    """Return the day of the next occasion to pay a rival back, after some day.

    A pair has one occasion in every stretch of ``feud_wait`` days, on a day of its own that every grudge of
    the one against the other shares: a second grudge makes a feud longer and not denser (F28).
    """
    wait, n = people["feud_wait"], desk["n"]
    stretch = day // wait
    lane = draw(n[SEED], _RIVALRY, n[SUBJECT], stretch, rival)[0]
    found = stretch * wait + below(lane, wait)
    if found > day:
        return i64(found)
    lane = draw(n[SEED], _RIVALRY, n[SUBJECT], stretch + 1, rival)[0]
    return i64((stretch + 1) * wait + below(lane, wait))


@kernel(void(People, Desk, i8, i8, i8, i8, i8, i8, i8))
def wait_for_occasion(
    people: np.void,
    desk: np.void,
    kind: int,
    right: int,
    circle: int,
    rival: int,
    after: int,
    until: int,
    cause: int,
) -> None:
    """Bear a grudge against a rival until the next occasion, if it lasts so long.

    Args:
        kind: what was reported; ``cause`` the feud.
        right: 1 if the rival has reported it.
        circle: circle of each other that both belong to.
        rival: whom.
        after: day after which it may be; ``until`` the last day of the grudge.
    """
    day, subject = desk["n"][DAY], desk["n"][SUBJECT]
    due = occasion_after(people, desk, rival, after)
    if due <= until:
        send(desk, REPRISAL, subject, due - day, kind, right, circle, until, rival, cause, 0)


@kernel(void(Rules, People, Desk, i8, i8, i8, i8, i8))
def suspect(
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    circle: int,
    rival: int,
    right: int,
    cause: int,
) -> None:
    """Believe to know who has reported one, rightly or not: a grudge against that one."""
    day = desk["n"][DAY]
    entry = enter(desk, FEUD, rule_of(rules, kind), -1, 0, 0, 0, 0, cause, 0)
    count(desk, _FEUDS, 1)
    wait_for_occasion(people, desk, kind, right, circle, rival, day, day + people["feud_days"], entry)


@kernel(i8(Desk, i8, i8))
def meets_older_grudge(desk: np.void, rival: int, until: int) -> int:
    """Return the last day of an older grudge of the subject against a rival, met today; 0 if there is none.

    All grudges of one against another have their occasions on the same days, so that they meet on the desk;
    the older one is lived, and what lasts longer goes on after it.
    """
    n, rivals, lasting = desk["n"], desk["rivals"], desk["rivals_until"]
    today = (n[SUBJECT] << 16) | n[DAY]
    if n[RIVALS_OF] != today:
        n[RIVALS_OF] = today
        n[RIVALS] = 0
    for place in range(min(n[RIVALS], RIVALS_A_DAY)):
        if rivals[place] == rival:
            older = lasting[place]
            lasting[place] = max(older, until)
            return i64(older)
    place = n[RIVALS] % RIVALS_A_DAY
    rivals[place] = rival
    lasting[place] = until
    n[RIVALS] = n[RIVALS] + 1
    return 0


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
    kind, right, circle = i64(message["rule"]), i64(message["label"]), i64(message["points"])
    until, rival, cause = i64(message["amount"]), i64(message["about"]), i64(message["cause"])
    older = meets_older_grudge(desk, rival, until)
    if older > 0:
        wait_for_occasion(people, desk, kind, right, circle, rival, max(older, day), until, cause)
        return
    lanes = draw(n[SEED], _REPRISAL, n[SUBJECT], day, n[EPISODE])
    count(desk, _PLACE + MET, 1)
    count(desk, _OCCASIONS, 1)
    if will_slander(state, traits, accounts, rules, law, people, desk, lanes[0], day) == FREE:
        count(desk, _REPRISALS, 1)
        count(desk, _RIGHT, right)
        slander(rules, people, desk, rival, circle, cause)
    wait_for_occasion(people, desk, kind, right, circle, rival, day, until, cause)
