"""Many worlds side by side, each in a process: progress, a clean stop, and failures as data."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from demerit.study.processes import context, sheltered
from demerit.study.worker import Board, Job, Post, Work, begin, work

_LOOK_SECONDS = 0.1
_ENDED = "its process was ended from outside, twice; not enough memory is the usual reason"


class Failure(NamedTuple):
    """A world that could not be lived, and why."""

    name: str
    seed: int
    reason: str


@dataclass(frozen=True)
class Standing:
    """How far the worlds are.

    Attributes:
        done: worlds of this call that came to their end, or failed.
        worlds: worlds of this call.
        days: days they have lived, added up.
    """

    done: int
    worlds: int
    days: int


Watch = Callable[[Standing], None]


def live_all(todo: Work, tasks: Sequence[Job], folder: Path, watch: Watch | None) -> list[Failure]:
    """Live worlds, each leaving its file, and return those that failed.

    Args:
        todo: all the work.
        tasks: which of its jobs.
        folder: where they are written.
        watch: told ten times a second how far they are.

    Raises:
        KeyboardInterrupt: Ctrl-C; the worlds that were being lived are given up, the others are whole.
    """
    post = Post(todo, folder, Board(todo.jobs))
    crew = _Crew(post, min(todo.workers, max(len(tasks), 1)))
    given = _Given(crew, tasks)
    try:
        while given.open:
            given.out()
            given.back()
            if watch is not None:
                watch(Standing(len(tasks) - given.open, len(tasks), sum(post.board.days)))
    finally:
        post.board.stop.value = 1
        crew.leave()
    return given.failures


class _Crew:
    """Workers at a post: processes, or a thread of this process where one worker is enough."""

    def __init__(self, post: Post, size: int) -> None:
        self.post, self.size = post, size
        self._pool: Executor | None = None

    def submit(self, task: Job) -> Future[str | None]:
        """Give a world to whoever is free; a crew that has broken up says so in what it returns."""
        if self.size == 1:
            self._pool = self._pool or ThreadPoolExecutor(1)
            return self._pool.submit(self.post.work, task)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.size, context(), initializer=begin, initargs=(self.post,))
        try:
            with sheltered():  # giving out a world may let a process begin
                return self._pool.submit(work, task)
        except BrokenProcessPool as error:
            broken: Future[str | None] = Future()
            broken.set_exception(error)
            return broken

    def leave(self) -> None:
        """Let the workers go when they are done; the next world is given to new ones."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


class _Given:
    """Worlds given out and taken back.

    If a process is ended from outside, all that were at work are broken up with it. Those worlds are tried
    again one at a time, so that the one to blame becomes known and the others do not suffer.
    """

    def __init__(self, crew: _Crew, tasks: Sequence[Job]) -> None:
        self.crew = crew
        self.failures: list[Failure] = []
        self._waiting, self._alone = deque(tasks), deque[Job]()
        self._tried: set[Job] = set()
        self._running: dict[Future[str | None], Job] = {}

    @property
    def open(self) -> int:
        """Number of worlds that are not back."""
        return len(self._waiting) + len(self._alone) + len(self._running)

    def out(self) -> None:
        """Give out worlds while there is room."""
        alone = self._alone or self._tried.intersection(self._running.values())
        line, room = (self._alone, 1) if alone else (self._waiting, self.crew.size)
        while line and len(self._running) < room:
            task = line.popleft()
            self._running[self.crew.submit(task)] = task

    def back(self) -> None:
        """Wait a moment for worlds and take back those that are done."""
        done, _ = wait(self._running, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
        if any(_is_broken(future) for future in done):
            done, _ = wait(self._running)
            self.crew.leave()
        for future in done:
            task = self._running.pop(future)
            if not _is_broken(future):
                self._note(task, future.result())
            elif task in self._tried:
                self._note(task, _ENDED)
            else:
                self._tried.add(task)
                self._alone.append(task)

    def _note(self, task: Job, reason: str | None) -> None:
        if reason is not None:
            self.failures.append(Failure(task.name, task.seed, reason))


def _is_broken(future: Future[str | None]) -> bool:
    return isinstance(future.exception(), BrokenProcessPool)
