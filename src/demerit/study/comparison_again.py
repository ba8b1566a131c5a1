"""A finished comparison read back from its folder, or lived again from its manifest alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from demerit.engine.disk import refusals
from demerit.errors import FileProblems, RunFolderError
from demerit.study.comparison import Comparison
from demerit.study.comparison_manifest import ComparisonManifest, read_comparison_manifest
from demerit.study.comparison_plan import ComparisonPlan, Task, side_by_side
from demerit.study.replicate import Comparing, file_of, read_world
from demerit.study.run import Interrupted
from demerit.study.side_by_side import Failure, Watch, live_all

if TYPE_CHECKING:
    import polars as pl

_KEYS = ("month", "by", "group", "indicator")


@dataclass(frozen=True)
class ComparisonRepetition:
    """A comparison beside its repetition: how many worlds are identical, and the first difference, if any."""

    identical: int
    difference: str | None


def plan_of_comparison(told: ComparisonManifest, folder: Path) -> ComparisonPlan:
    """Return the plan of the comparison that a manifest tells of; presets play no part in it.

    Raises:
        RunFolderError: this version cannot read the regimes or the society.
    """
    data = {
        "regimes": [regime.data for regime in told.regimes],
        "notes": [list(regime.notes) for regime in told.regimes],
        "laws": [law.data for law in told.laws],
        "society": told.society.data,
        "population": told.population,
        "years": told.years,
        "start": told.start.isoformat(),
        "seeds": told.seeds,
    }
    try:
        worlds = len(told.regimes) * len(told.seeds)
        return ComparisonPlan.from_canonical(data, side_by_side(worlds, told.population))
    except FileProblems as error:
        raise RunFolderError(
            f"{folder.name} was written by demerit {told.demerit} and cannot be lived again by this version: "
            f"{error}"
        ) from error


def read_comparison(folder: Path) -> Comparison:
    """Read a finished comparison back.

    Raises:
        RunFolderError: a file cannot be read by this version.
    """
    told = read_comparison_manifest(folder)
    plan = plan_of_comparison(told, folder)
    failures = tuple(Failure(one.name, one.seed, one.reason) for one in told.failures)
    missing = {(failure.name, failure.seed) for failure in failures}
    worlds = [read_world(task, folder) for task in plan.tasks if (task.name, task.seed) not in missing]
    return Comparison(folder, plan, tuple(worlds), failures, kept=len(worlds), seconds=0.0)


def repeat_comparison(
    folder: Path, watch: Callable[[ComparisonPlan], Watch] | None = None
) -> ComparisonRepetition:
    """Live every world of a comparison again from the manifest, and compare them with its files.

    Args:
        folder: a finished comparison whose files are as listed.
        watch: returns, for the plan, what is told how far the worlds are.

    Raises:
        RunFolderError: this version cannot read it, or the disk refused.
        Interrupted: Ctrl-C; nothing is left behind.
    """
    told = read_comparison_manifest(folder)
    plan = plan_of_comparison(told, folder)
    digests = {(world.name, world.seed): world.state_digest for world in told.worlds}
    tasks = [task for task in plan.tasks if (task.name, task.seed) in digests]
    with refusals(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="demerit-") as scratch:
        try:
            failures = live_all(Comparing(plan), tasks, Path(scratch), None if watch is None else watch(plan))
        except KeyboardInterrupt:
            raise Interrupted(None, 0) from None
        failed = {(failure.name, failure.seed): failure.reason for failure in failures}
        for number, task in enumerate(tasks):
            key = (task.name, task.seed)
            difference = (
                f"it cannot be lived again: {failed[key]}"
                if key in failed
                else _first_difference(task, folder, Path(scratch), digests[key])
            )
            if difference is not None:
                return ComparisonRepetition(number, f"world {task.name}, seed {task.seed}: {difference}")
    return ComparisonRepetition(len(tasks), None)


def _first_difference(task: Task, folder: Path, scratch: Path, digest: str) -> str | None:
    """Return the first figure by month in which the files of a world differ."""
    import polars as pl

    stored, again = (_rows(file_of(place, task)) for place in (folder, scratch))
    if stored.equals(again):
        now = read_world(task, scratch).state_digest
        return None if now == digest else f"state at the end: {digest} in the folder, {now} when lived again"
    both = stored.join(again, on=_KEYS, how="full", suffix="_again", coalesce=True)
    differing = both.filter(
        pl.col("top").ne_missing(pl.col("top_again")) | pl.col("bottom").ne_missing(pl.col("bottom_again"))
    )
    row = differing.sort(*_KEYS).row(0, named=True)
    return (
        f"{row['indicator']} of {row['group']} in the month that ends on {row['month']}: "
        f"{_ratio(row['top'], row['bottom'])} in the folder, "
        f"{_ratio(row['top_again'], row['bottom_again'])} when lived again"
    )


def _ratio(top: float | None, bottom: float | None) -> str:
    return "nothing" if top is None else f"{top!r} over {bottom!r}"


def _rows(path: Path) -> pl.DataFrame:
    import polars as pl

    return pl.read_parquet(path).select(*_KEYS, "top", "bottom").sort(*_KEYS)
