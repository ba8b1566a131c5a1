"""Live two regimes side by side on every seed and count whom the difference reaches, and when."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from demerit.engine.disk import write_whole
from demerit.errors import DemeritError, RunFolderError, UsageError
from demerit.explain.reach import reach, unseen
from demerit.explain.reach_found import ReachFound
from demerit.simulation.setting import Tuned, settle, tune
from demerit.study.comparison_plan import ComparisonPlan, rules_hash, side_by_side
from demerit.study.side_by_side import Watch, live_all

if TYPE_CHECKING:
    from demerit.study.request import Plan


class SeedJob(NamedTuple):
    """Two worlds of one seed, lived side by side."""

    number: int
    name: str
    seed: int


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
