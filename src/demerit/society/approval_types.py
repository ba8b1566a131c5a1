"""Types of the section of a society file about approval: what raises and lowers it, and what is said."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Number, Quantity, Share, Years
from demerit.files.table import Table

Habituation = Annotated[Number, Quantity("years", 0, 1_000)]


class Approval(Table):
    """How people approve of how things are run [F17].

    `benefit` is what an offender seen punished, an offence fewer met, or a day of income given as a reward
    adds; `harm` what a day of own income lost takes, as far as it is more than one has got used to, which
    goes half the way in `habituation_years`; 0 means that nobody gets used to anything. A wrongful record of
    one's own takes `wronged`, one of somebody near `witnessed`, a unit of stress `strain` for each month that
    it lasts. Quiet time leads back with a half-life of `return_years`, to where ordinary law keeps `start`.
    In public disapproval is hidden with `hidden`, times perceived over mean risk.
    """

    enabled: bool
    start: Share
    benefit: Share
    harm: Share
    wronged: Share
    witnessed: Share
    strain: Share
    habituation_years: Habituation
    return_years: Years
    hidden: Share
