"""Sanctions and rewards: what hangs on a score."""

from __future__ import annotations

from typing import Annotated

from demerit.files.dates import Dated
from demerit.files.names import Id
from demerit.files.number import Number, Points, Quantity, Share
from demerit.files.table import Listed, Sources, Table
from demerit.files.vocabulary import Service, SubjectKind
from demerit.regime.references import ReadableId


class Sanction(Dated):
    """What happens to a subject whose score or register value lies below a threshold.

    Wage losses of several sanctions in force add up, and their refused services are united.
    `job_loss` is the hazard that a citizen loses the job, or that a company cuts each of its jobs.
    """

    id: Id
    title: str
    of: SubjectKind = "citizen"
    reads: ReadableId
    below: Points
    wage_loss: Share = Number(0.0, "share")
    refuses: Annotated[tuple[Service, ...], Listed] = ()
    job_loss: Annotated[Number, Quantity("1/month", 0, 10)] = Number(0.0, "1/month")
    references: Sources = ()


class Reward(Dated):
    """What a subject gains whose score or register value is at or above a threshold; benefits add up."""

    id: Id
    title: str
    of: SubjectKind = "citizen"
    reads: ReadableId
    above: Points
    benefit: Share
    references: Sources = ()


class Employers(Table):
    """What employers may look up of an applicant, and the score below which they shun one."""

    reads: ReadableId
    below: Points
    references: Sources = ()
