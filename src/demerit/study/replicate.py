"""One world of a comparison, lived from its first day to its last, and the one file that it leaves.

The file holds the indicators by month and group; what else is told of the world stands in its metadata.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.engine.disk import refusals, shown, write_whole
from demerit.errors import RunFolderError
from demerit.measures.indicators import INDICATORS
from demerit.measures.recorder import Recorder
from demerit.simulation.setting import Tuned, tune
from demerit.simulation.world import World
from demerit.study.comparison_plan import ComparisonPlan, Task
from demerit.study.layout import WORLDS
from demerit.study.refit import refit

if TYPE_CHECKING:
    import polars as pl

_FACTS = ("plan", "state_digest", "events", "person_days", "seconds")


@dataclass(frozen=True)
class Replicate:
    """What a world came to.

    Attributes:
        name: name of its regime; seed: its seed.
        groups: what each group is one of, and its name; everybody first.
        values: float64 (groups, indicators), in the order of `INDICATORS`: over the run for flows, at its end
            for stocks; NaN where there was no occasion.
        state_digest: digest of the state after the last day.
        events: situations met; person_days: people times days; seconds: duration of the day loop.
    """

    name: str
    seed: int
    groups: tuple[tuple[str, str], ...]
    values: np.ndarray[Any, Any]
    state_digest: str
    events: int
    person_days: int
    seconds: float


@dataclass(frozen=True)
class Comparing:
    """The work of a comparison: each job is a world."""

    plan: ComparisonPlan

    @property
    def jobs(self) -> int:
        """Number of worlds."""
        return len(self.plan.tasks)

    @property
    def workers(self) -> int:
        """Worlds lived side by side."""
        return self.plan.workers

    @cached_property
    def tuned(self) -> Tuned:
        """What the people of all worlds choose by: solved once in every process."""
        return tune(self.plan.society, {law.id: law for law in self.plan.laws})

    def live(self, job: Task, folder: Path, told: Callable[[int], None]) -> None:
        """Live a world and leave its file."""
        live(self.plan, self.tuned, job, folder, lambda world: told(world.day))


def file_of(folder: Path, task: Task) -> Path:
    """Return the file of a world in the folder of a comparison."""
    return folder / WORLDS / task.name / f"seed-{task.seed}.parquet"


def live(
    plan: ComparisonPlan, tuned: Tuned, task: Task, folder: Path, each_day: Callable[[World], None]
) -> None:
    """Live a world and leave its file, whole or not at all.

    Args:
        plan: the comparison.
        tuned: what its people choose by.
        task: which world.
        folder: where the comparison is written.
        each_day: called after every day; what it raises ends the world.

    Raises:
        RunFolderError: the disk refused.
        UsageError: the regime and the society do not go together.
    """
    first, days = plan.span
    setting = tuned.settle(plan.population, task.seed, plan.threads)
    regime = plan.regimes[task.regime]
    world = setting.world(regime, keep=0, shards=plan.threads, start=first, days=days)
    recorder = Recorder(first, days, setting.population.stratum_weight)

    def after_day(world: World) -> None:
        recorder(world)
        if world.day < days:
            refit(world, recorder)
        each_day(world)

    began = time.perf_counter()
    world.run(days, threads=plan.threads, each_day=after_day)
    seconds = time.perf_counter() - began
    facts = (plan.hash, world.state_digest().hex(), world.events, plan.population * days, round(seconds, 4))
    _write(recorder.frame(task.name), task, file_of(folder, task), facts)


def _write(frame: pl.DataFrame, task: Task, path: Path, facts: tuple[Any, ...]) -> None:
    import polars as pl

    named = frame.select(pl.lit(task.seed, pl.Int64).alias("seed"), pl.all())
    content = io.BytesIO()
    metadata = dict(zip(_FACTS, map(str, facts), strict=True))
    metadata["sha256"] = _hash(named, metadata)
    named.write_parquet(content, metadata=metadata)
    with refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content.getbuffer())


def _hash(frame: pl.DataFrame, told: Mapping[str, str]) -> str:
    """Return the hash of a world's file as it is read: an unfinished folder has no list of hashes yet."""
    digest = hashlib.sha256("\n".join(told.get(name, "") for name in _FACTS).encode())
    digest.update(frame.write_csv(float_precision=None).encode())
    return digest.hexdigest()


def read_replicate(plan: ComparisonPlan, task: Task, folder: Path) -> Replicate | None:
    """Return what a world came to; None if it is not there, not whole, or of another plan."""
    import polars as pl

    path = file_of(folder, task)
    try:
        told = pl.read_parquet_metadata(path)
        if told.get("plan") != plan.hash or told.get("sha256") != _hash(pl.read_parquet(path), told):
            return None
        return read_world(task, folder)
    except (OSError, RunFolderError, pl.exceptions.PolarsError):
        return None


def read_world(task: Task, folder: Path) -> Replicate:
    """Return what a world came to, whatever plan it was lived for.

    Raises:
        RunFolderError: the file is not there, not whole, or of another version of the program.
    """
    import polars as pl

    path = file_of(folder, task)
    try:
        told = pl.read_parquet_metadata(path)
        frame = pl.read_parquet(path)
        groups = frame.select("by", "group").unique(maintain_order=True).rows()
        return Replicate(
            name=task.name,
            seed=task.seed,
            groups=tuple((by, group) for by, group in groups),
            values=final_values(frame, len(groups)),
            state_digest=told["state_digest"],
            events=int(told["events"]),
            person_days=int(told["person_days"]),
            seconds=float(told["seconds"]),
        )
    except (OSError, KeyError, ValueError, pl.exceptions.PolarsError) as error:
        raise RunFolderError(f"{shown(path)} is no world that this version can read: {error}") from error


def final_values(frame: pl.DataFrame, groups: int) -> np.ndarray[Any, Any]:
    """Return every indicator over the run (flows) or at its end (stocks): float64 (groups, indicators).

    Args:
        frame: indicators by month and group, in the order of `Recorder.frame`.
        groups: number of groups.
    """
    shape = (groups, len(INDICATORS), -1)
    top = frame["top"].to_numpy().reshape(shape)
    bottom = frame["bottom"].to_numpy().reshape(shape)
    values = np.full(shape[:2], np.nan)
    for place, indicator in enumerate(INDICATORS):
        window = slice(-1, None) if indicator.is_stock else slice(None)
        for group in range(shape[0]):
            under = float(bottom[group, place, window].sum())
            if under:
                over = float(top[group, place, window].sum())
                values[group, place] = over / under * indicator.scale
    return values
