"""Whether an act becomes a record: how hard the authority looks, context heard or ignored, the wrong person.

    P(detected) = 1 - (1 - coverage) ** attention,  attention = suspicion(band) scrutiny(group) follow(place)

Attention multiplies looks, so a chance never passes one (F18).
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count
from demerit.catalogue.gaming import PLATE_HIDDEN
from demerit.catalogue.pointers import Accounts, Desk, Rules, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import ATTENTION, DAY, EPISODE, FOUND, GROUP, SEED, SUBJECT
from demerit.catalogue.seeing import FOLLOW_RATES, NO_FOLLOWING
from demerit.catalogue.words import CAMERA_KINDS, NECESSITY
from demerit.engine.draws import draw
from demerit.engine.fixed import half_lives, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.exemption import is_filed
from demerit.institutions.standing import band_of, composite

UNSEEN, FILED_RIGHT, EXCUSED, FILED_WRONG, SPARED = range(5)
"""What became of an act."""

_UNREAD = flow("plates_unread")
_RECOGNITION = int(Purpose.RECOGNITION)
_ONE = 65536
_CERTAIN = 1 << 32
_LN2_Q32 = 2977044472
MOST_ATTENTION = 256 << 16
"""Most attention that anybody can get."""
_SMALL = 1 << 28
"""Exponents (Q32) below which the chance is a series: y - y**2 / 2 + y**3 / 6 with y = x ln 2."""


@kernel(i8(i8, i8, i8))
def detection_chance(coverage: int, escape: int, attention: int) -> int:
    """Return 1 - (1 - coverage) ** attention as Q32.

    Largest error 1.5e-6, and 4e-5 of the chance itself or four steps of 2**-32; exact at an attention of one.

    Args:
        coverage: Q32.
        escape: -log2(1 - coverage), Q30.
        attention: Q16, at most 2**24.
    """
    if attention == _ONE or coverage == 0 or attention == 0:
        return i64(coverage if attention > 0 else 0)
    if coverage >= _CERTAIN:
        return _CERTAIN
    exponent = i64((escape * attention) >> 14)
    if exponent >= _SMALL:
        return i64(_CERTAIN - half_lives(exponent >> 12, 1 << 20))
    small = (exponent * _LN2_Q32) >> 32
    square = (small * small) >> 32
    return small - square // 2 + ((square * small) >> 32) // 6


@kernel(i8(Accounts, Rules, i8))
def suspicion(accounts: np.void, rules: np.void, day: int) -> int:
    """Return how much harder than usual the authority looks at somebody with this score, Q16."""
    if rules["suspects"] == 0:
        return i64(rules["suspicion"][0])
    return i64(rules["suspicion"][band_of(rules, composite(accounts, rules, day))])


@kernel(i8(Accounts, Rules, Desk))
def attention_to(accounts: np.void, rules: np.void, desk: np.void) -> int:
    """Return the attention given to the citizen at the desk today, Q16."""
    n = desk["n"]
    looks = (suspicion(accounts, rules, n[DAY]) * rules["scrutiny"][n[GROUP]]) >> 16
    return i64(min((looks * n[ATTENTION]) >> 16, MOST_ATTENTION))


@kernel(void(Rules, Desk, i8, i8))
def note_found(rules: np.void, desk: np.void, coverage: int, chance: int) -> None:
    """Note for the next review that something was found here.

    Following rates instead of records counts each record for one over what extra looking had to do with it,
    coverage / P(detected), so that where more is looked no more is counted [M49].
    """
    if rules["follow"] == NO_FOLLOWING:
        return
    weight = 256
    if rules["follow"] == FOLLOW_RATES and chance > 0:
        weight = min((coverage << 8) // chance, 1 << 24)
    desk["n"][FOUND] += weight


@kernel(i8(Traits, Accounts, Rules, Desk, i8, i8, i8, i8))
def detect(
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    desk: np.void,
    kind: int,
    context: int,
    seen: int,
    mismatch: int,
) -> int:
    """Tell what the authority makes of an act of the citizen at the desk.

    Args:
        kind: situation kind; no rule answers it, no record.
        context: hidden context of the act; only necessity can be recognised.
        seen: 32-bit draw held against the chance of detection.
        mismatch: 32-bit draw held against the chance of filing against another subject (F31).
    """
    if rules["conduct"][kind] == 0:
        return UNSEEN
    coverage = rules["coverage"][kind]
    chance = detection_chance(coverage, rules["escape"][kind], attention_to(accounts, rules, desk))
    if kind < CAMERA_KINDS and i64(accounts["access"]) & PLATE_HIDDEN != 0:
        read = times_q32(chance, _CERTAIN - rules["plate_hides"])
        count(desk, _UNREAD, 1 if read <= seen < chance else 0)
        chance = read
    if seen >= chance:
        return UNSEEN
    n = desk["n"]
    if context == NECESSITY:
        lanes = draw(n[SEED], _RECOGNITION, n[SUBJECT], n[DAY], n[EPISODE])
        if lanes[0] < rules["recognition"]:
            return EXCUSED
    if mismatch < rules["mismatch"][n[GROUP]]:
        return FILED_WRONG
    if is_filed(rules, traits, desk) == 0:
        return SPARED
    note_found(rules, desk, coverage, chance)
    return FILED_RIGHT
