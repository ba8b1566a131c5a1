"""The closed list of units in which a number of a regime or society file may be given."""

from __future__ import annotations

from typing import Final

UNITS: Final[dict[str, str]] = {
    "probability": "chance, between 0 and 1",
    "probability/event": "chance each time the event happens, between 0 and 1",
    "share": "part of a whole",
    "1": "pure number",
    "log": "natural logarithm of a ratio",
    "1/year": "times, or part, a year",
    "1/month": "times, or part, a month",
    "days": "calendar days",
    "months": "calendar months, twelve to a year of 365 days",
    "years": "calendar years",
    "days of income": "own annual income divided by 365",
    "days of income/point": "days of income for one point of a score",
    "CNY": "yuan",
    "CNY/day": "yuan a day",
    "CNY/year": "yuan a year",
    "decisions/million adults/year": "cases decided a year for a million adults",
    "points": "points of a register or score",
    "points/12": "points of the driving licence, of which twelve are a full cycle's allowance",
    "people": "persons",
    "minutes": "minutes",
    "records": "records about one subject or place",
    "units": "stress units; a scolding by the employer is one",
}
