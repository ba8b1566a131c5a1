"""The command line in processes of their own: copies of one that has loaded the model, so that many fit."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HANG_SECONDS = 300
"""A command that takes longer hangs; the slowest takes some ten seconds on a quiet machine."""
UNTOLD = 70
"""Exit code of a child whose command ended in an exception that nobody foresaw."""
_LOOK_SECONDS = 0.002


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, or None if it was killed; hung; what it printed."""

    code: int | None
    hung: bool
    out: str
    err: str

    @property
    def clean(self) -> bool:
        """Whether it ended by itself and without a traceback."""
        return self.code not in (None, UNTOLD) and not self.hung and "Traceback" not in self.err

    def short(self) -> str:
        """Return code and the end of what was said, for a report."""
        end = "hung" if self.hung else f"exit {self.code}"
        return f"{end}: {self.err[-600:].strip()}"


@dataclass(frozen=True)
class Child:
    """A process that carries out a command; what it prints goes to two files beside its folder."""

    pid: int
    told: Path


def nothing() -> None:
    """Do nothing before a command."""


def load() -> None:
    """Load what the commands need, once for all children; nothing here begins a thread."""
    import polars  # noqa: F401

    import demerit.claims.study
    import demerit.explain.answers
    import demerit.report.impact.pack
    import demerit.study.comparison
    import demerit.study.verify  # noqa: F401
    from demerit.engine.kernel import compile_all

    compile_all()


def begin(words: Sequence[str], place: Path, before: Callable[[], None] = nothing) -> Child:
    """Begin a command in a folder.

    Args:
        words: the command line without the program's name.
        place: the folder it stands in.
        before: what is done to the process before the command.
    """
    told = place.with_name(f"{place.name}.{time.monotonic_ns()}")
    pid = os.fork()
    if pid:
        return Child(pid, told)
    code = UNTOLD
    try:
        os.chdir(place)
        for handle, ending in ((1, ".out"), (2, ".err")):
            file = os.open(f"{told}{ending}", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            os.dup2(file, handle)
        code = _command(words, before)
    finally:
        os._exit(code)


def _command(words: Sequence[str], before: Callable[[], None]) -> int:
    from demerit.cli import main

    try:
        before()
        main(list(words))
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        return ended.code if isinstance(ended.code, int) else UNTOLD
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    return UNTOLD


def kill_after(child: Child, seconds: float) -> bool:
    """Kill a child after so many seconds; return whether it was still at work and died of it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return False
        time.sleep(_LOOK_SECONDS)
    os.kill(child.pid, signal.SIGKILL)
    found = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    return found is not None and found.si_code == os.CLD_KILLED


def end(child: Child) -> Ended:
    """Wait for a child and return how it ended; one that hangs is killed."""
    hung = False
    until = time.monotonic() + HANG_SECONDS
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > until:
            hung = True
            os.kill(child.pid, signal.SIGKILL)
            break
        time.sleep(_LOOK_SECONDS)
    status = os.waitpid(child.pid, 0)[1]
    texts = []
    for ending in (".out", ".err"):
        path = Path(f"{child.told}{ending}")
        texts.append(path.read_text(errors="replace") if path.exists() else "")
        path.unlink(missing_ok=True)
    return Ended(os.WEXITSTATUS(status) if os.WIFEXITED(status) else None, hung, *texts)


def carry_out(words: Sequence[str], place: Path, before: Callable[[], None] = nothing) -> Ended:
    """Carry out a command to its end, however that comes."""
    return end(begin(words, place, before))
