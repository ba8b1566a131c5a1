"""The calendar, against a plain list of what is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from demerit.engine.calendar import CHUNK, LEFT, RING, Calendar, canonical_order, drain, push
from demerit.engine.messages import MESSAGE_DTYPE

BLOCKS = 3
ROOM = 4096

Rows = np.ndarray[Any, Any]


class Desk:
    """A calendar and what a day needs to use it."""

    def __init__(self, chunks: int = 4) -> None:
        self.calendar = Calendar.empty(BLOCKS, chunks)
        self.inbox = np.zeros(ROOM, MESSAGE_DTYPE)

    def send(self, day: int, mail: list[tuple[int, int, int]]) -> None:
        """File mail (block, due, name) at the end of a day."""
        messages = np.zeros(len(mail), MESSAGE_DTYPE)
        for message, (_, due, name) in zip(messages, mail, strict=True):
            message["name"], message["due"] = name, due
        blocks = np.array([block for block, _, _ in mail], np.int64)
        self.calendar.reserve(len(mail))
        push(*self.calendar.arrays, day, messages, blocks, len(mail))

    def take(self, block: int, day: int) -> Rows:
        """Take what the calendar hands out for a block today."""
        pool, following, heads, _, waiting, control = self.calendar.arrays
        total = drain(pool, following, heads, waiting, control, block, day, self.inbox)
        return self.inbox[:total].copy()

    def receive(self, day: int) -> Iterator[tuple[int, int]]:
        """Receive the mail of a day as (block, name), and file again what is due later."""
        later = []
        for block in range(BLOCKS):
            for message in self.take(block, day):
                if int(message["due"]) > day:
                    later.append((block, int(message["due"]), int(message["name"])))
                else:
                    yield block, int(message["name"])
        self.send(day, later)

    def waiting(self) -> set[int]:
        return {int(name) for name in self.calendar.pending()["name"]}


MAIL = st.lists(
    st.tuples(
        st.integers(0, 40),  # day it is sent
        st.integers(0, BLOCKS - 1),
        st.one_of(st.integers(1, 3), st.integers(1, 3 * RING), st.just(RING - 1), st.just(RING)),  # delay
    ),
    max_size=150,
)


@given(MAIL)
def test_every_message_arrives_once_on_its_day_however_far(mail: list[tuple[int, int, int]]) -> None:
    desk = Desk()
    to_come = {name: (sent + delay, block) for name, (sent, block, delay) in enumerate(mail, 1)}
    last = max((due for due, _ in to_come.values()), default=0)
    for day in range(last + 1):
        due_today = {(block, name) for name, (due, block) in to_come.items() if due == day}
        received = list(desk.receive(day))
        assert len(received) == len(due_today)
        assert set(received) == due_today
        desk.send(
            day,
            [(block, day + delay, name) for name, (sent, block, delay) in enumerate(mail, 1) if sent == day],
        )
        on_the_way = {name for name, (sent, _, _) in enumerate(mail, 1) if sent <= day}
        assert desk.waiting() == {name for name in on_the_way if to_come[name][0] > day}
    free = int(desk.calendar.control[LEFT])
    assert free == len(desk.calendar.following)


def test_a_message_of_next_year_is_kept_through_every_turn_of_the_ring() -> None:
    desk = Desk()
    due = 3 * RING + 5
    desk.send(0, [(1, due, 7)])
    arrived = [(day, mail) for day in range(1, due + RING) for mail in desk.receive(day)]
    assert arrived == [(due, (1, 7))]


def test_messages_of_a_day_come_out_in_the_order_they_went_in() -> None:
    desk = Desk()
    names = list(range(10 * CHUNK + 3))
    for name in names:
        desk.send(0, [(2, 9, name)])
    assert desk.take(2, 9)["name"].tolist() == names


def test_what_another_shard_files_is_left_alone() -> None:
    desk = Desk()
    desk.send(0, [(0, 1, 1), (-1, 1, 2), (0, 1, 3)])
    assert desk.take(0, 1)["name"].tolist() == [1, 3]


def test_growing_the_pool_loses_nothing() -> None:
    desk = Desk(chunks=1)
    for name in range(50):
        desk.send(0, [(name % BLOCKS, 1 + name % RING, name)])
    assert desk.waiting() == set(range(50))


def test_an_empty_calendar_has_nothing_pending() -> None:
    assert len(Calendar.empty(BLOCKS).pending()) == 0


PLACES = st.one_of(st.integers(0, 5), st.integers(0, 65535))


@given(st.lists(st.tuples(PLACES, st.integers(0, 2**62)), max_size=120, unique_by=lambda pair: pair[1]))
def test_the_canonical_order_is_by_place_and_then_by_name(mail: list[tuple[int, int]]) -> None:
    total = len(mail)
    inbox = np.zeros(max(total, 1), MESSAGE_DTYPE)
    inbox["name"][:total] = [name for _, name in mail]
    places = np.zeros(max(total, 1), np.int64)
    places[:total] = [place for place, _ in mail]
    order, spare = np.zeros(max(total, 1), np.int64), np.zeros(max(total, 1), np.int64)
    canonical_order(inbox, places, total, order, spare, np.zeros(257, np.int64))
    assert [mail[item] for item in order[:total]] == sorted(mail)
