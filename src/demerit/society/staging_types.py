"""Types of the section of a society file about staged accidents: what is asked for, what cameras cost."""

from __future__ import annotations

from demerit.files.number import IncomeDays, Money, Probability, Share, Years
from demerit.files.table import Table


class StagedAccidents(Table):
    """What fake victims ask for, and when drivers buy cameras [F28].

    `hassle_days` is what a complaint costs a driver in any case, `follow_days` what carrying out the threat
    costs the fake victim. A camera is weighed while a case is fresh: another within a year then seems as
    likely as `fear_own` after an own case and as `fear_heard` after one heard of; it counts for
    `camera_years`.
    """

    demand: Money
    hassle_days: IncomeDays
    follow_days: IncomeDays
    camera: Money
    camera_years: Years
    fear_own: Probability
    fear_heard: Share
