"""Fields of the compiled tables about collisions, and what a driver can do after one."""

from __future__ import annotations

from demerit.catalogue.rescuing import LIABILITY_FOR_HELP, RESCUING
from demerit.catalogue.words import KINDS

MINOR, SERIOUS, FATAL = range(3)
SEVERITIES = ("minor", "serious", "fatal")
"""How badly somebody is hurt in a collision; of what a driver owes, *serious* is a lasting disability."""
STAY, FLEE, FINISH = range(3)
RESPONSES = ("stay", "flee", "finish")
"""What a driver does after a collision."""
IN_COLLISION, FINISHED, UNHELPED = range(3)
DEATHS = ("collision", "finished", "unhelped")
"""What people die of here: of the collision, of a driver who finished them, of waiting for help."""

LIABILITY = (
    ("liability", "i8"),  # 1 = drivers answer for the harm they do
    ("damages_fen", "i8", len(SEVERITIES)),
    ("fault_share", "i8", 2),  # Q16: of the damages, by whether the driver had broken a rule
    ("compulsory_fen", "i8"),  # what compulsory insurance pays
    ("flight_found", "i8", len(SEVERITIES)),  # Q16
    ("flight_sentence", "i8"),  # Q16 days
    ("intent_proved", "i8"),  # Q16
    ("intent_sentence", "i8"),  # Q16 days
    ("settlement", "i8"),  # Q16 of the damages, asked at most for not going to court
    ("publicity", "i8"),  # Q16 days that a public suit costs by being public
)

COLLIDING = (
    ("collides", "i8"),  # 1 = drivers collide
    ("collision_chance", "i8", (2, len(KINDS))),  # Q32, by whether the rule was broken
    ("severe", "i8", 2),  # Q32, cumulative: fatal, serious
    ("on_foot", "i8"),  # Q32: the other one walks or rides on two wheels
    ("insured", "i8"),  # Q32: share of drivers with voluntary cover
    ("cover_fen", "i8"),
    ("settles", "i8"),  # Q16: whoever is hurt takes what is offered for not going to court
    ("leave_gain", "i8", len(SEVERITIES)),  # Q16 days
    ("leave_harm", "i8", len(SEVERITIES)),  # Q16 days
    ("leave_inverse_tau", "i8", len(SEVERITIES)),  # Q16 per day
    ("kill_aversion", "i8"),  # Q16 days
    ("injury_days", "i8", len(SEVERITIES)),  # Q16 days of own income lost by whoever is hurt
    ("grave", "i8"),  # Q32: an injured stranger may die of waiting
    ("lethal_minutes", "i8"),  # in which half of those gravely hurt die without help
)

ACCIDENT_RULES = (*LIABILITY_FOR_HELP, *LIABILITY)
"""All that the compiled regime says of accidents."""
ACCIDENTS = (*RESCUING, *COLLIDING)
"""All that the compiled society says of them."""
