"""Fields of the compiled regime about appeals and repair, and what a step of an appeal can be."""

from __future__ import annotations

from demerit.catalogue.words import INABILITY, LABELS, STRATA, WRONGFUL

WRONGED, UNABLE, RIGHTLY = range(3)
GROUNDS = ("wrongful", "inability", "rightful")
"""What an appeal stands on, as its appellant knows it."""
GROUND_OF_LABEL = tuple(
    WRONGED if label in WRONGFUL else UNABLE if code == INABILITY else RIGHTLY
    for code, label in enumerate(LABELS)
)

NO_PERSON = len(STRATA)
"""Status of an appellant that is an organisation, in the place of a stratum."""

OPEN, DECIDE, LEAVE, OVERDUE = range(4)
"""Steps of a case at its office: a desk opens it, decides it, the appellant leaves, the deadline passes."""
UPHELD, REVERSED, GIVEN_UP, REVERSED_BY_DEFAULT = range(4)
"""What an appellant hears in the end."""

REPAIRABLE = 24
"""Places that sanctions read and a course can mend: score systems, and from ``READS_LIST`` on lists."""

APPEALING = (
    ("appeals", "i8"),  # 1 = records can be appealed
    ("appeal_chance", "i8", len(GROUNDS)),  # Q32, before wealth and trust
    ("legal_aid", "i8"),  # Q16: share of the way to what the richest can do
    ("capacity", "i8"),  # thousandths of a decision a year for a million adults
    ("service_days", "i8"),  # thousandths
    ("notice_days", "i8"),
    ("window_days", "i8"),  # from the day of the record
    ("prepared", "i8"),  # Q32: chance a day that an appeal is ready to be filed
    ("patience_days", "i8"),
    ("deadline_days", "i8"),  # 0 = none
    ("evidence", "i8"),  # Q32: share of appellants who have evidence
    ("reversal", "i8", len(GROUNDS)),  # Q16 logit without evidence and status, independence included
    ("reversal_evidence", "i8"),  # Q16 added to it
    ("reversal_status", "i8", NO_PERSON + 1),  # Q16 added to it, by stratum; organisations last
    ("context_hearing", "i8"),  # Q32: necessity is recognised at a hearing
    ("reversal_integrity", "i8"),  # Q16 taken off by what a reversal costs the office itself
    ("bodies_appeal", "i8"),  # 1 = organisations appeal too
    ("filing_cost", "i8"),  # Q16 days of payroll that an appeal costs an organisation
    ("integrity_register", "i8"),  # register in which an office is scored; -1 = none
    ("integrity_points", "i8"),  # thousandths lost by it for each record reversed
    ("repairs", "i8"),  # 1 = some score can be repaired
    ("repair", "i8", REPAIRABLE),  # number of the rule + 1; 0 = none
    ("repair_waiting", "i8", REPAIRABLE),  # days
    ("repair_course", "i8", REPAIRABLE),  # days
    ("repair_cost", "i8", REPAIRABLE),  # Q16 days of income
    ("repair_share", "i8", REPAIRABLE),  # Q16 of the points lost
)
