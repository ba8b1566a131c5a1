"""Days of a run and the calendar: compared with the standard library, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from demerit.engine.clock import add_working_days, day_to_date, month_ends, parse_start, year_of
from demerit.errors import UsageError


def test_a_start_date_is_read_as_written() -> None:
    assert parse_start("2014-01-01") == date(2014, 1, 1)
    assert parse_start(" 2016-02-29 ") == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2014-02-30", "February 2014 has 28 days"),
        ("2014-04-00", "April 2014 has 30 days"),
        ("2014-13-01", "there is no month 13"),
        ("1899-12-31", "the years 1900 to 2100"),
        ("2101-01-01", "the years 1900 to 2100"),
        ("20140101", "is not a date"),
        ("2014-1-1", "is not a date"),
        ("2014-W01-1", "is not a date"),
        ("٢٠١٤-٠١-٠١", "is not a date"),  # digits, but not the ones a date is written in
        ("soon", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_an_impossible_start_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as refused:
        parse_start(text)
    assert repr(text) in str(refused.value)


def test_days_and_years_count_from_the_start() -> None:
    start = date(2011, 3, 7)
    for day in (0, 1, 299, 300, 365, 366, 3652, 36_500):
        assert day_to_date(start, day) == start + timedelta(days=day)
        assert year_of(start, day) == (start + timedelta(days=day)).year


@pytest.mark.parametrize(
    "start", [date(2014, 1, 1), date(2015, 12, 31), date(2016, 2, 29), date(2014, 7, 16)]
)
@pytest.mark.parametrize("days", [1, 2, 16, 31, 59, 366, 3650])
def test_a_month_ends_on_the_last_day_before_the_month_changes(start: date, days: int) -> None:
    dates = [start + timedelta(days=day) for day in range(days)]
    expected = [day for day in range(days) if day == days - 1 or dates[day].month != dates[day + 1].month]
    ends = month_ends(start, days)
    assert ends.dtype == np.int64
    assert ends.tolist() == expected


def test_a_run_of_no_days_has_no_months() -> None:
    assert month_ends(date(2014, 1, 1), 0).tolist() == []


@pytest.mark.parametrize("first", range(7))
def test_working_days_are_counted_one_by_one_without_weekends(first: int) -> None:
    start = date(2014, 1, 6)  # a Monday
    for count in range(1, 30):
        day, left = first, count
        while left:
            day += 1
            left -= (start + timedelta(days=day)).weekday() < 5
        assert add_working_days(start, first, count) == day


def test_no_working_days_is_the_same_day_even_on_a_sunday() -> None:
    assert add_working_days(date(2014, 1, 5), 0, 0) == 0


def test_working_days_cannot_be_counted_backwards() -> None:
    with pytest.raises(ValueError, match="at least 0; got -1"):
        add_working_days(date(2014, 1, 6), 0, -1)
