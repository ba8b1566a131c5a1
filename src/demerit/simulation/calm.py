"""Solve the step by which trust grows after a good event, so that ordinary law is calm (F15)."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.words import (
    BILL,
    CIRCLES,
    CROSSWALK,
    DEED_SEEN,
    DEED_UNSEEN,
    FAMILY,
    FAVOUR,
    FRAUD,
    FRIENDS,
    INSTITUTIONS,
    NEIGHBOUR,
    NUISANCE,
    PETTY,
    STRANGER,
    STRANGERS,
)
from demerit.errors import UsageError

Q32 = float(1 << 32)


def solve_trust(
    people: np.void,
    law: np.void,
    rates: np.ndarray[Any, Any],
    acting: np.ndarray[Any, Any],
    necessity: np.ndarray[Any, Any],
) -> None:
    """Solve the step up of every circle that keeps ordinary law calm: n+ b+ (1 - t0) = n- b- (t0 - x).

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
            done[CROSSWALK] + done[PETTY] + done[FRAUD] + left[STRANGER],
        ),
        NEIGHBOUR: (done[DEED_SEEN] + done[DEED_UNSEEN], done[NUISANCE]),
        FRIENDS: (done[FAVOUR] * asked_by_friend, left[FAVOUR] * asked_by_friend),
        FAMILY: (
            left[BILL] + done[FAVOUR] * (1.0 - asked_by_friend),
            done[BILL] + left[FAVOUR] * (1.0 - asked_by_friend),
        ),
        INSTITUTIONS: (left[BILL], _wrongful(people, law, rates, done, necessity)),
    }
    for circle, (good, bad) in events.items():
        start = float(people["trust_start"][circle]) / 65535.0
        down = float(people["trust_down"][circle]) / Q32
        low = float(people["trust_low"][circle]) / 65535.0
        if good <= 0.0 or bad <= 0.0 or start >= 1.0:
            continue
        up = bad * down * (start - low) / (good * (1.0 - start))
        if up > down:
            raise UsageError(
                f"trust in {CIRCLES[circle]} cannot be calm under ordinary law: its step up would be "
                f"{up:.3f}, more than the step down of {down:.3f}; lower step_{CIRCLES[circle]} or raise the "
                "rate of good events"
            )
        people["trust_up"][circle] = round(up * Q32)


def _wrongful(
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
