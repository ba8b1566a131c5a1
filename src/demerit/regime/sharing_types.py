"""Chains, platforms and transfers: how records travel, and the scores they make."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.dates import Dated
from demerit.files.names import Id
from demerit.files.number import Chance, Number, Points, PositiveDays, Quantity, Share
from demerit.files.table import Sources, Table
from demerit.files.vocabulary import Level
from demerit.regime.references import PlatformId, RegisterId


class Chain(Dated):
    """Passes a fraction of a record's points to another subject's register.

    `depth` is the longest path of links, this one included, on which the rule still acts.
    """

    id: Id
    from_: Annotated[Literal["citizen", "vehicle", "company"], Field(alias="from")]
    to: Literal["vehicle", "company"]
    register_id: Annotated[RegisterId, Field(alias="register")]
    fraction: Share
    depth: Annotated[int, Field(ge=1, le=10)]


class Scolding(Table):
    """Who scolds: employer and police after a record, the state when the composite score falls."""

    employer: bool = False
    police: bool = False
    state: bool = False


class Platform(Table):
    """An exchange that collects records of registers and keeps a composite score."""

    id: Id
    title: str
    level: Level


class Transfer(Dated):
    """A road from a register to a platform: geometric delay of the given mean, and a loss rate."""

    id: Id
    from_: Annotated[RegisterId, Field(alias="from")]
    to: PlatformId
    delay_days: PositiveDays
    loss: Chance


class Score(Table):
    """The composite score; a record's composite points are
    weight · points · (ceiling − floor of the score) / (ceiling − floor of the register).
    """

    platform: PlatformId
    base: Points
    floor: Points
    ceiling: Points
    half_life_days: PositiveDays
    weights: dict[RegisterId, Annotated[Number, Quantity("1", 0, 100)]]
    references: Sources = ()


class Band(Dated):
    """A named stretch of the composite score, from its edge up to the next band's edge."""

    id: Id
    title: str
    from_: Annotated[Points, Field(alias="from")]
    references: Sources = ()


class Company(Table):
    """The score of companies at a platform."""

    platform: PlatformId
    base: Points
    floor: Points
    ceiling: Points
    half_life_days: PositiveDays
