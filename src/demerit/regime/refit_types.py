"""A regime that refits itself: a number that follows what an authority measures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from demerit.files.number import Number, Quantity, Share
from demerit.files.table import Sources, Table
from demerit.files.vocabulary import Observable

Slope = Annotated[Number, Quantity("1", -1e6, 1e6)]


class Refit(Table):
    """Sets a number anew, every so many months, to offset + slope × what was measured since (X6).

    The target is something an authority can see, never what people did unseen or why; the parameter is
    named as in a patch and must have a range, which the new value never leaves. With the target
    `edge_of_the_best` it follows the lowest composite score that no more than `share` of the adults reach:
    the edge of a band or reward then goes by quota, and whoever is overtaken loses it.
    """

    every_months: Annotated[int, Field(ge=1, le=120)]
    target: Observable
    parameter: str
    share: Share | None = None
    slope: Slope = Number(1.0, "1")
    offset: Slope = Number(0.0, "1")
    references: Sources = ()
