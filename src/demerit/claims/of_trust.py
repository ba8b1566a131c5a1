"""Claims about trust in the circles around a person, and about ties to friends (C9)."""

from __future__ import annotations

from typing import cast

import numpy as np

from demerit.catalogue.words import CIRCLES
from demerit.claims.reading import Figure, Reading, share
from demerit.claims.statistics import Kept, Statistic
from demerit.measures.stocks import COLUMN

CROSSED = -0.02
"""Difference of trust between two worlds from which on it counts as lost."""
_ONE = 65535


def monthly_trust(reading: Reading, circle: str) -> list[float]:
    """Return the mean trust of adults in a circle on the last day of each month."""
    held = np.array(reading.recorder.stocks, np.int64).sum(axis=1)
    mean = held[:, COLUMN[f"trust_{circle}"]] / held[:, COLUMN["adults"]] / _ONE
    return [float(value) for value in mean]


def _adults(reading: Reading) -> int:
    return int(reading.recorder.stocks[-1][:, COLUMN["adults"]].sum())


def trust(reading: Reading, circle: str) -> Figure:
    """Return the mean trust of adults in a circle on the last day."""
    return Figure(monthly_trust(reading, circle)[-1], float(_adults(reading)))


def neighbours(reading: Reading) -> Figure:
    """Return the mean trust in neighbours on the last day."""
    return trust(reading, "neighbours")


def friends(reading: Reading) -> Figure:
    """Return the mean trust in friends on the last day."""
    return trust(reading, "friends")


def institutions(reading: Reading) -> Figure:
    """Return the mean trust in institutions on the last day."""
    return trust(reading, "institutions")


def family(reading: Reading) -> Figure:
    """Return the mean trust in the family on the last day."""
    return trust(reading, "family")


def ties(reading: Reading) -> Figure:
    """Return ties to friends that hold / adults, on the last day.

    A tie holds while neither side has broken it off and both live; it is counted at each of its two ends. The
    strength of a friendship is fixed by the friends two people share, so breaking off is how a tie ends.
    """
    population = reading.setting.population
    dead = np.zeros(population.count + 1, bool)
    dead[reading.of("death")["subject"].astype(np.int64) + 1] = True
    listed = population.friends
    living = ((listed > 0) & ~dead[listed]).sum(axis=1)
    cut = reading.world.work["cut"]
    for place in range(min(listed.shape[1], 8)):
        lost = (cut >> place & 1 == 1) & (listed[:, place] > 0) & ~dead[listed[:, place]]
        living = living - lost
    alive = reading.adult & ~dead[1:]
    return share(float(living[alive].sum()), float(np.count_nonzero(alive)))


def circle_gap(reading: Reading) -> Figure:
    """Return the loss of trust in neighbours since day 0 less that in the family, on the last day."""
    start = reading.setting.people["trust_start"] / _ONE

    def lost(circle: str) -> float:
        return float(start[CIRCLES.index(circle)]) - monthly_trust(reading, circle)[-1]

    return Figure(lost("neighbours") - lost("family"), float(_adults(reading)))


def series(reading: Reading) -> Kept:
    """Keep the monthly trust in neighbours and in the family, and how many adults it is of."""
    kept: Kept = {circle: monthly_trust(reading, circle) for circle in ("neighbours", "family")}
    return kept | {"adults": _adults(reading)}


def crossing(here: list[float], there: list[float]) -> int:
    """Return the first month in which trust lies lower than elsewhere by `CROSSED`, their number if in none.

    >>> crossing([0.9, 0.88, 0.7], [0.9, 0.9, 0.9]), crossing([0.9], [0.9])
    (1, 1)
    """
    months = zip(here, there, strict=False)
    lower = (month for month, (one, other) in enumerate(months) if one - other <= CROSSED)
    return next(lower, min(len(here), len(there)))


def months_between(here: Kept, there: Kept) -> Figure:
    """Return the months from the crossing by trust in neighbours to that by trust in the family.

    A circle that never crosses counts as crossing at the end, so two that never do lie no month apart.
    """
    crossed = {circle: crossing(here[circle], there[circle]) for circle in ("neighbours", "family")}
    return Figure(float(crossed["family"] - crossed["neighbours"]), float(cast(int, here["adults"])))


STATISTICS: dict[str, Statistic] = {
    "C9.1": Statistic(neighbours),
    "C9.2": Statistic(friends),
    "C9.3": Statistic(institutions),
    "C9.4": Statistic(family),
    "C9.5": Statistic(ties),
    "C9.6": Statistic(circle_gap),
    "C9.7": Statistic(series, months_between),
}
