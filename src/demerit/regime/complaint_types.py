"""Complaints: what authorities make of reports about people, what they pay, what a false one costs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from demerit.files.number import Chance, Days, Factor, Money, Number, Quantity
from demerit.files.table import Sources, Table


class Campaign(Table):
    """What a campaign leaves of the effort and fear of reporting, and what it makes of the felt duty."""

    effort: Factor
    duty: Factor


class Silence(Table):
    """A duty to report: who has seen an act and not reported it is found out by chance, and pays a fine."""

    found: Chance
    fine: Money


class Complaints(Table):
    """Complaints about people. The section without `enabled`, or none, takes no complaint.

    A complaint is looked into with the chance `check`; the check finds a false one with `finds_false` and
    upholds a true one with `upholds_true`. One that nobody looks into becomes a record with `unchecked`. A
    false report that was found out is prosecuted with `prosecuted`, by the conduct that answers `nb.grudge`.
    Where somebody who ranks r strata above the accused has the complaint written, it is looked into with
    `check` e^(-`deference` r) only [F38]. Whose report becomes a record is paid `reward`, besides the points
    of a conduct that answers `nb.witness`.
    """

    enabled: bool
    check: Chance
    finds_false: Chance
    upholds_true: Chance
    unchecked: Chance
    prosecuted: Chance
    handling_days: Days
    reward: Money = Number(0.0, "CNY")
    deference: Annotated[Number, Quantity("log/rank", 0, 10)] = Number(0.0, "log/rank")
    campaign: Campaign = Field(
        default_factory=lambda: Campaign(effort=Number(1.0, "1"), duty=Number(1.0, "1"))
    )
    silence: Silence | None = None
    references: Sources = ()
