"""What a driver owes after a collision: damages by fault, less insurance, as far as can be collected (F24).

A death is a lump sum, a disability the same base and care for many years [B54, B56, B57].
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter
from demerit.catalogue.entries import DAMAGES, SENTENCE
from demerit.catalogue.pointers import Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import charge, collectable, days_to_fen, pay

_COVER = int(Purpose.COVER)
_DAMAGES = flow("damages_fen")
_SENTENCES = flow("sentences")
_SENTENCE_DAYS = flow("sentence_days")
MOST_FEN = 2_000_000_000
"""Most money that a message carries."""


@kernel(i8(People, Desk))
def is_insured(people: np.void, desk: np.void) -> int:
    """Tell whether the driver at the desk has voluntary cover: the same in every world."""
    n = desk["n"]
    return 1 if draw(n[SEED], _COVER, n[SUBJECT], 0, 0)[0] < people["insured"] else 0


@kernel(i8(Rules, i8, i8))
def damages(rules: np.void, severity: int, fault: int) -> int:
    """Return what the law grants whoever is hurt, in fen; ``fault`` = 1 if the driver had broken a rule."""
    return i64((rules["damages_fen"][severity] * rules["fault_share"][fault]) >> 16)


@kernel(i8(Rules, People, i8, i8))
def covered(rules: np.void, people: np.void, owed: int, cover: int) -> int:
    """Return what insurance pays of damages, in fen.

    Args:
        cover: 0 none, 1 the compulsory one, 2 the voluntary one too.
    """
    most = 0
    if cover > 0:
        most += rules["compulsory_fen"]
    if cover > 1:
        most += people["cover_fen"]
    return i64(min(owed, most))


@kernel(i8(State, Traits, Rules, People, i8, i8, i8, i8))
def own_part(
    state: np.void,
    traits: np.void,
    rules: np.void,
    people: np.void,
    severity: int,
    fault: int,
    cover: int,
    day: int,
) -> int:
    """Return what a driver would pay out of their own pocket, in fen."""
    owed = damages(rules, severity, fault)
    return collectable(state, traits, people, day, owed - covered(rules, people, owed, cover))


@kernel(i8(State, Traits, Rules, People, Desk, i8, i8, i8, i8))
def pay_damages(
    state: np.void,
    traits: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    severity: int,
    fault: int,
    cover: int,
    cause: int,
) -> int:
    """Pay the driver's own part; return what whoever is hurt receives, insurance included, in fen."""
    day = desk["n"][DAY]
    owed = damages(rules, severity, fault)
    own = min(own_part(state, traits, rules, people, severity, fault, cover, day), MOST_FEN)
    if own > 0:
        charge(state, traits, people, desk, day, own, _DAMAGES)
        enter(desk, DAMAGES, severity, -1, 0, 0, 0, own, cause, 0)
    return min(own + covered(rules, people, owed, cover), MOST_FEN)


@kernel(void(State, Traits, People, Desk, i8, i8))
def serve_sentence(
    state: np.void, traits: np.void, people: np.void, desk: np.void, days: int, cause: int
) -> None:
    """Serve a sentence (Q16 days): income lost for so many days."""
    if days == 0:
        return
    lost = min(days_to_fen(traits, days), MOST_FEN)
    pay(state, traits, people, desk, desk["n"][DAY], lost)
    count(desk, _SENTENCES, 1)
    count(desk, _SENTENCE_DAYS, days >> 16)
    enter(desk, SENTENCE, 0, -1, 0, 0, 0, lost, cause, 0)
