"""Power, delivered: to the superior, to whoever is harassed, and to whoever is asked to write a complaint."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import PER_KIND, VETOED
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import ADVANCE
from demerit.catalogue.letters import ASKED, AT_HAND, FILED, HARASSED, REFUSED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits, Work
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import NAMESAKE, tell_somebody
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FAMILY_OF_KIND, FREE, HARASSMENT, MISTAKEN, TRUE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.detection import FILED_RIGHT, FILED_WRONG, detect
from demerit.institutions.exemption import as_the_exempt_see_it
from demerit.mechanisms.choice import perceived_coverage, tempted
from demerit.mechanisms.learning import learn
from demerit.mechanisms.power import (
    be_asked,
    be_harassed,
    be_refused,
    is_superior_at,
    stratum_at,
)
from demerit.mechanisms.suing import settle_suit
from demerit.simulation.acts import have_record

_ADVANCE = int(Purpose.ADVANCE)


@kernel(i8(State, Traits, Work, Accounts, Rules, Rules, People, Desk, Message))
def have_at_hand(
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
    """Harass a subordinate, or do not; return the id of a record or 0."""
    n = desk["n"]
    day, company, cause = n[DAY], i64(message["points"]), i64(message["cause"])
    if is_superior_at(state, work, company) == 0:
        count(desk, HARASSMENT * PER_KIND + VETOED, 1)
        return 0
    lanes = draw(n[SEED], _ADVANCE, n[SUBJECT], day, n[EPISODE])
    motive = tempted(state, traits, accounts, rules, law, people, desk, HARASSMENT, TRUE, lanes[0], day)
    if motive < FREE:
        return 0
    entry = enter(desk, ADVANCE, 0, -1, 0, 0, 0, 0, cause, 0)
    subordinate = i64(message["about"])
    send(desk, HARASSED, subordinate, 1, 0, stratum_at(desk), company, 0, n[SUBJECT], entry, 0)
    if rules["conduct"][HARASSMENT] == 0:
        return 0
    perceived = perceived_coverage(state, rules, people, HARASSMENT, 1, day)
    perceived = as_the_exempt_see_it(rules, traits, perceived)
    fate = detect(traits, accounts, rules, desk, HARASSMENT, TRUE, lanes[1], lanes[2])
    root = 0
    if fate == FILED_RIGHT:
        root = have_record(state, traits, accounts, rules, people, desk, HARASSMENT, TRUE, FREE, entry, day)
    elif fate == FILED_WRONG:
        tell_somebody(desk, FILED, NAMESAKE, HARASSMENT, MISTAKEN, 0, entry)
    outcome = 65536 if root != 0 else 0
    step = (people["alpha"] * (outcome - perceived)) >> 20
    learn(state, people, FAMILY_OF_KIND[HARASSMENT], day, step)
    return i64(root)


@kernel(i8(State, Traits, Work, Accounts, Rules, Rules, People, Desk, Message))
def deliver_power(
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
    """Deliver what passes between a superior and subordinates; return the id to reckon by, or 0."""
    letter = i64(message["kind"])
    if letter == AT_HAND:
        return have_at_hand(state, traits, work, accounts, rules, law, people, desk, message)
    if letter == HARASSED:
        be_harassed(state, traits, accounts, rules, law, people, desk, message)
    elif letter == REFUSED:
        be_refused(traits, rules, law, people, desk, message)
    elif letter == ASKED:
        be_asked(state, traits, accounts, rules, law, people, desk, message)
    else:
        settle_suit(state, traits, people, desk, message)
    return 0
