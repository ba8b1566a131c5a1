"""What is gamed: how often, and how late, it is found out; what covered plates hide and moves escape."""

from __future__ import annotations

from demerit.files.number import Chance, PositiveDays, Share
from demerit.files.table import Sources, Table


class Plates(Table):
    """Covered plates [S81]: cameras cannot read a share `hides` of them.

    A cover is taken off after `term_days`; before that it is seen with `found` and recorded by the conduct
    that answers `road.plate`.
    """

    hides: Share
    found: Chance
    term_days: PositiveDays
    references: Sources = ()


class Moves(Table):
    """Moving to another city: copies from a city's registers that come later than `takes_days` do not follow.

    With `found` the file follows all the same, `follows_days` later.
    """

    takes_days: PositiveDays
    found: Chance
    follows_days: PositiveDays
    references: Sources = ()


class Gaming(Table):
    """How points gained without the deed come out [S87]; without the section they never do.

    Each purchase is found out with `found`, after `days`, and recorded by the conduct that answers
    `law.gaming`. Without `plates` nobody covers a plate, without `moves` nobody moves away from a record.
    """

    found: Chance
    days: PositiveDays
    plates: Plates | None = None
    moves: Moves | None = None
    references: Sources = ()
