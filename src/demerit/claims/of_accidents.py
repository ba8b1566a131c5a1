"""Claims about the injured, about drivers who have hit somebody, and about staged accidents (C4, C6, C7)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.words import ELIGIBILITY, FABRICATED
from demerit.claims.causes import ancestor
from demerit.claims.reading import DAYS_A_YEAR, Array, Figure, Reading, share
from demerit.claims.statistics import Statistic
from demerit.measures.stocks import COLUMN

DAYS_AFTER = 180
"""Days after which it is asked whether a record that a recording contradicts still stands."""
_ONE_Q20 = float(1 << 20)
_DRIVER = ELIGIBILITY.index("driver")


def walks_away(reading: Reading) -> Figure:
    """Return occasions on which somebody walks away from an injured stranger / occasions met."""
    met = reading.count("nb.stranger.met")
    return share(met - reading.count("nb.stranger.acted"), met)


def cheaper_dead(reading: Reading) -> Figure:
    """Return collisions in which a death would cost the driver less than a survivor / eligible collisions.

    A driver weighs it as the model has it: what can be collected, less insurance, and the chance that intent
    is proved. Eligible is a serious collision with somebody on foot or two wheels who is alive.
    """
    return share(reading.count("finish_open"), reading.count("road.finish.met"))


def finishing(reading: Reading) -> Figure:
    """Return the sum of the chances of finishing / eligible collisions, per 1,000 collisions."""
    return share(reading.count("road.finish.expected") / _ONE_Q20, reading.count("road.finish.met"), 1000)


def driver_years(reading: Reading) -> float:
    """Return the years lived by drivers whose licence is in their hands, as of the ends of months."""
    drives = np.flatnonzero(reading.setting.population.traits["flags"] >> _DRIVER & 1)
    lengths = reading.recorder.lengths()
    ends = reading.recorder.ends[: len(lengths)]
    deaths = reading.of("death")
    died = np.sort(deaths["day"][np.isin(deaths["subject"], drives)])
    alive = len(drives) - np.searchsorted(died, ends, side="right")
    held = np.array(reading.recorder.stocks, np.int64).reshape(len(lengths), -1, len(COLUMN))
    withheld = held[:, :, COLUMN["withheld"]].sum(axis=1)
    return float(((alive - withheld) * lengths).sum() / DAYS_A_YEAR)


def staged(reading: Reading) -> Figure:
    """Return staged claims / active driver-years, per 1,000 driver-years.

    A claim is an accident that somebody has staged before a driver's car to ask for money, whether the driver
    pays or a complaint follows.
    """
    return share(reading.count("law.staged.acted"), driver_years(reading), 1000)


def stuck_roots(reading: Reading) -> Array:
    """Return the records of drivers whom a recording had cleared of a staged accident.

    A complaint that was not awarded leaves a record of the driver only where a recording has cleared them; a
    record about whoever staged it is true.
    """
    cleared = reading.of("claim_cleared")["id"]
    records = reading.of("record")
    made_up = records["label"] == FABRICATED
    return np.asarray(records[made_up & np.isin(records["cause"], cleared)])


def _undone(reading: Reading, roots: Array, limits: Array, *what: str) -> Array:
    """Count entries of some kinds that come of the reversal of each root record, up to its limit."""
    rows = reading.of(*what)
    appeals = ancestor(reading, rows, "appeal_filed")
    rows, appeals = rows[appeals >= 0], appeals[appeals >= 0]
    return _counted(roots, limits, reading.rows["cause"][appeals], rows)


def _counted(roots: Array, limits: Array, of: Array, rows: Array) -> Array:
    """Count the rows that are about each root record (sorted by id), up to its limit."""
    place = np.minimum(np.searchsorted(roots["id"], of), len(roots) - 1)
    timely = (roots["id"][place] == of) & (rows["day"] <= limits[place])
    return np.bincount(place[timely], minlength=len(roots))


def stands_anywhere(reading: Reading, roots: Array, days: int = DAYS_AFTER) -> Array:
    """Tell which root records stand anywhere so many days later: not reversed, or a copy is left.

    Copies are those that came to platforms or other registers under the subject's own name; what chains have
    passed on to others is not looked at, and neither is whether points have faded.

    Args:
        reading: a world.
        roots: root records in the order of their ids.
        days: how much later.
    """
    if len(roots) == 0:
        return np.zeros(0, bool)
    limits = roots["day"].astype(np.int64) + days
    copies = reading.of("arrival", "shared_in")
    own = ancestor(reading, copies, "record")
    kept = own >= 0
    kept[kept] = reading.rows["subject"][own[kept]] == copies["subject"][kept]
    came = _counted(roots, limits, reading.rows["id"][own[kept]], copies[kept])
    withdrawn = _undone(reading, roots, limits, "record_reversed") > 0
    return ~withdrawn | (came > _undone(reading, roots, limits, "recall"))


def sticks(reading: Reading) -> Figure:
    """Return contradicted complaints whose record stands anywhere on day 180 / contradicted complaints.

    Day 180 is counted from the decision; complaints of the months that end less than 180 days before the last
    day are left out.
    """
    last = reading.days - 1
    lengths = reading.recorder.lengths()
    ends = reading.recorder.ends[: len(lengths)]
    whole = int(np.searchsorted(ends, last - DAYS_AFTER, side="right"))
    if whole == 0:
        return Figure(float("nan"), 0.0)
    contradicted = reading.monthly[:whole, flow("staged_filmed")].sum()
    roots = stuck_roots(reading)
    roots = roots[roots["day"] <= ends[whole - 1]]
    return share(float(stands_anywhere(reading, roots).sum()), float(contradicted))


STATISTICS: dict[str, Statistic] = {
    "C4.1": Statistic(walks_away),
    "C6.1": Statistic(cheaper_dead),
    "C6.2": Statistic(finishing),
    "C7.1": Statistic(staged),
    "C7.2": Statistic(staged),
    "C7.3": Statistic(sticks),
}
