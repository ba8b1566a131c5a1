"""A world that is watched while it is lived as plain Python: who reads which rule, and who is told what.

Kernels get the rules as one record. Here they get a view of it that notes every entry that is read, together
with the subject at the desk; compiled code would not ask it, so compilation must be switched off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import numpy as np

from demerit.catalogue.rules import SUBJECT
from demerit.catalogue.words import CITIZEN, SUBJECT_SHIFT, SUBJECTS
from demerit.engine.kernel import COMPILED
from demerit.explain.side_by_side import rows_apart
from demerit.simulation import steps
from demerit.simulation import world as worlds
from demerit.simulation.world import World

NOBODY = -1
"""Subject at the desk while nobody sits there."""
_OF_CITIZENS = ("state", "work", "hearsay")
Array = np.ndarray[Any, Any]
Tables = dict[int, list[Array]]
"""What is kept of the subjects of each kind: tables with a row a subject."""
Entry = tuple[Any, ...]
"""A message, or a row of the ledger after its day."""
Read = tuple[int, int, str, tuple[int, ...]]
"""Day, subject, field of the rules, place in the field: of an entry, or of all that lie below it."""
Note = Callable[[str, tuple[int, ...]], None]


class WatchedRules:
    """The rules of a world; whatever is read of them is noted."""

    def __init__(self, rules: np.void, note: Note) -> None:
        self._rules, self._note = rules, note

    def __getitem__(self, name: str) -> Any:
        value = self._rules[name]
        if isinstance(value, np.ndarray):
            return WatchedField(value, name, (), self._note)
        self._note(name, ())
        return value


class WatchedField:
    """A field of the rules with many entries, or a part of one."""

    def __init__(self, values: Array, name: str, place: tuple[int, ...], note: Note) -> None:
        self._values, self._name, self._place, self._note = values, name, place, note

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, index: Any) -> Any:
        value = self._values[index]
        place = (*self._place, *map(int, index if isinstance(index, tuple) else (index,)))
        if isinstance(value, np.ndarray):
            return WatchedField(value, self._name, place, self._note)
        self._note(self._name, place)
        return value


@dataclass
class Life:
    """A world that was watched from the first day to the last.

    Attributes:
        days: how many were lived.
        rules: the rules with the day from which they hold.
        reads: every entry that was read, by whom and when.
        letters: what was delivered, by day and target, in the order in which it was.
        rows: the ledger by subject.
        mornings: what is kept of everybody before and after each change of rules, by day.
        end: what is kept of everybody in the end.
    """

    days: int
    rules: list[tuple[int, np.void]]
    mornings: dict[int, tuple[Tables, Tables]]
    reads: set[Read] = field(default_factory=set)
    letters: dict[tuple[int, int], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    end: Tables = field(default_factory=dict)

    def rules_on(self, day: int) -> np.void:
        """Return the rules that hold on a day."""
        return next(rules for first, rules in reversed(self.rules) if first <= day)


def watched(world: World, days: int, mornings: tuple[int, ...] = ()) -> Life:
    """Live a world for some days and note what everybody reads and is told.

    Args:
        world: the world on its first morning, in one shard and with a full ledger.
        days: how long it is lived.
        mornings: days on which the tables are kept although no other rules begin to hold.

    Raises:
        RuntimeError: kernels are compiled, so that nobody could be watched.
    """
    if COMPILED:
        raise RuntimeError("compiled kernels cannot be watched; set NUMBA_DISABLE_JIT=1")
    nothing = {kind: [np.zeros_like(table) for table in kept] for kind, kept in tables(world).items()}
    life = Life(days, [(0, world.rules)], {0: (nothing, tables(world))})
    desk = world.shards[0].desk[0]["n"]
    with _watching(world, life, desk):
        for day in range(days):
            if day in mornings:
                life.mornings[day] = tables(world), tables(world)
            desk[SUBJECT] = NOBODY
            world.run(day + 1)
    rows = world.take_rows()
    for row in rows[np.argsort(rows["id"], kind="stable")]:
        life.rows[int(row["subject"])].append((int(row["day"]), *row.item()))
    life.end = tables(world)
    return life


@contextmanager
def _watching(world: World, life: Life, desk: Array) -> Iterator[None]:
    """Give a world's kernels watched rules, and note what is delivered and what a change of rules does."""
    town_of, amend, sort_inbox = worlds.Town, worlds.amend, steps.sort_inbox

    def note(name: str, place: tuple[int, ...]) -> None:
        life.reads.add((world.day, int(desk[SUBJECT]), name, place))

    def town(*parts: Any) -> Any:
        made: Any = town_of(*parts)
        made.rules = WatchedRules(world.rules, note)
        return made

    def amended(world: World, rules: np.void, law: np.void) -> None:
        before = tables(world)
        amend(world, rules, law)
        life.mornings[world.day] = before, tables(world)
        life.rules.append((world.day, world.rules))

    def sorted_inbox(town: Any, office: Any, number: int, day: int) -> int:
        total = sort_inbox(town, office, number, day)
        for message in office.inbox[office.order[:total]]:
            if message["due"] <= day:
                life.letters[day, int(message["target"])].append(message.item())
        return total

    world._town = None
    with (
        patch.object(worlds, "Town", town),
        patch.object(worlds, "amend", amended),
        patch.object(steps, "sort_inbox", sorted_inbox),
    ):
        yield


def tables(world: World) -> Tables:
    """Return what is kept of every subject, by kind: accounts, and what else is a citizen's own."""
    found = {}
    for kind in range(len(SUBJECTS)):
        parts = [world.accounts_of(kind)]
        if kind == CITIZEN:
            parts += [getattr(world, name).copy() for name in _OF_CITIZENS]
        found[kind] = parts
    return found


def apart(one: Tables, other: Tables) -> set[int]:
    """Return the codes of the subjects of whom two worlds keep something else."""
    return {
        kind << SUBJECT_SHIFT | int(index)
        for kind, kept in one.items()
        for index in np.flatnonzero(
            np.logical_or.reduce([rows_apart(*pair) for pair in zip(kept, other[kind], strict=True)])
        )
    }
