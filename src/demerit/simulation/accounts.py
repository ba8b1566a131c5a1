"""The accounts of a world, packed: each kind of subject has the places that its regime uses, and no more.

A kernel sees one record type. The records of a kind lie closer to each other than that type is long: lists
that the kind has not would stand in front, registers and platforms that it has not at the end, and no rule
leads there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from demerit.catalogue.columns import ACCOUNTS_DTYPE
from demerit.catalogue.packed import FIRST_LIST, PACKED_ACCOUNTS_DTYPE
from demerit.catalogue.words import LISTS
from demerit.engine.memory import LINE

Array = np.ndarray[Any, Any]

_PART = 1 << 17
_WORD = 4
"""Bytes to which records are aligned; what is cut off in front is a multiple of them."""
_WHOLE = PACKED_ACCOUNTS_DTYPE.itemsize
_SUMS = dict(PACKED_ACCOUNTS_DTYPE.fields or {})["sums"][1]
_COMMON = [name for name in PACKED_ACCOUNTS_DTYPE.names or () if name in (ACCOUNTS_DTYPE.names or ())]
_COMMON.remove("listed_until")


def packed_bytes(lists: int, systems: int) -> tuple[int, int]:
    """Return how many bytes of a record are cut off in front, and the bytes of what remains.

    Args:
        lists: lists on which the kind of subject can stand.
        systems: its registers and platforms.

    >>> packed_bytes(1, 7), packed_bytes(3, 11)
    ((4, 44), (0, 68))
    """
    front = 2 * (LISTS - lists) // _WORD * _WORD
    distance = _SUMS - front + _WORD * systems
    # the compiler would take records that lie side by side for another type of array
    return front, distance if distance != _WHOLE else distance + _WORD


class KeptAccounts:
    """What institutions keep about the subjects of every kind.

    Args:
        counts: number of subjects of each kind.
        rules: compiled regime, which says how many lists, registers and platforms each kind has.
        law: its compiled null regime, whose lists may be others.
    """

    def __init__(self, counts: Sequence[int], rules: np.void, law: np.void) -> None:
        self.counts = tuple(counts)
        self.lists = np.maximum(rules["lists"], law["lists"]).tolist()
        self.slots, self.scores = rules["slots"].tolist(), rules["scores"].tolist()
        self.distances: list[int] = []
        self.views: tuple[Array, ...] = tuple(self._room(kind) for kind in range(len(counts)))
        """The accounts of each kind, as kernels take them: PACKED_ACCOUNTS_DTYPE, two at least."""

    def _room(self, kind: int) -> Array:
        front, distance = packed_bytes(self.lists[kind], self.slots[kind] + self.scores[kind])
        self.distances.append(distance)
        count = max(self.counts[kind], 2)
        raw = np.zeros(count * distance + 3 * LINE, np.uint8)
        opening = LINE + -raw.ctypes.data % LINE
        return np.ndarray((count,), PACKED_ACCOUNTS_DTYPE, raw, opening - front, (distance,))

    @property
    def nbytes(self) -> int:
        """Bytes of all accounts."""
        return sum(count * distance for count, distance in zip(self.counts, self.distances, strict=True))

    def of(self, kind: int) -> Array:
        """Return the accounts of a kind of subject, as kernels take them."""
        return self.views[kind]

    def full(self, kind: int, low: int = 0, high: int | None = None) -> Array:
        """Return a copy of accounts of a kind in full: ACCOUNTS_DTYPE."""
        kept = self.views[kind][low : self.counts[kind] if high is None else high]
        full = np.zeros(len(kept), ACCOUNTS_DTYPE)
        for name in _COMMON:
            full[name] = kept[name]
        slots, scores = self.slots[kind], self.scores[kind]
        full["points"][:, :slots] = kept["sums"][:, :slots]
        full["composite"][:, :scores] = kept["sums"][:, slots : slots + scores]
        for slot in range(self.lists[kind]):
            full["listed_until"][:, slot] = kept["listed_until"][:, FIRST_LIST - slot]
        return full

    def parts(self) -> Iterator[tuple[int, Array]]:
        """Yield copies of all accounts in full, part by part, each with the number of its first account."""
        first = 0
        for kind, count in enumerate(self.counts):
            for low in range(0, count, _PART):
                yield first + low, self.full(kind, low, min(low + _PART, count))
            first += count

    def take(self, accounts: Array) -> None:
        """Take over accounts of all subjects in full, one kind after the other: ACCOUNTS_DTYPE."""
        first = 0
        for kind, count in enumerate(self.counts):
            full, kept = accounts[first : first + count], self.views[kind][:count]
            for name in _COMMON:
                kept[name] = full[name]
            slots, scores = self.slots[kind], self.scores[kind]
            kept["sums"][:, :slots] = full["points"][:, :slots]
            kept["sums"][:, slots : slots + scores] = full["composite"][:, :scores]
            for slot in range(self.lists[kind]):
                kept["listed_until"][:, FIRST_LIST - slot] = full["listed_until"][:, slot]
            first += count
