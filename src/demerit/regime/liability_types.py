"""The section of a regime about collisions: what a driver owes, and what follows flight and killing."""

from __future__ import annotations

from demerit.files.number import IncomeDays, Money, Number, Probability, Share
from demerit.files.table import Sources, Table


class Liability(Table):
    """What drivers answer for after a collision [F24].

    Damages of a `death` are a lump sum, of a `disability` they add care for many years, `minor` is the
    rest; of each a driver owes `fault_share` after breaking a rule, else `blameless_share`. Compulsory
    insurance pays up to `compulsory`. Who flees is found with `found` or `found_fatal`, loses every
    cover and the licence, and serves `flight_sentence_days`. Who finishes somebody has intent proved
    with `intent_proved` and serves `intent_sentence_days`. A public suit costs `publicity_days` besides
    its record; a driver pays what avoiding it is worth, at most a share `settlement` of the damages.
    With `equal_liability` a driver owes the same for a death as for the gravest disability, which
    leaves nobody anything to gain by killing.
    """

    minor: Money
    disability: Money
    death: Money
    fault_share: Share
    blameless_share: Share
    compulsory: Money
    found: Probability
    found_fatal: Probability
    flight_sentence_days: IncomeDays
    intent_proved: Probability
    intent_sentence_days: IncomeDays
    settlement: Share = Number(0.0, "share")
    publicity_days: IncomeDays = Number(0.0, "days of income")
    equal_liability: bool = False
    references: Sources = ()
