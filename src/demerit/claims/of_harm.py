"""Claims about harm: who bears tighter rules, what goes on, and harm against harm averted (C17, C21, C23)."""

from __future__ import annotations

from typing import cast

import numpy as np

from demerit.catalogue.colliding import FLEE, SEVERITIES
from demerit.catalogue.words import DEEDS, KINDS
from demerit.claims.penalties import penalty_days, unjust_days, years_of_fifths
from demerit.claims.reading import DAYS_A_YEAR, Array, Figure, Reading, share
from demerit.claims.statistics import Kept, Statistic
from demerit.measures.stocks import COLUMN

YEARS_TO_SETTLE = 2
"""Years at the start of a run that say nothing about what goes on."""
DEATH_YEARS = 20
"""Years of income that a death is counted at."""
_YEAR = int(DAYS_A_YEAR)
_Q16 = float(1 << 16)


def by_fifth(reading: Reading) -> Kept:
    """Keep penalty days and adult-years by month and fifth, and the first month after the last step."""
    assert reading.world.book is not None, "the world was made without its rulebook"
    turns = reading.world.book.turns
    after = int(np.searchsorted(reading.recorder.ends, turns[-1])) + 1 if turns else None
    days, years = penalty_days(reading), years_of_fifths(reading)
    return {"days": days.tolist(), "years": years.tolist(), "after": after}


def lowest_less_highest(here: Kept, there: Kept) -> Figure:
    """Return penalty days / adult-years after the last step, lowest fifth less highest: here less there.

    Both are read from the first whole month after the last step of the rules here; without a step, or a whole
    month after it, nothing is known.
    """
    after = cast("int | None", here["after"])
    months = min(len(here["days"]), len(there["days"]))
    if after is None or after >= months:
        return Figure(float("nan"), 0.0)

    def gap(kept: Kept) -> float:
        days, years = (np.array(kept[name])[after:months].sum(axis=0) for name in ("days", "years"))
        return float(days[0] / years[0] - days[-1] / years[-1])

    return Figure(gap(here) - gap(there), float(np.array(here["years"])[after:months, 0].sum()))


def slope(values: Array, times: Array) -> float:
    """Return by how much values rise in a unit of time: the line of least squares.

    >>> round(slope(np.array([1.0, 3.0, 5.0]), np.array([0.0, 1.0, 2.0])), 6)
    2.0
    """
    return float(np.polyfit(times, values, 1)[0])


def _settled(reading: Reading) -> tuple[Array, float]:
    """Return unjust penalty days of the whole years from the third on, and the adult-years of each."""
    whole = reading.days // _YEAR
    return unjust_days(reading)[YEARS_TO_SETTLE:whole], reading.adult_years * _YEAR / reading.days


def harm_slope(reading: Reading) -> Figure:
    """Return the slope of penalty days that are wrongful or fall on others / adult-years, a year."""
    days, each = _settled(reading)
    if len(days) < 2:
        return Figure(float("nan"), 0.0)
    return Figure(slope(days / each, np.arange(len(days))), each * len(days))


def harm_level(reading: Reading) -> Figure:
    """Return penalty days that are wrongful or fall on others / adult-years, from the third year on."""
    days, each = _settled(reading)
    return share(days.sum(), each * len(days))


def approval_slope(reading: Reading) -> Figure:
    """Return the slope of the mean private approval of adults at the ends of months, a year."""
    held = np.array(reading.recorder.stocks, np.int64).sum(axis=1)
    ends = reading.recorder.ends[: len(held)]
    settled = ends >= YEARS_TO_SETTLE * _YEAR
    if np.count_nonzero(settled) < 2:
        return Figure(float("nan"), 0.0)
    mean = held[:, COLUMN["approval"]] / held[:, COLUMN["adults"]] / 65535
    adults = float(held[-1, COLUMN["adults"]])
    return Figure(slope(mean[settled], ends[settled] / DAYS_A_YEAR), adults)


def harm_of_acts(reading: Reading) -> float:
    """Return the felt harm of all acts in days of income, less that which good deeds avert.

    An act of whoever had no choice, or of an organisation, harms like any other. Leaving somebody who was hit
    counts by how badly they were.
    """
    people = reading.setting.people
    acts = np.array([reading.count(f"{kind}.acted") for kind in KINDS], float)
    sign = np.array([-1.0 if kind in DEEDS else 1.0 for kind in KINDS])
    harm = float((sign * acts * people["felt_harm"]).sum()) / _Q16
    collided = reading.of("collided")["rule"].astype(np.int64)
    left = np.bincount(collided[collided // len(SEVERITIES) == FLEE] % len(SEVERITIES), minlength=3)
    return harm + float((left * people["leave_harm"]).sum()) / _Q16


def deaths(reading: Reading) -> float:
    """Return deaths by the chances of all: in collisions, by drivers who finish, for want of help."""
    found = reading.count("deaths_expected_collision") / 2.0**32
    found += reading.count("road.finish.expected") / 2.0**20
    return found + reading.count("deaths_expected_unhelped") / 2.0**20


def harm_borne(reading: Reading) -> Figure:
    """Return penalty days and felt harm, deaths at twenty years' income included / adult-years.

    The difference between two worlds is what one penalises more, less the harm that it averts. Deaths are
    counted by their chances: those that happen are too few to tell two worlds apart.
    """
    borne = float(penalty_days(reading).sum()) + harm_of_acts(reading)
    return share(borne + deaths(reading) * DEATH_YEARS * DAYS_A_YEAR, reading.adult_years)


STATISTICS: dict[str, Statistic] = {
    "C17.1": Statistic(by_fifth, lowest_less_highest),
    "C21.1": Statistic(harm_slope),
    "C21.2": Statistic(approval_slope),
    "C21.3": Statistic(harm_level),
    "C23.1": Statistic(harm_borne),
}
