"""The driving licence and fines: limits, cycles, study, courses, hardship, and who pays late."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Chance, Days, IncomeDays, LicencePoints, Number, PositiveDays, Quantity
from demerit.files.table import Sources, Table


class Course(Table):
    """Study that restores licence points below the limit: how many, and at most how many in a cycle [S86]."""

    share: Chance
    points: LicencePoints
    most: LicencePoints
    days: PositiveDays
    cost_days: IncomeDays = Number(0.0, "days of income")


class Licence(Table):
    """The driving licence: at `limit` points it is held until a course is done [S80–S88].

    Points clear with the cycle, if `carries_over` only when no fine is unpaid; with `expiry_days` every
    record's points lapse by themselves instead and a ban leaves a clean slate. Each further full limit adds
    the study days again, up to `study_most_days`. `hardship` is P(who reaches the limit may drive on).
    """

    limit: Annotated[Number, Quantity("points/12", 1, 60)]
    cycle_days: PositiveDays
    study_days: Days
    study_most_days: Days = Number(36_500.0, "days")
    study_cost_days: IncomeDays
    carries_over: bool = False
    expiry_days: PositiveDays | None = None
    hardship: Chance = Number(0.0, "probability/event")
    course: Course | None = None
    references: Sources = ()


class Fines(Table):
    """Who pays a fine late: P(late), the term in which it is to be paid, and the mean delay after it."""

    late: Chance
    term_days: PositiveDays
    delay_days: PositiveDays
    references: Sources = ()


class Violations(Table):
    """For how long a record that counts as a violation stays with driver, vehicle and fleet [S101]."""

    window_days: PositiveDays
    references: Sources = ()
