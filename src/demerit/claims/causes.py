"""The tree of causes of a ledger: what led to a row, what led to that, and so on up to a root.

Rows name their cause by its id. A cause that is no row is the situation in which everything began.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from demerit.catalogue.words import INDEX_MASK
from demerit.claims.reading import Array, Reading
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK

LONGEST = 256
"""Steps after which a tree of causes cannot be one."""


def causes(reading: Reading, places: Array) -> Array:
    """Return the places of the rows that caused rows, -1 where no row did."""
    here = reading.rows[places]
    above = reading.rows_by_id(here["cause"])
    return np.where(here["cause"] == here["id"], -1, above)


def levels(reading: Reading, places: Array) -> Iterator[tuple[Array, Array]]:
    """Go up the tree from rows, all at once: the rows themselves, their causes, the causes of these.

    Args:
        places: places of rows.

    Yields:
        At every level the positions in `places` that have not come to their root before, and the places of
        the rows they have come to.

    Raises:
        ValueError: causes go round in a circle.
    """
    which, now = np.arange(len(places)), np.asarray(places, np.int64)
    for _ in range(LONGEST):
        if not len(which):
            return
        yield which, now
        above = causes(reading, now)
        which, now = which[above >= 0], above[above >= 0]
    raise ValueError("the causes of a ledger go round in a circle")


def nearest(reading: Reading, places: Array, what: tuple[int, ...]) -> Array:
    """Return the places of the nearest rows of some kinds on the way up, -1 where there is none.

    A row that is of one of the kinds itself is its own nearest one.
    """
    found = np.full(len(places), -1, np.int64)
    for which, now in levels(reading, places):
        hit = (found[which] < 0) & np.isin(reading.rows["what"][now], what)
        found[which[hit]] = now[hit]
    return found


def all_above(reading: Reading, places: Array, what: tuple[int, ...]) -> tuple[Array, Array]:
    """Return every pair of a row and a row of some kinds on its way up, itself included.

    Returns:
        Positions in `places`, and the places of the rows above.
    """
    pairs = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for which, now in levels(reading, places):
        hit = np.isin(reading.rows["what"][now], what)
        pairs.append((which[hit], now[hit]))
    return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])


def makers(ids: Array) -> Array:
    """Return the codes of the subjects that have made ids: of an act, who acted."""
    return np.asarray((ids >> SEQUENCE_BITS) & SUBJECT_MASK)


def citizens_of(subjects: Array) -> Array:
    """Return the numbers of citizens from their codes."""
    return np.asarray(subjects, np.int64) & INDEX_MASK
