"""Two worlds that differ in one number: who met the difference, and who has another ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from verification.reads.watching import Life, apart, watched

from demerit.catalogue.rules import RULES_DTYPE
from demerit.catalogue.words import SUBJECT_SHIFT, SUBJECTS, subject_name
from demerit.errors import FileProblems, UsageError
from demerit.files.inventory import numbers
from demerit.files.number import Number
from demerit.regime import Regime
from demerit.simulation.setting import Setting
from demerit.simulation.world import World

WAYS = ("read", "told", "stood")
"""How a difference is met: an entry that differs is read, a message is another one, or a change of rules has
put the subject otherwise before anybody lived by them."""
Array = np.ndarray[Any, Any]
Days = dict[int, int]
"""A day by code of subject."""


@dataclass(frozen=True)
class Trial:
    """What came of one number.

    Attributes:
        at: the number; value: what it was changed to; turn: the day from which the change holds.
        entries: entries of the rule tables that differ.
        touched: by kind of subject, how many met the difference.
        differed: by kind of subject, how many have another ledger or end otherwise.
        needed: how many of these would look untouched if a way of meeting it were not watched.
        violations: who has another ledger, or ends otherwise, without having met the difference; in words.
    """

    at: str
    value: float
    turn: int
    entries: int
    touched: tuple[int, ...]
    differed: tuple[int, ...]
    needed: Mapping[str, int]
    violations: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """The people, the rules as they are, how long they are lived, and how that world went.

    Attributes:
        setting: the people.
        regime: the rules as they are.
        days: length of a life.
        turn: the day on which a change with a date begins to hold.
        before: the world as it is, watched.
    """

    setting: Setting
    regime: Regime
    days: int
    turn: int
    before: Life

    @classmethod
    def set_up(cls, setting: Setting, regime: Regime, days: int) -> Stage:
        """Live the world as it is."""
        turn = days // 2
        before = watched(setting.world(regime, days=days), days, (turn,))
        return cls(setting, regime, days, turn, before)

    def tried(self, at: str, *, dated: bool) -> Trial | None:
        """Live the world with another value of a number; None if no value moves an entry.

        Args:
            at: the number.
            dated: whether it changes half way, while people live, and not before the first day.
        """
        turn = self.turn if dated else 0
        for value in others(dict(numbers(self.regime.data))[at]):
            try:
                world, changed = self._world(at, value, turn)
            except (FileProblems, UsageError):
                continue
            differs = differing(changed, self.before.rules[0][1])
            if differs:
                entries = sum(int(where.sum()) for where in differs.values())
                return self._judged(at, value, turn, entries, watched(world, self.days))
        return None

    def _world(self, at: str, value: float, turn: int) -> tuple[World, np.void]:
        """Return the world with another value of a number from a day on, and the rules from that day on."""
        past = [(self.regime, turn)] if turn else []
        world = self.setting.world(self.regime.patched({at: value}), days=self.days, past=past)
        assert world.book is not None
        return world, world.book.tables(turn)[0]

    def _judged(self, at: str, value: float, turn: int, entries: int, after: Life) -> Trial:
        met = {way: _MET[way](self.before, after) for way in WAYS}
        differed = first_differed(self.before, after)
        missed = unmet(differed, met, WAYS)
        what = f"{at} = {value:g}" + (f" from day {turn}" if turn else "")
        return Trial(
            at,
            value,
            turn,
            entries,
            by_kind({code for days in met.values() for code in days}),
            by_kind(differed),
            {way: len(unmet(differed, met, [one for one in WAYS if one != way])) for way in WAYS},
            tuple(f"{what}: {subject_name(code)} from day {differed[code]} on" for code in missed),
        )


def others(number: Any) -> Iterator[float]:
    """Yield other values of a number: the ends of its range, the farther first, then what lies about it.

    >>> list(others(Number(2.0, "days", (1.0, 5.0))))[:4]
    [5.0, 1.0, 1.0, 3.0]
    """
    if not isinstance(number, Number):
        return
    value = float(number)
    if number.range is not None:
        yield from sorted(number.range, key=lambda end: -abs(end - value))
    yield from (value * 0.5, value * 1.5, value + 1, value - 1, value + 0.01, value - 0.01)


def differing(one: np.void, other: np.void) -> dict[str, Array]:
    """Return where two tables of rules differ, by field: bool, in the shape of the field."""
    found = {name: np.asarray(one[name] != other[name]) for name in RULES_DTYPE.names or ()}
    return {name: where for name, where in found.items() if where.any()}


def first_read(before: Life, after: Life) -> Days:
    """Return the day on which each subject first read an entry that differs, in either world."""
    turns = sorted({first for life in (before, after) for first, _ in life.rules})
    masks = {turn: differing(before.rules_on(turn), after.rules_on(turn)) for turn in turns}
    found: Days = {}
    for life in (before, after):
        for day, code, name, place in life.reads:
            where = masks[max(turn for turn in turns if turn <= day)].get(name)
            if where is not None and where[place].any():
                found[code] = min(found.get(code, day), day)
    return found


def first_told(before: Life, after: Life) -> Days:
    """Return the day on which each subject was first told something else."""
    found: Days = {}
    for day, code in before.letters.keys() | after.letters.keys():
        if before.letters.get((day, code)) != after.letters.get((day, code)):
            found[code] = min(found.get(code, day), day)
    return found


def first_stood(before: Life, after: Life) -> Days:
    """Return the day on which a change of rules, or the first morning, first put each subject otherwise."""
    found: Days = {}
    for day, _ in after.rules:
        fresh = apart(before.mornings[day][1], after.mornings[day][1])
        for code in fresh - apart(before.mornings[day][0], after.mornings[day][0]):
            found.setdefault(code, day)
    return found


_MET = {"read": first_read, "told": first_told, "stood": first_stood}


def first_differed(before: Life, after: Life) -> Days:
    """Return the day of each subject's first entry that differs; the last day if only the end differs."""
    found = dict.fromkeys(apart(before.end, after.end), before.days)
    for code in before.rows.keys() | after.rows.keys():
        only = set(before.rows.get(code, [])) ^ set(after.rows.get(code, []))
        if only:
            found[code] = min(row[0] for row in only)
    return found


def unmet(differed: Days, met: Mapping[str, Days], ways: Collection[str]) -> list[int]:
    """Return who differs without having met the difference by then in one of some ways."""
    never = max(differed.values(), default=0) + 1
    return [
        code
        for code, day in sorted(differed.items())
        if min((met[way].get(code, never) for way in ways), default=never) > day
    ]


def by_kind(codes: Collection[int]) -> tuple[int, ...]:
    """Count subjects by kind."""
    kinds = [code >> SUBJECT_SHIFT for code in codes]
    return tuple(kinds.count(kind) for kind in range(len(SUBJECTS)))
