"""Up the tree of causes from rows of a world: the nearest of a kind, and all of a kind."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import ENTRY_KINDS
from demerit.catalogue.words import INDEX_MASK
from demerit.claims.reading import Array, Reading
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK

_CODE = {kind.name: code for code, kind in enumerate(ENTRY_KINDS)}


def is_of(rows: Array, *what: str) -> Array:
    """Tell which rows are of some kinds of entry, by the kinds' names."""
    wanted = np.zeros(256, bool)
    wanted[[_CODE[name] for name in what]] = True
    return np.asarray(wanted[rows["what"]])


def nearest(reading: Reading, places: Array, what: tuple[int, ...]) -> Array:
    """Return the places of the nearest rows of some kinds on the way up, -1 where there is none.

    A row that is of one of the kinds itself is its own nearest one.
    """
    return reading.tree.nearest(places, np.isin(reading.rows["what"], what))


def ancestor(reading: Reading, rows: Array, *what: str) -> Array:
    """Return the place of each row's nearest cause that is of some kinds, -1 where there is none.

    Args:
        reading: a world.
        rows: rows of its ledger; a row is no cause of its own.
        what: names of kinds of entry.
    """
    above = reading.tree.above(reading.rows_by_id(rows["id"]))
    found = np.full(len(rows), -1)
    known = above >= 0
    found[known] = reading.tree.nearest(above[known], is_of(reading.rows, *what))
    return found


def all_above(reading: Reading, places: Array, what: tuple[int, ...]) -> tuple[Array, Array]:
    """Return every pair of a row and a row of some kinds on its way up, itself included.

    Returns:
        Positions in `places`, and the places of the rows above.
    """
    return reading.tree.all_above(places, np.isin(reading.rows["what"], what))


def makers(ids: Array) -> Array:
    """Return the codes of the subjects that have made ids: of an act, who acted."""
    return np.asarray((ids >> SEQUENCE_BITS) & SUBJECT_MASK)


def citizens_of(subjects: Array) -> Array:
    """Return the numbers of citizens from their codes."""
    return np.asarray(subjects, np.int64) & INDEX_MASK
