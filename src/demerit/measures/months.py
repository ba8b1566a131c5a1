"""What moved in each month, kept without the zeros: most flows of most cells are none in a month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from demerit.catalogue.counters import FLOW_COUNT
from demerit.catalogue.words import CELLS
from demerit.engine.kernel import array, i8, kernel, records, void

Array = np.ndarray[Any, Any]
PLACES = CELLS + 1
"""Cells of the population, and one for what happens to vehicles, companies, agencies and services."""
_SMALL = records(np.dtype(np.int16))
_COLUMNS = {"flow": np.int16, "place": np.int16, "amount": np.int64}


@kernel(i8(array(i8, 2), array(i8, 2), array(i8)))
def count_moved(now: Array, before: Array, first: Array) -> int:
    """Count what differs between two tables, int64 (places, flows).

    Args:
        now: one table.
        before: the other.
        first: int64 (flows + 1,), zeros; filled with how many differ of each flow, from the second place on.
    """
    moved = 0
    for place in range(len(now)):
        for flow in range(now.shape[1]):
            if now[place, flow] != before[place, flow]:
                first[flow + 1] += 1
                moved += 1
    return moved


@kernel(void(array(i8, 2), array(i8, 2), array(i8), _SMALL, _SMALL, array(i8)))
def list_moved(now: Array, before: Array, room: Array, flows: Array, places: Array, amounts: Array) -> None:
    """List what differs, flow by flow, and let the second table be like the first.

    Args:
        now: int64 (places, flows).
        before: the same of a month ago.
        room: where in the list each flow begins; moved on.
        flows: int16, filled; ``places`` likewise, and ``amounts``, int64.
    """
    for place in range(len(now)):
        for flow in range(now.shape[1]):
            change = now[place, flow] - before[place, flow]
            if change != 0:
                here = room[flow]
                flows[here] = flow
                places[here] = place
                amounts[here] = change
                room[flow] = here + 1
                before[place, flow] = now[place, flow]


@dataclass(frozen=True)
class Month:
    """Flows of a month that are not zero, in the order of the flows.

    Attributes:
        flow: int16 (kept,), ascending.
        place: int16 (kept,), the cell, or the place of the others.
        amount: int64 (kept,).
    """

    flow: Array
    place: Array
    amount: Array

    @classmethod
    def since(cls, before: Array, now: Array) -> Month:
        """Return what has moved between two tables, int64 (places, flows); the former becomes the latter."""
        first = np.zeros(FLOW_COUNT + 1, np.int64)
        moved = count_moved(now, before, first)
        month = cls(np.empty(moved, np.int16), np.empty(moved, np.int16), np.empty(moved, np.int64))
        list_moved(now, before, np.cumsum(first), month.flow, month.place, month.amount)
        return month

    def whole(self) -> Array:
        """Return the month with its zeros: int64 (places, flows)."""
        moved = np.zeros((PLACES, FLOW_COUNT), np.int64)
        moved[self.place, self.flow] = self.amount
        return moved

    def added_up(self, members: Array) -> Array:
        """Return the flows of groups: (groups, flows), of the type of the members' weights.

        Args:
            members: int64 or float64 (groups, places), what each place counts for.
        """
        found = np.zeros((len(members), FLOW_COUNT), members.dtype)
        if len(self.flow):
            first = np.flatnonzero(np.diff(self.flow, prepend=-1))
            counted = members[:, self.place] * self.amount
            found[:, self.flow[first]] = np.add.reduceat(counted, first, axis=1)
        return found


class Months(Sequence[Array]):
    """Months of a world, one after the other; each reads as int64 (places, flows).

    >>> before, now = np.zeros((2, PLACES, FLOW_COUNT), np.int64)
    >>> now[3, 7] = 5
    >>> months = Months()
    >>> months.append(before, now)
    >>> len(months), int(months[0][3, 7]), int(months.added_up()[0, 7])
    (1, 5, 5)
    """

    def __init__(self, kept: Iterable[Month] = ()) -> None:
        self._kept = list(kept)

    def append(self, before: Array, now: Array) -> None:
        """Add the month between two tables since the first day, int64 (places, flows).

        ``before`` becomes ``now``, so that it is there for the month after.
        """
        self._kept.append(Month.since(before, now))

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, at: int) -> Array: ...
    @overload
    def __getitem__(self, at: slice) -> Months: ...
    def __getitem__(self, at: int | slice) -> Array | Months:
        return Months(self._kept[at]) if isinstance(at, slice) else self._kept[at].whole()

    def of(self, flow: int) -> Array:
        """Return one flow by month and place: int64 (months, places)."""
        found = np.zeros((len(self), PLACES), np.int64)
        for row, month in zip(found, self._kept, strict=True):
            low, high = np.searchsorted(month.flow, (flow, flow + 1))
            row[month.place[low:high]] = month.amount[low:high]
        return found

    def added_up(self) -> Array:
        """Return the flows of the whole society by month: int64 (months, flows)."""
        return np.asarray(self.totals(np.ones((1, PLACES), np.int64))[0])

    def totals(self, members: Array) -> Array:
        """Return the flows of groups by month: (groups, months, flows), of the type of the members' weights.

        Args:
            members: int64 or float64 (groups, places), what each place counts for.
        """
        found = np.zeros((len(members), len(self), FLOW_COUNT), members.dtype)
        for at, month in enumerate(self._kept):
            found[:, at] = month.added_up(members)
        return found

    def arrays(self) -> dict[str, Array]:
        """Return what a checkpoint must keep."""
        kept = np.array([len(month.flow) for month in self._kept], np.int64)
        return {"flows_kept": kept} | {
            f"flows_{name}": np.concatenate([np.zeros(0, kind), *(getattr(one, name) for one in self._kept)])
            for name, kind in _COLUMNS.items()
        }

    @classmethod
    def restored(cls, arrays: dict[str, Array]) -> Months:
        """Return the months of a checkpoint."""
        ends = np.cumsum(arrays["flows_kept"])
        columns = (np.split(arrays[f"flows_{name}"], ends)[: len(ends)] for name in _COLUMNS)
        return cls(Month(*month) for month in zip(*columns, strict=True))
