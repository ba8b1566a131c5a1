"""Fields of the compiled tables about an injured stranger, and what somebody can do who meets one."""

from __future__ import annotations

HELP_NOW, HELP_WITH_PROOF, CALL, WALK_ON = range(4)
HELPS = ("help at once", "proof first", "call and wait", "walk on")
"""What somebody does who meets an injured stranger."""

LIABILITY_FOR_HELP = (
    ("helper_liable", "i8"),  # Q16: a helper without evidence is held liable when blamed
    ("evidence_clears", "i8"),  # Q16: share of that chance which evidence takes away
    ("cameras", "i8"),  # Q32: a public camera has recorded who did what
    ("award_fen", "i8"),  # damages of a helper held liable
    ("false_claim_found", "i8"),  # Q16: a claim that fails is found to be false
    ("false_claim_fen", "i8"),  # fine for it
)

RESCUING = (
    ("rescues", "i8"),  # 1 = injured strangers are met
    ("help_cost", "i8", 3),  # Q16 days, by option
    ("call_share", "i8"),  # Q16 of the harm that calling for help averts
    ("rescue_inverse_tau", "i8"),  # Q16 per day
    ("feared_claim", "i8"),  # Q16: chance of being blamed as people see it before they have heard of cases
    ("claim_gain", "i8"),  # Q16 days
    ("claim_harm", "i8"),  # Q16 days
    ("claim_inverse_tau", "i8"),  # Q16 per day
    ("passers_by", "i8"),  # who come by, one after the other
    ("passer_minutes", "i8"),  # between two of them
    ("proof_minutes", "i8"),
    ("call_minutes", "i8"),
    ("bystanders", "i8"),  # who are there at the same time and reckon with each other; 0 = one by one
    ("others_help", "i8"),  # Q16: chance that one of the others helps, as each of them expects
)
