"""Detection, exemptions and awareness: what the regime sees and files, and what people know of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.number import Chance, Factor, Number, PositiveDays, Probability, Quantity, Share
from demerit.files.table import Table
from demerit.files.vocabulary import Stratum
from demerit.regime.references import BandId

Looks = Annotated[Number, Quantity("1", 0, 1_000)]
Records = Annotated[Number, Quantity("records", 0.01, 1e6)]


class Detection(Table):
    """How hard authorities look, how often they hear context, and how often they record someone else [F31].

    P(detected) = 1 − (1 − coverage)^attention; attention = suspicion · scrutiny · follow. `suspicion` goes by
    band of the composite score, `base_suspicion` to all other bands. `additive`: more suspicion means more
    looks. `fixed_budget`: at every review attention gets a mean of one in each city. `follow`: the same, and
    looks go where records were found, or, with `follow_corrected`, where looks found something.
    `first_spared`: a first strike is let pass, P(the first record of a citizen is not filed).
    """

    context_recognition: Chance
    mismatch: Chance
    first_spared: Chance = Number(0.0, "probability/event")
    mode: Literal["additive", "fixed_budget", "follow"] = "additive"
    base_suspicion: Looks = Number(1.0, "1")
    suspicion: dict[BandId, Looks] = Field(default_factory=dict)
    minority_scrutiny: Looks = Number(1.0, "1")
    minority_mismatch: Annotated[Number, Quantity("1", 0, 100)] = Number(1.0, "1")
    follow_prior: Records = Number(1.0, "records")
    follow_corrected: bool = False
    review_days: PositiveDays = Number(30.0, "days")


class Exemptions(Table):
    """P(a record about somebody of a stratum is filed), on every channel; those who are exempt know it."""

    filed: dict[Stratum, Probability] = Field(default_factory=dict)


class Awareness(Table):
    """The share of people who know the score, and how much larger risk looks while the rules are new."""

    share: Share
    novelty: Factor
    novelty_half_life_days: PositiveDays
