"""An injured stranger: help at once, secure proof first, call and wait, or walk on (B40, M43).

    U(help)  = c H(averted) t - cost - p_blamed (1 - evidence) L + p_seen G
    U(call)  = c H(averted) t share - cost
    U(on)    = 0, or c H(averted) t P(one of the others helps) among bystanders who reckon with each other

L is what being held liable costs, damages and what the record costs; only a helper can be blamed. Each option
has its Gumbel noise, shared by the three evaluations and by both worlds, so this is a logit (F10).
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, BY_SCORE, MET, ON_PRINCIPLE, PER_KIND, flow
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Accounts, Desk, Hearsay, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rescuing import CALL, HELP_NOW, HELP_WITH_PROOF, WALK_ON
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import BLAMED, FREE, PRINCIPLE, SCORE, STRANGER
from demerit.engine.draws import draw
from demerit.engine.fixed import clip, exponential
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, several
from demerit.engine.noise import gumbel
from demerit.institutions.exemption import as_the_exempt_see_it
from demerit.institutions.helpers import liable_chance
from demerit.institutions.purse import collectable, fen_to_days
from demerit.mechanisms.anticipation import expected_gain, expected_loss, has_wage
from demerit.mechanisms.choice import bare_utility, is_aware
from demerit.mechanisms.hearsay import feared_blame, learn_of_blame, step_of
from demerit.mechanisms.learning import crowd

_OPTIONS = int(Purpose.STRANGER_OPTIONS)
_PLACE = STRANGER * PER_KIND
_HELPED = flow("strangers_helped_now")
_HELP_EXPECTED = flow("help_expected")
_BY_LAW = flow("held_by_blame_law")
_BY_SCORE = flow("held_by_blame_score")
_CROWDED = flow("crowded_neighbours")
_NEIGHBOURS = 3
_LIMIT = 1 << 36
_ONE = 65536


@kernel(i8(State, Traits, Accounts, Rules, People, i8, i8))
def liability_loss(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    in_full: int,
    day: int,
) -> int:
    """Return what being held liable costs: damages as far as they can be collected, and the record (Q16)."""
    award = fen_to_days(traits, collectable(state, traits, people, day, rules["award_fen"]))
    if rules["conduct"][BLAMED] == 0:
        return award
    aware = is_aware(state, day) if in_full == 1 else 0
    days = fen_to_days(traits, rules["fine_fen"][BLAMED])
    days += expected_loss(rules, state, traits, accounts, BLAMED, aware, day)
    return award + i64((as_the_exempt_see_it(rules, traits, _ONE) * days) >> 16)


@kernel(i8(State, Accounts, Rules, i8))
def reward_for_help(state: np.void, accounts: np.void, rules: np.void, day: int) -> int:
    """Return what a seen rescue is expected to bring, Q16 days."""
    if rules["conduct"][STRANGER] == 0 or is_aware(state, day) == 0:
        return 0
    gain = expected_gain(rules, accounts, has_wage(state), STRANGER, day)
    return i64(((rules["coverage"][STRANGER] >> 16) * gain) >> 16)


@kernel(i8(People, i8, i8, i8, i8, i8))
def option_utility(
    people: np.void, option: int, averted: int, blame_now: int, blame_proof: int, reward: int
) -> int:
    """Return the utility of an option in units of the noise, Q16.

    Args:
        averted: felt harm that help averts, Q16 days.
        blame_now: expected cost of being blamed for help at once; ``blame_proof`` the same with proof.
        reward: expected worth of a seen rescue.
    """
    if option == WALK_ON:
        held = (averted * people["others_help"]) >> 16
    elif option == CALL:
        held = ((averted * people["call_share"]) >> 16) - people["help_cost"][CALL]
    else:
        blame = blame_now if option == HELP_NOW else blame_proof
        held = averted - people["help_cost"][option] - blame + reward
    return i64((clip(held, -_LIMIT, _LIMIT) * people["rescue_inverse_tau"]) >> 16)


@kernel(i8(People, several(i8, 4), i8, i8, i8, i8))
def best_option(
    people: np.void,
    noises: tuple[int, int, int, int],
    averted: int,
    blame_now: int,
    blame_proof: int,
    reward: int,
) -> int:
    """Return the option whose utility and noise add up to most."""
    chosen, most = WALK_ON, 0
    for option in range(WALK_ON + 1):
        worth = option_utility(people, option, averted, blame_now, blame_proof, reward) + noises[option]
        if option == 0 or worth > most:
            chosen, most = option, worth
    return chosen


@kernel(i8(People, i8, i8, i8, i8))
def help_chance(people: np.void, averted: int, blame_now: int, blame_proof: int, reward: int) -> int:
    """Return the chance of any help, 1/2**20: one less the logit of walking on."""
    most = option_utility(people, WALK_ON, averted, blame_now, blame_proof, reward)
    for option in range(WALK_ON):
        most = max(most, option_utility(people, option, averted, blame_now, blame_proof, reward))
    helped = 0
    for option in range(WALK_ON):
        worth = option_utility(people, option, averted, blame_now, blame_proof, reward)
        helped += exponential(max(worth - most, -524288))
    walked = option_utility(people, WALK_ON, averted, blame_now, blame_proof, reward)
    left = exponential(max(walked - most, -524288))
    return i64((helped << 20) // max(helped + left, 1))


@kernel(i8(State, Traits, Accounts, Hearsay, Rules, Rules, People, Desk, i8))
def meet_injured(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    hearsay: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    day: int,
) -> int:
    """Decide what to do about an injured stranger, count why, and let the motive work on conscience.

    Returns:
        The option, plus 8 times the motive: PRINCIPLE or SCORE for help, FREE for who walks on.
    """
    averted = bare_utility(state, traits, rules, people, STRANGER, 0, day)
    feared = feared_blame(hearsay, people, day)
    cameras = rules["cameras"] >> 16
    now = (feared * liable_chance(rules, cameras)) >> 16
    proof = (feared * liable_chance(rules, _ONE)) >> 16
    loss = liability_loss(state, traits, accounts, rules, people, 1, day)
    reward = reward_for_help(state, accounts, rules, day)
    blame_now, blame_proof = (now * loss) >> 16, (proof * loss) >> 16
    n = desk["n"]
    lanes = draw(n[SEED], _OPTIONS, n[SUBJECT], n[DAY], n[EPISODE])
    noises = (gumbel(lanes[0]), gumbel(lanes[1]), gumbel(lanes[2]), gumbel(lanes[3]))
    chosen = best_option(people, noises, averted, blame_now, blame_proof, reward)
    count(desk, _PLACE + MET, 1)
    count(desk, _HELP_EXPECTED, help_chance(people, averted, blame_now, blame_proof, reward))
    bare = best_option(people, noises, averted, 0, 0, 0)
    if chosen == WALK_ON:
        if best_option(people, noises, averted, 0, 0, reward) != WALK_ON:
            lawful = liability_loss(state, traits, accounts, law, people, 0, day)
            now = (feared * liable_chance(law, law["cameras"] >> 16)) >> 16
            proof = (feared * liable_chance(law, _ONE)) >> 16
            blame_now, blame_proof = (now * lawful) >> 16, (proof * lawful) >> 16
            by_law = best_option(people, noises, averted, blame_now, blame_proof, reward) == WALK_ON
            count(desk, _BY_LAW if by_law else _BY_SCORE, 1)
        return chosen + 8 * FREE
    count(desk, _PLACE + ACTED, 1)
    count(desk, _HELPED + chosen, 1)
    if chosen in (HELP_NOW, HELP_WITH_PROOF):
        learn_of_blame(hearsay, people, step_of(people["alpha"], -feared), day)
    if bare != WALK_ON:
        count(desk, _PLACE + ON_PRINCIPLE, 1)
        return chosen + 8 * PRINCIPLE
    count(desk, _PLACE + BY_SCORE, 1)
    count(desk, _CROWDED, 1)
    crowd(state, people, _NEIGHBOURS, day)
    return chosen + 8 * SCORE
