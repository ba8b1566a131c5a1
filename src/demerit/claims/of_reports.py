"""Claims about people who report each other (C5, C25).

Every report in the model is made by a private person about a natural person: of one's own accord, for money,
out of a grudge, or because a superior wants it written.
"""

from __future__ import annotations

from demerit.claims.reading import Figure, Reading, share
from demerit.claims.statistics import Statistic


def _reports(reading: Reading, *, late: bool = False) -> int:
    return reading.count("reports_true", late=late) + reading.count("reports_false", late=late)


def reports(reading: Reading) -> Figure:
    """Return private reports on natural persons / adult-years, per 100 adult-years."""
    return share(_reports(reading), reading.adult_years, 100)


def false_share(reading: Reading) -> Figure:
    """Return reports whose target did not do it / reports, late."""
    return share(reading.count("reports_false", late=True), _reports(reading, late=True))


def reciprocal(reading: Reading) -> Figure:
    """Return reports that answer one about the reporter / reports: about whoever had reported their author.

    A report about somebody who is taken for the reporter wrongly is no answer.
    """
    return share(reading.count("reprisals_right"), _reports(reading))


STATISTICS: dict[str, Statistic] = {
    "C5.1": Statistic(reports),
    "C5.2": Statistic(reports),
    "C5.3": Statistic(false_share),
    "C25.1": Statistic(reciprocal),
}
