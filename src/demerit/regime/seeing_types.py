"""Detection and awareness: what the regime sees, and what people know of it."""

from __future__ import annotations

from demerit.files.number import Chance, Factor, PositiveDays, Share
from demerit.files.table import Table


class Detection(Table):
    """How often mitigating context is recognised, and how often someone else is recorded instead [F31]."""

    context_recognition: Chance
    mismatch: Chance


class Awareness(Table):
    """The share of people who know the score, and how much larger risk looks while the rules are new."""

    share: Share
    novelty: Factor
    novelty_half_life_days: PositiveDays
