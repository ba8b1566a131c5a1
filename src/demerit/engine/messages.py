"""Messages: the only way one subject reaches another, or itself on a later day.

A message's name is its source, the day it was sent and its place among that source's entries of the day, so
the order (target, name) does not depend on where or in what order anything was computed.
"""

from __future__ import annotations

from demerit.engine.columns import Column, Table

MESSAGE = Table(
    "message",
    "A message from one subject to another, or to itself on a later day.",
    (
        Column("name", "i8", "id", "Day sent, source and sequence in one number: the canonical order."),
        Column("cause", "i8", "id", "Ledger entry that caused it."),
        Column("target", "u4", "subject code", "Subject it is for."),
        Column("about", "u4", "subject code", "Third subject it speaks of."),
        Column("points", "i4", "1/1000 point", "Points it carries."),
        Column("amount", "i4", "fen", "Money it carries."),
        Column("due", "u2", "day", "Day it is delivered."),
        Column("kind", "u1", "code", "Kind of message."),
        Column("rule", "u1", "code", "Rule of the regime it belongs to."),
        Column("label", "u1", "code", "Truth label of the record it belongs to."),
        Column("depth", "u1", "links", "Links of the chain so far."),
    ),
    40,
)
MESSAGE_DTYPE = MESSAGE.dtype()
