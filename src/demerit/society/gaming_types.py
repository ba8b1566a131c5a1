"""Types of the section of a society file about points that are bought: what they cost, and how it feels."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import IncomeDays, Number, Quantity
from demerit.files.table import Table


class Gaming(Table):
    """What points cost without the deed, in days of mean income [F45], and the harm that buyers feel.

    `licence_point_days` is the price of a point of the licence, taken over by another driver;
    `staged_point_days` that of a point of the composite score by a staged good deed; `course_days` that of a
    certificate for a course that nobody has sat, `plate_days` that of a cover for the plate. Moving to
    another city costs `move_days` of own income. Without `enabled` nobody sells, covers or moves.
    """

    enabled: bool
    licence_point_days: IncomeDays
    staged_point_days: IncomeDays
    course_days: IncomeDays
    plate_days: IncomeDays
    move_days: IncomeDays
    harm: Annotated[Number, Quantity("1", 0, 1)]
