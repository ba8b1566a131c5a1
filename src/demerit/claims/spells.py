"""Sanctions on people as spells: who was under which, from when to when, and what began it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from demerit.catalogue.entries import DEATH, SANCTION_END, SANCTION_START
from demerit.catalogue.words import CITIZEN
from demerit.claims.causes import citizens_of
from demerit.claims.reading import Array, Reading, kind_of


class Spells(NamedTuple):
    """Sanctions on people, rewards left out, one by one.

    Attributes:
        person: numbers of the citizens.
        rule: numbers of the sanctions.
        days: how long each lasted, to the end of life or of the run at most.
        place: places in the ledger of the rows that began them.
    """

    person: Array
    rule: Array
    days: Array
    place: Array


def is_sanction(reading: Reading, rules: Array) -> Array:
    """Tell which numbers of rules are sanctions and not rewards, bool."""
    book = reading.world.book
    assert book is not None
    hanging = [one.section == "sanction" for one in book.layout.numbers.hanging]
    known = np.zeros(256, bool)
    known[: len(hanging)] = hanging
    return np.asarray(known[rules])


def last_days(reading: Reading) -> Array:
    """Return the day after the last that each citizen lives to see, int64 (citizens)."""
    until = np.full(reading.setting.population.count, reading.days, np.int64)
    dead = reading.rows[reading.rows["what"] == DEATH]
    until[citizens_of(dead["subject"])] = dead["day"]
    return until


def spells(reading: Reading) -> Spells:
    """Return the sanctions that people were under."""
    rows = reading.rows
    wanted = np.isin(rows["what"], (SANCTION_START, SANCTION_END)) & (kind_of(rows["subject"]) == CITIZEN)
    places = np.flatnonzero(wanted)
    places = places[is_sanction(reading, rows["rule"][places])]
    found = rows[places]
    order = np.lexsort((found["id"], found["rule"], found["subject"]))
    places, found = places[order], found[order]
    person = citizens_of(found["subject"])
    begins = found["what"] == SANCTION_START
    followed = np.zeros(len(found), bool)
    followed[:-1] = (person[1:] == person[:-1]) & (found["rule"][1:] == found["rule"][:-1]) & ~begins[1:]
    after = np.concatenate([found["day"][1:], [0]]).astype(np.int64)[: len(found)]
    end = np.minimum(np.where(followed, after, reading.days), last_days(reading)[person])
    days = np.maximum(end - found["day"], 0)
    return Spells(person[begins], found["rule"][begins], days[begins], places[begins])
