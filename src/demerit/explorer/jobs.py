"""Work that takes longer than an answer: each job in a process of its own, with progress, and cancellable."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from pydantic import Field

from demerit.errors import DemeritError, UsageError
from demerit.explorer.answer import Answer
from demerit.explorer.refusal import REFUSALS, Unknown

State = Literal["running", "done", "failed", "cancelled"]
Tell = Callable[[float, str], None]
"""Called by a job with the share done (0 to 1) and what it is doing."""
MOST_RUNNING, MOST_KEPT = 2, 32
"""Jobs at the same time; jobs that are remembered."""
_LAST_SECONDS = 2.0
"""How long the end of the application waits for what a job leaves to be cleared away."""


class JobState(Answer):
    """How far a job has come."""

    id: int = Field(description="Its number.")
    what: str = Field(description="What it does.")
    state: State = Field(description="running, done, failed or cancelled.")
    share: float = Field(description="How much of it is done, 0 to 1.", ge=0, le=1)
    doing: str = Field(description="What it is doing.")
    result: Any = Field(None, description="What came out, once it is done: plain data.")
    error: str = Field("", description="Why it failed.")


class Job:
    """A job in its process.

    Args:
        number: its number.
        what: what it does, for people.
        task: a function at the top of a module, called as ``task(tell, *values)``; returns plain data.
        values: what it is called with; must survive being sent to a process.
        then: called in this process with what came out.
        undo: called in this process once the job has been cancelled and its process is gone.
    """

    def __init__(
        self,
        number: int,
        what: str,
        task: Callable[..., Any],
        values: tuple[Any, ...],
        then: Callable[[Any], None] | None,
        undo: Callable[[], None] | None,
    ) -> None:
        self.number, self.what, self.then, self.undo = number, what, then, undo
        self.state: State = "running"
        self.share, self.doing, self.error = 0.0, "starting", ""
        self.result: Any = None
        from demerit.study.processes import context, sheltered

        processes: Any = context()
        hears, says = processes.Pipe(duplex=False)
        self._process = processes.Process(target=_work, args=(says, task, values), daemon=True)
        with sheltered():
            self._process.start()
        says.close()
        self._listener = Thread(target=self._listen, args=(hears,), daemon=True)
        self._listener.start()

    def _listen(self, hears: Connection) -> None:
        """Hear how far the job is until it ends, whichever way."""
        try:
            while self.state == "running":
                kind, value = hears.recv()
                if kind == "progress":
                    self.share, self.doing = value
                elif kind == "failed":
                    self.error, self.state = value, "failed"
                else:
                    if self.then is not None:
                        self.then(value)
                    self.result, self.share, self.state = value, 1.0, "done"
        except (EOFError, OSError):
            if self.state == "running":
                self.error, self.state = "its process has ended early", "failed"
        finally:
            hears.close()
            self._process.join()
            if self.state == "cancelled" and self.undo is not None:
                self.undo()

    def cancel(self) -> None:
        """End the job; nothing of it is kept."""
        if self.state == "running":
            self.state = "cancelled"
            self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait until its process is gone and what it leaves has been cleared away."""
        self._listener.join(seconds)

    def told(self) -> JobState:
        """Return how far it has come."""
        return JobState(
            id=self.number,
            what=self.what,
            state=self.state,
            share=min(max(self.share, 0.0), 1.0),
            doing=self.doing,
            result=self.result,
            error=self.error,
        )


class Jobs:
    """All jobs of an application."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._lock = Lock()

    def start(
        self,
        what: str,
        task: Callable[..., Any],
        *values: Any,
        then: Callable[[Any], None] | None = None,
        undo: Callable[[], None] | None = None,
    ) -> Job:
        """Begin a job; see `Job`.

        Raises:
            UsageError: as many are running as may.
        """
        with self._lock:
            if sum(job.state == "running" for job in self._jobs.values()) >= MOST_RUNNING:
                raise UsageError(f"{MOST_RUNNING} jobs are running; wait for one or cancel it")
            for old in [number for number, job in self._jobs.items() if job.state != "running"][:-MOST_KEPT]:
                del self._jobs[old]
            job = Job(next(self._numbers), what, task, values, then, undo)
            self._jobs[job.number] = job
            return job

    def __getitem__(self, number: int) -> Job:
        """Return a job.

        Raises:
            Unknown: there is none of that number.
        """
        if number not in self._jobs:
            raise Unknown(f"there is no job {number}")
        return self._jobs[number]

    def close(self) -> None:
        """End everything that is running."""
        jobs = list(self._jobs.values())
        for job in jobs:
            job.cancel()
        for job in jobs:
            job.wait(_LAST_SECONDS)


def _work(says: Connection, task: Callable[..., Any], values: tuple[Any, ...]) -> None:
    """Do a job in its process."""
    try:
        result = task(lambda share, doing: says.send(("progress", (share, doing))), *values)
    except DemeritError as error:
        says.send(("failed", str(error)))
    except Exception as error:  # told to whoever waits: there is no terminal to print it on
        says.send(("failed", f"{type(error).__name__}: {error}"))
    else:
        says.send(("done", result))


def jobs_of(request: Request) -> Jobs:
    """Return the jobs of the application that a request is for."""
    held: Jobs = request.app.state.jobs
    return held


AllJobs = Annotated[Jobs, Depends(jobs_of)]
"""The jobs, for endpoints that start one."""
Number = Annotated[int, InPath(ge=1, le=1 << 53, description="Number of a job.")]

router = APIRouter(prefix="/api/jobs", tags=["jobs"], responses=REFUSALS)


@router.get("/{number}")
def job(number: Number, jobs: AllJobs) -> JobState:
    """Tell how far a job has come."""
    return jobs[number].told()


@router.delete("/{number}")
def cancel(number: Number, jobs: AllJobs) -> JobState:
    """Cancel a job; one that has ended stays as it is."""
    one = jobs[number]
    one.cancel()
    return one.told()
