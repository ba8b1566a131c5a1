"""Types of the section of a society file about ostracism: what others make of people on public display."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Number, Probability, Quantity, Share
from demerit.files.table import Table


class Ostracism(Table):
    """What others make of somebody on public display [F16].

    `harassment` is what it costs a day to be harassed at a home that is shown, as a share of the own income.
    `dismissed` is the hazard that a company which loses nothing else dismisses an employee on display,
    `turned_away` the chance that a shop does not serve somebody on display. A friendship of mean strength is
    worth `tie_days`; of the friends who see somebody on display `ties_cut` break off where nothing but the
    shame speaks for it, weak ties first.
    """

    harassment: Share
    dismissed: Annotated[Number, Quantity("1/month", 0, 10)]
    turned_away: Probability
    tie_days: Annotated[Number, Quantity("days of income", 0.01, 1_000)]
    ties_cut: Annotated[Number, Quantity("probability", 0.001, 0.999)]
