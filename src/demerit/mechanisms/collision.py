"""After a collision: stay, flee, and after a serious injury finish, as far as that would pay (M44, F24).

    C(stay, o)  = own part of the damages of o + min(suit, asked) or suit
    C(flee)     = P(found) (all damages without insurance + record + sentence)
    C(finish)   = (1 - q) C(stay, dead) + q (damages of a death without insurance + record + sentence)
    gap         = C(stay, disabled) - C(finish)

    U(stay) = -C(stay, o)     U(flee) = g - c H - C(flee)     U(finish) = -C(finish) - c K

*Finish* is an option only where the gap is above nought, and has an aversion K of its own; q is the chance
that intent is proved as the driver sees it. The gap and its sign are results, the level is an assumption.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.colliding import FATAL, FINISH, FLEE, SERIOUS, STAY
from demerit.catalogue.counters import (
    ACTED,
    BY_LAW,
    BY_SCORE,
    EXPECTED,
    MET,
    ON_PRINCIPLE,
    PER_KIND,
    flow,
)
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Accounts, Desk, Hearsay, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import COLLISION, FINISHING, FLIGHT, FREE, LAW, PRINCIPLE, ROAD, SCORE
from demerit.engine.draws import draw
from demerit.engine.fixed import clip, exponential
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, several
from demerit.engine.noise import gumbel
from demerit.institutions.exemption import as_the_exempt_see_it
from demerit.institutions.liability import damages, own_part
from demerit.institutions.purse import fen_to_days
from demerit.mechanisms.anticipation import expected_loss
from demerit.mechanisms.choice import is_aware
from demerit.mechanisms.hearsay import feared_intent
from demerit.mechanisms.learning import conscience, crowd

_OPTIONS = int(Purpose.COLLISION_OPTIONS)
_FLIGHT = FLIGHT * PER_KIND
_FINISH = FINISHING * PER_KIND
_OPEN = flow("finish_open")
_CROWDED = flow("crowded_road")
_LIMIT = 1 << 36
_ONE = 65536
_NEVER = -(1 << 60)


@kernel(i8(State, Traits, Accounts, Rules, i8, i8, i8))
def cost_of_record(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, kind: int, in_full: int, day: int
) -> int:
    """Return fine and lost points of a record of a kind, Q16 days, times the chance that it is filed."""
    if rules["conduct"][kind] == 0:
        return 0
    aware = is_aware(state, day) if in_full == 1 else 0
    days = fen_to_days(traits, rules["fine_fen"][kind])
    days += expected_loss(rules, state, traits, accounts, kind, aware, day)
    filed = as_the_exempt_see_it(rules, traits, rules["coverage"][kind] >> 16)
    return i64((filed * days) >> 16)


@kernel(i8(State, Traits, Accounts, Rules, i8, i8))
def cost_of_suit(
    state: np.void, traits: np.void, accounts: np.void, rules: np.void, in_full: int, day: int
) -> int:
    """Return what a public suit costs beyond the damages: the record and being talked of, Q16 days."""
    if rules["liability"] == 0:
        return 0
    return i64(rules["publicity"] + cost_of_record(state, traits, accounts, rules, COLLISION, in_full, day))


@kernel(i8(Traits, Rules, i8, i8))
def settlement_asked(traits: np.void, rules: np.void, severity: int, fault: int) -> int:
    """Return the most that is asked for not going to court, Q16 days of the driver's income."""
    return fen_to_days(traits, (damages(rules, severity, fault) * rules["settlement"]) >> 16)


@kernel(i8(State, Traits, Accounts, Rules, People, i8, i8, i8, i8, i8))
def cost_of_staying(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    severity: int,
    fault: int,
    cover: int,
    in_full: int,
    day: int,
) -> int:
    """Return C(stay) at an outcome, Q16 days; of a minor injury nobody goes to court."""
    own = fen_to_days(traits, own_part(state, traits, rules, people, severity, fault, cover, day))
    if severity < SERIOUS:
        return own
    suit = cost_of_suit(state, traits, accounts, rules, in_full, day)
    settled = people["settles"] if rules["settlement"] > 0 else 0
    offered = min(suit, settlement_asked(traits, rules, severity, fault))
    return i64(own + ((offered * settled + suit * (_ONE - settled)) >> 16))


@kernel(i8(State, Traits, Accounts, Rules, People, i8, i8, i8, i8))
def cost_of_fleeing(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    severity: int,
    fault: int,
    in_full: int,
    day: int,
) -> int:
    """Return C(flee), Q16 days."""
    if rules["liability"] == 0:
        return 0
    own = fen_to_days(traits, own_part(state, traits, rules, people, severity, fault, 0, day))
    own += rules["flight_sentence"] if severity >= SERIOUS else 0
    own += cost_of_record(state, traits, accounts, rules, FLIGHT, in_full, day)
    return i64((own * rules["flight_found"][severity]) >> 16)


@kernel(i8(State, Traits, Accounts, Rules, People, i8, i8, i8, i8, i8))
def cost_of_finishing(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    fault: int,
    cover: int,
    proved: int,
    in_full: int,
    day: int,
) -> int:
    """Return C(finish), Q16 days; ``proved`` is the chance (Q16) that intent is."""
    quiet = cost_of_staying(state, traits, accounts, rules, people, FATAL, fault, cover, in_full, day)
    own = fen_to_days(traits, own_part(state, traits, rules, people, FATAL, fault, 0, day))
    open_ = own + rules["intent_sentence"]
    open_ += cost_of_record(state, traits, accounts, rules, FINISHING, in_full, day)
    return i64((quiet * (_ONE - proved) + open_ * proved) >> 16)


@kernel(i8(several(i8, 3), several(i8, 3)))
def best_response(worths: tuple[int, int, int], noises: tuple[int, int, int]) -> int:
    """Return the option whose utility (in units of the noise) and noise add up to most."""
    chosen = STAY
    most = worths[0] + noises[0]
    if worths[1] + noises[1] > most:
        chosen, most = FLEE, worths[1] + noises[1]
    if worths[2] + noises[2] > most:
        chosen = FINISH
    return chosen


@kernel(i8(several(i8, 3), i8))
def response_chance(worths: tuple[int, int, int], option: int) -> int:
    """Return the chance of an option by the logit, 1/2**30."""
    most = max(worths[0], worths[1], worths[2])
    total, own = 0, 0
    for which in range(3):
        share = exponential(max(worths[which] - most, -524288)) << 14
        if worths[which] - most < -524288:
            # beyond the table: exp(-8) is as small as what is left of it
            rest = exponential(max(worths[which] - most + 524288, -524288))
            share = ((exponential(-524288) << 14) * rest) >> 16
        total += share
        if which == option:
            own = share
    return (own << 30) // max(total, 1)


@kernel(i8(People, i8, i8))
def in_noise(people: np.void, severity: int, utility: int) -> int:
    """Return a utility (Q16 days) in units of the noise of a severity, Q16."""
    return (clip(utility, -_LIMIT, _LIMIT) * i64(people["leave_inverse_tau"][severity])) >> 16


@kernel(several(i8, 3)(State, Traits, Accounts, Rules, People, i8, i8, i8, i8, i8, i8, i8, i8))
def worths_of(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    severity: int,
    fault: int,
    cover: int,
    on_foot: int,
    proved: int,
    held: int,
    in_full: int,
    day: int,
) -> tuple[int, int, int]:
    """Return the utilities of stay, flee and finish in units of the noise, Q16.

    Args:
        proved: chance (Q16) that intent is proved; ``held`` conscience on the road, Q16.
        in_full: 1 with the terms of a score.
    """
    stay = cost_of_staying(state, traits, accounts, rules, people, severity, fault, cover, in_full, day)
    flee = people["leave_gain"][severity] - ((held * people["leave_harm"][severity]) >> 16)
    flee -= cost_of_fleeing(state, traits, accounts, rules, people, severity, fault, in_full, day)
    finish = _NEVER
    if severity == SERIOUS and on_foot == 1:
        cost = cost_of_finishing(state, traits, accounts, rules, people, fault, cover, proved, in_full, day)
        if stay > cost:
            finish = in_noise(people, severity, -cost - ((held * people["kill_aversion"]) >> 16))
    return in_noise(people, severity, -stay), in_noise(people, severity, flee), finish


@kernel(i8(State, Traits, Accounts, Hearsay, Rules, Rules, People, Desk, i8, i8, i8, i8))
def respond(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    hearsay: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    severity: int,
    fault: int,
    cover: int,
    on_foot: int,
) -> int:
    """Decide what to do after a collision, count why, and let the motive work on conscience.

    Returns:
        The response, plus 8 times what decided it.
    """
    n = desk["n"]
    day = n[DAY]
    lanes = draw(n[SEED], _OPTIONS, n[SUBJECT], day, n[EPISODE])
    noises = (gumbel(lanes[0]), gumbel(lanes[1]), gumbel(lanes[2]))
    held = conscience(state, rules, people, i64(traits["conscience"]), ROAD, day)
    proved = feared_intent(hearsay, people, rules["intent_proved"], day)
    worths = worths_of(
        state, traits, accounts, rules, people, severity, fault, cover, on_foot, proved, held, 1, day
    )
    count(desk, _FLIGHT + MET, 1)
    count(desk, _FLIGHT + EXPECTED, response_chance(worths, FLEE) >> 10)
    if severity == SERIOUS and on_foot == 1:
        count(desk, _FINISH + MET, 1)
        count(desk, _FINISH + EXPECTED, response_chance(worths, FINISH) >> 10)
        count(desk, _OPEN, 1 if worths[FINISH] != _NEVER else 0)
    chosen = best_response(worths, noises)
    if chosen != STAY:
        count(desk, (_FLIGHT if chosen == FLEE else _FINISH) + ACTED, 1)
        return chosen + 8 * FREE
    bare = people["leave_gain"][severity] - ((held * people["leave_harm"][severity]) >> 16)
    if best_response((0, in_noise(people, severity, bare), _NEVER), noises) == STAY:
        count(desk, _FLIGHT + ON_PRINCIPLE, 1)
        return STAY + 8 * PRINCIPLE
    worths = worths_of(
        state, traits, accounts, law, people, severity, fault, cover, on_foot, proved, held, 0, day
    )
    if best_response(worths, noises) == STAY:
        count(desk, _FLIGHT + BY_LAW, 1)
        return STAY + 8 * LAW
    count(desk, _FLIGHT + BY_SCORE, 1)
    count(desk, _CROWDED, 1)
    crowd(state, people, ROAD, day)
    return STAY + 8 * SCORE
