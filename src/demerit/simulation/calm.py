"""Solve the step by which trust grows after a good event, so that ordinary law is calm (F15)."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.complaining import REPORTERS
from demerit.catalogue.words import (
    ASSAULT,
    BILL,
    CIRCLES,
    CROSSWALK,
    DEED_SEEN,
    DEED_UNSEEN,
    DOMESTIC,
    FAMILY,
    FAVOUR,
    FRAUD,
    FRIENDS,
    GRUDGE,
    INSTITUTIONS,
    NEIGHBOUR,
    NUISANCE,
    PETTY,
    STAGING,
    STRANGER,
    STRANGERS,
)
from demerit.errors import UsageError

Q32 = float(1 << 32)


_WARY = (CROSSWALK, PETTY, FRAUD, ASSAULT, STAGING)
"""Acts that make a stranger wary."""


def solve_trust(
    people: np.void,
    law: np.void,
    rates: np.ndarray[Any, Any],
    acting: np.ndarray[Any, Any],
    necessity: np.ndarray[Any, Any],
) -> None:
    """Solve the step up of every circle that keeps ordinary law calm: n+ b+ (1 - t0) = sum n- b- (t0 - x)
    over bad events, being reported included.

    Args:
        people: compiled society (changed).
        law: the compiled null regime.
        rates: situations a year per adult, by kind.
        acting: mean chance of acting, by kind.
        necessity: mean chance of acting out of necessity, by kind.

    Raises:
        UsageError: a step up would be larger than the step down, so a bad event would weigh less than a good
            one.
    """
    done, left = rates * acting, rates * (1.0 - acting)
    asked_by_friend = 1.0 - people["kin_ask"] / Q32
    events = {
        STRANGERS: (
            left[CROSSWALK] + done[STRANGER],
            sum(done[kind] for kind in _WARY) + left[STRANGER],
        ),
        NEIGHBOUR: (done[DEED_SEEN] + done[DEED_UNSEEN], done[NUISANCE]),
        FRIENDS: (done[FAVOUR] * asked_by_friend, left[FAVOUR] * asked_by_friend),
        FAMILY: (
            left[BILL] + done[FAVOUR] * (1.0 - asked_by_friend),
            done[BILL] + done[DOMESTIC] + left[FAVOUR] * (1.0 - asked_by_friend),
        ),
        INSTITUTIONS: (left[BILL], wrongful_records(people, law, rates, done, necessity)),
    }
    reported = _reported(people, law, done)
    for circle, (good, bad) in events.items():
        start = float(people["trust_start"][circle]) / 65535.0
        down = float(people["trust_down"][circle]) / Q32
        low = float(people["trust_low"][circle]) / 65535.0
        if good <= 0.0 or bad <= 0.0 or start >= 1.0:
            continue
        lost = bad * down * (start - low)
        if circle < len(REPORTERS):
            betrayal = float(people["betrayal"][circle]) / Q32
            lost += reported[circle] * betrayal * start
            down = (bad * down + reported[circle] * betrayal) / (bad + reported[circle])
        up = lost / (good * (1.0 - start))
        if up > down:
            raise UsageError(
                f"trust in {CIRCLES[circle]} cannot be calm under ordinary law: its step up would be "
                f"{up:.3f}, more than the mean step down of {down:.3f}; lower "
                f"step_{CIRCLES[circle]} or raise the rate of good events"
            )
        people["trust_up"][circle] = round(up * Q32)


def _reported(people: np.void, law: np.void, done: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return how often a year an adult learns of having been reported, by circle: filed, or found false."""
    unseen = 1.0 - law["coverage"] / Q32
    found = float(law["believed_true"]) / 65536.0
    true = (done * unseen)[:, None] * law["told"] / Q32 * found
    shares = np.diff(people["seen_by"][GRUDGE], prepend=0) / max(float(people["seen_by"][GRUDGE, -1]), 1.0)
    exposed = float(law["check"]) / Q32 * float(law["finds_false"]) / Q32
    false = done[GRUDGE] * (float(law["believed_false"]) / 65536.0 + exposed) * (law["complaints"] > 0)
    return np.asarray(true.sum(axis=0) + false * shares)


def wrongful_records(
    people: np.void,
    law: np.void,
    rates: np.ndarray[Any, Any],
    done: np.ndarray[Any, Any],
    necessity: np.ndarray[Any, Any],
) -> float:
    """Return wrongful records a year per adult: necessity that was not heard, and mistaken identity."""
    coverage = law["coverage"] / Q32 * (law["conduct"] > 0)
    unheard = 1.0 - float(law["recognition"]) / Q32
    urgent = float(np.sum(rates * necessity * coverage * unheard))
    mistaken = float(np.sum(done * coverage * (people["deed"] == 0))) * float(law["mismatch"][0]) / Q32
    return urgent + mistaken
