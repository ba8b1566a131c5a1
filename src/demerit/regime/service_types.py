"""The civil service: what officials may do, whom they ask, how they are disciplined, graded and promoted."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from demerit.files.number import (
    Chance,
    Days,
    IncomeDays,
    Money,
    Number,
    PositiveDays,
    Quantity,
    Share,
)
from demerit.files.table import Sources, Table
from demerit.files.vocabulary import SCORE_LIMIT

LostPoints = Annotated[Number, Quantity("points", 0, SCORE_LIMIT)]
Months = Annotated[Number, Quantity("months", 0, 120)]
Layers = Annotated[Number, Quantity("1", 1, 20)]
Weight = Annotated[Number, Quantity("1", 0, 10)]


class Governed(Table):
    """A lawful activity of officials: free, permitted on request, or forbidden.

    Whoever does it without permission is found out with `coverage`, or with `with_app` if the mandatory
    government app is on the phone, loses `points` of the discipline register and pays `fine`.
    """

    status: Literal["free", "on-request", "forbidden"]
    coverage: Chance
    with_app: Chance | None = None
    points: Annotated[Number, Quantity("points", -SCORE_LIMIT, 0)] = Number(0.0, "points")
    fine: Money = Number(0.0, "CNY")
    references: Sources = ()


class Degree(Table):
    """A sanction of officials: from how many points of one record, and for how many months it lasts."""

    points: LostPoints
    months: Months


class Grades(Table):
    """The annual grade.

    Merit falls by `merit_per_point` for a point lost and rises by `loyalty` for a year in which the unit has
    nothing against the official; the highest merits are excellent, up to the share `excellent`. Excellent
    brings `bonus_days` and, for the second time, promotion with the chance `promoted`. From `basic_points`
    lost on an official is basically competent and misses a `pay_step`, from `incompetent_points` on
    incompetent and loses a level, whose wages differ by `level_pay`; twice running ends the service.
    """

    excellent: Share
    merit_per_point: Weight
    loyalty: Weight
    basic_points: LostPoints
    incompetent_points: LostPoints
    bonus_days: IncomeDays
    pay_step: Share
    level_pay: Share
    promoted: Chance


GOVERNED: Final = (
    "rite", "account_abroad", "property_abroad", "school_abroad", "internet", "paper", "interview",
    "conference", "podcast", "shares",
)  # fmt: skip
"""Activities that the section can govern."""


class CivilService(Table):
    """What governs officials: cadres and civil servants. Without `enabled` everything is free to them.

    A request goes through `layers`, each of which agrees with `pass_rate` after `layer_days`. Points of the
    discipline register fade with `half_life_days`; while a sanction lasts there is neither promotion nor a
    pay step. An activity that is not named is free.
    """

    enabled: bool
    layers: Layers
    pass_rate: Chance
    layer_days: Days
    half_life_days: PositiveDays
    warning: Degree
    demerit: Degree
    major_demerit: Degree
    demotion: Degree
    grades: Grades
    rite: Governed | None = None
    account_abroad: Governed | None = None
    property_abroad: Governed | None = None
    school_abroad: Governed | None = None
    internet: Governed | None = None
    paper: Governed | None = None
    interview: Governed | None = None
    conference: Governed | None = None
    podcast: Governed | None = None
    shares: Governed | None = None
    references: Sources = ()
