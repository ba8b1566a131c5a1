"""A court decides whether a helper is held liable for the injury (B42), and what becomes of a false claim."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import CLAIM_FINED, CLAIM_SETTLED, HELD_LIABLE
from demerit.catalogue.letters import CLAIM_ANSWERED
from demerit.catalogue.pointers import Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import charge, collectable, pay

_LIABLE = int(Purpose.LIABLE)
_HELD = flow("helpers_liable")
_CLEARED = flow("helpers_cleared")
_EXPECTED = flow("liable_expected")
_AWARDS = flow("awards_fen")
_FINES = flow("claim_fines_fen")
_FOUND = flow("false_claims_found")
_ONE = 65536


@kernel(i8(Rules, i8))
def liable_chance(rules: np.void, evidence: int) -> int:
    """Return the chance (Q16) that a helper who is blamed is held liable.

    Args:
        rules: compiled regime.
        evidence: chance (Q16) that there is evidence of who did what.
    """
    cleared = (evidence * rules["evidence_clears"]) >> 16
    return i64((rules["helper_liable"] * (_ONE - cleared)) >> 16)


@kernel(i8(State, Traits, Rules, People, Desk, Message))
def judge_helper(
    state: np.void, traits: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> int:
    """Hold the helper at the desk liable or not; return the id of the entry, 0 if the helper is cleared.

    Who blamed the helper hears of it: of damages to come, or of a fine if the claim is found to be false.
    """
    n = desk["n"]
    day, cause = n[DAY], i64(message["cause"])
    claimant = i64(message["about"])
    liable = liable_chance(rules, _ONE * i64(message["label"]))
    count(desk, _EXPECTED, liable << 4)
    lanes = draw(n[SEED], _LIABLE, n[SUBJECT], day, n[EPISODE])
    if lanes[0] >> 16 < liable:
        award = min(collectable(state, traits, people, day, rules["award_fen"]), 2147483647)
        count(desk, _HELD, 1)
        charge(state, traits, people, desk, day, award, _AWARDS)
        entry = enter(desk, HELD_LIABLE, 0, -1, 0, 0, 0, award, cause, 0)
        send(desk, CLAIM_ANSWERED, claimant, 1, 0, 1, 0, award, n[SUBJECT], entry, 0)
        return entry
    count(desk, _CLEARED, 1)
    if lanes[1] >> 16 < rules["false_claim_found"]:
        fine = rules["false_claim_fen"]
        send(desk, CLAIM_ANSWERED, claimant, 1, 0, 0, 0, fine, n[SUBJECT], cause, 0)
    return 0


@kernel(void(State, Traits, People, Desk, Message))
def settle_claim(state: np.void, traits: np.void, people: np.void, desk: np.void, message: np.void) -> None:
    """Receive the damages that a helper pays, or pay the fine for a false claim."""
    day, amount = desk["n"][DAY], i64(message["amount"])
    cause = i64(message["cause"])
    if i64(message["label"]) == 1:
        pay(state, traits, people, desk, day, -amount)
        enter(desk, CLAIM_SETTLED, 0, -1, 0, 0, 0, amount, cause, 0)
    else:
        amount = collectable(state, traits, people, day, amount)
        count(desk, _FOUND, 1)
        charge(state, traits, people, desk, day, amount, _FINES)
        enter(desk, CLAIM_FINED, 0, -1, 0, 0, 0, amount, cause, 0)
