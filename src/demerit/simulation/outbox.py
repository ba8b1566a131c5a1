"""Clear the desk: find the person behind each *somebody*, and move messages and ledger rows to the shard.

A person is found here and not where the message is written, because only the day knows the ties; the search
is one loop over the desk, since an array argument costs more than a draw.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.pointers import AllTraits, Desk, Messages, Rows
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import KIN, NAMESAKE, SOMEBODY
from demerit.catalogue.rules import DAY, DESK_MESSAGES, DESK_ROWS, DESK_SPARE, DROPPED, OUT, ROWS, SEED
from demerit.catalogue.words import COLLEAGUES, FAMILY, FRIENDS, NEIGHBOUR
from demerit.engine.draws import below, draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, u4, void
from demerit.engine.permutation import Ties, related, same_group

__all__ = ["FULL_LEDGER", "FULL_OUTBOX", "OUT_COUNT", "ROW_COUNT", "Ties", "clear_desk"]

OUT_COUNT, ROW_COUNT = range(2)
"""Places of a shard's cursor."""
FULL_OUTBOX = DESK_MESSAGES - DESK_SPARE
FULL_LEDGER = DESK_ROWS - DESK_SPARE
"""Contents from which a desk must be cleared."""

_PANEL = int(Purpose.PANEL)
_RELATION = int(Purpose.RELATION)
_ADULT = 1
_NEIGHBOURHOOD = 64
_TRIES = 4


@kernel(i8(i8, i8, i8))
def is_kept(seed: int, subject: int, keep: int) -> int:
    """Tell whether the ledger keeps rows of a subject: none (keep 0), all (2**32) or a sample."""
    if keep == 0 or keep >= 4294967296:
        return 1 if keep > 0 else 0
    return 1 if draw(seed, _PANEL, subject, 0, 0)[0] < keep else 0


@kernel(
    void(Desk, AllTraits, array(u4), array(u4, 2), array(u4), array(u4), Ties, i8, Messages, Rows, array(i8))
)
def clear_desk(
    desk: np.void,
    traits: np.ndarray[Any, Any],
    household_first: np.ndarray[Any, Any],
    friends: np.ndarray[Any, Any],
    company_first: np.ndarray[Any, Any],
    staff: np.ndarray[Any, Any],
    ties: np.void,
    keep: int,
    out: np.ndarray[Any, Any],
    rows: np.ndarray[Any, Any],
    cursor: np.ndarray[Any, Any],
) -> None:
    """Move what lies on the desk to the shard's outbox and ledger.

    *Somebody* becomes an adult of the relation who is not the sender: housemate, friend, neighbour,
    colleague, stranger, kin or namesake. Four draws are made; a message to a circle in which nobody is found
    is counted and not sent.
    """
    n = desk["n"]
    seed, day = n[SEED], n[DAY]
    people = len(traits)
    friendships = friends.shape[1]
    for place in range(n[OUT]):
        message = desk["outbox"][place]
        target = i64(message["target"])
        if target >= SOMEBODY:
            relation = target - SOMEBODY
            sender = (i64(message["name"]) >> 15) & 4294967295
            letter = i64(message["kind"]) * 8 + i64(message["about"])
            episode = i64(message["amount"])
            lanes = draw(seed, _RELATION, sender, day, (episode * 256 + letter) * 8 + relation)
            found = -1
            for attempt in range(_TRIES):
                lane = lanes[attempt]
                candidate = -1
                if relation == NEIGHBOUR:
                    first = sender - sender % _NEIGHBOURHOOD
                    candidate = first + below(lane, min(_NEIGHBOURHOOD, people - first))
                elif relation == FAMILY:
                    household = i64(traits[sender]["household"])
                    first = i64(household_first[household])
                    candidate = first + below(lane, i64(household_first[household + 1]) - first)
                elif relation == FRIENDS:
                    candidate = i64(friends[sender, below(lane, friendships)]) - 1
                elif relation == COLLEAGUES:
                    employer = i64(traits[sender]["employer"]) - 1
                    if employer >= 0:
                        first = i64(company_first[employer])
                        candidate = i64(staff[first + below(lane, i64(company_first[employer + 1]) - first)])
                elif relation == KIN:
                    household = i64(traits[sender]["household"])
                    candidate = related(household, lane, household_first, ties)
                elif relation == NAMESAKE:
                    candidate = same_group(sender, lane, ties)
                else:
                    candidate = below(lane, people)
                if candidate >= 0 and candidate != sender and i64(traits[candidate]["flags"]) & _ADULT:
                    found = candidate
                    break
            if found < 0:
                n[DROPPED] += 1
                continue
            message["target"] = found
            message["about"] = sender
            message["amount"] = 0
        out[cursor[OUT_COUNT]] = message
        cursor[OUT_COUNT] += 1
    n[OUT] = 0
    if keep > 0:
        for place in range(n[ROWS]):
            row = desk["ledger"][place]
            if is_kept(seed, i64(row["subject"]), keep) == 1:
                rows[cursor[ROW_COUNT]] = row
                cursor[ROW_COUNT] += 1
    n[ROWS] = 0
