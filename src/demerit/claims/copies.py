"""Copies of records: where they came out, where they were taken back, and which record each is of."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import RECORD
from demerit.catalogue.rules import PLATFORM_NODE
from demerit.catalogue.words import CITIZEN, PLATFORMS_LIMIT
from demerit.claims.causes import nearest
from demerit.claims.reading import Array, Reading, kind_of


def ends_of(reading: Reading, transfers: Array) -> tuple[Array, Array]:
    """Return the platforms at which transfers begin and end, -1 for a register: by numbers of transfers."""
    rules = reading.world.rules
    ends = []
    for side in ("transfer_from", "transfer_to"):
        node = np.asarray(rules[side])[np.minimum(transfers, len(rules[side]) - 1)]
        ends.append(np.where(node >= PLATFORM_NODE, node - PLATFORM_NODE, -1))
    return ends[0], ends[1]


def is_composite(reading: Reading, transfers: Array) -> Array:
    """Tell which transfers lead to the platform whose score of citizens people speak of, bool."""
    rules = reading.world.rules
    principal = np.zeros(PLATFORMS_LIMIT + 1, bool)
    if rules["scores"][CITIZEN] > 0:
        principal[:PLATFORMS_LIMIT] = np.asarray(rules["score_slot"][CITIZEN]) == 0
    return np.asarray(principal[ends_of(reading, transfers)[1]])


def on_citizens(reading: Reading, what: int) -> Array:
    """Return the places of rows of a kind whose subject is a citizen."""
    rows = reading.rows
    return np.flatnonzero((rows["what"] == what) & (kind_of(rows["subject"]) == CITIZEN))


def of_records(reading: Reading, places: Array, stop: tuple[int, ...]) -> tuple[Array, Array]:
    """Keep the rows that are copies, or recalls of copies, of a root record, and find that record.

    Args:
        places: places of rows.
        stop: kinds of entry that make a copy one of another record than the root.

    Returns:
        Places of the rows kept, and of their root records.
    """
    found = nearest(reading, places, (RECORD, *stop))
    kept = (found >= 0) & (reading.rows["what"][found] == RECORD)
    return places[kept], found[kept]
