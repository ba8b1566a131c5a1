"""Whoever was helped may blame the helper: a choice with its own gain, chance of success and conscience.

    U(claim) = g + P(liable) award - P(found out) fine - c H(harm)

The gain is solved so that under ordinary law the null share of helped people do it (B65, F3). Award and fine
count in days of mean income, so that poverty tempts nobody by construction (F42).
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, EXPECTED, MET, PER_KIND
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import CLAIM
from demerit.catalogue.letters import BLAMES
from demerit.catalogue.pointers import Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import BLAMED
from demerit.engine.draws import draw
from demerit.engine.fixed import clip, logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.helpers import liable_chance
from demerit.mechanisms.learning import conscience

_CLAIM = int(Purpose.CLAIM)
_PLACE = BLAMED * PER_KIND
_NEIGHBOURS = 3
_LIMIT = 1 << 36
_ONE = 65536


@kernel(i8(State, Traits, Rules, People, i8, i8))
def claim_chance(
    state: np.void, traits: np.void, rules: np.void, people: np.void, evidence: int, day: int
) -> int:
    """Return the chance (Q32) of blaming the helper; ``evidence`` = 1 if it is known who did what."""
    liable = liable_chance(rules, _ONE * evidence)
    own = conscience(state, rules, people, i64(traits["conscience"]), _NEIGHBOURS, day)
    worth = people["claim_gain"] - i64((own * people["claim_harm"]) >> 16)
    worth += (liable * ((rules["award_fen"] << 16) // people["mean_income"])) >> 16
    found = ((_ONE - liable) * rules["false_claim_found"]) >> 16
    worth -= (found * ((rules["false_claim_fen"] << 16) // people["mean_income"])) >> 16
    return logistic((clip(worth, -_LIMIT, _LIMIT) * people["claim_inverse_tau"]) >> 16)


@kernel(void(State, Traits, Rules, People, Desk, Message))
def consider_claim(
    state: np.void, traits: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Blame the helper or not."""
    n = desk["n"]
    day, evidence = n[DAY], i64(message["label"]) & 1
    chance = claim_chance(state, traits, rules, people, evidence, day)
    count(desk, _PLACE + MET, 1)
    count(desk, _PLACE + EXPECTED, chance >> 12)
    lanes = draw(n[SEED], _CLAIM, n[SUBJECT], day, n[EPISODE])
    if lanes[0] < chance:
        count(desk, _PLACE + ACTED, 1)
        entry = enter(desk, CLAIM, 0, -1, 0, 0, 0, 0, i64(message["cause"]), 0)
        helper = i64(message["about"])
        send(desk, BLAMES, helper, 1, BLAMED, evidence, 0, 0, n[SUBJECT], entry, 0)
