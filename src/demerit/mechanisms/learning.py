"""What experience does to people: conscience, perceived detection, trust, awareness, stress.

Quiet time acts in closed form from the day of the last event; reading writes nothing.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import NEVER, ONE_Q15
from demerit.catalogue.pointers import People, Rules, State
from demerit.catalogue.words import CIRCLES, FAMILIES
from demerit.engine.fixed import approach, clip, exponential, half_lives, nearer, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void

_FAMILIES = len(FAMILIES)
_CIRCLES = len(CIRCLES)
_ONE = ONE_Q15


@kernel(i8(State, People, i8, i8))
def norm(state: np.void, people: np.void, family: int, day: int) -> int:
    """Return m_k, what is left of conscience in a family, Q15; lost norms come back with a half-life."""
    elapsed = day - i64(state["belief_day"])
    return approach(i64(state["norm"][family]), _ONE, elapsed, people["norm_half_life"])


@kernel(i8(State, Rules, People, i8, i8))
def price_frame(state: np.void, rules: np.void, people: np.void, family: int, day: int) -> int:
    """Return n_k, how far a price has replaced a norm (Q16): 0 before a score term applies (F11)."""
    first = rules["frame"][family]
    since = min(day, rules["frame_until"][family]) - max(i64(state["aware_day"]), first - 1)
    if first == 0 or since <= 0:
        return 0
    return 65536 - (half_lives(since, people["frame_half_life"]) >> 16)


@kernel(i8(State, Rules, People, i8, i8, i8))
def conscience(state: np.void, rules: np.void, people: np.void, own: int, family: int, day: int) -> int:
    """Return c_k = c0 m_k (1 - phi n_k), Q16."""
    frame = 65536 - ((people["frame_loss"] * price_frame(state, rules, people, family, day)) >> 16)
    return i64((((own * norm(state, people, family, day)) >> 15) * frame) >> 16)


@kernel(i8(State, People, i8, i8))
def multiplier(state: np.void, people: np.void, family: int, day: int) -> int:
    """Return the factor between perceived and true coverage, Q16."""
    elapsed = day - i64(state["belief_day"])
    log = approach(i64(state["perceived"][family]), 0, elapsed, people["quiet_half_life"])
    return exponential(log << 4)


@kernel(i8(Rules, i8))
def novelty(rules: np.void, day: int) -> int:
    """Return the factor by which a new regime is overestimated, Q16; it fades with a half-life (B24)."""
    extra = rules["novelty"] - 65536
    return 65536 + times_q32(extra, half_lives(day - rules["novelty_day"], rules["novelty_half_life"]))


@kernel(void(State, People, i8))
def settle_beliefs(state: np.void, people: np.void, day: int) -> None:
    """Bring norms and perceived multipliers to today, before one of them changes."""
    elapsed = day - i64(state["belief_day"])
    if elapsed == 0:
        return
    # one factor for all families: what is left of a lost norm, and of a perceived multiplier
    lost = half_lives(elapsed, people["norm_half_life"])
    told = half_lives(elapsed, people["quiet_half_life"])
    for family in range(_FAMILIES):
        state["norm"][family] = nearer(i64(state["norm"][family]), _ONE, lost)
        state["perceived"][family] = nearer(i64(state["perceived"][family]), 0, told)
    state["belief_day"] = day


@kernel(void(State, People, i8, i8))
def crowd(state: np.void, people: np.void, family: int, day: int) -> None:
    """Take from the family's norm what one score-needed act takes (F12)."""
    settle_beliefs(state, people, day)
    kept = i64(state["norm"][family])
    state["norm"][family] = clip(kept - ((kept * people["crowding"][family]) >> 15), 0, 65535)


@kernel(void(State, People, i8, i8, i8))
def learn(state: np.void, people: np.void, family: int, day: int, step: int) -> None:
    """Move the log-multiplier of a family by a step (1/4096), within its limit (F14)."""
    settle_beliefs(state, people, day)
    limit = people["perceived_limit"]
    state["perceived"][family] = clip(i64(state["perceived"][family]) + step, -limit, limit)


@kernel(void(State, People, i8, i8))
def be_caught(state: np.void, people: np.void, family: int, day: int) -> None:
    """Learn from having been caught at what nobody was expected to see (F14)."""
    learn(state, people, family, day, people["alpha"] >> 4)


@kernel(i8(State, People, i8, i8))
def trust(state: np.void, people: np.void, circle: int, day: int) -> int:
    """Return trust in a circle (1/65535); quiet time returns it to where it began."""
    elapsed = day - i64(state["trust_day"])
    return approach(
        i64(state["trust"][circle]), people["trust_start"][circle], elapsed, people["trust_half_life"]
    )


@kernel(void(State, People, i8))
def settle_trust(state: np.void, people: np.void, day: int) -> None:
    """Bring trust in all circles to today, before one of them changes."""
    kept = half_lives(day - i64(state["trust_day"]), people["trust_half_life"])
    for other in range(_CIRCLES):
        state["trust"][other] = nearer(i64(state["trust"][other]), people["trust_start"][other], kept)
    state["trust_day"] = day


@kernel(void(State, People, i8, i8, i8))
def meet_circle(state: np.void, people: np.void, circle: int, good: int, day: int) -> None:
    """Update trust after a good or a bad event in a circle: t + beta (x - t), rounded to nearest."""
    settle_trust(state, people, day)
    now = i64(state["trust"][circle])
    if good == 1:
        step = ((65535 - now) * people["trust_up"][circle] + 2147483648) >> 32
    else:
        step = ((people["trust_low"][circle] - now) * people["trust_down"][circle] + 2147483648) >> 32
    state["trust"][circle] = clip(now + step, 0, 65535)


@kernel(void(State, People, i8, i8))
def be_betrayed(state: np.void, people: np.void, circle: int, day: int) -> None:
    """Lose trust in a circle of which somebody has reported one (F16)."""
    settle_trust(state, people, day)
    now = i64(state["trust"][circle])
    state["trust"][circle] = now - times_q32(now, people["betrayal"][circle])


@kernel(void(State, i8))
def become_aware(state: np.void, day: int) -> None:
    """Let a citizen who did not know of the score learn of it today."""
    if i64(state["aware_day"]) == NEVER:
        state["aware_day"] = day


@kernel(i8(Rules, i8))
def reveals(rules: np.void, kind: int) -> int:
    """Tell whether a record of a kind shows whom it meets that there is more than law: a score, a list."""
    beyond = rules["further_loss"][1, kind] > rules["further_by_law"][1, kind]
    return 1 if beyond or rules["composite_points"][kind] != 0 else 0


@kernel(i8(State, People, i8))
def stress(state: np.void, people: np.void, day: int) -> int:
    """Return stress today, 1/256 unit."""
    elapsed = day - i64(state["mood_day"])
    return approach(i64(state["stress"]), 0, elapsed, people["stress_half_life"])
