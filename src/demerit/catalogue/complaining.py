"""Fields of the compiled tables about complaints, and what can become of one."""

from __future__ import annotations

from demerit.catalogue.words import KINDS, STRATA

REPORTERS = ("family", "friends", "neighbours", "colleagues")
"""Circles whose members see what somebody does and may report it; their codes are those of the circles."""
FILED, DROPPED, EXPOSED, EXCUSED, SPARED = range(5)
"""What becomes of a complaint: a record, nothing for want of proof, a false report found out, context heard,
nothing because its subject is exempt."""

RECORDED, AWARDED, CLEARED, FOUND_OUT = 1, 2, 4, 8
"""What an office makes of a claim to have been hit: bits."""

STAGING_RULES = (
    ("staging", "i8"),  # 1 = offices take complaints of people who claim to have been hit
    ("proof_burden", "i8"),  # Q32: the driver loses where there is no proof
    ("clears", "i8"),  # Q32: a recording clears the driver of the claim
    ("sticks", "i8"),  # Q32: the complaint enters a record in spite of the recording
    ("claim_days", "i8"),
    ("claim_award_fen", "i8"),
    ("stager_found", "i8"),  # Q32: where a recording clears the driver, the fake victim is found out
    ("stager_prosecuted", "i8"),  # Q32: and prosecuted
    ("staging_take", "i8"),  # Q16 days of mean income that a staged accident is expected to bring
)

POWER_RULES = (
    ("rank_checked", "i8", len(STRATA)),  # Q32: share of the checks left, by how far the accuser ranks above
    ("labour_won", "i8"),  # Q32: the court finds for whoever was dismissed over a refusal
    ("labour_fen", "i8"),
    ("labour_days", "i8"),  # until it is paid
    ("labour_sued", "i8"),  # Q32: somebody of mean income sues
)

COMPLAINING = (
    *STAGING_RULES,
    *POWER_RULES,
    ("complaints", "i8"),  # 1 = authorities take complaints about people
    ("check", "i8"),  # Q32: a complaint is looked into
    ("finds_false", "i8"),  # Q32: the check finds that a complaint is false
    ("upholds_true", "i8"),  # Q32: the check upholds one that is true
    ("unchecked", "i8"),  # Q32: one that nobody looks into becomes a record
    ("handling_days", "i8"),
    ("reward_fen", "i8"),  # for a report that becomes a record
    ("effort_factor", "i8"),  # Q16: what a campaign leaves of the effort and fear of reporting
    ("duty_factor", "i8"),  # Q16: what it makes of the felt duty
    ("silence", "i8"),  # Q32: who has seen an act and not reported it is found out
    ("silence_fen", "i8"),
    ("prosecuted", "i8"),  # Q32: a false report that was found out is prosecuted
    ("believed_true", "i8"),  # Q16: chance that a report of what was done becomes a record
    ("believed_false", "i8"),  # Q16: the same of one of what was not done
    ("told", "i8", (len(KINDS), len(REPORTERS))),  # Q32: an act is reported by the circle
    ("watched", "i8", len(KINDS)),  # Q32: an act leads to a record, by the authority or a complaint
)

(
    NOBODY,
    LEANING_GRUDGE,
    LEANING_OPPORTUNISM,
    HOUSEMATE,
    SUBORDINATE,
    LEANING_FAITH,
    CHILD_AT_HOME,
    LEANING_TRAVEL,
    NEWCOMER,
) = range(9)
"""What a situation that not everybody eligible meets depends on."""

POWER = (
    ("power", "i8"),  # 1 = superiors can harass
    ("men_meet", "i8"),  # Q32: how often men are harassed, relative to women
    ("refuse_odds", "i8"),  # Q16 log-odds under ordinary law, as the three below
    ("dismiss_refuser_odds", "i8"),
    ("order_odds", "i8"),
    ("proxy_odds", "i8"),
    ("power_inverse_tau", "i8"),  # Q16 per day
    ("spite", "i8"),  # Q16 days: what a record of whoever refused is worth to the superior
    ("job_worth", "i8"),  # Q16 days that a lost job costs
    ("suit_effort", "i8"),  # Q16 days
    ("theft_share", "i8"),  # Q32: theft is alleged, else fraud
)

REPORTING = (
    *POWER,
    ("demand_fen", "i8"),
    ("hassle", "i8"),  # Q16 days: what a complaint costs the driver in any case
    ("follow_effort", "i8"),  # Q16 days: what carrying out the threat costs
    ("camera_fen", "i8"),
    ("camera_years", "i8"),  # Q16: years for which its worth is reckoned
    ("fear_own", "i8"),  # Q16: chance of another case in a year, right after one's own
    ("fear_heard", "i8"),  # Q16: the same after hearing of one
    ("seen_by", "i8", (len(KINDS), len(REPORTERS))),  # Q32, cumulative: somebody of the circle sees the act
    ("arises", "i8", len(KINDS)),  # leaning or household that a situation depends on
    ("arises_share", "i8", len(KINDS)),  # Q16: mean share of candidates that do arise
    ("women_meet", "i8"),  # Q32: domestic temptation of women over that of men
    ("report_effort", "i8"),  # Q16 days
    ("report_tie", "i8", len(REPORTERS)),  # Q16 days that reporting somebody of the circle costs
    ("report_duty", "i8"),  # Q16 of felt harm
    ("inverse_tau_days", "i8"),  # Q16 per day
    ("betrayal", "i8", len(REPORTERS)),  # Q32: step of trust of whoever is reported by the circle
    ("guesses", "i8"),  # Q32: who is reported believes to know by whom
    ("guesses_right", "i8"),  # Q32
    ("feud_days", "i8"),  # how long the grudge lasts
    ("feud_wait", "i8"),  # mean days between occasions
    ("alleged", "i8", len(KINDS)),  # Q32, cumulative: what false reports allege
)
