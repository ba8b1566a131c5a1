"""What a process does that lives worlds side by side with others."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.sharedctypes import RawArray, RawValue
from pathlib import Path
from typing import Any, Protocol

from demerit.errors import DemeritError


class Job(Protocol):
    """One piece of work: a world, or several that share their people."""

    @property
    def number(self) -> int:
        """Its place among all jobs."""

    @property
    def name(self) -> str:
        """What it lives."""

    @property
    def seed(self) -> int:
        """The seed it lives it on."""


class Work(Protocol):
    """Jobs that a crew can share; it is handed to processes, so it must be plain data until it is used."""

    @property
    def jobs(self) -> int:
        """How many there are in all."""

    @property
    def workers(self) -> int:
        """How many are done side by side."""

    def live(self, job: Any, folder: Path, told: Callable[[int], None]) -> None:
        """Do one and leave its file in a folder; `told` is to be called with the days lived so far."""


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
    """What a worker knows: the work, its folder and the board.

    Args:
        todo: the work.
        folder: where it is written.
        board: shared with the process that gives out the work.
    """

    def __init__(self, todo: Work, folder: Path, board: Board) -> None:
        self.todo, self.folder, self.board = todo, folder, board

    def work(self, job: Job) -> str | None:
        """Do a job, unless told to stop on the way, and return why it could not be done, if so."""
        board = self.board

        def told(days: int) -> None:
            board.days[job.number] = days
            if board.stop.value:
                raise _Stopped

        try:
            self.todo.live(job, self.folder, told)
        except _Stopped:
            pass
        except DemeritError as error:
            return str(error)
        except Exception as error:  # whatever it is, it belongs to this world and not to the others
            return f"{type(error).__name__}: {error}"
        return None


class _Stopped(Exception):
    """The work was asked to stop."""


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


def work(job: Job) -> str | None:
    """Do what `Post.work` does at the post taken up."""
    return _posts[0].work(job)
