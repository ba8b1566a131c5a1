"""Kinds of message that travel between subjects."""

from __future__ import annotations

(
    FILED,
    CHAINED,
    SCOLDED,
    ARRIVED,
    CONVICTED,
    WOKEN,
    WEEK,
    HEARD,
    MET,
    CURED,
    LICENCE_BACK,
    SHARED,
    AMENDED,
    APPLY,
    APPLICATION,
    OFFER,
    JOB_ENDS,
    DISMISSED,
    LAID_OFF,
) = range(19)

LETTERS = (
    ("filed", "A record filed against the wrong person by a mismatch."),
    ("chained", "A record passed on by a chain rule."),
    ("scolded", "A rebuke by the employer."),
    ("arrived", "A record reaches the platform."),
    ("convicted", "The court's record of a prosecuted offence."),
    ("woken", "A threshold is crossed by decay: reckon again."),
    ("week", "A week of trips and applications under sanction."),
    ("heard", "Somebody near has been recorded."),
    ("met", "What somebody else did bears on trust in a circle."),
    ("cured", "A debt that was not paid when it was due is paid."),
    ("licence back", "The withheld licence is returned."),
    ("shared", "A record is shared with another register."),
    ("amended", "Other rules hold from today: scores are read anew."),
    ("apply", "Somebody without a job finds a place to apply for."),
    ("application", "An application reaches an employer."),
    ("offer", "An employer offers a job to who has applied."),
    ("job ends", "A job ends for a reason of the employee's own."),
    ("dismissed", "The employer dismisses somebody over a record."),
    ("laid off", "The employer cuts jobs under a sanction."),
)
