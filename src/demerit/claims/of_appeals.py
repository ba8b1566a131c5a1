"""How long appeals take, and how many wrongful records are cleared everywhere within a year."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import (
    APPEAL_FILED,
    APPEAL_LEFT,
    ARRIVAL,
    CONVICTION,
    CREDIT,
    DERIVED,
    RECALL,
    RECORD,
    RECORD_REVERSED,
    RECORD_UPHELD,
    WITHDRAWN_DERIVED,
)
from demerit.catalogue.words import LABELS, WRONGFUL
from demerit.claims.causes import nearest
from demerit.claims.copies import ends_of, of_records
from demerit.claims.of_chains import WINDOW, root_records
from demerit.claims.reading import Array, Figure, Reading, share
from demerit.claims.statistics import Statistic
from demerit.measures.waits import kaplan_meier, waiting

_FIRST_YEAR = 365
"""Appeals and records of the first year, in which queues begin empty, are left out."""


def median_wait(reading: Reading) -> Figure:
    """Return the median days from filing to the final decision, by Kaplan and Meier.

    Appeals filed from the second year to the last but one count. Whoever has left, or waits still on the last
    day, is censored. Where fewer than half ever get a decision the longest wait seen is given: the median
    lies above it.
    """
    rows = reading.rows
    rows = rows[np.isin(rows["what"], (APPEAL_FILED, RECORD_UPHELD, RECORD_REVERSED, APPEAL_LEFT))]
    outside = (rows["day"] < _FIRST_YEAR) | (rows["day"] >= reading.days - WINDOW)
    days, decided = waiting(rows[(rows["what"] != APPEAL_FILED) | ~outside], reading.days - 1)
    if not len(days):
        return Figure(float("nan"), 0.0)
    median = kaplan_meier(days, decided, 0.5)
    return Figure(float(days.max()) if np.isnan(median) else median, float(len(days)))


def days_until_reversed(reading: Reading) -> Array:
    """Return how many days after it each row was reversed: float64 (rows), infinite for most."""
    rows = reading.rows
    verdicts = np.flatnonzero(rows["what"] == RECORD_REVERSED)
    records = nearest(reading, verdicts, (RECORD,))
    known = records >= 0
    days = np.full(len(rows), np.inf)
    days[records[known]] = rows["day"][verdicts[known]] - rows["day"][records[known]].astype(float)
    return days


def cleared(reading: Reading) -> Array:
    """Tell which rows are records cleared at all platforms within a year: bool (rows).

    Such a record was reversed, and as many copies of it were recalled by the day a year after it as had come
    to platforms by then, those under somebody else's name included. What was passed on to others, and a
    conviction that followed, are records of their own.
    """
    rows = reading.rows
    left = np.zeros(len(rows), np.int64)
    for what, change in ((ARRIVAL, 1), (RECALL, -1)):
        places = np.flatnonzero(rows["what"] == what)
        places = places[ends_of(reading, rows["rule"][places])[1] >= 0]
        places, records = of_records(reading, places, (DERIVED, CONVICTION, CREDIT, WITHDRAWN_DERIVED))
        soon = rows["day"][places].astype(np.int64) - rows["day"][records] <= WINDOW
        np.add.at(left, records[soon], change)
    return (days_until_reversed(reading) <= WINDOW) & (left <= 0)


def wrongful_cleared(reading: Reading) -> Figure:
    """Divide wrongful root records cleared at all platforms within 365 days by all wrongful root records.

    Wrongful are records of necessity, mistaken, fabricated and duplicate ones (F19), whether or not anybody
    appealed. Records of people from the second year to the last but one count.
    """
    records = root_records(reading, first=_FIRST_YEAR)
    wrongful = [LABELS.index(label) for label in WRONGFUL]
    records = records[np.isin(reading.rows["label"][records], wrongful)]
    return share(int(cleared(reading)[records].sum()), len(records))


STATISTICS: dict[str, Statistic] = {
    "C8.1": Statistic(median_wait),
    "C8.2": Statistic(wrongful_cleared),
    "C8.3": Statistic(median_wait),
    "C8.4": Statistic(wrongful_cleared),
}
