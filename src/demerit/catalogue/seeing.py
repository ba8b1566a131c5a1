"""Fields of the compiled regime that say how acts are seen, and of whom no record is filed."""

from __future__ import annotations

from demerit.catalogue.words import KINDS, STRATA

BANDS_LIMIT = 16
"""Bands that a composite score can be cut into."""
NO_FOLLOWING, FOLLOW_RECORDS, FOLLOW_RATES = range(3)
"""Where inspections go: everywhere alike, where records are, or where records found per look are."""

SEEING = (
    ("recognition", "i8"),  # Q32
    ("mismatch", "i8", 2),  # Q32, by group: majority, minority
    ("escape", "i8", len(KINDS)),  # Q30: -log2(1 - coverage), halvings of the chance to go unseen
    ("suspicion", "i8", BANDS_LIMIT),  # Q16, by band, the highest first; without bands the first counts
    ("suspects", "i8"),  # 1 = suspicion differs between bands
    ("scrutiny", "i8", 2),  # Q16, by group
    ("fixed_budget", "i8"),  # 1 = attention has a mean of one in every city
    ("follow", "i8"),
    ("follow_prior", "i8"),  # 1/256 record
    ("review_days", "i8"),
    ("filed", "i8", len(STRATA)),  # Q32: a record about somebody of this stratum is filed
    ("exempts", "i8"),  # 1 = some stratum is exempt
    ("first_spared", "i8"),  # Q32: the first record of a citizen is let pass
)
