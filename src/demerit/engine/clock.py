"""Days of a run as dates: a day is a whole number counted from the start."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

import numpy as np

from demerit.errors import UsageError

FIRST_YEAR, LAST_YEAR = 1900, 2100
_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FIX = "write YYYY-MM-DD, for example 2014-01-01"


def parse_start(text: str) -> date:
    """Read the date of day 0.

    Args:
        text: a date as ``YYYY-MM-DD`` in the years 1900 to 2100.

    Raises:
        UsageError: the text is not written so, the day does not exist or the year is out of range.

    >>> parse_start("2014-01-01")
    datetime.date(2014, 1, 1)
    >>> parse_start("2014-02-30")
    Traceback (most recent call last):
    ...
    demerit.errors.UsageError: start date '2014-02-30' does not exist: February 2014 has 28 days
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"start date {text!r} is not a date; {_FIX}")
    year, month, day = (int(part) for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageError(f"start date {text!r} must lie in the years {FIRST_YEAR} to {LAST_YEAR}; {_FIX}")
    if not 1 <= month <= 12:
        raise UsageError(f"start date {text!r} does not exist: there is no month {month}; {_FIX}")
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        name = calendar.month_name[month]
        raise UsageError(f"start date {text!r} does not exist: {name} {year} has {length} days")
    return date(year, month, day)


def day_to_date(start: date, day: int) -> date:
    """Return the date of a day of the run (day 0 is the start).

    >>> day_to_date(date(2014, 1, 1), 365)
    datetime.date(2015, 1, 1)
    """
    return start + timedelta(days=int(day))


def year_of(start: date, day: int) -> int:
    """Return the calendar year of a day of the run.

    >>> year_of(date(2014, 7, 1), 184)
    2015
    """
    return day_to_date(start, day).year


def month_ends(start: date, days: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the last day of every calendar month a run touches.

    Args:
        start: date of day 0.
        days: length of the run; its last day is ``days - 1``.

    Returns:
        Days in rising order, shape ``(months,)``. A run that stops within a month ends it, so that the last
        entry is always ``days - 1`` and every day belongs to one month.

    >>> month_ends(date(2014, 1, 15), 60)
    array([16, 44, 59])
    """
    if days <= 0:
        return np.zeros(0, dtype=np.int64)
    first = np.datetime64(start, "D")
    last = first + np.timedelta64(days - 1, "D")
    months = np.arange(first.astype("datetime64[M]"), last.astype("datetime64[M]") + np.timedelta64(1, "M"))
    following = (months + np.timedelta64(1, "M")).astype("datetime64[D]")
    ends = (following - first).astype(np.int64) - 1
    ends[-1] = days - 1
    return np.asarray(ends, dtype=np.int64)


def add_working_days(start: date, day: int, count: int) -> int:
    """Return the day on which the ``count``-th working day after ``day`` falls.

    Saturdays and Sundays do not count; public holidays and the working weekends that make up for them do,
    because they are decreed anew every year. The day itself is never counted, whatever day of the week it is.

    Raises:
        ValueError: ``count`` is negative.

    >>> friday = date(2014, 1, 3)
    >>> add_working_days(friday, 0, 1), add_working_days(friday, 0, 5), add_working_days(friday, 0, 0)
    (3, 7, 0)
    """
    if count < 0:
        raise ValueError(f"working days to add must be at least 0; got {count}")
    weekday = day_to_date(start, day).weekday()
    if weekday > 4 and count > 0:
        day -= weekday - 4
        weekday = 4
    weeks, rest = divmod(count, 5)
    over_weekend = 2 if weekday + rest > 4 and rest > 0 else 0
    return day + 7 * weeks + rest + over_weekend
