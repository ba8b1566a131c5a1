"""A shard at work: its blocks, its calendar, its desk, and the room for a day's messages and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.entries import ROW_DTYPE
from demerit.catalogue.rules import DESK_DTYPE
from demerit.engine.batch import empty_batch
from demerit.engine.calendar import RING, Calendar, push
from demerit.engine.messages import MESSAGE_DTYPE
from demerit.simulation.arrays import OUT_COUNT, ROW_COUNT, Office
from demerit.simulation.day import MESSAGES_EACH, ROWS_EACH, live_day
from demerit.simulation.meet import meet_block, sort_by_weekday
from demerit.simulation.meet_bodies import meet_bodies
from demerit.simulation.route import address

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
        self.entry_count = np.zeros(len(self.members), np.int64)
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
        calendar = self.calendar
        return Office(
            self.desk[0], self.members, self.entries, self.day_first, *self.batch,
            calendar.pool, calendar.following, calendar.heads, calendar.waiting, calendar.control,
            self.inbox, self.places, self.order, self.spare, self.tally,
            self.touched, self.causes, self.out, self.rows, self.cursor,
        )  # fmt: skip

    @property
    def room_bytes(self) -> int:
        """Bytes of the room for a day's work; it grows with the busiest day so far."""
        rooms = (
            self.desk, self.out, self.rows, self.inbox, self.places, self.order, self.spare, self.found,
            self.touched, self.causes, self.entries,
        )  # fmt: skip
        return sum(room.nbytes for room in rooms)

    def meet(self, world: World, week: int) -> None:
        """List the week's situations of every block; a block without room gets twice as much."""
        again = True
        while again:
            again = False
            for number, block in enumerate(self.members):
                low, high = world.blocks.borders[block, :2]
                met = meet_block(
                    world.seed,
                    week,
                    low,
                    high,
                    world.population.traits,
                    world.population.rate_class,
                    world.class_rates,
                    world.poisson,
                    world.people,
                    self.entries,
                    self.entry_first[number],
                    self.entry_room[number],
                    self.batch,
                )
                if met >= 0:
                    met = meet_bodies(
                        world.seed,
                        week,
                        world.blocks.borders[block],
                        world.companies,
                        world.body_poisson,
                        world.people,
                        self.entries,
                        self.entry_first[number],
                        met,
                        self.entry_room[number],
                    )
                if met < 0:
                    self.entry_room[number] *= 2
                    again = True
                else:
                    self.entry_count[number] = met
                    first = self.entry_first[number]
                    sort_by_weekday(self.entries, first, met, self.unsorted, self.day_first, number)
            if again:
                self._place_entries()

    def live(self, world: World, day: int) -> None:
        """Live a day in all blocks, making room where a block would not find any."""
        begin = 0
        town = world.town
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

    def route(self, world: World, day: int) -> None:
        """File what any shard has sent to this shard's blocks."""
        self.calendar.reserve(sum(int(other.cursor[OUT_COUNT]) for other in world.shards))
        for other in world.shards:
            self.file(world, other.out, int(other.cursor[OUT_COUNT]), day)

    def file(self, world: World, messages: np.ndarray[Any, Any], total: int, day: int) -> None:
        """File those of ``total`` messages that are for this shard's blocks."""
        if total > len(self.found):
            self.found = np.zeros(2 * total, np.int64)
        address(
            self.number,
            messages,
            total,
            world.blocks.cell_first,
            world.blocks.cell_block,
            world.owner,
            world.number_in_shard,
            self.found,
        )
        push(*self.calendar.arrays, day, messages, self.found, total)

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
