"""From an entry of the ledger up its tree of causes."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import ENTRY_KINDS
from demerit.claims.reading import Array, Reading

_CODE = {kind.name: code for code, kind in enumerate(ENTRY_KINDS)}


def is_of(rows: Array, *what: str) -> Array:
    """Tell which rows are of some kinds of entry, by the kinds' names."""
    wanted = np.zeros(256, bool)
    wanted[[_CODE[name] for name in what]] = True
    return np.asarray(wanted[rows["what"]])


def ancestor(reading: Reading, rows: Array, *what: str) -> Array:
    """Return the place of each row's nearest cause that is of some kinds, -1 where there is none.

    Args:
        reading: a world.
        rows: rows of its ledger; a row is no cause of its own.
        what: names of kinds of entry.
    """
    wanted = np.zeros(256, bool)
    wanted[[_CODE[name] for name in what]] = True
    found = np.full(len(rows), -1)
    open_ = np.arange(len(rows))
    below = rows["id"]
    place = reading.rows_by_id(rows["cause"])
    while True:
        # a first entry names the situation it comes from, which no entry has as its id, or itself
        known = place >= 0
        known[known] = reading.rows["id"][place[known]] < below[known]
        open_, place = open_[known], place[known]
        if len(open_) == 0:
            return found
        hit = wanted[reading.rows["what"][place]]
        found[open_[hit]] = place[hit]
        open_, place = open_[~hit], place[~hit]
        below = reading.rows["id"][place]
        place = reading.rows_by_id(reading.rows["cause"][place])
