"""Sanctions and rewards: what hangs on a score."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.dates import Dated
from demerit.files.names import Id
from demerit.files.number import Number, Points, Quantity, Share
from demerit.files.table import Listed, Sources, Table
from demerit.files.vocabulary import Service, SubjectKind
from demerit.regime.references import ConditionId, ReadableId


class Sanction(Dated):
    """What happens to a subject below a threshold of a score, on a list, or with too much on its account.

    It `reads` a platform or register, and hangs on scores `below` the threshold; or it reads a list; or it
    `counts` violations in the window (percent of a company's fleet) or overdue fines, `at_least` so many.

    Wage losses of several sanctions in force add up, and their refused services are united.
    `job_loss` is the hazard that a citizen loses the job, or that a company cuts each of its jobs; `stops`
    says which vehicles stop; `budget_loss` is what a company loses in bids, an agency in budget and a service
    in subsidy, `leader_loss` the share of their pay that those who lead an agency or a service lose with it.
    Firms are inspected so many times a year more (`inspections`); a company or service that a sanction
    `closes` has no licence to work while it is in force.
    """

    id: Id
    title: str
    of: SubjectKind = "citizen"
    reads: ConditionId | None = None
    below: Points | None = None
    counts: Literal["violations", "fines"] | None = None
    at_least: Annotated[int, Field(ge=1, le=255)] | None = None
    wage_loss: Share = Number(0.0, "share")
    refuses: Annotated[tuple[Service, ...], Listed] = ()
    job_loss: Annotated[Number, Quantity("1/month", 0, 10)] = Number(0.0, "1/month")
    stops: Literal["networked", "any"] | None = None
    budget_loss: Share = Number(0.0, "share")
    leader_loss: Share = Number(0.0, "share")
    inspections: Annotated[Number, Quantity("1/year", 0, 52)] = Number(0.0, "1/year")
    closes: bool = False
    references: Sources = ()


class Reward(Dated):
    """What a subject gains at or above a threshold of a score, or on a red list; benefits add up."""

    id: Id
    title: str
    of: SubjectKind = "citizen"
    reads: ConditionId
    above: Points | None = None
    benefit: Share
    references: Sources = ()


class Employers(Table):
    """What employers may look up of an applicant, and the score below which they shun one."""

    reads: ReadableId
    below: Points
    references: Sources = ()
