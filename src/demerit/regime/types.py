"""Types of a regime file, one class per section."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.names import Id, Ref
from demerit.files.number import (
    Chance,
    Days,
    Factor,
    IncomeDays,
    LicencePoints,
    Money,
    Number,
    Points,
    PositiveDays,
    Quantity,
    Share,
)
from demerit.files.table import Listed, Sources, Table
from demerit.files.vocabulary import SCORE_LIMIT, Level, Service, SubjectKind

AuthorityId = Annotated[str, Ref(("authority",))]
RegisterId = Annotated[str, Ref(("register",))]
PlatformId = Annotated[str, Ref(("platform",))]
SituationId = Annotated[str, Ref(("situation",))]
ReadableId = Annotated[str, Ref(("platform", "register"))]


class Head(Table):
    """Who the regime is: `null` names the regime under which a choice counts as held by law alone."""

    id: Id
    title: str
    summary: str = ""
    basis: Literal["documented", "essay", "hypothetical"]
    schema_version: Literal[1]
    extends: str | None = None
    null: str = "ordinary-law"
    references: Sources = ()


class Authority(Table):
    """A body that detects, records or fines."""

    id: Id
    title: str
    level: Level


class Register(Table):
    """A record book of one authority with its own scale of points; entries fade with the half-life."""

    id: Id
    title: str
    authority: AuthorityId
    covers: Annotated[tuple[SubjectKind, ...], Listed, Field(min_length=1)]
    base: Points
    floor: Points
    ceiling: Points
    half_life_days: PositiveDays
    references: Sources = ()


class Licence(Table):
    """The driving licence: at `limit` points in a cycle it is held until a course is done [S80–S88]."""

    limit: LicencePoints
    cycle_days: PositiveDays
    study_days: Days
    study_cost_days: IncomeDays
    references: Sources = ()


class Conduct(Table):
    """A rule about one situation: how often the act is recorded and what the record costs or earns.

    `coverage` is P(record | act) by the authority alone; `points` go by register, negative for offences;
    `prosecute` is P(court case | record). A deed earns points with the same coverage.
    """

    id: Id
    answers: SituationId
    authority: AuthorityId
    coverage: Chance
    fine: Money = Number(0.0, "CNY")
    licence_points: LicencePoints = Number(0.0, "points/12")
    points: dict[RegisterId, Points] = Field(default_factory=dict)
    prosecute: Chance = Number(0.0, "probability/event")
    references: Sources = ()


class Prosecution(Table):
    """What follows a prosecuted offence: after a delay an entry in the court's register and a fine."""

    register_id: Annotated[RegisterId, Field(alias="register")] = "court"
    delay_days: Days
    points: Annotated[Number, Quantity("points", -SCORE_LIMIT, 0)]
    fine: Money = Number(0.0, "CNY")


class Chain(Table):
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


class Transfer(Table):
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


class Band(Table):
    """A named stretch of the composite score, from its edge up to the next band's edge."""

    id: Id
    title: str
    from_: Annotated[Points, Field(alias="from")]
    references: Sources = ()


class Sanction(Table):
    """What happens to a citizen whose score or register value lies below a threshold.

    Wage losses of several sanctions in force add up, and their refused services are united.
    """

    id: Id
    title: str
    reads: ReadableId
    below: Points
    wage_loss: Share = Number(0.0, "share")
    refuses: Annotated[tuple[Service, ...], Listed] = ()
    references: Sources = ()


class Reward(Table):
    """What a citizen gains whose score or register value is at or above a threshold; benefits add up."""

    id: Id
    title: str
    reads: ReadableId
    above: Points
    benefit: Share
    references: Sources = ()


class Detection(Table):
    """How often mitigating context is recognised, and how often someone else is recorded instead [F31]."""

    context_recognition: Chance
    mismatch: Chance


class Awareness(Table):
    """The share of people who know the score, and how much larger risk looks while the rules are new."""

    share: Share
    novelty: Factor
    novelty_half_life_days: PositiveDays


class Company(Table):
    """The score of companies at a platform."""

    platform: PlatformId
    base: Points
    floor: Points
    ceiling: Points
    half_life_days: PositiveDays


class RegimeFile(Table):
    """A regime after `extends` and patches; an absent section is an absent mechanism."""

    regime: Head
    authorities: Annotated[tuple[Authority, ...], Listed, Field(alias="authority")] = ()
    registers: Annotated[tuple[Register, ...], Listed, Field(alias="register")] = ()
    licence: Licence | None = None
    conducts: Annotated[tuple[Conduct, ...], Listed, Field(alias="conduct")] = ()
    prosecution: Prosecution | None = None
    chains: Annotated[tuple[Chain, ...], Listed, Field(alias="chain")] = ()
    scolding: Scolding = Scolding()
    platforms: Annotated[tuple[Platform, ...], Listed, Field(alias="platform")] = ()
    transfers: Annotated[tuple[Transfer, ...], Listed, Field(alias="transfer")] = ()
    score: Score | None = None
    bands: Annotated[tuple[Band, ...], Listed, Field(alias="band")] = ()
    sanctions: Annotated[tuple[Sanction, ...], Listed, Field(alias="sanction")] = ()
    rewards: Annotated[tuple[Reward, ...], Listed, Field(alias="reward")] = ()
    detection: Detection | None = None
    awareness: Awareness | None = None
    company: Company | None = None
