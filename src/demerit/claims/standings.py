"""Spells of sanctions, of listings and of public displays, from their entries at either end."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from demerit.catalogue.words import CITIZEN
from demerit.claims.causes import citizens_of
from demerit.claims.reading import Array, Reading, kind_of
from demerit.regime.list_types import ListRule
from demerit.regime.sanction_types import Sanction
from demerit.simulation.numbering import Numbering

SPELL_DTYPE = np.dtype(
    [("subject", "i8"), ("rule", "i8"), ("first", "i8"), ("end", "i8"), ("id", "i8"), ("cause", "i8")]
)
"""Subject and rule, the first day and the one after the last, the entry that began it and its cause."""


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
    hanging = [one.section == "sanction" for one in numbers(reading).hanging]
    known = np.zeros(256, bool)
    known[: len(hanging)] = hanging
    return np.asarray(known[rules])


def last_days(reading: Reading) -> Array:
    """Return the day after the last that each citizen lives to see, int64 (citizens)."""
    until = np.full(reading.setting.population.count, reading.days, np.int64)
    dead = reading.of("death")
    until[citizens_of(dead["subject"])] = dead["day"]
    return until


def sanctions_on_people(reading: Reading) -> Spells:
    """Return the sanctions that people were under."""
    found = of_citizens(spells(reading, "sanction_start", "sanction_end"))
    found = found[is_sanction(reading, found["rule"])]
    places = reading.rows_by_id(found["id"])
    return Spells(found["subject"], found["rule"], found["end"] - found["first"], places)


def numbers(reading: Reading) -> Numbering:
    """Return the numbers of all rules that ever held in a world."""
    assert reading.world.book is not None, "the world was made without its rulebook"
    return reading.world.book.layout.numbers


def sanctions(reading: Reading, of: str = "citizen") -> dict[int, Sanction]:
    """Return the sanctions of a kind of subject by number, as they hold at last; rewards left out.

    What has ended before the last day is as it was when it held last.
    """
    assert reading.world.book is not None, "the world was made without its rulebook"
    kept = {one.id: one for _, rules in reading.world.book.periods for one in rules.sanctions if one.of == of}
    listed = enumerate(numbers(reading).hanging)
    return {number: kept[one.id] for number, one in listed if one.section == "sanction" and one.of == of}


def black_lists(reading: Reading) -> dict[int, ListRule]:
    """Return the lists of citizens by number on which nobody wants to stand; red lists are left out."""
    assert reading.world.book is not None, "the world was made without its rulebook"
    kept = {one.id: one for _, rules in reading.world.book.periods for one in rules.lists}
    listed = enumerate(numbers(reading).lists)
    return {
        number: kept[one.id] for number, one in listed if one.of == "citizen" and kept[one.id].above is None
    }


def spells(reading: Reading, opens: str, closes: str) -> Array:
    """Return the spells between two kinds of entry, `SPELL_DTYPE`, in the order of subject, rule and day.

    A spell that is open on the last day ends with it; a citizen's ends with their life.
    """
    rows = reading.of(opens, closes)
    begins = np.isin(rows["id"], reading.of(opens)["id"])
    order = np.lexsort((rows["id"], rows["rule"], rows["subject"]))
    rows, begins = rows[order], begins[order]
    found = np.zeros(np.count_nonzero(begins), SPELL_DTYPE)
    start = np.flatnonzero(begins)
    for name in ("subject", "rule", "id", "cause"):
        found[name] = rows[name][start]
    found["first"] = rows["day"][start]
    found["end"] = reading.days
    after = np.minimum(start + 1, len(rows) - 1)
    same = (rows["subject"][after] == rows["subject"][start]) & (rows["rule"][after] == rows["rule"][start])
    ended = (after > start) & same & ~begins[after]
    found["end"][ended] = rows["day"][after[ended]]
    return _until_death(reading, found)


def _until_death(reading: Reading, found: Array) -> Array:
    deaths = reading.of("death")
    if len(deaths):
        order = np.argsort(deaths["subject"])
        subjects, days = deaths["subject"][order].astype(np.int64), deaths["day"][order].astype(np.int64)
        place = np.minimum(np.searchsorted(subjects, found["subject"]), len(subjects) - 1)
        dead = subjects[place] == found["subject"]
        found["end"][dead] = np.maximum(found["first"][dead], np.minimum(found["end"], days[place])[dead])
    return found


def of_citizens(found: Array) -> Array:
    """Return those of the spells, or rows, that are about citizens."""
    return np.asarray(found[kind_of(found["subject"]) == CITIZEN])


def under(found: Array, people: int, days: Array) -> Array:
    """Tell who is in a spell on some days: bool (people, days).

    Args:
        found: spells of citizens.
        people: how many there are.
        days: days in order.
    """
    changes = np.zeros((people, len(days) + 1), np.int16)
    first, end = np.searchsorted(days, found["first"]), np.searchsorted(days, found["end"])
    np.add.at(changes, (found["subject"], first), 1)
    np.add.at(changes, (found["subject"], end), -1)
    return np.asarray(np.cumsum(changes, axis=1)[:, :-1] > 0)


def in_the_morning(found: Array, who: Array, mornings: Array) -> Array:
    """Tell who is in a spell on some mornings, bool (people, mornings): what begins on the day is not yet.

    Args:
        found: spells of citizens.
        who: the citizens asked about, in order; spells of others are left out.
        mornings: days in order.
    """
    own = found[np.isin(found["subject"], who)]
    own["subject"] = np.searchsorted(who, own["subject"])
    own["first"] += 1
    own["end"] += 1
    return under(own, len(who), mornings)
