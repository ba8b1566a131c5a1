"""Penalty days: fines, pay lost, what denials cost, and the price of release, in days of own income.

The days of everybody are counted by the run; what people merely owe to each other (damages, awards, money for
fake victims) and what strangers do to a home that was shown is no penalty and is taken out. The days that are
unjust are folded from the ledger: who was punished that week in fact, and who without unjust records.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from demerit.catalogue.counter_clerks import OPERATORS
from demerit.catalogue.counters import flow
from demerit.catalogue.words import (
    CELLS,
    DEVICE,
    ELIGIBILITY,
    FIFTHS,
    SEEKING,
    SERVICES,
)
from demerit.claims.causes import is_of
from demerit.claims.reading import Array, Reading
from demerit.claims.standings import of_citizens, sanctions, spells
from demerit.claims.truthful import folded, is_unjust, moving
from demerit.measures.stocks import COLUMN

TRANSFERS = (
    "damages",
    "settled_out",
    "held_liable",
    "labour_damages",
    "threat_paid",
    "claim_lost",
    "harassed",
)
"""Entries of money that people lose to each other and not to a regime."""
CHARGES = (
    "record", "conviction", "licence_withheld", "repair_begun", "turned_away", "turned_off", "bonus_cut",
)  # fmt: skip
"""Entries of money that follows from a record: fines, study, courses, what shops and offices take."""
_UNJUST: WeakKeyDictionary[Reading, Array] = WeakKeyDictionary()
"""Unjust days of worlds that are still looked at: several figures ask for them."""
_EMPLOYED = ELIGIBILITY.index("employed")
_WEEK = 7
_SCALE = 1 << 17


def own_days(reading: Reading, rows: Array) -> Array:
    """Return the amounts of rows about citizens in days of their own income."""
    return np.asarray(rows["amount"] / reading.setting.population.traits["income_fen_day"][rows["subject"]])


def penalty_days(reading: Reading) -> Array:
    """Return penalty days by month and fifth of income on day 0: float64 (months, fifths)."""
    by_cell = reading.recorder.flows.of(flow("penalty_days"))[:, :CELLS]
    found = by_cell.reshape(len(by_cell), -1, len(FIFTHS)).sum(axis=1)
    rows = of_citizens(reading.of(*TRANSFERS))
    fifth = reading.setting.population.traits["cell"][rows["subject"]] % len(FIFTHS)
    month = np.searchsorted(reading.recorder.ends, rows["day"])
    counted = month < len(found)
    owed = np.zeros(found.shape)
    np.add.at(owed, (month[counted], fifth[counted]), own_days(reading, rows)[counted])
    return np.asarray(found / 1000.0 - owed)


def years_of_fifths(reading: Reading) -> Array:
    """Return the years lived by adults by month and fifth of income on day 0: float64 (months, fifths)."""
    column = COLUMN["adults"]
    held = [month[:, column].reshape(-1, len(FIFTHS)).sum(axis=0) for month in reading.recorder.stocks]
    return np.asarray(np.stack(held) * reading.recorder.lengths()[:, None] / 365.0)


def is_employed(reading: Reading, people: Array, days: Array) -> Array:
    """Tell who works for an employer on some days: bool, by what their last entry about a job says.

    Who began on own account comes back to it.
    """
    traits = reading.setting.population.traits
    rows = of_citizens(reading.of("job_lost", "hired", "milestone"))
    hired = is_of(rows, "hired")
    subjects = rows["subject"].astype(np.int64)
    order = np.lexsort((rows["id"], subjects))
    keys, hired, subjects = (subjects * _SCALE + rows["day"])[order], hired[order], subjects[order]
    # who is hired before losing a job sought one on the first morning, and who never found one seeks it still
    idle = reading.world.state["job"] == SEEKING
    whom, first = np.unique(subjects, return_index=True)
    idle[whom] = hired[first]
    active = traits["flags"] >> _EMPLOYED & 1 == 1
    own_account = active & (traits["employer"] == 0)
    begins = active & ~own_account & ~idle
    works = begins[people]
    place = np.searchsorted(keys, people * _SCALE + days, side="right") - 1
    known = np.flatnonzero(place >= 0)
    known = known[subjects[place[known]] == people[known]]
    works[known] = hired[place[known]] & ~own_account[people[known]]
    return np.asarray(works)


def price_of_week(reading: Reading, which: list[int], bits: Array, device: Array, employed: Array) -> Array:
    """Return what sanctions are expected to cost in a week, days of own income.

    Args:
        reading: a world.
        which: numbers of sanctions, by bit.
        bits: the sanctions in force.
        device: who depends on a networked device; ``employed``: whose pay they cut.
    """
    rules = sanctions(reading)
    people = reading.setting.people
    obeyed = float(reading.world.rules["obeyed"]) / 2.0**32
    cost = np.zeros(len(bits))
    for bit, number in enumerate(which):
        cost += (bits >> bit & 1) * employed * float(rules[number].wage_loss) * _WEEK
    for service, name in enumerate(SERVICES):
        refusing = sum(1 << bit for bit, number in enumerate(which) if name in rules[number].refuses)
        price = float(people["access_rate"][service] * people["access_cost"][service]) / 2.0**48
        price *= obeyed if OPERATORS[service] >= 0 else 1.0
        cost += price * ((bits & refusing) > 0) * (device if service == DEVICE else 1)
    return cost


def _deserved(reading: Reading, found: Array, whose: Array, days: Array) -> Array:
    """Tell of weeks in spells whether the sanction would be in force without unjust records.

    Args:
        reading: a world.
        found: spells of sanctions of citizens.
        whose: the spell of each week; ``days``: its first day.
    """
    assert reading.world.book is not None, "the world was made without its rulebook"
    rules, last = sanctions(reading), reading.world.book.periods[-1][1]
    rows = moving(reading, np.unique(found["subject"]))
    deserved = ~is_unjust(reading, reading.rows[reading.rows_by_id(found["id"])])[whose]
    for system in {one.reads for one in rules.values() if one.reads is not None and one.below is not None}:
        edges = np.full(max(rules) + 1, np.nan)
        for number, one in rules.items():
            if one.reads == system and one.below is not None:
                edges[number] = float(one.below)
        below = edges[found["rule"]][whose]
        here = np.flatnonzero(~np.isnan(below))
        fold = folded(reading, system, last, rows, truthful=True)
        if fold is not None:
            # scores are shown rounded, and a half is rounded away from the base
            score = fold.score(found["subject"][whose[here]], days[here])
            deserved[here] = score < below[here] - 0.5
    return np.asarray(deserved)


def sanction_days(reading: Reading) -> tuple[Array, Array, Array]:
    """Return what sanctions cost week by week: first days, penalty days, and those of them that are unjust.

    What a service refused costs is taken at its mean; what a gate or an employer takes beyond it is not seen.
    """
    found = of_citizens(spells(reading, "sanction_start", "sanction_end"))
    which = sorted(sanctions(reading))
    found = found[np.isin(found["rule"], which)]
    # a spell holds on the first days of weeks after its first day, up to its last
    first, last = found["first"] // _WEEK + 1, np.minimum(found["end"], reading.days - 1) // _WEEK
    lengths = np.maximum(last - first + 1, 0)
    whose = np.repeat(np.arange(len(found)), lengths)
    week = np.arange(len(whose)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + first[whose]
    bit = np.int64(1) << np.searchsorted(which, found["rule"][whose])
    deserved = _deserved(reading, found, whose, week * _WEEK)
    pairs, place = np.unique(found["subject"][whose] * _SCALE + week, return_inverse=True)
    fact, truth = np.zeros((2, len(pairs)), np.int64)
    np.bitwise_or.at(fact, place, bit)
    np.bitwise_or.at(truth, place[deserved], bit[deserved])
    people, days = pairs // _SCALE, pairs % _SCALE * _WEEK
    device = reading.setting.population.traits["device"][people] == 1
    employed = is_employed(reading, people, days)
    paid = price_of_week(reading, which, fact, device, employed)
    unjust = np.zeros(len(pairs))
    less = fact != truth
    owed = price_of_week(reading, which, truth[less], device[less], employed[less])
    unjust[less] = paid[less] - owed
    return days, paid, unjust


def unjust_days(reading: Reading) -> Array:
    """Return penalty days that are wrongful or fall on others by year of the run: float64 (years).

    Fines and fees are unjust if the record behind them is, refunds taken off; sanctions in weeks in which
    they would not be in force without unjust records.
    """
    if reading not in _UNJUST:
        _UNJUST[reading] = _fold_unjust_days(reading)
    return _UNJUST[reading]


def _fold_unjust_days(reading: Reading) -> Array:
    rows = of_citizens(reading.of(*CHARGES))
    rows = rows[is_unjust(reading, rows) | is_of(rows, "bonus_cut")]
    back = of_citizens(reading.of("record_reversed"))
    back = back[is_unjust(reading, back)]
    days, _, unjust = sanction_days(reading)
    years = -(-reading.days // 365)
    parts = ((days, unjust), (rows["day"], own_days(reading, rows)), (back["day"], -own_days(reading, back)))
    return np.asarray(sum(np.bincount(when // 365, much, years) for when, much in parts))
