"""The choice among keeping a rule, breaking it openly and hiding the breach, by a logit over three options.

Every option has a noise of its own, which the three evaluations and both worlds share: so an option whose
utility did not rise can never gain (F10).
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import (
    ACTED,
    BY_LAW,
    EXPECTED,
    ON_PRINCIPLE,
    OUT_OF_NECESSITY,
    PER_KIND,
    flow,
)
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FREE, INABILITY, LAW, NECESSITY, PRINCIPLE
from demerit.engine.draws import draw
from demerit.engine.fixed import clip, logistic, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.engine.noise import gumbel
from demerit.institutions.purse import need
from demerit.mechanisms.choice import bare_utility, fail_from_inability, need_the_score, penalty
from demerit.mechanisms.learning import conscience

HIDDEN = 8
"""Added to FREE where the breach is hidden."""
KEEP, BREAK, HIDE = range(3)
_OPTIONS = int(Purpose.OPTIONS)
_HIDDEN = flow("hidden")


@kernel(i8(State, Traits, Rules, People, i8, i8))
def hiding_utility(
    state: np.void, traits: np.void, rules: np.void, people: np.void, kind: int, day: int
) -> int:
    """Return the utility of hiding without any external term, Q16 days."""
    gain = i64(people["hide_gain"][kind])
    weight = people["need_weight"][kind]
    if weight > 0:
        gain += (gain * ((weight * need(state, traits, people, day)) >> 16)) >> 16
    own = conscience(state, rules, people, i64(traits["conscience"]), people["family"][kind], day)
    return gain - i64((own * people["hide_harm"][kind]) >> 16)


@kernel(i8(i8, i8, i8, i8, i8))
def best(openly: int, hidden: int, keep_noise: int, break_noise: int, hide_noise: int) -> int:
    """Return the option whose utility (in units of the noise, Q16) and noise add up to most."""
    if openly + break_noise >= hidden + hide_noise:
        return BREAK if openly + break_noise > keep_noise else KEEP
    return HIDE if hidden + hide_noise > keep_noise else KEEP


@kernel(i8(i8, i8))
def breach_chance(openly: int, hidden: int) -> int:
    """Return the chance (Q32) of not keeping the rule, utilities in units of the noise, Q16.

    With a and b the chances of each breach beside keeping alone, it is (a (1 - b) + b (1 - a)) / (1 - a b).
    """
    one, other = logistic(openly), logistic(hidden)
    either = times_q32(one, 4294967296 - other) + times_q32(other, 4294967296 - one)
    return (either << 30) // ((4294967296 - times_q32(one, other)) >> 2)


@kernel(i8(People, i8, i8))
def in_noise(people: np.void, kind: int, utility: int) -> int:
    """Return a utility (Q16 days) in units of the noise of its kind, Q16."""
    limit = 1 << 36
    return (clip(utility, -limit, limit) * i64(people["inverse_tau"][kind])) >> 16


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8))
def keep_break_or_hide(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    context: int,
    day: int,
) -> int:
    """Decide among keeping a rule, breaking it and hiding; count why, and let the motive work on conscience.

    Returns:
        FREE if the rule is broken, FREE + HIDDEN if the breach is hidden, else the motive that held.
    """
    place = kind * PER_KIND
    if context == INABILITY:
        return fail_from_inability(desk, kind)
    n = desk["n"]
    lanes = draw(n[SEED], _OPTIONS, n[SUBJECT], day, n[EPISODE])
    keep_noise, break_noise, hide_noise = gumbel(lanes[KEEP]), gumbel(lanes[BREAK]), gumbel(lanes[HIDE])
    bare_open = bare_utility(state, traits, rules, people, kind, context, day)
    bare_hidden = hiding_utility(state, traits, rules, people, kind, day)
    seen = i64(people["hide_seen"][kind])
    cost = penalty(state, traits, accounts, rules, people, kind, 1, day)
    openly = in_noise(people, kind, bare_open - cost)
    hidden = in_noise(people, kind, bare_hidden - ((cost * seen) >> 16))
    count(desk, place + EXPECTED, breach_chance(openly, hidden) >> 12)
    chosen = best(openly, hidden, keep_noise, break_noise, hide_noise)
    if chosen != KEEP:
        count(desk, place + ACTED, 1)
        if context == NECESSITY:
            count(desk, place + OUT_OF_NECESSITY, 1)
        count(desk, _HIDDEN, 1 if chosen == HIDE else 0)
        return FREE if chosen == BREAK else FREE + HIDDEN
    openly = in_noise(people, kind, bare_open)
    hidden = in_noise(people, kind, bare_hidden)
    if best(openly, hidden, keep_noise, break_noise, hide_noise) == KEEP:
        count(desk, place + ON_PRINCIPLE, 1)
        return PRINCIPLE
    cost = penalty(state, traits, accounts, law, people, kind, 0, day)
    openly = in_noise(people, kind, bare_open - cost)
    hidden = in_noise(people, kind, bare_hidden - ((cost * seen) >> 16))
    if best(openly, hidden, keep_noise, break_noise, hide_noise) == KEEP:
        count(desk, place + BY_LAW, 1)
        return LAW
    return need_the_score(state, people, desk, kind, day)
