"""A shard at work: its blocks, its calendar, its desk, and the room for a day's messages and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.entries import ROW_DTYPE
from demerit.catalogue.rules import DESK_DTYPE
from demerit.engine.batch import empty_batch
from demerit.engine.calendar import RING, Calendar
from demerit.engine.messages import MESSAGE_DTYPE
from demerit.simulation.arrays import OUT_COUNT, ROW_COUNT, Office, Town
from demerit.simulation.day import MESSAGES_EACH, ROWS_EACH, live_day
from demerit.simulation.meet import meet_week
from demerit.simulation.route import file_from, file_messages

if TYPE_CHECKING:
    from demerit.simulation.world import World

_SPARE_ENTRIES = 64


class Shard:
    """A set of blocks of a world, with everything that working on them needs."""

    def __init__(self, number: int, members: np.ndarray[Any, Any], world: World) -> None:
        self.number = number
        self.members = np.ascontiguousarray(members, dtype=np.int64)
        self.calendar = Calendar.empty(max(len(self.members), 1))
        self.desk = np.zeros(1, DESK_DTYPE)
        self._at_desk = self.desk[0]
        self._office: Office | None = None
        self.cursor = np.zeros(4, np.int64)
        self.out = np.zeros(4096, MESSAGE_DTYPE)
        self.rows = np.zeros(8192 if world.keep else 0, ROW_DTYPE)
        borders = world.blocks.borders[self.members]
        people = borders[:, 1] - borders[:, 0]
        local = (borders[:, 1::2] - borders[:, ::2]).sum(axis=1)
        widest = int(local.max(initial=1))
        self.touched = np.zeros(widest, np.int64)
        self.causes = np.zeros(widest, np.int64)
        self.batch = empty_batch()
        self.tally = np.zeros(257, np.int64)
        self.found = np.zeros(4096, np.int64)
        self._room_for_inbox(1024)
        self.entry_room = people + _SPARE_ENTRIES
        self.day_first = np.zeros((len(self.members), 8), np.int64)
        self._place_entries()

    def _room_for_inbox(self, size: int) -> None:
        self.inbox = np.zeros(size, MESSAGE_DTYPE)
        self.places = np.zeros(size, np.int64)
        self.order = np.zeros(size, np.int64)
        self.spare = np.zeros(size, np.int64)

    def _place_entries(self) -> None:
        self.entry_first = np.concatenate([[0], np.cumsum(self.entry_room)[:-1]]).astype(np.int64)
        self.entries = np.zeros(int(self.entry_room.sum()), np.uint32)
        self.unsorted = np.zeros(int(self.entry_room.max(initial=1)), np.uint32)

    @property
    def office(self) -> Office:
        """The shard's desk, calendar and room for a day, as the kernels take them."""
        parts = (
            self._at_desk, self.members, self.entries, self.entry_first, self.entry_room, self.unsorted,
            self.day_first, *self.batch, *self.calendar.arrays,
            self.inbox, self.places, self.order, self.spare, self.tally,
            self.touched, self.causes, self.out, self.found, self.rows, self.cursor,
        )  # fmt: skip
        # another thread may ask at the same time, to take what this shard has sent
        office = self._office
        if office is None or not office.holds(parts):
            office = self._office = Office(*parts)
        return office

    @property
    def room_bytes(self) -> int:
        """Bytes of the room for a day's work; it grows with the busiest day so far."""
        rooms = (
            self.desk, self.out, self.rows, self.inbox, self.places, self.order, self.spare, self.found,
            self.touched, self.causes, self.entries,
        )  # fmt: skip
        return sum(room.nbytes for room in rooms)

    def meet(self, world: World, town: Town, week: int) -> None:
        """List the week's situations of every block; a block without room gets twice as much."""
        while True:
            begin = meet_week(town, self.office, world.seed, week)
            if begin == len(self.members):
                return
            self.entry_room[begin] *= 2
            self._place_entries()

    def live(self, world: World, town: Town, day: int) -> None:
        """Live a day in all blocks, making room where a block would not find any."""
        begin = 0
        while True:
            begin = live_day(town, self.office, day, world.seed, world.keep, begin)
            if begin == len(self.members):
                return
            self._make_room(begin, day, world.keep)

    def _make_room(self, number: int, day: int, keep: int) -> None:
        due = int(self.calendar.waiting[number * RING + day % RING])
        work = due + int(self.day_first[number, day % 7 + 1] - self.day_first[number, day % 7])
        if due > len(self.inbox):
            self._room_for_inbox(2 * due)
        out = int(self.cursor[OUT_COUNT]) + MESSAGES_EACH * work
        if out > len(self.out):
            self.out = np.concatenate([self.out, np.zeros(2 * out - len(self.out), MESSAGE_DTYPE)])
        rows = int(self.cursor[ROW_COUNT]) + ROWS_EACH * work
        if keep and rows > len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros(2 * rows - len(self.rows), ROW_DTYPE)])

    def route(self, world: World, town: Town, day: int) -> None:
        """File what any shard has sent to this shard's blocks."""
        sent = [int(other.cursor[OUT_COUNT]) for other in world.shards]
        self._room_to_file(max(sent), sum(sent))
        office = self.office
        for other in world.shards:
            file_from(town, office, office if other is self else other.office, self.number, day)

    def file(self, town: Town, messages: np.ndarray[Any, Any], day: int) -> None:
        """File those of some messages that are for this shard's blocks."""
        self._room_to_file(len(messages), len(messages))
        file_messages(town, self.office, messages, len(messages), self.number, day)

    def _room_to_file(self, at_once: int, in_all: int) -> None:
        self.calendar.reserve(in_all)
        if at_once > len(self.found):
            self.found = np.zeros(2 * at_once, np.int64)

    def take_rows(self) -> np.ndarray[Any, Any]:
        """Return the ledger rows made since the last call."""
        rows = self.rows_made().copy()
        self.forget_rows()
        return rows

    def rows_made(self) -> np.ndarray[Any, Any]:
        """Return the ledger rows made since they were last taken, where they lie."""
        return self.rows[: int(self.cursor[ROW_COUNT])]

    def forget_rows(self) -> None:
        """Begin to write ledger rows from the start again."""
        self.cursor[ROW_COUNT] = 0
