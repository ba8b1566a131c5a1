"""The tree of causes of a ledger: what led to an entry, what led to that, and what an entry has led to.

Entries name their cause by its id. A cause that is no entry is the situation in which everything began.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
LONGEST = 256
"""Steps after which a tree of causes cannot be one."""


class Causes:
    """The causes of all entries of a ledger.

    Args:
        ids: names of the entries in order, int64 (entries).
        causes: what each names as its cause, int64 (entries).
    """

    def __init__(self, ids: Array, causes: Array) -> None:
        # a column of a table of rows would be copied at every search
        self.ids, self.causes = np.ascontiguousarray(ids), np.ascontiguousarray(causes)

    def places(self, ids: Array) -> Array:
        """Return the places of entries with some ids, -1 for an id that no entry has."""
        if not len(self.ids):
            return np.full(len(ids), -1)
        place = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[place] == ids, place, -1)

    def above(self, places: Array) -> Array:
        """Return the places of what caused entries, -1 where no entry did."""
        named = self.causes[places]
        return np.where(named == self.ids[places], -1, self.places(named))

    def levels(self, places: Array) -> Iterator[tuple[Array, Array]]:
        """Go up the tree from entries, all at once: the entries themselves, their causes, and so on.

        Args:
            places: places of entries.

        Yields:
            At every level the positions in `places` that have not come to their root before, and the places
            of the entries they have come to.

        Raises:
            ValueError: causes go round in a circle.
        """
        which, now = np.arange(len(places)), np.asarray(places, np.int64)
        for _ in range(LONGEST):
            if not len(which):
                return
            yield which, now
            above = self.above(now)
            which, now = which[above >= 0], above[above >= 0]
        raise ValueError("the causes of a ledger go round in a circle")

    def nearest(self, places: Array, wanted: Array) -> Array:
        """Return the places of the nearest wanted entries on the way up, -1 where there is none.

        Args:
            places: places of entries; a wanted one is its own nearest.
            wanted: bool (entries).
        """
        found = np.full(len(places), -1, np.int64)
        for which, now in self.levels(places):
            hit = (found[which] < 0) & wanted[now]
            found[which[hit]] = now[hit]
        return found

    def all_above(self, places: Array, wanted: Array) -> tuple[Array, Array]:
        """Return every pair of an entry and a wanted entry on its way up, itself included.

        Returns:
            Positions in `places`, and the places of the entries above.
        """
        pairs = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for which, now in self.levels(places):
            hit = wanted[now]
            pairs.append((which[hit], now[hit]))
        return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])

    @cached_property
    def _by_cause(self) -> Array:
        return np.argsort(self.causes, kind="stable")

    def below(self, places: Array) -> Array:
        """Return the places of all that entries have led to, in order; the entries themselves are left out.

        >>> tree = Causes(np.array([5, 7, 8, 9]), np.array([1, 5, 7, 2]))
        >>> tree.below(np.array([0])).tolist(), tree.below(np.array([3])).tolist()
        ([1, 2], [])
        """
        order = self._by_cause
        named = self.causes[order]
        found = [np.zeros(0, np.int64)]
        now = np.unique(places)
        for _ in range(LONGEST):
            low = np.searchsorted(named, self.ids[now])
            high = np.searchsorted(named, self.ids[now], side="right")
            counts = high - low
            start = np.repeat(low - (np.cumsum(counts) - counts), counts)
            below = order[start + np.arange(counts.sum())]
            now = below[self.causes[below] != self.ids[below]]
            if not len(now):
                return np.unique(np.concatenate(found))
            found.append(now)
        raise ValueError("the causes of a ledger go round in a circle")
