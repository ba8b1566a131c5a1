"""The calendar: messages wait in chunks by block and day due, and leave in canonical order.

A shard owns a calendar. Days farther ahead than the ring wait in its last bucket and are filed again when
they come up. Nothing grows inside a kernel: before a day the owner makes sure that the pool holds more chunks
than the day can take, so a message is never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, void
from demerit.engine.messages import MESSAGE_DTYPE

RING = 128
CHUNK = 16
FREE, LEFT = 0, 1
"""Places of the control array: first free chunk, free chunks left."""

_Array = np.ndarray[Any, Any]
_Six = tuple[_Array, _Array, _Array, _Array, _Array, _Array]

Messages = records(MESSAGE_DTYPE)
Integers = array(i8)


@kernel(void(Messages, Integers, Integers, Integers, Integers, Integers, i8, Messages, Integers, i8))
def push(
    pool: np.ndarray[Any, Any],
    following: np.ndarray[Any, Any],
    heads: np.ndarray[Any, Any],
    tails: np.ndarray[Any, Any],
    waiting: np.ndarray[Any, Any],
    control: np.ndarray[Any, Any],
    day: int,
    messages: np.ndarray[Any, Any],
    blocks: np.ndarray[Any, Any],
    total: int,
) -> None:
    """File messages of day ``day``, each under its block and day due.

    The pool must have as many free chunks as there are messages. A block of -1 means that another shard files
    it.
    """
    for index in range(total):
        block = i64(blocks[index])
        if block < 0:
            continue
        due = min(i64(messages[index]["due"]), day + RING - 1)
        slot = block * RING + due % RING
        place = i64(waiting[slot])
        if place % CHUNK == 0:
            chunk = i64(control[FREE])
            control[FREE] = following[chunk]
            control[LEFT] -= 1
            following[chunk] = -1
            if place == 0:
                heads[slot] = chunk
            else:
                following[tails[slot]] = chunk
            tails[slot] = chunk
        pool[tails[slot] * CHUNK + place % CHUNK] = messages[index]
        waiting[slot] = place + 1


@kernel(i8(Messages, Integers, Integers, Integers, Integers, i8, i8, Messages))
def drain(
    pool: np.ndarray[Any, Any],
    following: np.ndarray[Any, Any],
    heads: np.ndarray[Any, Any],
    waiting: np.ndarray[Any, Any],
    control: np.ndarray[Any, Any],
    block: int,
    day: int,
    inbox: np.ndarray[Any, Any],
) -> int:
    """Take what waits for a block today into ``inbox`` and return how many; some may be due later."""
    slot = block * RING + day % RING
    total = i64(waiting[slot])
    chunk = i64(heads[slot])
    for place in range(total):
        inbox[place] = pool[chunk * CHUNK + place % CHUNK]
        if place % CHUNK == CHUNK - 1 or place == total - 1:
            after = i64(following[chunk])
            following[chunk] = control[FREE]
            control[FREE] = chunk
            control[LEFT] += 1
            chunk = after
    waiting[slot] = 0
    return total


@kernel(void(Messages, Integers, i8, Integers, Integers, Integers))
def canonical_order(
    inbox: np.ndarray[Any, Any],
    places: np.ndarray[Any, Any],
    total: int,
    order: np.ndarray[Any, Any],
    spare: np.ndarray[Any, Any],
    tally: np.ndarray[Any, Any],
) -> None:
    """Fill ``order`` with the inbox sorted by (place of the target, name of the message).

    Two stable counting passes over 16-bit places, then the few messages for one target are put in order by
    name.
    """
    for index in range(total):
        order[index] = index
    if total > 24:
        for shift in (0, 8):
            for bin_ in range(257):
                tally[bin_] = 0
            for index in range(total):
                tally[((places[index] >> shift) & 255) + 1] += 1
            for bin_ in range(256):
                tally[bin_ + 1] += tally[bin_]
            for index in range(total):
                item = order[index]
                bin_ = (places[item] >> shift) & 255
                spare[tally[bin_]] = item
                tally[bin_] += 1
            for index in range(total):
                order[index] = spare[index]
    for index in range(1, total):
        item = order[index]
        before = index - 1
        while before >= 0 and (
            places[order[before]] > places[item]
            or (places[order[before]] == places[item] and inbox[order[before]]["name"] > inbox[item]["name"])
        ):
            order[before + 1] = order[before]
            before -= 1
        order[before + 1] = item


@dataclass
class Calendar:
    """Pending messages of a shard's blocks."""

    pool: np.ndarray[Any, Any]
    following: np.ndarray[Any, Any]
    heads: np.ndarray[Any, Any]
    tails: np.ndarray[Any, Any]
    waiting: np.ndarray[Any, Any]
    control: np.ndarray[Any, Any]

    @classmethod
    def empty(cls, blocks: int, chunks: int = 1024) -> Calendar:
        """Return a calendar for a number of blocks, with nothing in it."""
        following = np.arange(1, chunks + 1, dtype=np.int64)
        following[-1] = -1
        slots = blocks * RING
        return cls(
            np.zeros(chunks * CHUNK, MESSAGE_DTYPE),
            following,
            np.full(slots, -1, np.int64),
            np.full(slots, -1, np.int64),
            np.zeros(slots, np.int64),
            np.array([0, chunks], np.int64),
        )

    def reserve(self, chunks: int) -> None:
        """Make sure that at least so many chunks are free."""
        if int(self.control[LEFT]) >= chunks:
            return
        have = len(self.following)
        more = max(have, chunks)
        grown = np.arange(have + 1, have + more + 1, dtype=np.int64)
        grown[-1] = self.control[FREE]
        self.following = np.concatenate([self.following, grown])
        self.pool = np.concatenate([self.pool, np.zeros(more * CHUNK, MESSAGE_DTYPE)])
        self.control[FREE] = have
        self.control[LEFT] += more

    def pending(self) -> np.ndarray[Any, Any]:
        """Return every waiting message, in no particular order."""
        taken = []
        for slot in np.flatnonzero(self.waiting):
            chunk = int(self.heads[slot])
            left = int(self.waiting[slot])
            while left > 0:
                size = min(left, CHUNK)
                taken.append(self.pool[chunk * CHUNK : chunk * CHUNK + size])
                left -= size
                chunk = int(self.following[chunk])
        return np.concatenate(taken) if taken else np.zeros(0, MESSAGE_DTYPE)

    @property
    def arrays(self) -> _Six:
        """The arrays that :func:`push` takes, in its order."""
        return self.pool, self.following, self.heads, self.tails, self.waiting, self.control
