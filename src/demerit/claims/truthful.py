"""The scores of a world folded again without what is wrongful or another's (F20), from its ledger.

Points fade with a half-life and add up, so a score without some records is the score as it is less what those
records bring to it. A record is unjust to its subject if it is wrongful (necessity, mistaken, fabricated,
duplicate) or came along a chain from somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import LABELS, WRONGFUL
from demerit.claims.causes import ancestor, is_of
from demerit.claims.reading import Array, Reading
from demerit.claims.standings import numbers

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile

_ENTERED = ("record", "entered", "credit", "conviction", "derived", "shared_in")
_TAKEN_OUT = ("withdrawal", "withdrawn_derived")
_AT_PLATFORMS = ("arrival", "recall", "score_lapse", "repaired", "thin_file")
_OF_OTHERS = ("derived", "withdrawn_derived")
_WRONGFUL = [LABELS.index(label) for label in WRONGFUL]
_SCALE = 1 << 17
"""Days of a run stay below it, so that a person and a day make one number to search for."""


def is_unjust(reading: Reading, rows: Array) -> Array:
    """Tell which rows come of a record that is wrongful or of somebody else, themselves included."""
    # on the way up, what came along a chain is met before the record at its root
    nearest = ancestor(reading, rows, *_OF_OTHERS, "record", "credit", "withdrawal")
    above = reading.rows[nearest]
    inherited = (nearest >= 0) & (is_of(above, *_OF_OTHERS) | np.isin(above["label"], _WRONGFUL))
    inherited &= ~is_of(rows, "record", "credit")  # what led to a record says nothing about it
    return np.asarray(is_of(rows, *_OF_OTHERS) | np.isin(rows["label"], _WRONGFUL) | inherited)


@dataclass(frozen=True, eq=False)
class Fold:
    """What moves the score of citizens in one score system, by subject and day.

    Attributes:
        keys: person and day of each move, in order.
        points: thousandths, as they count on the day of the first day: not yet faded.
        base: points of a clean record.
        half_life: days; 0 = points stay.
    """

    keys: Array
    points: Array
    base: float
    half_life: float

    @cached_property
    def _sums(self) -> Array:
        return np.concatenate([[0.0], np.cumsum(self.points)])

    def score(self, people: Array, days: Array) -> Array:
        """Return the score of some people on some days, not cut to its scale: float64."""
        until = np.searchsorted(self.keys, people * _SCALE + days, side="right")
        since = np.searchsorted(self.keys, people * _SCALE)
        total = self._sums[until] - self._sums[since]
        faded = np.exp2(-days / self.half_life) if self.half_life else 1.0
        return np.asarray(self.base + total * faded / 1000.0)


def _fold(rows: Array, base: float, half_life: float) -> Fold:
    keys = rows["subject"].astype(np.int64) * _SCALE + rows["day"]
    order = np.argsort(keys, kind="stable")
    grown = np.exp2(rows["day"] / half_life) if half_life else 1.0
    return Fold(keys[order], (rows["points"] * grown)[order], base, half_life)


def moving(reading: Reading, people: Array) -> Array:
    """Return the rows that move any score of some citizens."""
    subjects = reading.rows["subject"]
    asked = np.zeros(reading.setting.population.count, bool)
    asked[people] = True
    place = np.flatnonzero(is_of(reading.rows, *_ENTERED, *_TAKEN_OUT, *_AT_PLATFORMS, "lapse"))
    place = place[subjects[place] < len(asked)]  # citizens have the first codes
    return np.asarray(reading.rows[place[asked[subjects[place]]]])


def moves(reading: Reading, system: str, rules: RegimeFile, moving: Array) -> Array:
    """Return those of the rows that move a score in a register, or at a platform, by its id."""
    assert reading.world.book is not None, "the world was made without its rulebook"
    registers = reading.world.book.layout.registers
    ways = [number for number, one in enumerate(numbers(reading).transfers) if one.to == system]
    repairs = [
        number
        for number, name in enumerate(numbers(reading).repairs)
        if any(one.id == name and one.restores == system for one in rules.repairs)
    ]
    found = is_of(moving, "arrival", "recall", "score_lapse") & np.isin(moving["rule"], ways)
    found |= is_of(moving, "repaired") & np.isin(moving["rule"], repairs)
    if system in registers:
        here = moving["register"] == registers.index(system)
        found |= is_of(moving, *_ENTERED, *_TAKEN_OUT, "lapse") & here
    if rules.score is not None and rules.score.platform == system:
        found |= is_of(moving, "thin_file")
    return np.asarray(moving[found])


def folded(reading: Reading, system: str, rules: RegimeFile, moving: Array, *, truthful: bool) -> Fold | None:
    """Return a score as it is, or as it would be without what is unjust; None if nobody keeps it.

    Args:
        reading: a world.
        system: id of a register or platform.
        rules: what holds, of which the scale is taken.
        moving: the rows that move any score of those who are asked about.
        truthful: leave out what is unjust.
    """
    kept = [one for one in rules.registers if one.id == system]
    scores = [] if rules.score is None or rules.score.platform != system else [rules.score]
    if not kept and not scores:
        return None
    scale = (kept or scores)[0]
    half_life = 0.0 if scale.half_life_days is None else float(scale.half_life_days)
    rows = moves(reading, system, rules, moving)
    if truthful:
        # points given for nothing penalise nobody, so they stay
        gives_back = is_of(rows, *_TAKEN_OUT, "recall", "lapse", "score_lapse")
        rows = rows[~(is_unjust(reading, rows) & ((rows["points"] < 0) | gives_back))]
    return _fold(rows, float(scale.base), half_life)
