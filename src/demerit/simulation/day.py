"""The day of a block: deliver, act, record and reckon; what is meant for others leaves as messages.

A subject writes only its own record. Everything for somebody else, or for a later day, is a message delivered
tomorrow at the earliest, in an order that does not depend on blocks, shards or threads.
"""

from __future__ import annotations

from demerit.catalogue.rules import DAY, SEED
from demerit.engine.calendar import RING
from demerit.engine.kernel import i8, kernel
from demerit.simulation.acting import act_in_block
from demerit.simulation.arrays import OUT_COUNT, ROW_COUNT, TOUCHED_COUNT, Office, TheOffice, TheTown, Town
from demerit.simulation.outbox import clear_desk
from demerit.simulation.steps import deliver_block, reckon_block

MESSAGES_EACH, ROWS_EACH = 48, 48
"""Most messages and rows that one situation or message can lead to on its day, reckoning included."""


@kernel(i8(TheOffice, i8, i8, i8))
def has_room(office: Office, number: int, day: int, keep: int) -> int:
    """Tell whether inbox, outbox and ledger hold whatever a block can produce today."""
    due = office.waiting[number * RING + day % RING]
    work = due + office.day_first[number, day % 7 + 1] - office.day_first[number, day % 7]
    if due > len(office.inbox):
        return 0
    if office.cursor[OUT_COUNT] + MESSAGES_EACH * work > len(office.out):
        return 0
    if keep > 0 and office.cursor[ROW_COUNT] + ROWS_EACH * work > len(office.rows):
        return 0
    return 1


@kernel(i8(TheTown, TheOffice, i8, i8, i8, i8))
def live_day(town: Town, office: Office, day: int, seed: int, keep: int, begin: int) -> int:
    """Live one day in a shard's blocks from number ``begin`` on.

    The kernel stops before a block that finds no room; the caller makes room and calls again.

    Returns:
        The number of the first block not done.
    """
    n = office.desk["n"]
    n[DAY] = day
    n[SEED] = seed
    blocks = len(office.members)
    for number in range(begin, blocks):
        if has_room(office, number, day, keep) == 0:
            return number
        office.cursor[TOUCHED_COUNT] = 0
        deliver_block(town, office, number, day, keep)
        act_in_block(town, office, number, day, keep)
        reckon_block(town, office, number, day, keep)
        clear_desk(town, office, keep)
    return blocks
