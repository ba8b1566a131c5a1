"""What the civil service keeps about its officials, and the fields of the compiled tables about it."""

from __future__ import annotations

from demerit.catalogue.words import KINDS
from demerit.engine.columns import Column, Table

FREE_TO, ON_REQUEST, FORBIDDEN = range(3)
STATUSES = ("free", "on-request", "forbidden")
"""What a regime makes of a lawful activity of its officials."""
ABSTAIN, ASK, DO = range(3)
"""What an official does on an occasion; doing without permission is doing in secret where one is needed."""
EXCELLENT, COMPETENT, BASIC, INCOMPETENT = range(4)
GRADES = ("excellent", "competent", "basically competent", "incompetent")
"""Annual grades [S110]."""
DEGREES = ("warning", "demerit", "major demerit", "demotion")
"""Sanctions of officials by weight; while one lasts there is no promotion and no pay step [S113]."""
GOVERNED = (
    "travel",
    "rite",
    "account_abroad",
    "property_abroad",
    "school_abroad",
    "internet",
    "paper",
    "interview",
    "conference",
    "podcast",
    "shares",
)
"""Activities of officials that a regime can govern; the situation kind of each is ``cs.`` and its name."""
TALK, RECORD_OUTCOME, DISMISSAL = range(3)
OUTCOMES = ("talk", "record", "dismissal")
"""How an investigation ends [S121]."""
CONDITION, OFFENCE = range(2)
RELATIVES = ("condition", "offence")
"""What of a relative marks an official: what a relative is, which is no act, or what a relative has done."""
NO_PASSPORTS, LEADERS_PASSPORTS, ALL_PASSPORTS = range(3)
KEPT = ("none", "leaders", "all")
"""Whose passports the unit keeps."""
REFUSED, GIVEN = range(2)
ANSWERS = ("refused", "given")
YEAR = 365
EVALUATION = 364
"""Day of the year on which officials are evaluated."""
BINS, LOWEST_MERIT, MERIT_STEP = 256, -12 << 16, 6144
"""Merits are told apart in steps of 6144/65536 of a logit, from the lowest on."""

OFFICIAL = Table(
    "official",
    "What the civil service keeps about an official, and what the official has learnt of it.",
    (
        Column("citizen", "u4", "citizen", "Who it is."),
        Column("points", "i4", "1/1000 point", "Discipline points on points_day; never above nought."),
        Column("alert", "i2", "1/4096", "Log-multiplier on the true chance of being found out."),
        Column("points_day", "u2", "day", "Day the points stand at."),
        Column("alert_day", "u2", "day", "Day the alert stands at."),
        Column("held_until", "u2", "day", "End of the sanctions in force: no promotion, no pay step."),
        Column("inquiry_until", "u2", "day", "End of the investigation."),
        Column("banned_until", "u2", "day", "Until when no request to travel is taken."),
        Column("occasions", "u1", "occasions", "Governed occasions since the last grade."),
        Column("complied", "u1", "occasions", "Of these, those abstained from or asked for."),
        Column("found", "u1", "occasions", "Of these, those found out."),
        Column("good", "u1", "years", "Years graded excellent since the last promotion."),
        Column("poor", "u1", "years", "Years graded incompetent in a row."),
        Column("grade", "u1", "code + 1", "Last grade; 0 = none yet.", low=0, high=len(GRADES)),
        Column("abroad", "u1", "code", "1 = on a trip with permission.", low=0, high=1),
        Column("out", "u1", "code", "1 = dismissed from the service.", low=0, high=1),
    ),
    28,
)
GRADING = Table(
    "grading",
    "A province's personnel office at the annual evaluation.",
    (
        Column("merits", "u4", "officials", "How many have each merit; those not fit for excellent apart.",
               (BINS,)),
        Column("evaluated", "u4", "officials", "How many are evaluated."),
        Column("bar", "u4", "bin", "Lowest merit that can be excellent."),
        Column("left", "u4", "places", "Places left at that merit."),
        Column("day", "u2", "day", "Day the merits came in."),
        Column("decided", "u2", "day", "Day the places were shared out."),
    ),
    1040,
)  # fmt: skip
OFFICIAL_DTYPE = OFFICIAL.dtype()
GRADING_DTYPE = GRADING.dtype()

_KINDS = len(KINDS)

SERVICE_RULES = (
    ("service", "i8"),  # 1 = there is a civil service with rules of its own
    ("status", "i8", _KINDS),  # what the regime makes of an official's activity
    ("found_out", "i8", (2, _KINDS)),  # Q32: done without permission, by whether the app is on the phone
    ("service_points", "i8", _KINDS),  # thousandths, for being found out
    ("service_fine_fen", "i8", _KINDS),
    ("layers", "i8"),  # of approval
    ("layer_passes", "i8"),  # Q32
    ("layer_days", "i8"),
    ("granted", "i8"),  # Q16: chance that all layers pass
    ("discipline_half_life", "i8"),  # days
    ("degree_points", "i8", len(DEGREES)),  # thousandths lost from which the degree is reached
    ("degree_days", "i8", len(DEGREES)),
    ("excellent_share", "i8"),  # quota, ten-thousandths
    ("excellent_odds", "i8"),  # Q16 log-odds of the quota
    ("merit_per_point", "i8"),  # Q16
    ("loyalty_weight", "i8"),  # Q16
    ("basic_points", "i8"),  # thousandths lost from which an official is basically competent
    ("incompetent_points", "i8"),
    ("bonus", "i8"),  # Q16 days of income, for excellent
    ("pay_step", "i8"),  # Q15 of the wage
    ("level_pay", "i8"),  # Q15 of the wage between two levels
    ("promoted", "i8"),  # Q32: chance that a year graded excellent brings, after enough others
    ("review_asked", "i8"),  # Q32: an official asks for review of a record
    ("review_granted", "i8"),  # Q32: it is taken back
    ("review_answered", "i8"),  # days
    ("good_years", "i8"),  # years graded excellent that make one fit for it
    ("poor_years", "i8"),  # years graded incompetent in a row that end the service
    # what they expect, Q16 days of income
    ("excellent_value", "i8"),
    ("step_value", "i8"),
    ("demotion_value", "i8"),
    ("inquiry_value", "i8"),  # of an investigation
    ("ban_value", "i8"),  # of trips that cannot be asked for
    # investigations
    ("inquiry_opens", "i8", _KINDS),  # Q32: whoever is found out is investigated
    ("inquiry_least", "i8"),  # days
    ("inquiry_most", "i8"),
    ("inquiry_ends", "i8", len(OUTCOMES)),  # Q32, cumulative
    ("inquiry_points", "i8"),  # thousandths, where it ends with a record
    # relatives
    ("relative_seen", "i8", len(RELATIVES)),  # Q32: the unit learns of it
    ("relative_points", "i8", len(RELATIVES)),  # thousandths
    # travel
    ("passports_kept", "i8"),  # whose
    ("least_granted", "i8"),  # Q16 of the days asked for
    ("late_found", "i8"),  # Q32
    ("late_points", "i8"),  # thousandths
    ("ban_days", "i8"),
    ("household_layers", "i8"),  # that people with an official of a strategic sector at home ask
    ("passport_refused", "i8"),  # Q32: of other people's applications
    ("passport_below", "i8"),  # whole points of the composite below which all are refused; 0 = none
    ("grade_blur", "i8"),  # Q16 per point: inverse width of the threshold as they see it
)
"""Fields of the compiled regime about officials."""

SERVING = (
    ("ask_effort", "i8"),  # Q16 days for each layer
    ("trip_least", "i8"),  # days abroad that are asked for
    ("trip_most", "i8"),
)
"""Fields of the compiled society about officials."""
