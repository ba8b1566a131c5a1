"""Compare regimes over the same seeds: a complete folder, or one that the same request goes on with."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from demerit.engine.disk import shown, write_whole
from demerit.engine.folder import RunFolder
from demerit.measures.indicators import INDICATORS
from demerit.simulation.manifest import MANIFEST
from demerit.simulation.regime_tables import compile_regime
from demerit.study.card import card_of_comparison, write_card
from demerit.study.comparison_plan import ComparisonPlan
from demerit.study.layout import COMPARISON, DIFFERENCES
from demerit.study.paired import Paired, paired
from demerit.study.replicate import Comparing, Replicate, file_of, read_replicate
from demerit.study.side_by_side import Failure, Standing, live_all
from demerit.study.unfinished import take_up

if TYPE_CHECKING:
    import polars as pl

Watch = Callable[[Standing], None]


class ComparisonInterrupted(Exception):
    """The comparison was interrupted; the same request goes on with the worlds that are kept."""

    def __init__(self, folder: Path, kept: int, worlds: int) -> None:
        super().__init__(
            f"interrupted; {kept} of {worlds} worlds are kept in {shown(folder)}; run the same command again "
            "to go on"
        )


class Pair(NamedTuple):
    """Two regimes by their places: the one, and the one it is set against."""

    other: int
    first: int


@dataclass(frozen=True)
class Comparison:
    """A finished comparison.

    Attributes:
        folder: where it was written.
        plan: what was compared.
        worlds: every world that came to its end.
        failures: the worlds that did not.
        kept: how many of the worlds an earlier, interrupted call had lived.
        seconds: how long this call took to live the others.
    """

    folder: Path
    plan: ComparisonPlan
    worlds: tuple[Replicate, ...]
    failures: tuple[Failure, ...]
    kept: int
    seconds: float

    @cached_property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """What each group is one of, and its name; everybody first."""
        return self.worlds[0].groups if self.worlds else (("all", "all"),)

    @cached_property
    def values(self) -> np.ndarray[Any, Any]:
        """Float64 (regimes, seeds, groups, indicators); NaN without an occasion or without the world."""
        plan = self.plan
        shape = (len(plan.regimes), len(plan.seeds), len(self.groups), len(INDICATORS))
        values = np.full(shape, np.nan)
        for world in self.worlds:
            values[plan.names.index(world.name), plan.seeds.index(world.seed)] = world.values
        return values

    @property
    def pairs(self) -> list[Pair]:
        """Every two regimes, the later one set against the earlier one."""
        return [Pair(other, first) for first, other in combinations(range(len(self.plan.regimes)), 2)]

    def paired(self, pair: Pair) -> Paired:
        """Return the paired differences of two regimes: arrays (groups, indicators)."""
        return paired(self.values[pair.first], self.values[pair.other])


def compare(
    plan: ComparisonPlan,
    watch: Watch | None = None,
    finish: Callable[[Comparison, Path], None] | None = None,
) -> Comparison:
    """Live every regime under every seed and leave a folder with the differences.

    Args:
        plan: what to compare.
        watch: told ten times a second how far the worlds are.
        finish: called with the comparison and the folder being written, for charts.

    Raises:
        UsageError: the place is taken, or a regime and the society do not go together.
        RunFolderError: the disk refused.
        ComparisonInterrupted: Ctrl-C.
    """
    for regime in plan.regimes:
        for _, rules in regime.changes(*plan.span):
            compile_regime(rules, plan.society.data)
    with take_up(plan, COMPARISON, "compare") as folder:
        try:
            return _carry_out(plan, folder, watch, finish)
        except KeyboardInterrupt:
            kept = sum(file_of(folder.path, task).is_file() for task in plan.tasks)
            raise ComparisonInterrupted(folder.path, kept, len(plan.tasks)) from None


def _carry_out(
    plan: ComparisonPlan,
    folder: RunFolder,
    watch: Watch | None,
    finish: Callable[[Comparison, Path], None] | None,
) -> Comparison:
    from demerit.study.comparison_manifest import comparison_manifest
    from demerit.study.comparison_tables import differences

    kept = {task: read_replicate(plan, task, folder.path) for task in plan.tasks}
    tasks = [task for task, world in kept.items() if world is None]
    began = time.perf_counter()
    failures = live_all(Comparing(plan), tasks, folder.path, watch)
    seconds = time.perf_counter() - began
    worlds = [kept[task] or read_replicate(plan, task, folder.path) for task in plan.tasks]
    done = Comparison(
        folder=folder.final,
        plan=plan,
        worlds=tuple(world for world in worlds if world is not None),
        failures=tuple(failures),
        kept=len(kept) - len(tasks),
        seconds=seconds,
    )
    _write_frame(differences(done), folder.path / DIFFERENCES)
    text = comparison_manifest(done).model_dump_json(indent=1)
    write_whole(folder.path / MANIFEST, f"{text}\n".encode())
    write_card(card_of_comparison(plan), folder.path)
    if finish is not None:
        finish(done, folder.path)
    folder.complete()
    return done


def _write_frame(frame: pl.DataFrame, path: Path) -> None:
    content = io.BytesIO()
    frame.write_parquet(content)
    write_whole(path, content.getbuffer())
