"""Route: which of a shard's blocks a message is for."""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.pointers import Messages
from demerit.catalogue.words import INDEX_MASK, SUBJECT_SHIFT
from demerit.engine.calendar import push
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.simulation.arrays import OUT_COUNT, Office, TheOffice, TheTown, Town


@kernel(void(TheTown, TheOffice, Messages, i8, i8, i8))
def file_messages(
    town: Town, office: Office, messages: np.ndarray[Any, Any], total: int, shard: int, day: int
) -> None:
    """5 route: file those of some messages of a day that are for blocks of a shard in its calendar."""
    found = office.found
    for index in range(total):
        target = i64(messages[index]["target"])
        cell = town.cell_first[target >> SUBJECT_SHIFT] + ((target & INDEX_MASK) >> 6)
        block = town.cell_block[cell]
        found[index] = town.number[block] if town.owner[block] == shard else -1
    push(
        office.pool, office.following, office.heads, office.tails, office.waiting, office.control, day,
        messages, found, total,
    )  # fmt: skip


@kernel(void(TheTown, TheOffice, TheOffice, i8, i8))
def file_from(town: Town, office: Office, sender: Office, shard: int, day: int) -> None:
    """File what a shard has sent today to blocks of this shard."""
    file_messages(town, office, sender.out, sender.cursor[OUT_COUNT], shard, day)
