"""Lists of subjects: how one gets on, how long one stays, and which clocks run."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from demerit.files.dates import Dated
from demerit.files.names import Id
from demerit.files.number import Days, Number, Points, PositiveDays
from demerit.files.table import Sources
from demerit.files.vocabulary import SubjectKind
from demerit.regime.references import ListId, ReadableId

WorkingDays = Annotated[int, Field(ge=0, le=1000)]


class ListRule(Dated):
    """A list on which records of named conduct, a score or a long stay on another list put a subject.

    A record leads to the list with the chance that its conduct states, after days of grace, for the term or,
    without one, until release. With `performance`, doing what was owed ends it when the removal clock has
    run. Whoever represents a company on a list that `bars` is put on the list of citizens that it names. A
    list that `reads` a score holds those `below` a threshold, or (a red list) those at or `above` it.
    """

    id: Id
    title: str
    of: SubjectKind = "citizen"
    term_days: PositiveDays | None = None
    grace_days: Days = Number(0.0, "days")
    grace_working_days: WorkingDays = 0
    performance: bool = False
    removal_days: Days = Number(0.0, "days")
    removal_working_days: WorkingDays = 0
    reads: ReadableId | None = None
    below: Points | None = None
    above: Points | None = None
    leads_to: ListId | None = None
    leads_after_days: PositiveDays | None = None
    publishes: bool = False
    bars: ListId | None = None
    references: Sources = ()
