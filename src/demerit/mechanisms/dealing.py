"""Deals with strangers: to let, to lend, to marry; trusted, or looked up before (R17, F16).

U(look)  = avoids · doubt · stake - effort         doubt = 1 - trust in strangers
U(agree) = gain - factor · doubt                   in stakes; factor 1, or what a look-up makes of it
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, MET, PER_KIND, flow
from demerit.catalogue.desk import count, enter, next_id, send
from demerit.catalogue.entries import DEAL_REFUSED, LOOKED_UP
from demerit.catalogue.letters import DEAL_ANSWERED, DEAL_OFFERED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.showing import AGREED, CLEAN, DEALS, LOOKED, LOW
from demerit.catalogue.words import CITIZEN, DEAL, STRANGERS
from demerit.engine.draws import draw
from demerit.engine.fixed import logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.lists import is_listed
from demerit.institutions.screens import is_on_display
from demerit.institutions.standing import composite, standing
from demerit.mechanisms.choice import chance_without_gain, is_aware
from demerit.mechanisms.learning import trust

_DEAL = int(Purpose.DEAL)
_LOOKUPS = flow("lookups")
_LOOKUPS_CLEAN = flow("lookups_clean")
_DEALS = flow("deals")
_AGREED = flow("deals_agreed")
_REFUSED_LOW = flow("deals_refused_low")
_ONE = 65536


@kernel(i8(Accounts, Rules, i8))
def seen_by_strangers(accounts: np.void, rules: np.void, day: int) -> int:
    """Return what a look-up shows of somebody: LOW standing, CLEAN, or nothing of either."""
    marked = is_on_display(accounts)
    for slot in range(rules["lists"][CITIZEN]):
        if rules["list_above"][CITIZEN, slot] < 0:
            marked |= is_listed(accounts, slot)
    if marked == 1 or standing(accounts, rules, CITIZEN, 0, day) < rules["screen_below"]:
        return LOW
    return CLEAN if composite(accounts, rules, day) >= 0 else 0


@kernel(void(Accounts, Rules, People, Desk, i8))
def seek_deal(accounts: np.void, rules: np.void, people: np.void, desk: np.void, lane: int) -> None:
    """Ask a stranger for a deal, who can see no more of one than the regime shows."""
    n = desk["n"]
    count(desk, DEAL * PER_KIND + MET, 1)
    count(desk, DEAL * PER_KIND + ACTED, 1)
    deal = 0
    while deal < len(DEALS) - 1 and lane >= people["deal_share"][deal]:
        deal += 1
    marks = seen_by_strangers(accounts, rules, n[DAY]) if rules["lookups"] == 1 else 0
    cause = next_id(desk)
    send(desk, DEAL_OFFERED, SOMEBODY | STRANGERS, 1, deal, 0, marks, n[EPISODE], 0, cause, 0)


@kernel(i8(People, i8, i8))
def look_chance(people: np.void, deal: int, doubt: int) -> int:
    """Return the chance (Q32) of looking somebody up before a deal."""
    avoided = (((people["deal_stake"][deal] * doubt) >> 16) * people["look_avoids"]) >> 16
    return i64(chance_without_gain(people, avoided - people["look_effort"]))


@kernel(i8(People, i8, i8))
def agree_chance(people: np.void, doubt: int, marks: int) -> int:
    """Return the chance (Q32) of agreeing to a deal; ``marks`` hold LOOKED and what was seen."""
    factor = _ONE
    if marks & LOOKED:
        factor = people["doubt_low"] if marks & LOW else people["doubt_clean"]
    worth = people["deal_gain"] - ((factor * doubt) >> 16)
    return logistic((worth * people["deal_inverse_tau"]) >> 16)


@kernel(void(State, Rules, People, Desk, Message))
def weigh_deal(state: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Be asked by a stranger: look them up or not, agree or not."""
    n = desk["n"]
    day, deal, marks = n[DAY], i64(message["rule"]), i64(message["points"])
    doubt = _ONE - ((trust(state, people, STRANGERS, day) * _ONE) // 65535)
    lanes = draw(n[SEED], _DEAL, n[SUBJECT], day, n[EPISODE])
    if rules["lookups"] == 1 and is_aware(state, day) == 1 and lanes[0] < look_chance(people, deal, doubt):
        marks |= LOOKED
    if lanes[1] < agree_chance(people, doubt, marks):
        marks |= AGREED
    cause = i64(message["cause"])
    send(desk, DEAL_ANSWERED, i64(message["about"]), 1, deal, 0, marks, 0, n[SUBJECT], cause, 0)


@kernel(void(Desk, Message))
def hear_answer(desk: np.void, message: np.void) -> None:
    """Hear what came of asking a stranger."""
    deal, marks, cause = i64(message["rule"]), i64(message["points"]), i64(message["cause"])
    count(desk, _DEALS, 1)
    if marks & AGREED:
        count(desk, _AGREED, 1)
    if marks & LOOKED:
        count(desk, _LOOKUPS, 1)
        count(desk, _LOOKUPS_CLEAN, 1 if marks & CLEAN else 0)
        looked = enter(desk, LOOKED_UP, deal, -1, 0, 0, 0, 0, cause, 0)
        if marks & AGREED == 0:
            enter(desk, DEAL_REFUSED, deal, -1, 0, 0, 0, 0, looked, 0)
            count(desk, _REFUSED_LOW, 1 if marks & LOW else 0)


@kernel(void(State, Rules, People, Desk, Message))
def deliver_deal(state: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Deliver a message about a deal between strangers."""
    if i64(message["kind"]) == DEAL_OFFERED:
        weigh_deal(state, rules, people, desk, message)
    else:
        hear_answer(desk, message)
