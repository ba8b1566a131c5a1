"""Whom a difference between two regimes reaches, and when: the same people lived side by side, day by day.

Somebody is reached on the first day on which anything that is kept about them (state, work, what they have
heard, account), or that the ledger says of them, is not the same in both worlds. Whoever is never reached has
the same ledger in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import CITIZEN, INDEX_MASK, SUBJECT_SHIFT, SUBJECTS
from demerit.explain.side_by_side import SideBySide
from demerit.measures.recorder import Recorder
from demerit.study.refit import refit

if TYPE_CHECKING:
    from demerit.regime import Regime
    from demerit.simulation.setting import Setting
    from demerit.study.request import Plan

NEVER = -1
"""Day of whoever is not reached."""
_OWN = ("state", "work", "hearsay")
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Reach:
    """The day on which a difference reached each subject.

    Attributes:
        first: date of day 0; days: how many were lived.
        days_reached: by kind of subject, int64 (subjects); `NEVER` where it did not.
    """

    first: date
    days: int
    days_reached: tuple[Array, ...]

    def count(self, kind: int = 0) -> int:
        """Return how many subjects of a kind were reached; citizens by default."""
        return int((self.days_reached[kind] != NEVER).sum())

    def share(self, kind: int = 0) -> float:
        """Return the share of a kind of subject that was reached; 0 where there is none."""
        return self.count(kind) / max(len(self.days_reached[kind]), 1)

    def by_month(self) -> list[tuple[date, int]]:
        """Return how many citizens had been reached by the end of each thirty days, and by the last day."""
        reached = np.sort(self.days_reached[0][self.days_reached[0] != NEVER])
        ends = [*range(29, self.days - 1, 30), self.days - 1]
        return [(self.first + timedelta(days=end), int((reached <= end).sum())) for end in ends]

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        kinds = {}
        for kind, name in enumerate(SUBJECTS):
            days = np.sort(self.days_reached[kind][self.days_reached[kind] != NEVER])
            kinds[name] = {
                "reached": len(days),
                "of": len(self.days_reached[kind]),
                "share": self.share(kind),
                "first": self._date(days[0]) if len(days) else None,
                "half_of_them_by": self._date(days[(len(days) - 1) // 2]) if len(days) else None,
            }
        return {**kinds, "citizens_by_month": [[when.isoformat(), count] for when, count in self.by_month()]}

    def _date(self, day: int) -> str:
        return (self.first + timedelta(days=int(day))).isoformat()


def reach(plan: Plan, setting: Setting, before: Regime, after: Regime) -> Reach:
    """Live two regimes side by side and tell whom the difference reaches.

    Args:
        plan: first day and length of the run.
        setting: the people.
        before, after: the regimes.
    """
    worlds = [setting.world(one, start=plan.first, days=plan.days) for one in (before, after)]
    recorders = [Recorder(plan.first, plan.days, setting.population.stratum_weight) for _ in worlds]
    counts = setting.population.subjects()
    found = tuple(np.full(int(count), NEVER, np.int64) for count in counts)
    if before.hash == after.hash:
        return Reach(plan.first, plan.days, found)
    both = SideBySide(*worlds)
    for day in range(plan.days):
        for world, recorder in zip(worlds, recorders, strict=True):
            world.run(day + 1, each_day=recorder)
            if world.day < plan.days:
                refit(world, recorder)
        apart = [both.accounts_apart(kind) for kind in range(len(counts))]
        for name in _OWN:
            apart[CITIZEN] |= both.tables_apart(name)
        said = both.entries_apart()
        for kind, subjects in enumerate(apart):
            subjects[said[said >> SUBJECT_SHIFT == kind] & INDEX_MASK] = True
            found[kind][subjects & (found[kind] == NEVER)] = day
    return Reach(plan.first, plan.days, found)
