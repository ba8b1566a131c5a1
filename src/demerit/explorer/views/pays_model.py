"""What the view of who pays is made of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from demerit.explorer.answer import Answer
from demerit.explorer.views.model import Chart

Grouping = Literal["stratum", "hukou", "income fifth", "group", "province"]
FATES = (
    "nothing on record", "recorded, rightly", "recorded, and one record is wrong",
    "under a sanction, rightly", "under a sanction for a record that is wrong",
)  # fmt: skip
"""What can become of an adult, the lightest first; each is counted once, at the heaviest."""


class Paid(Answer):
    """What a group of adults has paid."""

    group: str = Field(description="Name of the group.")
    says: str = Field(description="The same in words.")
    adults: int = Field(description="People of 16 and older on the first day.")
    equal_conduct: float | None = Field(
        description="Sanction days over those expected of its acts at what others bear; 1 is alike."
    )
    sanctions: int = Field(description="Sanctions behind that; fewer than 30 say little.")
    sanction_days: float | None = Field(description="Days under sanctions per adult and year.")
    wrongful_days: float | None = Field(
        description="Of them, days for a record that should not be there, per 1,000 adults and year."
    )
    burden: float | None = Field(
        description="Fines, pay lost, substitutes, study: days of own income per adult and year; null where "
        "the engine does not count by this grouping."
    )
    burden_twin: float | None = Field(description="The same in the twin world.")
    escape: float | None = Field(description="Share of offences that left no record about who did it.")
    of_1000: tuple[int, ...] = Field(description="Of 1,000 adults, how many came to each fate, in order.")
    stretches: tuple[float, ...] = Field(description="Share of adults by days under sanctions, in order.")


class WhoPays(Answer):
    """A world's burdens by group."""

    world: str
    by: Grouping
    fates: tuple[str, ...] = FATES
    stretches: tuple[str, ...] = Field(description="Days under sanctions, in order.")
    counted: bool = Field(
        description="Whether acts are counted by this grouping, not shared out within strata."
    )
    years: float
    groups: tuple[Paid, ...] = Field(description="Everybody first.")
    charts: tuple[Chart, ...]
