"""Fields of the compiled tables about what can be gamed: points without the deed, plates, moves."""

from __future__ import annotations

from demerit.catalogue.words import REGISTERS_LIMIT

PLATE_HIDDEN = 32
"""Bit of an account's ``access``: its citizen drives with a covered plate."""

GAMING_RULES = (
    ("gaming_found", "i8"),  # Q32: points gained without the deed are found out
    ("gaming_days", "i8"),  # after so many days
    ("plate_term", "i8"),  # days until a cover is taken off; 0 = plates cannot be covered
    ("plate_hides", "i8"),  # Q32: a camera cannot read a covered plate
    ("plate_found", "i8"),  # Q32: it is seen before it is taken off
    ("move_takes", "i8"),  # days from a record to the new home; 0 = nobody moves
    ("move_found", "i8"),  # Q32: the file follows
    ("move_follows", "i8"),  # after so many days more
    ("escapable", "i8", REGISTERS_LIMIT),  # 1 = a register whose copies do not follow to another city
)

GAMING = (
    ("games", "i8"),  # 1 = there is somebody who sells points
    ("licence_point_fen", "i8"),  # price of a point of the licence
    ("staged_point_fen", "i8"),  # price of a point of the composite score by a staged deed
    ("course_fen", "i8"),  # price of a course that nobody sits
    ("cover_plate_fen", "i8"),  # price of a cover for the plate
    ("move_cost", "i8"),  # Q16 days of own income that moving to another city costs
)
