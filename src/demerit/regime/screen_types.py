"""Screens: who is shown in public, what of them, where and for how long."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from demerit.files.number import PositiveDays
from demerit.files.table import Listed, Sources, Table

ShownFor = Literal["listed", "lowest-band", "published-record"]
ShownField = Literal["name", "photo", "home-address", "allegation"]


class Screens(Table):
    """Public displays of citizens. Without `enabled` nobody is shown.

    Somebody is shown for `term_days` who enters a list (`listed`), whom a record finds or puts in the lowest
    band (`lowest-band`), or who gets a record of a conduct that `publishes` (`published-record`). By the name
    acquaintances know them, by the photo strangers do; at the home address they are harassed; neighbours read
    the allegation. Screens of the `city` are seen by friends and employers, a board in the `neighbourhood` by
    neighbours and shops only. With `lookups` anybody can look up how somebody stands, before a deal say.
    """

    enabled: bool
    shows: Annotated[tuple[ShownFor, ...], Listed, Field(min_length=1)]
    fields: Annotated[tuple[ShownField, ...], Listed, Field(min_length=1)]
    place: Literal["city", "neighbourhood"]
    term_days: PositiveDays
    lookups: bool = False
    references: Sources = ()
