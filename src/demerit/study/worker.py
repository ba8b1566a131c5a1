"""What a process does that lives worlds for a comparison."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import threading
from functools import cached_property
from multiprocessing.sharedctypes import RawArray, RawValue
from pathlib import Path
from typing import Any

from demerit.errors import DemeritError
from demerit.simulation.setting import Tuned, tune
from demerit.simulation.world import World
from demerit.study.comparison_plan import ComparisonPlan, Task
from demerit.study.replicate import live


class Board:
    """Where workers write how far they are, and read whether they shall stop: memory that all share.

    Attributes:
        days: days lived, by world.
        stop: not nought when the worlds shall end early.
    """

    def __init__(self, worlds: int) -> None:
        self.days: Any = RawArray(ctypes.c_int64, worlds)
        self.stop: Any = RawValue(ctypes.c_int64, 0)


class Post:
    """What a worker knows: the comparison, its folder and the board.

    Args:
        plan: the comparison.
        folder: where it is written.
        board: shared with the process that gives out the work.
    """

    def __init__(self, plan: ComparisonPlan, folder: Path, board: Board) -> None:
        self.plan, self.folder, self.board = plan, folder, board

    @cached_property
    def tuned(self) -> Tuned:
        """What the people of all worlds choose by: solved once in every process."""
        return tune(self.plan.society, {law.id: law for law in self.plan.laws})

    def work(self, task: Task) -> str | None:
        """Live a world, unless told to stop on the way, and return why it could not be lived, if so."""
        board = self.board

        def after_day(world: World) -> None:
            board.days[task.number] = world.day
            if board.stop.value:
                raise _Stopped

        try:
            live(self.plan, self.tuned, task, self.folder, after_day)
        except _Stopped:
            pass
        except DemeritError as error:
            return str(error)
        except Exception as error:  # whatever it is, it belongs to this world and not to the others
            return f"{type(error).__name__}: {error}"
        return None


class _Stopped(Exception):
    """The comparison was asked to stop."""


_posts: list[Post] = []
"""This process's post: shared memory can be handed over only while a process begins."""


def begin(post: Post) -> None:
    """Take up a post; called once, as a worker process begins. Nobody's worker ends at once."""
    _posts[:] = [post]
    giver = multiprocessing.parent_process()
    if giver is not None:
        threading.Thread(target=_end_with, args=(giver,), daemon=True).start()


def _end_with(giver: Any) -> None:
    giver.join()
    os._exit(1)


def work(task: Task) -> str | None:
    """Do what `Post.work` does at the post taken up."""
    return _posts[0].work(task)
