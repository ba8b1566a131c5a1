"""Write on the desk: ledger rows, messages and counts of the subject being worked on.

The desk is emptied by the day after every situation and message, so a mechanism never sees a full one.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import NO_REGISTER
from demerit.catalogue.pointers import Desk
from demerit.catalogue.rules import CELL, DAY, OUT, PHASE, ROWS, SEQUENCE, SUBJECT
from demerit.engine.ids import make_id
from demerit.engine.kernel import i8, kernel, void


@kernel(i8(Desk))
def next_id(desk: np.void) -> int:
    """Return the next id of the subject at the desk."""
    n = desk["n"]
    identity = make_id(n[DAY], n[SUBJECT], n[PHASE], n[SEQUENCE])
    n[SEQUENCE] = n[SEQUENCE] + 1
    return identity


@kernel(void(Desk, i8, i8))
def count(desk: np.void, column: int, amount: int) -> None:
    """Add to a counter in the cell of the subject at the desk."""
    cell = desk["n"][CELL]
    desk["counters"][cell, column] += amount


@kernel(i8(Desk, i8, i8, i8, i8, i8, i8, i8, i8, i8))
def enter(
    desk: np.void,
    what: int,
    rule: int,
    register: int,
    label: int,
    motive: int,
    points: int,
    amount: int,
    cause: int,
    depth: int,
) -> int:
    """Enter a row in the ledger and return its id; a cause of 0 means that the entry is its own root."""
    identity = next_id(desk)
    n = desk["n"]
    place = n[ROWS]
    n[ROWS] = place + 1
    row = desk["ledger"][place]
    row["id"] = identity
    row["cause"] = cause if cause != 0 else identity
    row["subject"] = n[SUBJECT]
    row["points"] = points
    row["amount"] = amount
    row["day"] = n[DAY]
    row["what"] = what
    row["rule"] = rule
    row["register"] = register if register >= 0 else NO_REGISTER
    row["label"] = label
    row["motive"] = motive
    row["depth"] = depth
    return identity


@kernel(void(Desk, i8, i8, i8, i8, i8, i8, i8, i8, i8, i8))
def send(
    desk: np.void,
    kind: int,
    target: int,
    delay: int,
    rule: int,
    label: int,
    points: int,
    amount: int,
    about: int,
    cause: int,
    depth: int,
) -> None:
    """Send a message that is delivered after ``delay`` days, tomorrow at the earliest."""
    name = next_id(desk)
    n = desk["n"]
    place = n[OUT]
    n[OUT] = place + 1
    message = desk["outbox"][place]
    message["name"] = name
    message["cause"] = cause
    message["target"] = target
    message["about"] = about
    message["points"] = points
    message["amount"] = amount
    message["due"] = min(n[DAY] + max(delay, 1), 65535)
    message["kind"] = kind
    message["rule"] = rule
    message["label"] = label
    message["depth"] = depth
