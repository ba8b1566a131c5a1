"""Points gained without the deed: how often, and how late, they are found out."""

from __future__ import annotations

from demerit.files.number import Chance, PositiveDays
from demerit.files.table import Sources, Table


class Gaming(Table):
    """How points gained without the deed come out [S87]; without the section they never do.

    Each purchase is found out with `found`, after `days`, and recorded by the conduct that answers
    `law.gaming`.
    """

    found: Chance
    days: PositiveDays
    references: Sources = ()
