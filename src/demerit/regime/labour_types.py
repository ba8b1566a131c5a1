"""Labour courts: what becomes of a dismissal that followed a refusal."""

from __future__ import annotations

from demerit.files.number import Chance, Days, Money
from demerit.files.table import Sources, Table


class LabourCourt(Table):
    """Suits over a dismissal that followed the refusal of a superior; without the section there are none.

    The court finds for whoever was dismissed with `won`, and the superior pays `award` after `days`.
    """

    won: Chance
    award: Money
    days: Days
    references: Sources = ()
