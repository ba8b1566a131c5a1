"""What people have learnt from the few cases they live through or hear of, as columns."""

from __future__ import annotations

from demerit.engine.columns import Column, Table

HEARSAY = Table(
    "hearsay",
    "What a citizen has learnt from the cases of others about risks that hardly anybody meets.",
    (
        Column("blame", "i2", "1/4096", "Log-multiplier on the chance that a helper is blamed."),
        Column("intent", "i2", "1/4096", "Log-multiplier on the chance that intent is proved."),
        Column("day", "u2", "day", "Day both stand at."),
        Column("used_to", "u2", "1/1024 day of income a month", "Harm of a month that one has got used to."),
    ),
    8,
)
HEARSAY_DTYPE = HEARSAY.dtype()
