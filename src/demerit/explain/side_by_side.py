"""Two worlds of the same people on one day: whose account, state or entries are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import SUBJECTS
from demerit.study.rows import rule_words

if TYPE_CHECKING:
    from demerit.simulation.world import World

_PLAIN = ("day", "wake_day", "sanction_day", "access", "fines_due", "violations", "restored")
Array = np.ndarray[Any, Any]


class SideBySide:
    """Two worlds, whose rules may number their registers, lists and sanctions otherwise.

    Args:
        one, other: the worlds, of the same people.
    """

    def __init__(self, one: World, other: World) -> None:
        self.worlds = (one, other)
        self._words = [_Words(world) for world in self.worlds]
        places = {word: place for place, word in enumerate(_united([words.rules for words in self._words]))}
        self._rules = [np.array([places[word] for word in words.rules]) for words in self._words]
        registers = _united([words.registers for words in self._words])
        self._registers = [
            np.array([registers.index(name) for name in words.registers]) for words in self._words
        ]

    def accounts_apart(self, kind: int) -> Array:
        """Tell of which subjects of a kind the accounts are not the same, bool (subjects)."""
        both = [world.accounts_of(kind) for world in self.worlds]
        apart = np.zeros(len(both[0]), bool)
        for name in _PLAIN:
            apart |= both[0][name] != both[1][name]
        for field in ("points", "composite", "listed_until", "sanctions"):
            held = [
                words.held(kind, field, accounts) for words, accounts in zip(self._words, both, strict=True)
            ]
            for name in _united([list(one) for one in held]):
                apart |= held[0].get(name, 0) != held[1].get(name, 0)
        return apart

    def tables_apart(self, name: str) -> Array:
        """Tell which rows of a table are not the same, bool (rows)."""
        return rows_apart(*(getattr(world, name) for world in self.worlds))

    def entries_apart(self) -> Array:
        """Return the rows that only one of the worlds has made since last asked, by id.

        Returns:
            Rows as in the ledger; ``word`` and ``register`` are numbers that hold for both worlds.
        """
        both = [self._said(place) for place in range(2)]
        distinct = [np.unique(one) for one in both]
        only = [one[~np.isin(one, other)] for one, other in (distinct, distinct[::-1])]
        rows = np.concatenate(only)
        return rows[np.argsort(rows["id"], kind="stable")]

    def _said(self, place: int) -> Array:
        """Return the rows made since last asked, with the names of rules in place of their numbers."""
        rows = self.worlds[place].take_rows()
        words = self._words[place]
        said = np.zeros(
            len(rows), [*((name, rows.dtype[name]) for name in rows.dtype.names or ()), ("word", "i8")]
        )
        for name in rows.dtype.names or ():
            said[name] = rows[name]
        said["word"] = self._rules[place][words.begins[rows["what"]] + rows["rule"]]
        kept = rows["register"] < len(words.registers)
        if kept.any():
            said["register"][kept] = self._registers[place][rows["register"][kept]]
        said["rule"] = 0
        return said


class _Words:
    """What the numbers in a world's accounts and rows stand for."""

    def __init__(self, world: World) -> None:
        assert world.book is not None
        self.layout = world.book.layout
        self.registers = list(self.layout.registers)
        rules, self.begins = rule_words(self.layout.numbers)
        self.rules = list(rules)

    def held(self, kind: int, field: str, accounts: Array) -> dict[str, Array]:
        """Return a field of accounts by the names of what it holds."""
        numbers = self.layout.numbers
        if field == "sanctions":
            of = [one.id for one in numbers.hanging if one.of == SUBJECTS[kind]]
            return {name: accounts[field] >> place & 1 for place, name in enumerate(of)}
        named = {
            "points": self.layout.slots[kind],
            "composite": self.layout.scores[kind],
            "listed_until": tuple(numbers.lists_of(SUBJECTS[kind])),
        }[field]
        return {name: accounts[field][:, place] for place, name in enumerate(named)}


def rows_apart(one: Array, other: Array) -> Array:
    """Tell which records of two arrays are not the same, bool (records).

    Fields are compared and not bytes: what lies between fields may be anything.

    >>> pair = np.zeros((2, 3), [("amount", "i8"), ("kind", "u1")])
    >>> pair["amount"][1, 2] = 5
    >>> rows_apart(*pair).tolist()
    [False, False, True]
    """
    apart = np.zeros(len(one), bool)
    for name in one.dtype.names or ():
        apart |= (one[name] != other[name]).reshape(len(one), -1).any(axis=1)
    return apart


def _united(names: list[list[str]]) -> list[str]:
    """Return the names of both worlds, each once."""
    return list(dict.fromkeys(name for each in names for name in each))
