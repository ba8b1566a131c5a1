"""What one record does to others: who else is penalised for it, and what relatives do to an official."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import (
    ARRIVAL,
    BONUS_CUT,
    CONVICTION,
    DEMOTED,
    DERIVED,
    DISCIPLINED,
    ENTERED,
    GATE_REFUSED,
    GRADE,
    INTEGRITY_LOST,
    JOB_LOST,
    LICENCE_WITHHELD,
    LOAN_REFUSED,
    RECORD,
    RELATIVE_MARKED,
    SANCTION_START,
    SHARED_IN,
    STEP_MISSED,
    TURNED_AWAY,
)
from demerit.catalogue.serving import COMPETENT
from demerit.catalogue.words import CITIZEN, MISTAKEN
from demerit.claims.causes import all_above, citizens_of, makers
from demerit.claims.reading import Array, Figure, Reading, kind_of, share
from demerit.claims.standings import is_sanction, last_days
from demerit.claims.statistics import Statistic

WINDOW = 365
"""Days within which an effect counts as one of a record."""
_POINTS = (
    RECORD, ENTERED, CONVICTION, DERIVED, ARRIVAL, SHARED_IN, INTEGRITY_LOST, DISCIPLINED, RELATIVE_MARKED,
)  # fmt: skip
_FINES = (RECORD, CONVICTION)
_ALWAYS = (
    LICENCE_WITHHELD, JOB_LOST, LOAN_REFUSED, GATE_REFUSED, TURNED_AWAY, BONUS_CUT, STEP_MISSED, DEMOTED,
)  # fmt: skip


def penalties(reading: Reading) -> Array:
    """Return the places of rows that penalise their subject: points, fine, pay, job, refusal, sanction."""
    rows = reading.rows
    what = rows["what"]
    hit = np.isin(what, _ALWAYS) | (np.isin(what, _POINTS) & (rows["points"] < 0))
    hit |= np.isin(what, _FINES) & (rows["amount"] > 0)
    hit |= (what == SANCTION_START) & is_sanction(reading, rows["rule"])
    return np.flatnonzero(hit)


def root_records(reading: Reading, first: int = 0, margin: int = WINDOW) -> Array:
    """Return the places of root records of people, from a day on and so many days before the end."""
    rows = reading.rows
    until = reading.days - margin
    mine = (rows["what"] == RECORD) & (kind_of(rows["subject"]) == CITIZEN)
    return np.flatnonzero(mine & (rows["day"] >= first) & (rows["day"] < until))


def others_penalised(reading: Reading) -> Figure:
    """Count subjects other than the actor penalised with a record among the causes, within a year of it.

    Subjects are people, vehicles, companies, agencies and services, each once a record. The actor of a record
    filed against the wrong person is who acted, so that the one on record is another; whoever is on record
    for what nobody has done is taken for the actor. A record that a reprisal for another has led to counts
    for both. Records have a whole year ahead of them: those of the last 365 days are left out.
    """
    rows = reading.rows
    found = root_records(reading)
    hit = penalties(reading)
    which, above = all_above(reading, hit, (RECORD,))
    hit = hit[which]
    slot = np.full(len(rows), -1, np.int64)
    slot[found] = np.arange(len(found))
    slot = slot[above]
    actor = np.where(rows["label"] == MISTAKEN, makers(rows["cause"]), rows["subject"])[above]
    subject = rows["subject"][hit].astype(np.int64)
    late = rows["day"][hit].astype(np.int64) - rows["day"][above] > WINDOW
    counts = (slot >= 0) & ~late & (subject != actor)
    pairs = np.unique(slot[counts] << 32 | subject[counts])
    return share(len(pairs), len(found))


def from_relatives(reading: Reading) -> Figure:
    """Divide discipline points with a relative's act or condition among their causes by all of them.

    The root is the mark for a relative: what an investigation over it adds counts with it. The occasions are
    the entries that the points stand in.
    """
    rows = reading.rows
    places = np.flatnonzero(np.isin(rows["what"], (DISCIPLINED, RELATIVE_MARKED)) & (rows["points"] < 0))
    which, _ = all_above(reading, places, (RELATIVE_MARKED,))
    points = -rows["points"][places].astype(np.int64)
    family = np.zeros(len(places), bool)
    family[which] = True
    return Figure(share(points[family].sum(), points.sum()).value, float(len(places)))


def pay_days_lost(reading: Reading) -> float:
    """Return days of own income that officials lose: pay steps and levels to the end, and fines."""
    rows = reading.rows
    rows = rows[np.isin(rows["what"], (STEP_MISSED, DEMOTED, DISCIPLINED))]
    person = citizens_of(rows["subject"])
    daily = rows["what"] != DISCIPLINED
    lasts = np.where(daily, last_days(reading)[person] - rows["day"], 1)
    return float((rows["amount"] * lasts / reading.setting.population.traits["income_fen_day"][person]).sum())


def grades_fallen(reading: Reading) -> int:
    """Count annual grades below that of the year before; below competent for a first one."""
    rows = reading.rows[reading.rows["what"] == GRADE]
    rows = rows[np.lexsort((rows["id"], rows["subject"]))]
    grade = rows["rule"].astype(np.int64)
    again = np.zeros(len(rows), bool)
    again[1:] = rows["subject"][1:] == rows["subject"][:-1]
    before = np.where(again, np.concatenate([[COMPETENT], grade[:-1]])[: len(rows)], COMPETENT)
    return int(np.count_nonzero(grade > before))


def careers_hurt(reading: Reading) -> Figure:
    """Add days of pay lost and grades fallen, per 1,000 official-years.

    Pay lost are pay steps and levels, day by day to the end of the run or of life, also where the job ends
    before, and fines of the discipline register; a bonus not received is in the grade. An official-year is
    an annual evaluation.
    """
    years = reading.count("service_years")
    return share(pay_days_lost(reading) + grades_fallen(reading), years, 1000.0)


STATISTICS: dict[str, Statistic] = {
    "C1.1": Statistic(others_penalised),
    "C1.2": Statistic(others_penalised),
    "C16.1": Statistic(from_relatives),
    "C16.2": Statistic(careers_hurt),
}
