"""Hearsay: chances that people learn from the few cases they live through or hear of.

    p = feared · exp(l),    own case: l += alpha (x - p),    a case heard of: l += alpha_h (1 - p)

A quiet l halves in the same time as perceived detection does (F14).
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Hearsay, People
from demerit.engine.fixed import approach, clip, exponential
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void

_ONE = 65536


@kernel(i8(People, i8, i8))
def as_feared(people: np.void, feared: int, log: int) -> int:
    """Return a chance (Q16) at a log-multiplier (1/4096)."""
    return i64(min((feared * exponential(log << 4)) >> 16, _ONE))


@kernel(void(Hearsay, People, i8))
def settle_hearsay(hearsay: np.void, people: np.void, day: int) -> None:
    """Bring both beliefs to today, before one of them changes."""
    elapsed = day - i64(hearsay["day"])
    if elapsed > 0:
        half_life = people["quiet_half_life"]
        hearsay["blame"] = approach(i64(hearsay["blame"]), 0, elapsed, half_life)
        hearsay["intent"] = approach(i64(hearsay["intent"]), 0, elapsed, half_life)
    hearsay["day"] = day


@kernel(i8(Hearsay, People, i8))
def feared_blame(hearsay: np.void, people: np.void, day: int) -> int:
    """Return the chance (Q16) of being blamed for having helped, as this person sees it; writes nothing."""
    elapsed = day - i64(hearsay["day"])
    log = approach(i64(hearsay["blame"]), 0, elapsed, people["quiet_half_life"])
    return as_feared(people, people["feared_claim"], log)


@kernel(void(Hearsay, People, i8, i8))
def learn_of_blame(hearsay: np.void, people: np.void, step: int, day: int) -> None:
    """Move the log-multiplier of being blamed by a step (1/4096), within its limit."""
    settle_hearsay(hearsay, people, day)
    limit = people["perceived_limit"]
    hearsay["blame"] = clip(i64(hearsay["blame"]) + step, -limit, limit)


@kernel(i8(Hearsay, People, i8, i8))
def feared_intent(hearsay: np.void, people: np.void, proved: int, day: int) -> int:
    """Return the chance (Q16) that intent is proved, as this person sees it; ``proved`` is the true one."""
    elapsed = day - i64(hearsay["day"])
    log = approach(i64(hearsay["intent"]), 0, elapsed, people["quiet_half_life"])
    return as_feared(people, proved, log)


@kernel(void(Hearsay, People, i8, i8))
def learn_of_intent(hearsay: np.void, people: np.void, step: int, day: int) -> None:
    """Move the log-multiplier of intent being proved by a step (1/4096), within its limit."""
    settle_hearsay(hearsay, people, day)
    limit = people["perceived_limit"]
    hearsay["intent"] = clip(i64(hearsay["intent"]) + step, -limit, limit)


@kernel(i8(i8, i8))
def step_of(rate: int, surprise: int) -> int:
    """Return a step of the log-multiplier (1/4096): rate and surprise in Q16, rounded to nearest."""
    return (rate * surprise + (1 << 19)) >> 20
