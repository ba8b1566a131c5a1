"""The section of a society file about collisions: how often, how bad, and what drivers make of them."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Chance, Factor, IncomeDays, Money, Number, Quantity, Rate, Share
from demerit.files.table import Table
from demerit.society.situation_types import SituationId

Harm = Annotated[Number, Quantity("1", 0.01, 1)]
Null = Annotated[Number, Quantity("probability/event", 0.0001, 0.9)]


class Collisions(Table):
    """Collisions of drivers [P43] and what drivers do after one [M44, F24].

    `rate` is that of a driver a year under ordinary law; they happen on the drives on which situations
    of the road are met, and `times` as often where the rule of a situation is broken. Of collisions a
    share is `serious` (somebody is hurt for life) or `fatal`. `insured` drivers have voluntary `cover`
    besides the compulsory one; whoever is hurt `settles` with that chance. `leave_harm_` is the felt
    harm of leaving; the gain is solved from `flight_`, the share that flees under ordinary law.
    `kill_aversion_days` counts times conscience against finishing. Whoever is hurt loses `minor_days`
    or `serious_days` of income.
    """

    enabled: bool
    rate: Rate
    serious: Share
    fatal: Share
    times: dict[SituationId, Factor]
    on_foot: Share
    insured: Share
    cover: Money
    settles: Chance
    leave_harm_minor: Harm
    leave_harm_serious: Harm
    leave_harm_fatal: Harm
    flight_minor: Null
    flight_serious: Null
    flight_fatal: Null
    kill_aversion_days: Annotated[Number, Quantity("days of income", 0, 1e6)]
    minor_days: IncomeDays
    serious_days: IncomeDays
