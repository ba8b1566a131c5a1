"""Types of the section of a society file about power: what superiors and subordinates do to each other."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Chance, IncomeDays, Number, Quantity, Share
from demerit.files.table import Table


class Power(Table):
    """What follows when a superior harasses a subordinate [F38]; without `enabled` nobody does.

    `refuse`, `dismiss_refuser`, `order` and `proxy` are chances under ordinary law: that a subordinate
    refuses, that a superior who was refused dismisses, or has a complaint written, and that a colleague
    writes it. A regime moves them by what it adds to their consequences, against a noise of `noise_days`;
    a record of whoever refused is worth `spite_days` to the superior, a suit costs `suit_days`. Men are
    harassed `men_meet` times as often as women. `theft_share` of the complaints allege theft, the others
    fraud with the employer's data or money.
    """

    enabled: bool
    men_meet: Share
    refuse: Chance
    dismiss_refuser: Chance
    order: Chance
    proxy: Chance
    theft_share: Share
    spite_days: IncomeDays
    suit_days: IncomeDays
    noise_days: Annotated[Number, Quantity("days of income", 0.01, 1_000)]
