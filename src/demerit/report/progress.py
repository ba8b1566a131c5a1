"""Progress on standard error: compiling once, then a bar for each world with its speed and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from demerit.report.words import number

if TYPE_CHECKING:
    from demerit.claims.plan import ClaimsPlan
    from demerit.study.comparison_plan import ComparisonPlan
    from demerit.study.lived import LivedWorld
    from demerit.study.side_by_side import Standing

_COMPILE_SECONDS = 90


class Progress:
    """Bars for a run; where standard error is no terminal, only what takes long is said.

    Args:
        quiet: print nothing.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.console = Console(stderr=True)
        self.bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(compact=True),
            console=self.console,
            disable=quiet or not sys.stderr.isatty(),
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}
        self._began: dict[str, tuple[float, int]] = {}

    def __enter__(self) -> Self:
        self.bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bars.stop()

    def compile(self, workers: int = 1) -> None:
        """Load the model, and say so where it must first be compiled for this processor.

        Args:
            workers: where more than one process will need it, they load it meanwhile, unless it is compiled.
        """
        from demerit.engine.kernel import COMPILED, compile_all
        from demerit.engine.kernel_cache import is_cached

        task = None
        if COMPILED and not is_cached():
            text = f"Compiling the model for this processor: once, about {_COMPILE_SECONDS} seconds"
            if not self.quiet and not sys.stderr.isatty():
                self.console.print(f"{text} …")
            task = self.bars.add_task(text, total=None, speed="")
        elif workers > 1:
            from demerit.study.processes import context

            context()  # its process loads the model while this one does
        import demerit.study.run  # noqa: F401 - it names every kernel

        if task is not None:
            compile_all()
            self.bars.remove_task(task)

    def reading(self, name: str, total: int) -> Callable[[int], None]:
        """Return what is to be told the bytes read of so many."""
        task = self.bars.add_task(f"reading {name}", total=max(total, 1), speed="")
        return lambda size: self.bars.advance(task, size)

    def watch(self, worlds: list[LivedWorld]) -> None:
        """Show how far every world has come."""
        for world in worlds:
            name = world.name
            if name not in self._tasks:
                self._tasks[name] = self.bars.add_task(
                    f"living under {name}", total=world.plan.days, speed=""
                )
                self._began[name] = (time.perf_counter(), world.day)
            began, first = self._began[name]
            lived = (world.day - first) * world.plan.population
            speed = lived / max(time.perf_counter() - began, 1e-3)
            self.bars.update(
                self._tasks[name], completed=world.day, speed=f"{speed / 1e6:,.0f} M person-days/s"
            )

    def watch_attribution(self) -> Callable[[int, int], None]:
        """Return what shows how many worlds of an attribution have been lived."""
        task = self.bars.add_task("attributing", total=None, speed="")

        def look(done: int, worlds: int) -> None:
            self.bars.update(
                task, total=worlds, completed=done, description=f"attributing: {done} of {worlds} worlds"
            )

        return look

    def watch_all(
        self, plan: ComparisonPlan, doing: str = "comparing", what: str = "worlds"
    ) -> Callable[[Standing], None]:
        """Return what shows how far a comparison has come, or what else is lived of its plan."""
        task = self.bars.add_task("", total=None, speed="")
        began = time.perf_counter()

        def watch(standing: Standing) -> None:
            speed = standing.days * plan.population / max(time.perf_counter() - began, 1e-3)
            self.bars.update(
                task,
                total=standing.worlds * plan.span[1],
                completed=standing.days,
                description=f"{doing}: {standing.done} of {standing.worlds} {what}",
                speed=f"{number(speed / 1e6)} M person-days/s",
            )

        return watch

    def watch_claims(self, plan: ClaimsPlan) -> Callable[[Standing], None]:
        """Return what shows how far the seeds and draws of claims have come."""
        task = self.bars.add_task("", total=None, speed="")
        days = plan.span[1]
        share = plan.worlds * days / len(plan.todo)

        def watch(standing: Standing) -> None:
            self.bars.update(
                task,
                total=round(standing.worlds * share),
                completed=standing.days,
                description=f"claims: {standing.done} of {standing.worlds} seeds and draws",
                speed=f"{standing.days // days} worlds",
            )

        return watch
