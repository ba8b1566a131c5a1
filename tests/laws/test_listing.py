"""The share of people on a list is that of a two-state process: one rate lists, another releases (M60)."""

from __future__ import annotations

import math

from tests.laws.conftest import NO_APPEALS, Figure
from tests.laws.lived import live

from demerit.catalogue.entries import CURE, LIST_ENTRY, LIST_EXIT
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.society import Society

ERRORS = 4.0
PAID_AFTER = 365
RELEASE = 3 * 7 / 5
"""Three working days, as days: what performance leaves of a stay [S34]."""
FROM, UNTIL = 5 * 364, 10 * 364
"""The list has had five mean stays to fill."""


def test_the_listed_share_is_that_of_the_two_state_process(figure: Figure) -> None:
    city = Society.load("city")
    judgment = "situation.law.judgment"
    only = {f"situation.{one.id}.rate": 0 for one in city.data.situations}
    only |= {f"{judgment}.rate": 0.05, f"{judgment}.cure_days": PAID_AFTER, "labour.applications": 0}
    # purses and what people learn would let the rate of entries drift; everybody meets as many judgments
    only |= {"exposure.other_sigma": 0}
    only |= {f"{judgment}.need_weight": 0}
    only |= {f"learning.{name}": 0 for name in ("kappa", "alpha", "alpha_heard", "hearers")}
    lived = live(
        settle(city.patched(only), 60_000, 1), Regime.load("defaulter-list").patched(NO_APPEALS), UNTIL
    )
    adults = int(lived.adult.sum())
    began: dict[int, int] = {}
    listed, entries, exits = 0, 0, 0
    for row in lived.of(LIST_ENTRY, LIST_EXIT):
        subject, day = int(row["subject"]), int(row["day"])
        if row["what"] == LIST_ENTRY:
            began[subject] = day
            entries += day >= FROM
        else:
            listed += max(0, day - max(began.pop(subject), FROM))
            exits += day >= FROM
    listed += sum(UNTIL - max(day, FROM) for day in began.values())
    unlisted = adults * (UNTIL - FROM) - listed
    assert exits > 2_000
    # stays are exponential: who is not yet listed after the days of grace has as long to go as at first;
    # who performs another judgment meanwhile, listed for it or not, is released as well
    performed = len(lived.of(CURE)) / (adults * UNTIL)
    leaves = 1 / (PAID_AFTER + RELEASE) + performed
    stay = listed / exits
    errors = (stay * leaves - 1) * math.sqrt(exits)
    figure(f"mean stay {stay:.1f} days, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
    enters = entries / unlisted
    share, expected = listed / (listed + unlisted), enters / (enters + leaves)
    # the error of the stay, and that of entries less exits: the list's Poisson number on two days
    error = math.sqrt(1 / exits + 2 * listed / (UNTIL - FROM) / entries**2)
    errors = (share / expected - 1) / error
    figure(f"share {share:.5f} for {expected:.5f}, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
