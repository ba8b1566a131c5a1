"""Which changed rules moved a person or a group from one regime to another, on the same people.

Every combination of up to eight groups of changes is lived, and each group is given its Shapley value: the
mean of what it adds over all orders in which the groups can be taken over [Shapley 1953]. Values are exact
fractions, so they add up to the difference. Above eight, groups are taken over one after the other in the
order of the file, and each is given what it adds there: an ordered waterfall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial, isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.entries import CONVICTION, DERIVED, RECORD, SANCTION_END, SANCTION_START
from demerit.catalogue.words import CELLS, SUBJECTS
from demerit.errors import UsageError
from demerit.explain.fading import clip, decayed, whole
from demerit.explain.mixing import MOST, Between, Group, grouped, taken
from demerit.explain.subjects import index_of, kind_of
from demerit.measures.indicators import BY_NAME
from demerit.measures.recorder import Recorder, memberships
from demerit.study.refit import refit

if TYPE_CHECKING:
    from demerit.explain.reach import Reach
    from demerit.regime import Regime
    from demerit.simulation.setting import Setting
    from demerit.simulation.world import World
    from demerit.study.card import Card
    from demerit.study.request import Plan

Values = dict[str, Fraction]
Live = Callable[["Regime"], Values]
_FEN = 100
_KEPT_DAYS = 28


@dataclass(frozen=True)
class Figure:
    """A figure under two regimes, and what of the difference each group of changes has made.

    Attributes:
        name: which figure; unit: its unit.
        before, after: its value under either regime.
        shares: what each group adds, in the order of the groups; they add up to after − before exactly.
    """

    name: str
    unit: str
    before: Fraction
    after: Fraction
    shares: tuple[Fraction, ...]


@dataclass(frozen=True)
class Attribution:
    """The difference between two regimes, put down to the rules that differ.

    Attributes:
        before, after: ids of the regimes.
        whom: whose figures they are.
        groups: groups of changed rules, in the order of the file.
        exact: whether every combination was lived (Shapley), or one order only.
        worlds: how many worlds were lived.
        figures: what was attributed.
        reach: whom the difference reached, and when.
        card: what the attribution says of itself as an output.
    """

    before: str
    after: str
    whom: str
    groups: tuple[Group, ...]
    exact: bool
    worlds: int
    figures: tuple[Figure, ...]
    reach: Reach | None = None
    card: Card | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data; each share also as an exact fraction."""
        return {
            "synthetic": True,
            "card": None if self.card is None else self.card.as_plain(),
            "before": self.before,
            "after": self.after,
            "whom": self.whom,
            "method": "shapley" if self.exact else "ordered",
            "groups": [
                {"name": one.name, "entries": [".".join(names) for names in one.entries]}
                for one in self.groups
            ],
            "worlds": self.worlds,
            "reach": None if self.reach is None else self.reach.as_plain(),
            "figures": [
                {
                    "name": one.name,
                    "unit": one.unit,
                    "before": float(one.before),
                    "after": float(one.after),
                    "difference": float(one.after - one.before),
                    "shares": [
                        {"group": group.name, "value": float(share), "exact": str(share)}
                        for group, share in zip(self.groups, one.shares, strict=True)
                    ],
                }
                for one in self.figures
            ],
        }


def shapley(players: Sequence[str], worth: Callable[[frozenset[str]], Fraction]) -> dict[str, Fraction]:
    """Return every player's Shapley value, exactly.

    >>> worths = {frozenset(): 0, frozenset("a"): 1, frozenset("b"): 2, frozenset("ab"): 6}
    >>> {name: str(value) for name, value in shapley("ab", lambda some: Fraction(worths[some])).items()}
    {'a': '5/2', 'b': '7/2'}
    """
    count = len(players)
    found = {}
    for player in players:
        others = [other for other in players if other != player]
        value = Fraction(0)
        for size in range(count):
            weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
            for some in combinations(others, size):
                without = frozenset(some)
                value += weight * (worth(without | {player}) - worth(without))
        found[player] = value
    return found


def in_silence(done: int, worlds: int) -> None:
    """Tell nobody how many worlds have been lived."""


def attribute(
    before: Regime,
    after: Regime,
    live: Live,
    units: Mapping[str, str],
    whom: str,
    look: Callable[[int, int], None] = in_silence,
) -> Attribution:
    """Put the difference between two regimes down to groups of changed rules.

    Args:
        before, after: the regimes.
        live: lives the same people under a regime and returns the figures.
        units: unit of every figure.
        whom: whose figures they are, in words.
        look: told after every world how many have been lived, and how many there are.
    """
    between = Between(before, after)
    groups = grouped(between)
    exact = len(groups) <= MOST
    worlds = 2 ** len(groups) if exact else len(groups) + 1
    lived: dict[frozenset[str], Values] = {}

    def values(some: frozenset[str]) -> Values:
        if some not in lived:
            rules = taken([group for group in groups if group.name in some])
            lived[some] = live(between.mixed(rules))
            look(len(lived), worlds)
        return lived[some]

    names = [group.name for group in groups]
    nothing, everything = values(frozenset()), values(frozenset(names))
    if exact:
        for size in range(1, len(names)):
            for some in combinations(names, size):
                values(frozenset(some))
    else:
        for size in range(1, len(names)):
            values(frozenset(names[:size]))
    figures = []
    for figure in (name for name in units if all(name in one for one in lived.values())):
        if exact:
            shares = shapley(names, lambda some, figure=figure: values(some)[figure])  # type: ignore[misc]
        else:
            steps = [values(frozenset(names[:size]))[figure] for size in range(len(names) + 1)]
            shares = {name: steps[place + 1] - steps[place] for place, name in enumerate(names)}
        ends = nothing[figure], everything[figure]
        figures.append(Figure(figure, units[figure], *ends, tuple(shares[one] for one in names)))
    return Attribution(before.id, after.id, whom, tuple(groups), exact, len(lived), tuple(figures))


def of_group(plan: Plan, setting: Setting, member: np.ndarray[Any, Any], indicators: Sequence[str]) -> Live:
    """Return what lives a regime and reads indicators of a group; those without an occasion are left out."""

    def live(regime: Regime) -> Values:
        _, recorder, _ = lived_in_memory(plan, setting, regime, None)
        read = {name: recorder.value(BY_NAME[name], member) for name in indicators}
        return {name: Fraction(value) for name, value in read.items() if not isnan(value)}

    return live


def of_subject(plan: Plan, setting: Setting, code: int) -> Live:
    """Return what lives a regime and reads one subject: scores, records, days under sanctions, fines."""

    def live(regime: Regime) -> Values:
        world, _, rows = lived_in_memory(plan, setting, regime, code)
        found = {f"score {name}": Fraction(score) for name, score in scores_of(world, code).items()}
        found["records"] = Fraction(int(np.isin(rows["what"], (RECORD, DERIVED)).sum()))
        found["days under sanctions"] = Fraction(_sanction_days(world, rows))
        fined = np.isin(rows["what"], (RECORD, CONVICTION))
        found["fines"] = Fraction(int(rows["amount"][fined].sum()), _FEN)
        return found

    return live


def subject_units(before: Regime, after: Regime, code: int) -> dict[str, str]:
    """Return the figures that are read of a subject, with their units."""
    from demerit.explain.rules import systems_of

    kind = SUBJECTS[kind_of(code)]
    systems = systems_of([(0, before.data), (0, after.data)], kind)
    scores = {f"score {name}": "points" for name in systems}
    return {**scores, "records": "entries", "days under sanctions": "days", "fines": "CNY"}


def lived_in_memory(
    plan: Plan, setting: Setting, regime: Regime, code: int | None
) -> tuple[World, Recorder, np.ndarray[Any, Any]]:
    """Live a regime to the end, with the months and the rows about one subject, if any are wanted."""
    world = setting.world(regime, keep=0 if code is None else 1 << 32, start=plan.first, days=plan.days)
    recorder = Recorder(plan.first, plan.days, setting.population.stratum_weight)
    kept: list[np.ndarray[Any, Any]] = []

    def after_day(world: World) -> None:
        recorder(world)
        if code is not None and (world.day % _KEPT_DAYS == 0 or world.day == plan.days):
            world.hand_over_rows(lambda rows: kept.append(rows[rows["subject"] == code].copy()))
        if world.day < plan.days:
            refit(world, recorder)

    world.run(plan.days, threads=1, each_day=after_day)
    rows = np.concatenate(kept) if kept else world.take_rows()
    return world, recorder, rows[np.argsort(rows["id"], kind="stable")]


def scores_of(world: World, code: int) -> dict[str, int]:
    """Return every score that a subject shows on the last day, by the id of its platform or register."""
    assert world.book is not None
    layout, kind, rules = world.book.layout, kind_of(code), world.rules
    account = world.accounts_of(kind)[index_of(code)]
    elapsed = world.day - 1 - int(account["day"])
    held = [*zip(layout.scores[kind], account["composite"], range(len(layout.scores[kind])), strict=False)]
    first = len(rules["base"][kind]) - len(account["points"])
    held += [(name, points, first + slot) for slot, (name, points) in enumerate(
        zip(layout.slots[kind], account["points"], strict=False))]  # fmt: skip
    found = {}
    for name, points, system in held:
        low, high = int(rules["floor"][kind, system]), int(rules["ceiling"][kind, system])
        if low != high:
            total = decayed(int(points), elapsed, int(rules["half_life"][kind, system]))
            found[name] = int(whole(int(rules["base"][kind, system]), clip(total, low, high)))
    return found


def _sanction_days(world: World, rows: np.ndarray[Any, Any]) -> int:
    """Return days under sanctions, added up over them; rewards are left out."""
    assert world.book is not None
    hanging = world.book.layout.numbers.hanging
    days, open_ = 0, {}
    for row in rows[np.isin(rows["what"], (SANCTION_START, SANCTION_END))]:
        rule = int(row["rule"])
        if hanging[rule].section != "sanction":
            continue
        if row["what"] == SANCTION_START:
            open_[rule] = int(row["day"])
        else:
            days += int(row["day"]) - open_.pop(rule, int(row["day"]))
    return days + sum(world.day - first for first in open_.values())


def group_of(text: str | None) -> tuple[str, np.ndarray[Any, Any]]:
    """Return a group's name and its cells, bool (cells); everybody where none is asked for.

    Raises:
        UsageError: there is no such group.
    """
    if text is None:
        return "everybody", np.ones(CELLS, bool)
    by, _, name = text.partition("=")
    known = {(one, group): member for one, group, member in memberships()}
    asked = next((key for key in known if key == (by.strip().replace("_", " "), name.strip())), None)
    if asked is None:
        listed = ", ".join(f"'{one}={group}'" for one, group in known if one != "all")
        raise UsageError(f"there is no group '{text}'; choose one of {listed}")
    return f"{asked[0]}: {asked[1]}", known[asked]
