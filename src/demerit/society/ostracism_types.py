"""Types of the section of a society file about ostracism: what others make of people on public display."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Number, Quantity, Share
from demerit.files.table import Table


class Ostracism(Table):
    """What others make of somebody on public display [F16].

    `harassment` is what it costs a day to be harassed at a home that is shown, as a share of the own income.
    `dismissed` is the hazard that a company which loses nothing else dismisses an employee on display.
    """

    harassment: Share
    dismissed: Annotated[Number, Quantity("1/month", 0, 10)]
