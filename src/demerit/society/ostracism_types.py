"""Types of the sections of a society file about ostracism, and about deals between strangers."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Factor, IncomeDays, Number, Probability, Quantity, Share
from demerit.files.table import Table


class Ostracism(Table):
    """What others make of somebody on public display [F16].

    `harassment` is what it costs a day to be harassed at a home that is shown, as a share of the own income.
    `dismissed` is the hazard that a company which loses nothing else dismisses an employee on display,
    `turned_away` the chance that a shop does not serve somebody on display, `bus_refuses` that a bus does not
    take one along. Of the strangers who pass a screen `viewers` remember what is alleged. A friendship of
    mean strength is worth `tie_days`; of the friends who see somebody on display `ties_cut` break off where
    nothing but the shame speaks for it, weak ties first.
    """

    harassment: Share
    dismissed: Annotated[Number, Quantity("1/month", 0, 10)]
    turned_away: Probability
    bus_refuses: Probability
    viewers: Annotated[Number, Quantity("people", 0, 7)]
    tie_days: Annotated[Number, Quantity("days of income", 0.01, 1_000)]
    ties_cut: Annotated[Number, Quantity("probability", 0.001, 0.999)]


class Deals(Table):
    """What strangers are asked for, and whether they agree [F16].

    A part `rent_share` of what is asked is to rent, `loan_share` to borrow, the rest to marry; the days are
    what is at stake for whoever is asked. By trust in strangers alone a share `agreed` agrees. A look-up
    costs `look_effort_days` and avoids `look_avoids` of what one fears. It leaves `doubt_clean` of the doubt
    about somebody it shows nothing against, and makes `doubt_low` of it where the standing is low.
    """

    rent_share: Share
    loan_share: Share
    rent_days: IncomeDays
    loan_days: IncomeDays
    marriage_days: IncomeDays
    agreed: Annotated[Number, Quantity("probability", 0.01, 0.99)]
    look_effort_days: IncomeDays
    look_avoids: Share
    doubt_clean: Factor
    doubt_low: Factor
