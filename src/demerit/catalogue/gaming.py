"""Fields of the compiled tables about points gained without the deed."""

from __future__ import annotations

GAMING_RULES = (
    ("gaming_found", "i8"),  # Q32: points gained without the deed are found out
    ("gaming_days", "i8"),  # after so many days
)

GAMING = (
    ("games", "i8"),  # 1 = there is somebody who sells points
    ("licence_point_fen", "i8"),  # price of a point of the licence
    ("staged_point_fen", "i8"),  # price of a point of the composite score by a staged deed
    ("course_fen", "i8"),  # price of a course that nobody sits
)
