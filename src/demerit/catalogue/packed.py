"""Records as a world keeps them, where they are told in full in another form."""

from __future__ import annotations

from demerit.catalogue.columns import ACCOUNTS, PERSON, POINTS_LIMIT
from demerit.catalogue.words import FIFTHS, HUKOU, LISTS, SYSTEMS
from demerit.engine.columns import Column, Table

FIRST_LIST = LISTS - 1
"""Place of a kind's first list in packed accounts; the second stands before it."""
MARKS = ("sex", "party", "minority", "urban", "belongings")
"""Attributes that stand in the marks of a person's traits, from the lowest bit on; the last has two bits."""
MINORITY_MARK = MARKS.index("minority")
CELLS_A_STRATUM = len(HUKOU) * len(FIFTHS)
"""A person's stratum is their cell divided by this."""

_ACCOUNTS = {column.name: column for column in ACCOUNTS.columns}
PACKED_ACCOUNTS = Table(
    "packed_accounts",
    "The same as a world keeps it: lists, registers and platforms that no rule of its regime uses for a kind "
    "of subject are cut off, in front and at the end.",
    (
        Column("listed_until", "u2", "day", "End of the stay on each list, the first list last.", (LISTS,)),
        *(_ACCOUNTS[name] for name in ("day", "sanctions", "wake_day", "sanction_day")),
        *(_ACCOUNTS[name] for name in ("access", "fines_due", "violations", "restored")),
        Column("sums", "i4", "1/1000 point", "Points in each register, then what arrived at each platform.",
               (SYSTEMS,), -POINTS_LIMIT, POINTS_LIMIT),
    ),
    64,
)  # fmt: skip

_PERSON = {column.name: column for column in PERSON.columns}
MIND = Table(
    "mind",
    "What is left of a person's attributes when those in cell and marks are taken away.",
    tuple(_PERSON[name] for name in ("age", "religiosity", "travel_wish", "opportunism", "grudge")),
    5,
)

PACKED_TABLES = (PACKED_ACCOUNTS, MIND)

PACKED_ACCOUNTS_DTYPE = PACKED_ACCOUNTS.dtype()
MIND_DTYPE = MIND.dtype()
