"""Friendships that end: which of a person's friends are friends no more, known to both sides."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.letters import FRIEND_SHOWN
from demerit.catalogue.pointers import Desk, Message
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.engine.draws import below, draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.mechanisms.ties import lose_friend, weigh_tie
from demerit.simulation.arrays import TheTown, Town
from demerit.simulation.links import friends_of, is_cut

_ASKER = int(Purpose.ASKER)
_STORED = 8
"""Friends that can be lost: as many as a person's record has bits for."""


@kernel(i8(TheTown, i8, i8))
def place_among_friends(town: Town, person: int, other: int) -> int:
    """Return the place of somebody among a person's friends; -1 if it cannot be marked, or is not there."""
    for place in range(min(town.friends.shape[1], _STORED)):
        if i64(town.friends[person, place]) == other + 1:
            return place
    return -1


@kernel(i8(TheTown, i8, i8))
def strength(town: Town, one: int, other: int) -> int:
    """Return the strength of a friendship (Q16): friends in common and one, of as many as anybody has."""
    width = town.friends.shape[1]
    common = 1
    for place in range(width):
        friend = i64(town.friends[one, place])
        for further in range(width):
            if friend != 0 and i64(town.friends[other, further]) == friend:
                common += 1
    return i64((common << 16) // width)


@kernel(void(TheTown, Desk, Message, i8))
def deliver_friendship(town: Town, desk: np.void, message: np.void, person: int) -> None:
    """See a friend on display, or learn that a friend has broken off; what has ended stays so."""
    state, work, friend = town.states[person], town.works[person], i64(message["about"])
    place = place_among_friends(town, person, friend)
    if place < 0 or place_among_friends(town, friend, person) < 0 or is_cut(town, person, place) == 1:
        return
    if i64(message["kind"]) == FRIEND_SHOWN:
        if weigh_tie(state, town.rules, town.people, desk, message, strength(town, person, friend)) == 0:
            return
    else:
        lose_friend(state, town.people, desk, message)
    work["cut"] = i64(work["cut"]) | (1 << place)


@kernel(i8(TheTown, Desk, i8, i8))
def goes_unasked(town: Town, desk: np.void, person: int, asker: int) -> int:
    """Tell whether the favour is one that a lost friend would have asked.

    Args:
        asker: 32-bit draw that tells kin from friend.
    """
    known = friends_of(town, person)
    if i64(town.works[person]["cut"]) == 0 or asker < town.people["kin_ask"] or known == 0:
        return 0
    n = desk["n"]
    return is_cut(town, person, below(draw(n[SEED], _ASKER, n[SUBJECT], n[DAY], n[EPISODE])[0], known))
