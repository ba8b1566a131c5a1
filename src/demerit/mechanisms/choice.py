"""The choice to break a rule or to do good, made three times with one draw: in full, with law only, and bare.

    U(offend) = g (1 + n) + e - c_k H(h) - p (f + L(s, d))
    U(help)   = c_k H(averted) t - cost + p_seen G(s, r)
    P         = 1 / (1 + exp(-U / tau_k)),  tau_k = tau g_k

*Law only* keeps the terms that exist under the null regime too; *bare* keeps none. Who abstains bare abstains
on principle; who abstains only with the law is held by the law; the rest needed the score. With a common draw
the share flagged is the change of probability, the least share of acts whose motive is external.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import (
    ACTED,
    BY_LAW,
    BY_SCORE,
    EXPECTED,
    ON_PRINCIPLE,
    OUT_OF_INABILITY,
    OUT_OF_NECESSITY,
    PER_KIND,
    flow,
)
from demerit.catalogue.desk import count
from demerit.catalogue.gaming import PLATE_HIDDEN
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.words import CAMERA_KINDS, FAMILIES, FREE, INABILITY, LAW, NECESSITY, PRINCIPLE, SCORE
from demerit.engine.fixed import clip, logistic, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.exemption import as_the_exempt_see_it
from demerit.institutions.purse import fen_to_days, need
from demerit.mechanisms.anticipation import expected_gain, expected_loss, has_wage
from demerit.mechanisms.learning import conscience, crowd, multiplier, novelty, trust

_HELD_BY_COMPLAINTS = flow("held_by_complaints")
_LIMIT = 1 << 36
"""Worth (Q16 days) beyond which a chance is as good as certain."""
_CROWDED = flow(f"crowded_{FAMILIES[0]}")


@kernel(i8(State, Rules, People, i8, i8, i8))
def perceived_coverage(state: np.void, rules: np.void, people: np.void, kind: int, new: int, day: int) -> int:
    """Return the perceived chance of being recorded, by the authority or after a complaint, Q16.

    ``new`` = 1 adds the regime's novelty.
    """
    chance = i64(rules["watched"][kind]) >> 8
    chance = (chance * multiplier(state, people, people["family"][kind], day)) >> 24
    if new == 1:
        chance = (chance * novelty(rules, day)) >> 16
    return min(chance, 65536)


@kernel(i8(People, i8))
def chance_without_gain(people: np.void, worth: int) -> int:
    """Return the chance (Q32) of what is worth so many days (Q16), where no gain sets the scale of the noise.

    A report, a threat given in to or carried out, a camera: the noise in days is that of `[reporting]` (F2).
    """
    return logistic((clip(worth, -_LIMIT, _LIMIT) * i64(people["inverse_tau_days"])) >> 16)


@kernel(i8(State, i8))
def is_aware(state: np.void, day: int) -> int:
    """Tell whether the citizen knows of the score today."""
    return 1 if i64(state["aware_day"]) <= day else 0


@kernel(i8(State, Traits, Accounts, Rules, People, i8, i8, i8))
def penalty(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    kind: int,
    in_full: int,
    day: int,
) -> int:
    """Return p (f + L), the expected cost of the act under these rules, in days of own income, Q16."""
    if rules["conduct"][kind] == 0:
        return 0
    aware = is_aware(state, day) if in_full == 1 else 0
    fine = fen_to_days(traits, rules["fine_fen"][kind])
    loss = expected_loss(rules, state, traits, accounts, kind, aware, day)
    chance = perceived_coverage(state, rules, people, kind, in_full, day)
    chance = as_the_exempt_see_it(rules, traits, chance)
    if kind < CAMERA_KINDS and i64(accounts["access"]) & PLATE_HIDDEN != 0:
        chance = times_q32(chance, 4294967296 - rules["plate_hides"])
    return (chance * (fine + loss)) >> 16


@kernel(i8(People, i8, i8))
def chance(people: np.void, kind: int, utility: int) -> int:
    """Return the probability of acting at this utility (Q16 days), Q32."""
    limit = 1 << 36
    held = min(max(utility, -limit), limit)
    return logistic((held * people["inverse_tau"][kind]) >> 16)


@kernel(i8(State, Traits, Rules, People, i8, i8, i8))
def bare_utility(
    state: np.void, traits: np.void, rules: np.void, people: np.void, kind: int, context: int, day: int
) -> int:
    """Return U without any external term: gain, need, emergency and conscience, Q16 days."""
    family = people["family"][kind]
    own = conscience(state, rules, people, i64(traits["conscience"]), family, day)
    felt = i64((own * people["felt_harm"][kind]) >> 16)
    if people["deed"][kind] == 1:
        circle = people["warmth"][kind]
        warm = (trust(state, people, circle, day) << 16) // people["trust_start"][circle]
        return i64(((felt * warm) >> 16) - people["gain"][kind])
    gain = i64(people["gain"][kind])
    weight = people["need_weight"][kind]
    if weight > 0:
        gain += (gain * ((weight * need(state, traits, people, day)) >> 16)) >> 16
    if context == NECESSITY:
        gain += people["emergency"][kind]
    return gain - felt


@kernel(i8(Desk, i8))
def fail_from_inability(desk: np.void, kind: int) -> int:
    """Count an act of somebody who could not do otherwise; nothing is chosen."""
    count(desk, kind * PER_KIND + ACTED, 1)
    count(desk, kind * PER_KIND + OUT_OF_INABILITY, 1)
    return FREE


@kernel(i8(State, People, Desk, i8, i8))
def need_the_score(state: np.void, people: np.void, desk: np.void, kind: int, day: int) -> int:
    """Count a choice that only the score decided; it crowds out conscience in its family."""
    family = people["family"][kind]
    count(desk, kind * PER_KIND + BY_SCORE, 1)
    count(desk, _CROWDED + family, 1)
    crowd(state, people, family, day)
    return SCORE


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8))
def tempted(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    context: int,
    noise: int,
    day: int,
) -> int:
    """Decide whether a temptation is given in to, count why, and let the motive work on conscience.

    Args:
        rules: the regime in force.
        law: its null regime, for the terms that exist anyway.
        kind: situation kind.
        context: TRUE, NECESSITY or INABILITY.
        noise: one 32-bit draw, the same in all three evaluations and in both worlds.

    Returns:
        FREE if the person offends, else the motive that held: PRINCIPLE, LAW or SCORE.
    """
    place = kind * PER_KIND
    if context == INABILITY:
        return fail_from_inability(desk, kind)
    bare = bare_utility(state, traits, rules, people, kind, context, day)
    principled = noise >= chance(people, kind, bare)
    if principled and people["summed"][kind] == 0 and rules["perverse"] == 0:
        # whom conscience holds no rule need hold, where losing points never pays
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    full = penalty(state, traits, accounts, rules, people, kind, 1, day)
    probability = chance(people, kind, bare - full)
    if people["summed"][kind] == 1:
        count(desk, place + EXPECTED, probability >> 12)
    if noise < probability:
        count(desk, place + ACTED, 1)
        if context == NECESSITY:
            count(desk, place + OUT_OF_NECESSITY, 1)
        return FREE
    if principled:
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    watched = i64(rules["watched"][kind])
    if watched > rules["coverage"][kind]:
        alone = (full * ((i64(rules["coverage"][kind]) << 16) // watched)) >> 16
        if noise < chance(people, kind, bare - alone):
            count(desk, _HELD_BY_COMPLAINTS, 1)
    lawful = penalty(state, traits, accounts, law, people, kind, 0, day)
    if noise >= chance(people, kind, bare - lawful):
        count(desk, place + BY_LAW, 1)
        return LAW
    return need_the_score(state, people, desk, kind, day)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8))
def helpful(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    noise: int,
    day: int,
) -> int:
    """Decide whether a good deed is done; return PRINCIPLE or SCORE if it is, FREE if it is not."""
    place = kind * PER_KIND
    bare = bare_utility(state, traits, rules, people, kind, 0, day)
    unpaid = noise < chance(people, kind, bare)
    if unpaid and people["summed"][kind] == 0 and rules["perverse"] == 0:
        count(desk, place + ACTED, 1)
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    reward = 0
    if rules["conduct"][kind] != 0 and is_aware(state, day) == 1:
        gain = expected_gain(rules, accounts, has_wage(state), kind, day)
        reward = ((rules["coverage"][kind] >> 16) * gain) >> 16
    probability = chance(people, kind, bare + reward)
    if people["summed"][kind] == 1:
        count(desk, place + EXPECTED, probability >> 12)
    if noise >= probability:
        return FREE
    count(desk, place + ACTED, 1)
    if unpaid:
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    return need_the_score(state, people, desk, kind, day)


@kernel(i8(State, People, Desk, i8, i8, i8, i8, i8, i8))
def decide(
    state: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    bare: int,
    full: int,
    lawful: int,
    noise: int,
    day: int,
) -> int:
    """Decide on a temptation whose utilities (Q16 days) are known in full, with law only and bare.

    Returns:
        FREE if it is given in to, FREE + 1 if it would not have been with law only, else what held.
    """
    place = kind * PER_KIND
    probability = chance(people, kind, full)
    count(desk, place + EXPECTED, probability >> 12)
    if noise < probability:
        count(desk, place + ACTED, 1)
        return FREE + (1 if noise >= chance(people, kind, lawful) else 0)
    if noise >= chance(people, kind, bare):
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    if noise >= chance(people, kind, lawful):
        count(desk, place + BY_LAW, 1)
        return LAW
    return need_the_score(state, people, desk, kind, day)
