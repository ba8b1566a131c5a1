"""Types of the situations of a society file: who meets them, how often, and what is at stake."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.names import Ref
from demerit.files.number import Chance, Days, Factor, IncomeDays, Number, Quantity, Rate, Share
from demerit.files.table import Sources, Table

SituationId = Annotated[str, Ref(("situation kind",))]
Eligible = Literal[
    "adult",
    "driver",
    "borrower",
    "bill_payer",
    "drinker",
    "truck_driver",
    "guarantor",
    "platform_user",
    "owner",
    "merchant",
    "employed",
    "employee",
    "official",
    "company",
    "shop",
    "agency",
    "service",
]
"""Who meets a situation: adults with a role, or organisations of a kind."""
Circle = Literal["family", "friends", "neighbours", "colleagues"]
Harm = Annotated[Number, Quantity("1", 0, 1)]
NullProbability = Annotated[Number, Quantity("probability/event", 0.001, 0.88)]


class Hide(Table):
    """A way to break the rule that is harder to see: `seen` is its share of the coverage [F10].

    Somebody chooses among keeping the rule, breaking it and hiding; who is unable breaks it openly.
    """

    harm: Harm
    null_probability: NullProbability
    seen: Share


class Organisations(Table):
    """What organisations choose by: payrolls of agencies and services, what a point is worth to all [F40].

    The payroll of a firm is that of its employees; fines and gains count in days of payroll. A firm that a
    government office does not pay cuts jobs with `cuts_unpaid`, by the share that the bill is of a year.
    A service that must refuse somebody does so with `obeys` where nothing is at stake; what being found costs
    moves that, against a noise of `obey_noise_days`. Whom a service fails rates it with `rates`.
    """

    agency_staff: Annotated[Number, Quantity("people", 1, 100_000)]
    service_staff: Annotated[Number, Quantity("people", 1, 100_000)]
    point_value_days: Annotated[Number, Quantity("days of income/point", 0, 1_000)]
    cuts_unpaid: Chance
    obeys: Chance
    obey_noise_days: IncomeDays
    rates: Chance


class Situation(Table):
    """A kind of situation: who meets it, how often, in what context, and what is at stake.

    The first word of the id is the family. The gain is not written here: it is solved so that the able
    without necessity act with `null_probability` under ordinary law [F3]; a deed's gain is negative, a cost.
    Of an occasion for something lawful no null probability tells the gain: it is `gain_days`.
    `emergency` is in multiples of that gain; `need_weight` says how much an empty purse adds to it [F42].
    `due_days` is owed by whoever does not pay, and paid after `cure_days`. An event leaves no choice. A shop
    is a firm of the trade sector that belongs to a platform group. `circles` says whom it involves: the
    chance that one of a circle sees the act, and in a grudge the shares of those it is borne against. With
    `noise_days` the noise of the choice is not a share of the gain.
    """

    id: SituationId
    title: str
    act: Literal["offence", "deed", "event", "occasion"]
    eligible: Eligible
    rate: Rate
    necessity: Chance = Number(0.0, "probability/event")
    inability: Chance = Number(0.0, "probability/event")
    harm: Harm = Number(0.0, "1")
    null_probability: NullProbability | None = None
    need_weight: Annotated[Number, Quantity("1", 0, 1)] = Number(0.0, "1")
    gain_days: IncomeDays = Number(0.0, "days of income")
    emergency: Factor = Number(0.0, "1")
    due_days: IncomeDays = Number(0.0, "days of income")
    cure_days: Days = Number(0.0, "days")
    hide: Hide | None = None
    circles: dict[Circle, Share] = Field(default_factory=dict)
    noise_days: IncomeDays = Number(0.0, "days of income")
    references: Sources = ()
