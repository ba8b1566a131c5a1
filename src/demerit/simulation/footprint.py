"""Footprint: what a world keeps of its people, table by table, in bytes.

Rooms for a day's messages and the queue of those to come grow with what happens, so they are told apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from demerit.catalogue.words import SUBJECTS

if TYPE_CHECKING:
    from demerit.simulation.world import World

STATE, TIES, RECORDS, ROOM = "state", "ties", "records", "room"
_BY_PROVINCE = ("gradings", "appeal_offices")
"""Tables with a row for each province, however many people it has."""
_TIES = ("household_first", "friends", "kin_first", "kin", "company_first", "staff")


class Held(NamedTuple):
    """A table that a world holds.

    Attributes:
        group: state (who people are and how they stand), ties, records (what institutions keep), or room
            for messages and for work.
        name: name of the table.
        rows: how many records it has; bytes: what they take.
    """

    group: str
    name: str
    rows: int
    bytes: int


def footprint(world: World) -> list[Held]:
    """Return every table of a world that grows with the number of its people."""
    found = []
    mine = world.tables()
    for name, array in mine.items():
        if name in _BY_PROVINCE:
            continue
        found.append(Held(STATE, name, len(array), array.nbytes))
    for name, array in world.population.arrays().items():
        if name not in mine:
            found.append(Held(TIES if name in _TIES else STATE, name, len(array), array.nbytes))
    for kind, distance in enumerate(world.kept.distances):
        count = world.kept.counts[kind]
        found.append(Held(RECORDS, f"accounts of {SUBJECTS[kind]} subjects", count, count * distance))
    queues = sum(each.nbytes for shard in world.shards for each in shard.calendar.arrays)
    found.append(Held(ROOM, "messages to come", len(world.pending()), queues))
    rooms = sum(shard.room_bytes for shard in world.shards)
    found.append(Held(ROOM, "desks and inboxes of a day", len(world.shards), rooms))
    return [one for one in found if one.bytes]


def bytes_a_person(world: World, *groups: str) -> float:
    """Return what some groups of tables take a person."""
    return sum(one.bytes for one in footprint(world) if one.group in groups) / world.population.count
