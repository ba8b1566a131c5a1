"""Chains, platforms and transfers: how records travel, and the scores they make."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from demerit.files.dates import Dated
from demerit.files.names import Id
from demerit.files.number import Chance, Number, Points, PositiveDays, Quantity, Share
from demerit.files.table import Listed, Sources, Table
from demerit.files.vocabulary import Level, Relation, SubjectKind
from demerit.regime.references import PlatformId, ReadableId, RegisterId


class Chain(Dated):
    """Passes a fraction of a record's points in a register on to another subject, along a relation.

    `by` says as what of theirs the target is found, where `from` and `to` leave a choice; `into` is the
    target's register, the same by default; `depth` is the longest path of links, this one included, on which
    the rule still acts. It can wait for a condition of the source: its score in the register `below` a
    threshold, at least so many `violations` in the window, or `fleet_share` of the fleet exceeded.
    """

    id: Id
    from_: Annotated[SubjectKind, Field(alias="from")]
    to: SubjectKind
    by: Relation | None = None
    register_id: Annotated[RegisterId, Field(alias="register")]
    into: RegisterId | None = None
    fraction: Share
    depth: Annotated[int, Field(ge=1, le=100)]
    below: Points | None = None
    violations: Annotated[int, Field(ge=1, le=255)] | None = None
    fleet_share: Share | None = None
    references: Sources = ()


class Scolding(Table):
    """Who scolds: employer and police after a record, the state when the composite score falls."""

    employer: bool = False
    police: bool = False
    state: bool = False


class Platform(Table):
    """An exchange of one level that collects records, passes them on and may keep scores.

    With `deduplicates`, a record that comes by two roads counts once; else every road's copy counts.
    """

    id: Id
    title: str
    level: Level
    deduplicates: bool = True


class Exchange(Table):
    """The days between two exchanges of a province with the nation: nothing crosses faster."""

    national_sync_days: PositiveDays = Number(7.0, "days")


class Transfer(Dated):
    """A road from a register or platform to a platform or another register, with a geometric delay.

    `loss`, `mismatch` and `duplication` are P(the copy is lost, filed under the name of somebody else of the
    same name, entered twice). `access` is the share of records asked for or passed on at all: 0 none,
    1 continuous. Into a register, `factor` of the points is entered. A withdrawal takes the
    same road, with a mean delay of `retraction_days`, and is lost with P `retraction_loss`.
    """

    id: Id
    from_: Annotated[ReadableId, Field(alias="from")]
    to: ReadableId
    delay_days: PositiveDays
    loss: Chance
    mismatch: Chance = Number(0.0, "probability/event")
    duplication: Chance = Number(0.0, "probability/event")
    access: Share = Number(1.0, "share")
    factor: Annotated[Number, Quantity("1", 0, 100)] = Number(1.0, "1")
    retraction_days: PositiveDays = Number(14.0, "days")
    retraction_loss: Chance = Number(0.0, "probability/event")
    references: Sources = ()


class Score(Table):
    """The composite score of citizens, which people speak of; a record's composite points are
    weight · points · (ceiling − floor of the score) / (ceiling − floor of the register).
    """

    platform: PlatformId
    base: Points
    floor: Points
    ceiling: Points
    half_life_days: PositiveDays | None = None
    expiry_days: PositiveDays | None = None
    weights: dict[RegisterId, Annotated[Number, Quantity("1", 0, 100)]]
    references: Sources = ()


class Rating(Dated):
    """A further score of a platform, of any kinds of subject; it counts points as the composite does."""

    id: Id
    platform: PlatformId
    covers: Annotated[tuple[SubjectKind, ...], Listed, Field(min_length=1)]
    base: Points
    floor: Points
    ceiling: Points
    half_life_days: PositiveDays | None = None
    expiry_days: PositiveDays | None = None
    weights: dict[RegisterId, Annotated[Number, Quantity("1", 0, 100)]]
    references: Sources = ()


class Band(Dated):
    """A named stretch of the composite score, from its edge up to the next band's edge."""

    id: Id
    title: str
    from_: Annotated[Points, Field(alias="from")]
    references: Sources = ()
