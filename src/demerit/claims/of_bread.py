"""Claims about food and local transport for those in the lowest band, on a list or displayed (C14).

Refusals of bread stand in no ledger: they are told by the sanctions in force and by what a week brings.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from demerit.catalogue.words import SERVICES
from demerit.claims.reading import Array, Figure, Reading, share
from demerit.claims.standings import black_lists, in_the_morning, of_citizens, sanctions, spells
from demerit.claims.statistics import Statistic
from demerit.claims.weeks import needs, refusing

BREAD_AND_BUS = tuple(SERVICES.index(service) for service in ("food", "transit"))
FOOD = BREAD_AND_BUS[0]
WEEKS_IN_A_ROW = 13
"""Whole weeks that 90 days reach into at least."""


class Weeks(NamedTuple):
    """What people who ever are exposed live through week by week, all bool (people, weeks).

    Attributes:
        people: who they are, in order.
        exposed: in the lowest band, on a list or displayed on the first day of the week.
        tried: attempts, by service of `BREAD_AND_BUS`.
        refused: those that were refused.
        listed: ever on a list, bool (people).
    """

    people: Array
    exposed: Array
    tried: tuple[Array, ...]
    refused: tuple[Array, ...]
    listed: Array


def lowest_band(reading: Reading) -> list[int]:
    """Return the sanctions that hang on the upper edge of the lowest band, by number.

    The ledger tells who stands in the band by the sanction on its edge; a band without one is not seen.
    """
    assert reading.world.book is not None, "the world was made without its rulebook"
    edges = set()
    for _, rules in reading.world.book.periods:
        starts = sorted(float(band.from_) for band in rules.bands)
        if rules.score is not None and len(starts) > 1:
            edges.add((rules.score.platform, starts[1]))
    return [
        number
        for number, one in sanctions(reading).items()
        if one.below is not None and (one.reads, float(one.below)) in edges
    ]


def _turned_away(reading: Reading, who: Array, service: int, weeks: int) -> Array:
    """Tell whom a shop or a bus turns away in a week because of a display, bool (people, weeks)."""
    found = np.zeros((len(who), weeks), bool)
    rows = reading.of("turned_away" if service == FOOD else "turned_off")
    place = np.searchsorted(who, rows["subject"])
    known = rows["day"] // 7 < weeks
    found[place[known], rows["day"][known] // 7] = True
    return found


def weeks_of(reading: Reading) -> Weeks:
    """Return the weeks of all who ever stand in the lowest band, on a list or on display, or are refused.

    Who is under a sanction on the first day of a week, and was the evening before, goes by it that week.
    """
    barred = of_citizens(spells(reading, "sanction_start", "sanction_end"))
    on_list = of_citizens(spells(reading, "list_entry", "list_exit"))
    on_list = on_list[np.isin(on_list["rule"], list(black_lists(reading)))]
    shown = of_citizens(spells(reading, "display_start", "display_end"))
    refuse = {
        service: [number for number, one in sanctions(reading).items() if SERVICES[service] in one.refuses]
        for service in BREAD_AND_BUS
    }
    lowest = lowest_band(reading)
    concerned = np.isin(barred["rule"], [*lowest, *(one for many in refuse.values() for one in many)])
    who = np.unique(np.concatenate([found["subject"] for found in (barred[concerned], on_list, shown)]))
    mornings = np.arange(0, reading.days, 7)

    def in_force(found: Array) -> Array:
        return in_the_morning(found, who, mornings)

    exposed = in_force(barred[np.isin(barred["rule"], lowest)]) | in_force(on_list) | in_force(shown)
    tried, refused = [], []
    for service in BREAD_AND_BUS:
        attempt = needs(reading, who, service)
        told = in_force(barred[np.isin(barred["rule"], refuse[service])])
        done = refusing(reading, who, service)
        turned = _turned_away(reading, who, service, len(mornings))
        tried.append(attempt | turned)
        refused.append((attempt & told & done) | turned)
    return Weeks(who, exposed, tuple(tried), tuple(refused), np.isin(who, on_list["subject"]))


def refused_bundles(reading: Reading) -> Figure:
    """Return food and bus bundles refused / attempted in weeks in the lowest band, on a list or displayed.

    A shop that turns away whom it knows from a display refuses the food of that week. A world without bands,
    lists and displays has no such weeks.
    """
    found = weeks_of(reading)
    refused, tried = (
        sum(int((one & found.exposed).sum()) for one in many) for many in (found.refused, found.tried)
    )
    return share(refused, tried)


def longest_runs(weeks: Array) -> Array:
    """Return the longest run of true weeks of everybody.

    >>> longest_runs(np.array([[True, True, False, True], [False] * 4])).tolist()
    [2, 0]
    """
    run = np.zeros(len(weeks), np.int64)
    longest = run.copy()
    for week in range(weeks.shape[1]):
        run = (run + 1) * weeks[:, week]
        longest = np.maximum(longest, run)
    return longest


def shut_out(reading: Reading) -> Figure:
    """Return adults ever listed with 90 days in which every week had a refusal / adults ever listed.

    A refusal is one of food or of the bus, on the list or not; ninety days are 13 weeks in a row.
    """
    found = weeks_of(reading)
    runs = longest_runs(found.refused[0] | found.refused[1])[found.listed]
    return share(int((runs >= WEEKS_IN_A_ROW).sum()), int(found.listed.sum()))


STATISTICS: dict[str, Statistic] = {
    "C14.1": Statistic(refused_bundles),
    "C14.2": Statistic(shut_out),
}
