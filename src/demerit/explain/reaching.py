"""How many a difference between two regimes reaches, month by month: counted over seeds, with intervals."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from demerit.engine.disk import write_whole
from demerit.errors import DemeritError, RunFolderError, UsageError
from demerit.explain.reach import reach, unseen
from demerit.simulation.setting import Tuned, settle, tune
from demerit.study.card import Card, card_of_comparison
from demerit.study.comparison_plan import ComparisonPlan, rules_hash, side_by_side
from demerit.study.paired import paired
from demerit.study.side_by_side import Failure, Watch, live_all

if TYPE_CHECKING:
    from demerit.study.request import Plan

WAYS = {"reached": "something kept or entered differs", "other_entries": "the ledger differs"}
"""How a difference shows: it reaches somebody, or they have another entry in the ledger."""
CITIZENS = "citizen"


class SeedJob(NamedTuple):
    """Two worlds of one seed, lived side by side."""

    number: int
    name: str
    seed: int


class Share(NamedTuple):
    """A mean share over seeds with its interval; ends are None with one seed, all where there is nobody."""

    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Reaching:
    """The work: each job is a seed, on which both regimes are lived side by side.

    Attributes:
        plan: the regimes, people, span and seeds.
        before, after: places of the two regimes in the plan.
    """

    plan: ComparisonPlan
    before: int
    after: int

    @property
    def todo(self) -> list[SeedJob]:
        """The jobs, seed by seed."""
        name = f"{self.plan.names[self.before]} and {self.plan.names[self.after]}"
        return [SeedJob(number, name, seed) for number, seed in enumerate(self.plan.seeds)]

    @property
    def jobs(self) -> int:
        """Number of seeds."""
        return len(self.plan.seeds)

    @cached_property
    def workers(self) -> int:
        """Seeds lived side by side; each takes the memory of two worlds.

        Raises:
            UsageError: memory does not hold two worlds.
        """
        return min(self.plan.workers, side_by_side(2, 2 * self.plan.population))

    @cached_property
    def tuned(self) -> Tuned:
        """What the people of all worlds choose by: solved once in every process."""
        return tune(self.plan.society, {law.id: law for law in self.plan.laws})

    def live(self, job: SeedJob, folder: Path, told: Callable[[int], None]) -> None:
        """Live both regimes on a seed and leave what was counted.

        Raises:
            RunFolderError: the disk refused.
        """
        plan = self.plan
        setting = self.tuned.settle(plan.population, job.seed)
        regimes = plan.regimes[self.before], plan.regimes[self.after]
        found = reach(plan.alone(self.before, job.seed), setting, *regimes, told)
        write_whole(file_of(folder, job), json.dumps(found.as_plain()).encode())


def file_of(folder: Path, job: SeedJob) -> Path:
    """Return the file of a seed."""
    return folder / f"seed-{job.seed}.json"


@dataclass(frozen=True)
class ReachFound:
    """Whom the difference between two regimes reaches, over seeds.

    Attributes:
        plan: the regimes, people, span and seeds.
        before, after: names of the regimes.
        equal: whether both have the same rules.
        seeds: the seeds that were lived.
        found: what was counted, seed by seed, as `Reach.as_plain` has it.
        failures: seeds that could not be lived.
    """

    plan: ComparisonPlan
    before: str
    after: str
    equal: bool
    seeds: tuple[int, ...]
    found: tuple[dict[str, Any], ...]
    failures: tuple[Failure, ...]

    @property
    def card(self) -> Card:
        """What it says of itself as an output."""
        return card_of_comparison(self.plan)

    def months(self) -> list[tuple[str, dict[str, Share]]]:
        """Return the shares of citizens by the end of each month: date, and the share of each way."""
        people = np.array([one[CITIZENS]["of"] for one in self.found], float)
        counts = np.array([[row[1:] for row in one["citizens_by_month"]] for one in self.found], float)
        shares = shares_of(counts.reshape(len(people), -1) / people[:, None])
        dates = [row[0] for row in self.found[0]["citizens_by_month"]]
        return [
            (date, dict(zip(WAYS, shares[2 * place : 2 * place + 2], strict=True)))
            for place, date in enumerate(dates)
        ]

    def kinds(self) -> list[dict[str, Any]]:
        """Return by kind of subject: how many there are a world, the shares, the first day over all seeds."""
        names = [CITIZENS, "official", "company", "vehicle", "agency", "service"]
        return [self._row([one[name] for one in self.found]) | {"kind": name} for name in names]

    def groups(self) -> list[dict[str, Any]]:
        """Return by group of citizens: what it is one of, its name, and the shares."""
        named: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for one in self.found:
            for row in one["citizens_by_group"]:
                named.setdefault((row["by"], row["group"]), []).append(row)
        return [self._row(rows) | {"by": by, "group": group} for (by, group), rows in named.items()]

    def tallied(self, what: str) -> list[dict[str, Any]]:
        """Return what those reached met first, or through whom, as shares of them: the most frequent first.

        Args:
            what: ``first_met`` or ``first_entry_through``.
        """
        totals = np.array([sum(one[what].values()) for one in self.found], float)
        names = list(dict.fromkeys(name for one in self.found for name in one[what]))
        counts = np.array([[one[what].get(name, 0) for name in names] for one in self.found], float)
        with np.errstate(invalid="ignore"):
            shares = shares_of(counts.reshape(len(totals), -1) / totals[:, None])
        rows = [{"name": name, **share._asdict()} for name, share in zip(names, shares, strict=True)]
        return sorted(rows, key=lambda row: -(row["mean"] or 0))

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "synthetic": True,
            "card": self.card.as_plain(),
            "before": self.before,
            "after": self.after,
            "equal": self.equal,
            "seeds": list(self.seeds),
            "kinds": self.kinds(),
            "months": [
                {"month": when, **{way: share._asdict() for way, share in shares.items()}}
                for when, shares in self.months()
            ],
            "groups": self.groups(),
            "first_met": self.tallied("first_met"),
            "first_entry_through": self.tallied("first_entry_through"),
            "by_seed": [{"seed": seed, **one} for seed, one in zip(self.seeds, self.found, strict=True)],
            "failures": [one._asdict() for one in self.failures],
        }

    @staticmethod
    def _row(told: list[dict[str, Any]]) -> dict[str, Any]:
        """Return numbers, shares and days of some subjects from those of every seed."""
        with np.errstate(invalid="ignore"):
            shares = {
                way: _share(np.array([one[way] / (one["of"] or np.nan) for one in told])) for way in WAYS
            }
        return {
            "of": float(np.mean([one["of"] for one in told])),
            **{way: share._asdict() for way, share in shares.items()},
            "first": _earliest(one["first"] for one in told),
            "half_of_them_by": [one["half_of_them_by"] for one in told],
        }


def shares_of(values: np.ndarray[Any, Any]) -> list[Share]:
    """Return the mean of each quantity over seeds with its interval, which no share leaves.

    Args:
        values: float64 (seeds, quantities); NaN where there is nobody.

    >>> [round(end, 3) for end in shares_of(np.array([[0.2], [0.3], [0.25]]))[0]]
    [0.25, 0.126, 0.374]
    """
    found = paired(np.zeros_like(values), values)
    ends = np.clip([found.low, found.high], 0, 1)
    columns = zip(found.difference, *ends, strict=True)
    return [Share(*(None if np.isnan(value) else float(value) for value in column)) for column in columns]


def _share(values: np.ndarray[Any, Any]) -> Share:
    return shares_of(values[:, None])[0]


def _earliest(days: Iterable[str | None]) -> str | None:
    return min((day for day in days if day is not None), default=None)


def find_reach(
    plan: ComparisonPlan, before: int = 0, after: int = 1, watch: Watch | None = None
) -> ReachFound:
    """Live two regimes side by side on every seed, and count whom the difference reaches.

    Args:
        plan: the regimes, people, span and seeds.
        before, after: places of the two regimes in the plan.
        watch: told ten times a second how far the seeds are.

    Raises:
        DemeritError: no seed could be lived.
        UsageError: memory does not hold two worlds.
        KeyboardInterrupt: Ctrl-C; nothing is kept.
    """
    work = Reaching(plan, before, after)
    with tempfile.TemporaryDirectory(prefix="demerit-") as name:
        folder = Path(name)
        failures = live_all(work, work.todo, folder, watch)
        lived = [job for job in work.todo if file_of(folder, job).is_file()]
        found = tuple(json.loads(file_of(folder, job).read_bytes()) for job in lived)
    if not found:
        raise DemeritError(f"no seed could be lived: {failures[0].reason}")
    one, other = plan.regimes[before], plan.regimes[after]
    return ReachFound(
        plan=plan,
        before=plan.names[before],
        after=plan.names[after],
        equal=rules_hash(one) == rules_hash(other),
        seeds=tuple(job.seed for job in lived),
        found=found,
        failures=tuple(failures),
    )


def reach_in_run(
    plan: Plan, digests: Sequence[str], folder: Path, told: Callable[[int], None] = unseen
) -> ReachFound:
    """Live the first and the last world of a finished run again, and count whom their difference reaches.

    Args:
        plan: the plan of the run, the regime under test first.
        digests: digests of its worlds, in the same order.
        folder: the run's folder, for messages.
        told: called after every day with the days lived so far.

    Raises:
        RunFolderError: this version does not live the run to the same bits.
        UsageError: the run has one world alone.
    """
    if len(plan.regimes) < 2:
        raise UsageError(f"{folder.name} was lived without a twin world: there is no difference to follow")
    after, before = plan.regimes[0], plan.regimes[-1]
    seed = plan.request.seed
    setting = settle(plan.society, plan.population, seed, 1, {law.id: law for law in plan.laws})
    found = reach(plan, setting, before, after, told)
    if before.hash != after.hash and found.digests != (digests[-1], digests[0]):
        raise RunFolderError(
            f"{folder.name} cannot be lived again to the same bits by this version; look at it with the "
            "version that wrote it"
        )
    comparison = ComparisonPlan(
        regimes=(before, after),
        society=plan.society,
        population=plan.population,
        years=plan.request.years,
        start=plan.first.isoformat(),
        seeds=(seed,),
        laws=plan.laws,
        workers=1,
    )
    return ReachFound(
        plan=comparison,
        before=comparison.names[0],
        after=comparison.names[1],
        equal=rules_hash(before) == rules_hash(after),
        seeds=(seed,),
        found=(found.as_plain(),),
        failures=(),
    )


def place_of(plan: ComparisonPlan, name: str) -> int:
    """Return the place of a regime by its name.

    Raises:
        UsageError: there is no such regime.
    """
    if name not in plan.names:
        raise UsageError(f"there is no regime '{name}'; the regimes are {', '.join(plan.names)}")
    return plan.names.index(name)
