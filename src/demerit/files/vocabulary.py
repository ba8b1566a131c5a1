"""Words that regime and society files share: kinds of subject, levels, situations and refusable services."""

from __future__ import annotations

from typing import Final, Literal, get_args

SubjectKind = Literal["citizen", "vehicle", "company"]
Level = Literal["city", "province", "nation"]
Service = Literal["train", "loan"]
Situation = Literal[
    "road.crosswalk",
    "road.speeding",
    "money.instalment",
    "money.bill",
    "nb.deed_seen",
    "nb.deed_unseen",
]

SITUATIONS: Final[tuple[str, ...]] = get_args(Situation)
