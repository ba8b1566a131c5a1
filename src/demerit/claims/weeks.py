"""What weeks bring to people under sanction, drawn again as the run has drawn it.

Which services somebody needs in a week, and whether a counter serves whom it must refuse, is drawn from the
week and the person alone. Refusals of daily bread stand in no ledger; so they can be told all the same.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.purposes import Purpose
from demerit.claims.reading import Array, Reading
from demerit.engine.batch import draw_all

_LANES = 4


def needs(reading: Reading, who: Array, service: int) -> Array:
    """Tell which weeks bring an attempt at a service to some citizens, bool (people, weeks)."""
    drawn = _drawn(reading, Purpose.ACCESS, who, service // _LANES, service % _LANES)
    return np.asarray(drawn < int(reading.setting.people["access_rate"][service]))


def refusing(reading: Reading, who: Array, service: int) -> Array:
    """Tell in which weeks a counter would refuse whom it must refuse, bool (people, weeks)."""
    drawn = _drawn(reading, Purpose.COUNTER, who, service, 0)
    return np.asarray(drawn < _obeyed(reading, np.arange(drawn.shape[1]) * 7))


def _drawn(reading: Reading, purpose: Purpose, who: Array, counter: int, lane: int) -> Array:
    """Return a lane of everybody's draw of every week: int64 (people, weeks)."""
    weeks = -(-reading.days // 7)
    subjects = who.astype(np.int64)
    counters, lanes = np.full(len(who), counter, np.int64), np.zeros((4, len(who)), np.int64)
    found = np.zeros((weeks, len(who)), np.int64)
    for week in range(weeks):
        draw_all(reading.world.seed, int(purpose), week, len(who), subjects, counters, lanes)
        found[week] = lanes[lane]
    return found.T


def _obeyed(reading: Reading, mornings: Array) -> Array:
    """Return with what chance a counter refuses whom it must refuse, by day, on the scale of a draw."""
    book = reading.world.book
    if book is None or not book.turns:
        return np.full(len(mornings), int(reading.world.rules["obeyed"]))
    turns = np.array([0, *book.turns])
    chances = np.array([int(book.tables(int(day))[0]["obeyed"]) for day in turns])
    return np.asarray(chances[np.searchsorted(turns, mornings, side="right") - 1])
