"""Reporting what somebody has done: who sees it, and whether that one reports (R11, F28).

    U(report) = p_c R + d c H(h) - k - k_circle + p_silence f      P = 1 / (1 + exp(-U / tau_rep))

R is the reward in days of own income, money and what the points are worth; H the felt harm of the act; k the
effort and fear, k_circle what it costs to report somebody of this circle, as far as one still trusts it.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.complaining import REPORTERS
from demerit.catalogue.counters import ACTED, BY_LAW, BY_SCORE, EXPECTED, MET, ON_PRINCIPLE, PER_KIND, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import REPORTED, SILENCE
from demerit.catalogue.letters import ACCUSED, WITNESSED
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import SOMEBODY
from demerit.catalogue.rules import CELL, DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import CHILD, FABRICATED, FAMILIES, FIFTHS, HUKOU, LAW, PRINCIPLE, SCORE, WITNESS
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import rule_of
from demerit.institutions.purse import charge, fen_to_days
from demerit.mechanisms.anticipation import expected_gain, has_wage
from demerit.mechanisms.choice import chance_without_gain, is_aware
from demerit.mechanisms.learning import conscience, crowd, trust

_WITNESS = int(Purpose.WITNESS)
_REPORT = int(Purpose.REPORT)
_BY_CIRCLE = flow(f"reports_{REPORTERS[0]}")
_BY_CHILDREN = flow("reports_by_children")
_TRUE = flow("reports_true")
_FALSE = flow("reports_false")
_SILENCES = flow("silences")
_FINES = flow("fines_fen")
_CROWDED = flow(f"crowded_{FAMILIES[0]}")
_NEIGHBOURS = FAMILIES.index("neighbours")
_PLACE = WITNESS * PER_KIND
_CELLS_PER_STRATUM = len(HUKOU) * len(FIFTHS)
BARE, LAWFUL, IN_FULL = range(3)
"""Which external terms an evaluation keeps."""


@kernel(i8(People, i8, i8))
def circle_at(people: np.void, kind: int, lane: int) -> int:
    """Return the circle at a place of the part of the unit interval that a kind's circles own."""
    circle = 0
    while circle < len(REPORTERS) - 1 and lane >= people["seen_by"][kind, circle]:
        circle += 1
    return circle


@kernel(void(Rules, People, Desk, i8, i8, i8))
def be_seen(rules: np.void, people: np.void, desk: np.void, kind: int, context: int, act: int) -> None:
    """Let somebody of a circle see what the subject at the desk has done: one witness at most."""
    last = len(REPORTERS) - 1
    if rules["complaints"] == 0 or rules["conduct"][kind] == 0 or people["seen_by"][kind, last] == 0:
        return
    n = desk["n"]
    lane = draw(n[SEED], _WITNESS, n[SUBJECT], n[DAY], n[EPISODE])[0]
    if lane >= people["seen_by"][kind, last]:
        return
    circle = circle_at(people, kind, lane)
    send(desk, WITNESSED, SOMEBODY | circle, 1, kind, context, circle, n[EPISODE], 0, act, 0)


@kernel(i8(State, Traits, Accounts, Rules, i8))
def reward_days(state: np.void, traits: np.void, accounts: np.void, rules: np.void, day: int) -> int:
    """Return what a report that becomes a record is worth to its author, Q16 days of own income."""
    days = fen_to_days(traits, rules["reward_fen"])
    if rules["conduct"][WITNESS] != 0 and is_aware(state, day) == 1:
        days += expected_gain(rules, accounts, has_wage(state), WITNESS, day)
    return days


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, i8, i8, i8, i8))
def worth_reporting(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    kind: int,
    circle: int,
    terms: int,
    day: int,
) -> int:
    """Return U(report), Q16 days.

    Args:
        rules: the regime in force; ``law`` its null regime.
        kind: what was done.
        circle: circle that whoever did it belongs to.
        terms: BARE, LAWFUL or IN_FULL.
    """
    own = conscience(state, rules, people, i64(traits["conscience"]), _NEIGHBOURS, day)
    duty = (((own * people["felt_harm"][kind]) >> 16) * people["report_duty"]) >> 16
    close = (trust(state, people, circle, day) << 16) // people["trust_start"][circle]
    tie = (people["report_tie"][circle] * close) >> 16
    if terms == BARE:
        return i64(duty - people["report_effort"] - tie)
    told = rules if terms == IN_FULL else law
    duty = (duty * told["duty_factor"]) >> 16
    effort = (people["report_effort"] * told["effort_factor"]) >> 16
    reward = (told["believed_true"] * reward_days(state, traits, accounts, told, day)) >> 16
    fine = fen_to_days(traits, told["silence_fen"])
    return i64(duty + reward + (((told["silence"] >> 16) * fine) >> 16) - effort - tie)


@kernel(i8(Desk))
def is_child(desk: np.void) -> int:
    """Tell whether the citizen at the desk is a child."""
    return 1 if desk["n"][CELL] // _CELLS_PER_STRATUM == CHILD else 0


@kernel(void(Rules, Desk, i8, i8, i8, i8, i8, i8, i8))
def complain(
    rules: np.void,
    desk: np.void,
    kind: int,
    label: int,
    motive: int,
    target: int,
    circle: int,
    ordered: int,
    cause: int,
) -> None:
    """Report somebody; the complaint reaches the authority that looks after the accused.

    Args:
        kind: what is reported.
        label: context of the act, or FABRICATED.
        motive: what decided it.
        target: the accused, or somebody of a circle.
        circle: circle of each other that accused and reporter belong to.
        ordered: 0, or 1 and how many strata a superior ranks above the accused who wants it written.
        cause: the act that was seen, or what the grudge is about.
    """
    n = desk["n"]
    entry = enter(desk, REPORTED, rule_of(rules, kind), -1, label, motive, 0, 0, cause, 0)
    count(desk, _FALSE if label == FABRICATED else _TRUE, 1)
    count(desk, _BY_CIRCLE + circle, 1)
    if is_child(desk) == 1:
        count(desk, _BY_CHILDREN, 1)
    # who is found as somebody of a circle is told of the sender when the desk is cleared
    sender = n[SUBJECT] if target < SOMEBODY else 0
    send(
        desk, ACCUSED, target, rules["handling_days"], kind, label, circle, n[EPISODE], sender, entry, ordered
    )


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8))
def will_report(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    circle: int,
    noise: int,
    day: int,
) -> int:
    """Decide whether to report; return PRINCIPLE, LAW or SCORE for what decided it, 0 if it is not done."""
    full = worth_reporting(state, traits, accounts, rules, law, people, kind, circle, IN_FULL, day)
    probability = chance_without_gain(people, full)
    count(desk, _PLACE + EXPECTED, probability >> 12)
    if noise >= probability:
        return 0
    count(desk, _PLACE + ACTED, 1)
    bare = worth_reporting(state, traits, accounts, rules, law, people, kind, circle, BARE, day)
    if noise < chance_without_gain(people, bare):
        count(desk, _PLACE + ON_PRINCIPLE, 1)
        return PRINCIPLE
    lawful = worth_reporting(state, traits, accounts, rules, law, people, kind, circle, LAWFUL, day)
    if noise < chance_without_gain(people, lawful):
        count(desk, _PLACE + BY_LAW, 1)
        return LAW
    count(desk, _PLACE + BY_SCORE, 1)
    count(desk, _CROWDED + _NEIGHBOURS, 1)
    crowd(state, people, _NEIGHBOURS, day)
    return SCORE


@kernel(void(State, Traits, Accounts, Rules, Rules, People, Desk, Message))
def witness(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> None:
    """See what somebody has done, and report it or keep silent."""
    kind, circle = i64(message["rule"]), i64(message["points"])
    if rules["complaints"] == 0 or rules["conduct"][kind] == 0:
        return
    n = desk["n"]
    day = n[DAY]
    count(desk, _PLACE + MET, 1)
    lanes = draw(n[SEED], _REPORT, n[SUBJECT], day, n[EPISODE])
    cause = i64(message["cause"])
    motive = will_report(state, traits, accounts, rules, law, people, desk, kind, circle, lanes[0], day)
    if motive != 0:
        label, target = i64(message["label"]), i64(message["about"])
        complain(rules, desk, kind, label, motive, target, circle, 0, cause)
    elif lanes[1] < rules["silence"]:
        fine = rules["silence_fen"]
        enter(desk, SILENCE, rule_of(rules, kind), -1, 0, 0, 0, fine, cause, 0)
        count(desk, _SILENCES, 1)
        charge(state, traits, people, desk, day, fine, _FINES)
