"""Whom a difference between two regimes reaches, and when: the same people lived side by side, day by day.

Somebody is reached on the first day on which anything that is kept about them (state, work, what they have
heard, service, account), or that the ledger says of them, is not the same in both worlds. Whoever is never
reached has the same ledger in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.entries import ENTRY_KINDS
from demerit.catalogue.words import CITIZEN, COMPANY, INDEX_MASK, SUBJECT_SHIFT, SUBJECTS, VEHICLE
from demerit.engine.clock import month_ends
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK
from demerit.explain.circles import CIRCLES, circles_of
from demerit.explain.side_by_side import SideBySide
from demerit.measures.recorder import Recorder, memberships
from demerit.study.refit import refit

if TYPE_CHECKING:
    from demerit.regime import Regime
    from demerit.simulation.setting import Setting
    from demerit.simulation.world import World
    from demerit.study.request import Plan

NEVER = -1
"""Day of whoever is not reached."""
_TABLES = ((CITIZEN, "state"), (CITIZEN, "work"), (CITIZEN, "hearsay"), (CITIZEN, "officials"),
           (COMPANY, "companies"), (VEHICLE, "vehicles"))  # fmt: skip
KEPT = ("state", "work", "hearsay", "service", "firm", "vehicle", "account")
"""What is kept about subjects beside the ledger: the tables in their order, and accounts."""
MET = (*(kind.name for kind in ENTRY_KINDS), *(f"no entry: {name}" for name in KEPT))
"""What a difference can first be met as: an entry of the ledger, or something that is only kept."""
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Reach:
    """The day on which a difference reached each subject.

    Attributes:
        first: date of day 0; days: how many were lived.
        days_reached: by kind of subject, int64 (subjects); `NEVER` where it did not.
        days_entered: the same, of the first entry of the ledger that differs.
        met: by kind of subject, what was met on the day of reach, as places in `MET`; `NEVER` where nothing.
        circles: through whom the first other entry came to each citizen, as places in `CIRCLES`.
        cells: cell of each citizen.
        officials: citizens in the civil service.
        digests: digests of both worlds after the last day; those of the first morning where both have
            the same rules and nothing was lived.
    """

    first: date
    days: int
    days_reached: tuple[Array, ...]
    days_entered: tuple[Array, ...]
    met: tuple[Array, ...]
    circles: Array
    cells: Array
    officials: Array
    digests: tuple[str, ...]

    def count(self, kind: int = CITIZEN) -> int:
        """Return how many subjects of a kind were reached; citizens by default."""
        return int((self.days_reached[kind] != NEVER).sum())

    def by_month(self) -> list[tuple[date, int, int]]:
        """Return how many citizens had been reached, and had another entry, by the end of each month."""
        ends = month_ends(self.first, self.days)
        both = [
            np.sort(days[days != NEVER]) for days in (self.days_reached[CITIZEN], self.days_entered[CITIZEN])
        ]
        counts = [np.searchsorted(days, ends, side="right") for days in both]
        return [
            (self.first + timedelta(days=int(end)), int(reached), int(entered))
            for end, reached, entered in zip(ends, *counts, strict=True)
        ]

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data: counts by kind of subject, month, group, what was met and through whom."""
        kinds = {
            name: self._counted(self.days_reached[kind], self.days_entered[kind])
            for kind, name in enumerate(SUBJECTS)
        }
        reached, entered = self.days_reached[CITIZEN], self.days_entered[CITIZEN]
        kinds["official"] = self._counted(reached[self.officials], entered[self.officials])
        met = self.met[CITIZEN]
        return {
            **kinds,
            "citizens_by_month": [[when.isoformat(), *counts] for when, *counts in self.by_month()],
            "citizens_by_group": self._by_group(),
            "first_met": _tallied(MET, met[met != NEVER]),
            "first_entry_through": _tallied(CIRCLES, self.circles[self.circles != NEVER]),
        }

    def _counted(self, reached: Array, entered: Array) -> dict[str, Any]:
        """Return how many of some subjects were reached, and when."""
        days = np.sort(reached[reached != NEVER])
        return {
            "of": len(reached),
            "reached": len(days),
            "share": len(days) / max(len(reached), 1),
            "other_entries": int((entered != NEVER).sum()),
            "first": self._date(days[0]) if len(days) else None,
            "half_of_them_by": self._date(days[(len(days) - 1) // 2]) if len(days) else None,
        }

    def _by_group(self) -> list[dict[str, Any]]:
        """Return how many of each group were reached; groups without anybody are left out."""
        found = []
        for by, group, member in memberships():
            inside = member[self.cells]
            if inside.any():
                reached, entered = (days[CITIZEN][inside] for days in (self.days_reached, self.days_entered))
                found.append({"by": by, "group": group, **self._counted(reached, entered)})
        return found

    def _date(self, day: int) -> str:
        return (self.first + timedelta(days=int(day))).isoformat()


def _tallied(names: tuple[str, ...], places: Array) -> dict[str, int]:
    """Count places by name, the most frequent first."""
    counts = np.bincount(places, minlength=len(names))
    return {names[place]: int(counts[place]) for place in np.argsort(-counts, kind="stable") if counts[place]}


def unseen(day: int) -> None:
    """Tell nobody how many days have been lived."""


def reach(
    plan: Plan, setting: Setting, before: Regime, after: Regime, told: Callable[[int], None] = unseen
) -> Reach:
    """Live two regimes side by side and tell whom the difference reaches.

    Args:
        plan: first day and length of the run, and what both have lived under before.
        setting: the people.
        before, after: the regimes.
        told: called after every day with the days lived so far.
    """
    worlds = [
        setting.world(one, start=plan.first, days=plan.days, past=plan.past_of(one))
        for one in (before, after)
    ]
    recorders = [Recorder(plan.first, plan.days, setting.population.stratum_weight) for _ in worlds]
    seen = _Seen(setting, worlds)
    for day in range(plan.days if before.hash != after.hash else 0):
        for world, recorder in zip(worlds, recorders, strict=True):
            world.run(day + 1, each_day=recorder)
            if world.day < plan.days:
                refit(world, recorder)
        seen.look(day)
        told(day + 1)
    people = setting.population
    return Reach(
        first=plan.first,
        days=plan.days,
        days_reached=seen.reached,
        days_entered=seen.entered,
        met=seen.met,
        circles=seen.circles,
        cells=people.traits["cell"].astype(np.int64),
        officials=worlds[0].officials["citizen"].astype(np.int64),
        digests=tuple(world.state_digest().hex() for world in worlds),
    )


class _Seen:
    """What has been seen to differ so far between two worlds of the same people."""

    def __init__(self, setting: Setting, worlds: list[World]) -> None:
        self.people = setting.population
        self.both = SideBySide(*worlds)
        counts = self.people.subjects()
        self.reached, self.entered, self.met = (
            tuple(np.full(int(count), NEVER, np.int64) for count in counts) for _ in range(3)
        )
        self.circles = np.full(self.people.count, NEVER, np.int64)
        self.officials = worlds[0].officials["citizen"].astype(np.int64)

    def look(self, day: int) -> None:
        """Note who differs on the evening of a day; what is entered comes before what is only kept."""
        self._entries(self.both.entries_apart(), day)
        for place, (kind, name) in enumerate(_TABLES):
            rows = np.flatnonzero(self.both.tables_apart(name))
            self._kept(kind, self.officials[rows] if name == "officials" else rows, place, day)
        for kind in range(len(SUBJECTS)):
            self._kept(kind, np.flatnonzero(self.both.accounts_apart(kind)), len(_TABLES), day)

    def _entries(self, rows: Array, day: int) -> None:
        """Note the first other entry of each subject of whom there was none."""
        codes, at = np.unique(rows["subject"].astype(np.int64), return_index=True)
        firsts = rows[at]
        for kind in range(len(SUBJECTS)):
            mine = codes >> SUBJECT_SHIFT == kind
            subjects, entries = codes[mine] & INDEX_MASK, firsts[mine]
            self._note(kind, subjects, entries["what"].astype(np.int64), day)
            fresh = self.entered[kind][subjects] == NEVER
            self.entered[kind][subjects[fresh]] = day
            if kind == CITIZEN:
                self._through(subjects[fresh], entries["cause"][fresh])

    def _through(self, citizens: Array, causes: Array) -> None:
        """Note through whom entries came to citizens; what has no cause is the citizen's own."""
        sources = np.where(causes == 0, citizens, causes >> SEQUENCE_BITS & SUBJECT_MASK)
        self.circles[citizens] = circles_of(self.people, citizens, sources)

    def _kept(self, kind: int, subjects: Array, place: int, day: int) -> None:
        self._note(kind, subjects, np.full(len(subjects), len(ENTRY_KINDS) + place), day)

    def _note(self, kind: int, subjects: Array, met: Array, day: int) -> None:
        """Note that subjects are reached, those that have not been."""
        fresh = self.reached[kind][subjects] == NEVER
        self.reached[kind][subjects[fresh]] = day
        self.met[kind][subjects[fresh]] = met[fresh]
