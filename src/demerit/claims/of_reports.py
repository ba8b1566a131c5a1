"""Claims about people who report each other (C5, C25).

Every report in the model is made by a private person about a natural person: of one's own accord, for money,
out of a grudge, or because a superior wants it written.
"""

from __future__ import annotations

import numpy as np

from demerit.claims.causes import ancestor
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
    """Return reports that answer one about the reporter / reports.

    An answer is borne by the belief to know who has reported one, and is about whoever has indeed. Whom a
    report is about is told by what the office makes of it; a report that it has not dealt with by the last
    day, or spares for an exemption, counts as no answer.
    """
    made = reading.of("reported")
    place = ancestor(reading, made, "feud")
    answers, feuds = made[place >= 0], reading.rows[place[place >= 0]]
    first = ancestor(reading, feuds, "reported")
    reporter = reading.rows["subject"][first]
    outcomes = reading.of("record", "false_report_found", "complaint_dismissed")
    outcomes = outcomes[np.argsort(outcomes["cause"], kind="stable")]
    found = np.minimum(np.searchsorted(outcomes["cause"], answers["id"]), len(outcomes) - 1)
    answered = outcomes[found] if len(answers) else outcomes[:0]
    right = (answered["cause"] == answers["id"]) & (answered["subject"] == reporter) & (first >= 0)
    return share(int(right.sum()), len(made))


STATISTICS: dict[str, Statistic] = {
    "C5.1": Statistic(reports),
    "C5.2": Statistic(reports),
    "C5.3": Statistic(false_share),
    "C25.1": Statistic(reciprocal),
}
