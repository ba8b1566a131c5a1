"""Appeals and repair: who can have a record undone, by whom, how fast, and at what price."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from demerit.files.dates import Dated
from demerit.files.names import Id
from demerit.files.number import (
    Chance,
    Days,
    IncomeDays,
    Number,
    PositiveDays,
    Probability,
    Quantity,
    Share,
)
from demerit.files.table import Sources, Table
from demerit.files.vocabulary import Stratum
from demerit.regime.references import ConditionId, RegisterId

Capacity = Annotated[Number, Quantity("decisions/million adults/year", 1, 1e8)]
Weight = Annotated[Number, Quantity("log", -20, 20)]
Lost = Annotated[Number, Quantity("points", 0, 1_500)]


class Reversal(Table):
    """Log-odds that an office reverses a record.

    A wrongful record, and one out of inability: base + evidence + independence · independence
    − incentive (where the authority judges itself) + status · status of the appellant. One that is right:
    rightful + the same status term. `integrity` is taken off for each point that the office itself loses.
    """

    base: Weight
    evidence: Weight
    independence: Weight
    incentive: Weight
    status: Weight
    rightful: Weight
    integrity: Weight = Number(0.0, "log")


class Integrity(Table):
    """Where offices are scored themselves: each record they reverse costs them points there."""

    register_id: Annotated[RegisterId, Field(alias="register")]
    points: Lost


class OrganisationAppeals(Table):
    """Appeals of companies, agencies and services: each weighs a reversal against `cost_days` of payroll."""

    cost_days: IncomeDays


class Appeals(Table):
    """Appeals against records: an office in every province with a number of desks, first come first served.

    `capacity` is absolute; desks are capacity · `service_days` / 365. Whoever would wait longer than
    `patience_days` leaves. With a `watchdog` the authority does not judge itself; a case that is not decided
    after `deadline_days` is reversed (0 = no deadline). A citizen learns of a record after `notice_days`,
    takes `preparation_days` on average and must file within `window_days` of the record.
    """

    capacity: Capacity
    service_days: PositiveDays
    patience_days: PositiveDays
    notice_days: Days
    preparation_days: PositiveDays
    window_days: PositiveDays
    wrongful: Chance
    inability: Chance
    rightful: Chance
    evidence: Share
    independence: Share
    reversal: Reversal
    status: dict[Stratum, Share] = Field(default_factory=dict)
    watchdog: bool = False
    deadline_days: Days = Number(0.0, "days")
    legal_aid: Share = Number(0.0, "share")
    context_hearings: Probability = Number(0.0, "probability")
    integrity: Integrity | None = None
    organisations: OrganisationAppeals | None = None
    references: Sources = ()


class Repair(Dated):
    """A way out of a score: after `waiting_days` under a sanction that reads it, a course for a price.

    Who takes it pays `cost_days` of income and gets a share of the points lost back when the course is done.
    """

    id: Id
    restores: ConditionId
    waiting_days: PositiveDays
    course_days: PositiveDays
    cost_days: IncomeDays
    share: Share
    references: Sources = ()
