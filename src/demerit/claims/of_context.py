"""Whether context is heard: acts of necessity that were penalised, and their chance of it beside others'."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import RECORD
from demerit.catalogue.words import BODY_KINDS, CITIZEN, KINDS, NECESSITY, TRUE
from demerit.claims.rates import risk_ratio
from demerit.claims.reading import Array, Figure, Reading, kind_of, share
from demerit.claims.statistics import Statistic


def kinds_by_rule(reading: Reading) -> Array:
    """Return the situation kind that each conduct rule answers, by the rule's number in the ledger.

    A rule that no longer stands on the last day is known by its id, which is that of its situation.
    """
    book = reading.world.book
    assert book is not None
    answers = {conduct.id: conduct.answers for conduct in reading.regime.data.conducts}
    kinds = np.full(256, -1, np.int64)
    for number, name in enumerate(book.layout.numbers.conducts):
        kind = answers.get(name, name)
        kinds[number] = KINDS.index(kind) if kind in KINDS else -1
    return kinds


def records_by_kind(reading: Reading, label: int) -> Array:
    """Return how many root records of people with a truth label each situation kind has: int64 (kinds)."""
    rows = reading.rows
    mine = (rows["what"] == RECORD) & (rows["label"] == label) & (kind_of(rows["subject"]) == CITIZEN)
    kinds = kinds_by_rule(reading)[rows["rule"][mine]]
    return np.bincount(kinds[kinds >= 0], minlength=len(KINDS))


def necessity_penalised(reading: Reading) -> Figure:
    """Divide acts of necessity that were penalised by adult-years, per 1,000.

    An act is penalised when it is entered as a record; what an appeal takes back later counts all the same.
    """
    return share(reading.count("records_necessity"), reading.adult_years, 1000.0)


def necessity_against_none(reading: Reading) -> Figure:
    """Divide the chance of a penalty of a detected act of necessity by that of one without, rule by rule.

    Detected are acts that became a record and acts whose context was recognised. What was detected without a
    context becomes a record always, but for the exempt, who are spared with and without one and left out; so
    are complaints dropped for want of proof. Rules are put together by Mantel and Haenszel; the occasions are
    the detected acts of necessity.
    """
    kinds = np.array([kind not in BODY_KINDS for kind in KINDS])
    excused = np.array([reading.count(f"{kind}.heard_context") for kind in KINDS])
    filed = records_by_kind(reading, NECESSITY)[kinds]
    detected = filed + excused[kinds]
    others = records_by_kind(reading, TRUE)[kinds]
    return Figure(risk_ratio(filed, detected, others, others), float(detected.sum()))


STATISTICS: dict[str, Statistic] = {
    "C2.1": Statistic(necessity_penalised),
    "C2.2": Statistic(necessity_against_none),
}
