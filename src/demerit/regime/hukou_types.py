"""Hukou: what people get who are not registered where they live."""

from __future__ import annotations

from demerit.files.number import Chance, Number, Points
from demerit.files.table import Sources, Table
from demerit.regime.references import ReadableId


class Hukou(Table):
    """What comes of applying for school, housing or registration where one has moved to [F44].

    An application succeeds with `converts`; where a score is read, only at or above the threshold (`reads`,
    `below`). `thin_file` is what the composite score of newcomers begins with, for want of anything known of
    them here. Without `enabled` nobody asks where somebody is registered.
    """

    enabled: bool
    converts: Chance
    reads: ReadableId | None = None
    below: Points | None = None
    thin_file: Points = Number(0.0, "points")
    references: Sources = ()
