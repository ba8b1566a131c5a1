"""Authorities, registers and the conduct rules that enter them: the record-keeping half of a regime file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from demerit.files.dates import Dated
from demerit.files.names import Id
from demerit.files.number import (
    Chance,
    Days,
    LicencePoints,
    Money,
    Number,
    Points,
    PositiveDays,
    Quantity,
)
from demerit.files.table import Listed, Sources, Table
from demerit.files.vocabulary import SCORE_LIMIT, Level, SubjectKind
from demerit.regime.references import AuthorityId, ListId, RegisterId, SituationId


class Authority(Table):
    """A body that detects, records or fines."""

    id: Id
    title: str
    level: Level


class Register(Table):
    """A record book of one authority with its own scale of points.

    Entries fade with the half-life, or lapse whole after `expiry_days`, or stay.
    """

    id: Id
    title: str
    authority: AuthorityId
    covers: Annotated[tuple[SubjectKind, ...], Listed, Field(min_length=1)]
    base: Points
    floor: Points
    ceiling: Points
    half_life_days: PositiveDays | None = None
    expiry_days: PositiveDays | None = None
    references: Sources = ()


class Conduct(Dated):
    """A rule about one situation: how often the act is recorded and what the record costs or earns.

    `coverage` is P(record | act) by the authority alone; `points` go by register, negative for offences;
    `prosecute` is P(court case | record), `lists` are P(listed | record) by list; `violation` says that a
    record counts against driver, vehicle and fleet, `publishes` that [screens] may show whoever it is about.
    A deed earns points with the same coverage.
    """

    id: Id
    answers: SituationId
    authority: AuthorityId
    coverage: Chance
    fine: Money = Number(0.0, "CNY")
    licence_points: LicencePoints = Number(0.0, "points/12")
    points: dict[RegisterId, Points] = Field(default_factory=dict)
    prosecute: Chance = Number(0.0, "probability/event")
    lists: dict[ListId, Chance] = Field(default_factory=dict)
    violation: bool = False
    publishes: bool = False
    references: Sources = ()


class Prosecution(Table):
    """What follows a prosecuted offence: after a delay an entry in the court's register and a fine."""

    register_id: Annotated[RegisterId, Field(alias="register")] = "court"
    delay_days: Days
    points: Annotated[Number, Quantity("points", -SCORE_LIMIT, 0)]
    fine: Money = Number(0.0, "CNY")
