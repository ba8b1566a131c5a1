"""Dates in files: how they are written, and rules that hold from one day to another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from demerit.files.names import issue, quoted
from demerit.files.table import Table

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_SHAPE: Final = f"a date such as 2018-01-01, in the years {FIRST_YEAR} to {LAST_YEAR}"


def as_date(value: Any) -> date | None:
    """Read a date as TOML or JSON hold it; None if it is none, or out of the years that a run can reach.

    >>> as_date("2018-01-01")
    datetime.date(2018, 1, 1)
    >>> as_date("soon") is None
    True
    """
    if isinstance(value, str):
        try:
            value = datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            return None
    if isinstance(value, datetime) or not isinstance(value, date):
        return None
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else None


def _check_date(value: Any) -> date:
    found = as_date(value)
    if found is None:
        raise issue(f"{quoted(value)} is not a date", _SHAPE)
    return found


Date = Annotated[date, BeforeValidator(_check_date)]


class Dated(Table):
    """A rule that may hold for some time only: `since` is its first day in force, `until` its last."""

    since: Date | None = None
    until: Date | None = None


def holds(item: Any, day: date | None) -> bool:
    """Say whether an item as read from a file is in force on a day; None is the time before any date."""
    if not isinstance(item, dict):
        return True
    since, until = as_date(item.get("since")), as_date(item.get("until"))
    if day is None:
        return since is None
    return (since is None or since <= day) and (until is None or day <= until)


def turning_days(item: Any) -> list[date]:
    """List the days on which an item as read from a file comes into force or has ceased to be."""
    if not isinstance(item, dict):
        return []
    since, until = as_date(item.get("since")), as_date(item.get("until"))
    return [
        day for day in (since, until + timedelta(days=1) if until is not None else None) if day is not None
    ]
