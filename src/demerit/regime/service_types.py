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
    investigated: Chance | None = None
    references: Sources = ()


class Travel(Governed):
    """Private trips abroad.

    Passports of nobody, of leaders (cadres) or of all lie with the unit (`kept`), and are handed out for the
    days granted: a share of those asked for between `least_granted` and all. Whoever stays on is found out
    with `late_found`, loses `late_points` and may not ask to travel for `ban_years`. With `household_layers`
    people who live with an official of a strategic sector ask so many superiors before they travel.
    """

    kept: Literal["none", "leaders", "all"]
    least_granted: Share
    late_found: Chance
    late_points: Annotated[Number, Quantity("points", -SCORE_LIMIT, 0)]
    ban_years: Annotated[Number, Quantity("years", 0, 20)]
    household_layers: Annotated[Number, Quantity("1", 0, 20)] = Number(0.0, "1")


class Inquiry(Table):
    """Investigations: whoever is found out is investigated with `opens`, or what the activity says.

    One lasts from `least_days` to `most_days` and ends with a talk, with a record of `points` or with a
    dismissal, by their shares.
    """

    opens: Chance
    least_days: PositiveDays
    most_days: PositiveDays
    record: Share
    dismissal: Share
    points: Annotated[Number, Quantity("points", -SCORE_LIMIT, 0)]
    references: Sources = ()


class Relatives(Table):
    """What marks an official for a relative: a condition, which is no act, or a record of the relative's."""

    condition: Chance
    condition_points: Annotated[Number, Quantity("points", -SCORE_LIMIT, 0)]
    offence: Chance
    offence_points: Annotated[Number, Quantity("points", -SCORE_LIMIT, 0)]
    references: Sources = ()


class Passports(Table):
    """Passports of people who are no officials.

    An application is refused with `refused`, and always below a score of `below` at the platform of the
    composite.
    """

    refused: Chance
    below: LostPoints = Number(0.0, "points")
    references: Sources = ()


class Degree(Table):
    """A sanction of officials: from how many points of one record, and for how many months it lasts."""

    points: LostPoints
    months: Months


class Review(Table):
    """Reviews of what officials were disciplined for [S114]: `asked` for, answered after `days`, `granted`.

    The sanction runs on meanwhile. What is taken back is gone from the register, with its sanction.
    """

    asked: Chance
    days: PositiveDays
    granted: Chance
    references: Sources = ()


class Grades(Table):
    """The annual grade.

    Merit falls by `merit_per_point` for a point lost and rises by `loyalty` for a year in which the unit has
    nothing against the official; the highest merits are excellent, up to the share `excellent`. Excellent
    brings `bonus_days` and, from `good_years` of it on, promotion with the chance `promoted`. From
    `basic_points` lost on an official is basically competent and misses a `pay_step`, from
    `incompetent_points` on incompetent and loses a level, whose wages differ by `level_pay`; `poor_years` of
    it running end the service. What an official expects an edge to cost is blurred over `blur_points`.
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
    good_years: Annotated[Number, Quantity("years", 1, 50)]
    poor_years: Annotated[Number, Quantity("years", 1, 50)]
    blur_points: Annotated[Number, Quantity("points", 0.1, 100)]


GOVERNED: Final = (
    "travel", "rite", "account_abroad", "property_abroad", "school_abroad", "internet", "paper", "interview",
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
    review: Review | None = None
    investigations: Inquiry | None = None
    relatives: Relatives | None = None
    travel: Travel | None = None
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
