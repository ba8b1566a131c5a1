"""Staged accidents: what an office makes of people who claim to have been hit."""

from __future__ import annotations

from demerit.files.number import Chance, Days, Money
from demerit.files.table import Sources, Table


class Staging(Table):
    """Complaints of people who claim to have been hit. Without `enabled` offices take none, and nobody asks.

    `burden` is the chance that the driver loses where nobody can prove anything. A recording clears the
    driver of the claim with `clears`; the complaint enters a record all the same with `sticks`. Where a
    recording clears, the fake victim is found out with `found`, and prosecuted with `prosecuted` by the
    conduct that answers `law.staged`. A driver who loses pays `award` and is recorded by the conduct that
    answers `road.claim`.
    """

    enabled: bool
    burden: Chance
    clears: Chance
    sticks: Chance
    found: Chance
    prosecuted: Chance
    handling_days: Days
    award: Money
    references: Sources = ()
