"""Regimes between two regimes: the rules in which they differ, in groups, and any of them taken over."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

from demerit.errors import FileProblems
from demerit.files.difference import differences
from demerit.regime import Regime

Names = tuple[str, ...]
MOST = 8
"""Groups up to which every combination is lived."""
_SAME = ("evidence", "prose")
_HEAD = "regime"


@dataclass(frozen=True, eq=False)
class Between:
    """Two regimes on the way from one to the other.

    Attributes:
        before: where one starts; after: where one ends.
    """

    before: Regime
    after: Regime
    _known: dict[frozenset[Names], Regime | FileProblems] = field(default_factory=dict, repr=False)

    @cached_property
    def entries(self) -> list[Names]:
        """The entries that differ, by section, id and key, in the order of the files.

        A section whose items stand in another order is one entry as a whole.
        """
        one, other = self.before.canonical(), self.after.canonical()
        found: dict[Names, None] = {}
        for difference in differences(one, other):
            section = difference.names[0]
            if difference.sort not in _SAME and section != _HEAD:
                in_order = _order(one, other, section) == _order(other, one, section)
                found[difference.names if in_order else (section,)] = None
        return list(found)

    def rule_of(self, names: Names) -> Names:
        """Return the rule that an entry belongs to: section and id, or a section that has no ids."""
        section = names[0]
        listed = any(_by_id(of.canonical().get(section)) for of in (self.before, self.after))
        return names[: 2 if listed else 1]

    def mixed(self, taken: Collection[Names]) -> Regime:
        """Return the regime that one comes to by taking some of the entries over.

        Raises:
            FileProblems: these entries cannot stand together.
        """
        if not taken:
            return self.before
        if len(taken) == len(self.entries):
            return self.after
        key = frozenset(taken)
        if key not in self._known:
            data, other = self.before.canonical(), self.after.canonical()
            for names in taken:
                _take(data, other, names)
            try:
                self._known[key] = Regime.from_canonical(data)
            except FileProblems as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, FileProblems):
            raise found
        return found

    def stands(self, taken: Collection[Names]) -> bool:
        """Tell whether some of the entries can be taken over without the others."""
        try:
            self.mixed(taken)
        except FileProblems:
            return False
        return True


@dataclass(frozen=True)
class Group:
    """Changes that are taken over together: a name, and the entries that change."""

    name: str
    entries: tuple[Names, ...]


def grouped(between: Between) -> list[Group]:
    """Return what differs in groups: single entries, else rules, else sections, the finest up to eight.

    What cannot stand without each other is one group. With more than eight sections, each stands after those
    before it; otherwise every combination of groups does.
    """
    levels = (lambda names: names, between.rule_of, lambda names: names[:1])
    groups: list[Group] = []
    for level in levels:
        parts: dict[Names, list[Names]] = {}
        for names in between.entries:
            parts.setdefault(level(names), []).append(names)
        groups = [Group(".".join(part), tuple(entries)) for part, entries in parts.items()]
        if len(groups) <= MOST:
            return _standing(between, groups)
    groups = _in_order(between, groups)
    return _standing(between, groups) if len(groups) <= MOST else groups


def taken(groups: Collection[Group]) -> list[Names]:
    """Return the entries of some groups."""
    return [names for group in groups for names in group.entries]


def _standing(between: Between, groups: list[Group]) -> list[Group]:
    """Join groups until every combination of them stands."""
    while True:
        alone = next(
            (
                list(some)
                for size in range(1, len(groups))
                for some in combinations(groups, size)
                if not between.stands(taken(some))
            ),
            None,
        )
        if alone is None:
            return groups
        groups = _joined(groups, alone, lambda some: between.stands(taken(some)))


def _joined(groups: list[Group], some: list[Group], stands: Callable[[list[Group]], bool]) -> list[Group]:
    """Join what cannot stand with the first other group with which it does, or with all there is."""
    others = [group for group in groups if group not in some]
    helper = next((other for other in others if stands([*some, other])), None)
    together = [*some, helper] if helper is not None else groups
    joined = [group for group in groups if group in together]
    one = Group(" + ".join(group.name for group in joined), tuple(taken(joined)))
    first = groups.index(joined[0])
    rest = [group for group in groups if group not in joined]
    return [*rest[:first], one, *rest[first:]]


def _in_order(between: Between, groups: list[Group]) -> list[Group]:
    """Join groups until one after the other can be taken over, in their order."""
    found: list[Group] = []
    waiting: list[Group] = []
    for group in groups:
        waiting.append(group)
        if between.stands(taken([*found, *waiting])):
            found.append(Group(" + ".join(one.name for one in waiting), tuple(taken(waiting))))
            waiting = []
    return found


def _by_id(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and "id" in one for one in value)
    )


def _order(data: dict[str, Any], other: dict[str, Any], section: str) -> list[str]:
    """Return the ids of a section's items that the other side has too, in order."""
    sides: list[Any] = [of.get(section) if _by_id(of.get(section)) else [] for of in (data, other)]
    known = {one["id"] for one in sides[1] or []}
    return [one["id"] for one in sides[0] or [] if one["id"] in known]


def _take(data: Any, other: Any, names: Names) -> None:
    """Write what the other side has at a place into the data: replaced, added at the end, or gone."""
    name, rest = names[0], names[1:]
    here, there = _at(data, name), _at(other, name)
    if rest and here is not None and there is not None:
        _take(here, there, rest)
    elif isinstance(data, dict):
        data.pop(name, None)
        if there is not None:
            data[name] = there
    else:
        places = [place for place, one in enumerate(data) if one["id"] == name]
        data[:] = [one for one in data if one["id"] != name]
        if there is not None:
            data.insert(places[0] if places else len(data), there)


def _at(holder: Any, name: str) -> Any:
    """Return an entry by its key or an item by its id; None where there is none."""
    if isinstance(holder, dict):
        return holder.get(name)
    return next((one for one in holder if one["id"] == name), None)
