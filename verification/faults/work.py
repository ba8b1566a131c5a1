"""What is disturbed: a run, a comparison and claims on a hamlet, and what each comes to undisturbed."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from verification.faults.children import Ended, carry_out

from demerit.engine.folder import PARTIAL, verify_folder
from demerit.engine.hashlist import files_under

OUT = "out"
"""Name of the folder that every command writes."""
DISK_CODES = (1, 2)
"""Exit codes of a refusal: the disk, or what was asked."""


@dataclass(frozen=True)
class Work:
    """A command that leaves a folder.

    Attributes:
        name: what it is called in the report.
        words: the command line.
        result: the file whose bytes say what came out; the digests of the worlds for a run.
    """

    name: str
    words: tuple[str, ...]
    result: str

    def resume(self) -> tuple[str, ...]:
        """Return the command that goes on with it."""
        return ("resume", OUT, "--quiet")

    def outcome(self, place: Path) -> object:
        """Return what a finished folder came to."""
        path = place / OUT / self.result
        if self.name == "run":
            return [world["digest"] for world in json.loads(path.read_bytes())["worlds"]]
        return path.read_bytes()


_HAMLET = ("--society", "hamlet", "--out", OUT, "--quiet")
RUN = Work("run", ("run", "essay", "--years", "1", "--threads", "1", *_HAMLET), "manifest.json")
COMPARE = Work(
    "compare",
    ("compare", "essay", "ordinary-law", "--years", "1", "--seeds", "2", "--workers", "1", *_HAMLET),
    "comparison.parquet",
)
CLAIMS = Work("claims", ("claims", "--years", "3", "--seeds", "2", "--workers", "1", *_HAMLET), "claims.json")


@dataclass
class Tally:
    """What was tried, by fault: how often, how it ended, and every failure in words."""

    tried: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def note(self, fault: str, wrong: str | None, *, told: bool = False) -> None:
        """Count a trial: it failed with these words, was told by the program, or ended whole."""
        self.tried[fault] += 1
        if wrong is not None:
            self.failures.append(f"{fault}: {wrong}")
        elif told:
            self.told[fault] += 1
        else:
            self.whole[fault] += 1


@dataclass(frozen=True)
class Golden:
    """An undisturbed piece of work: its folder, what it came to, and how long it took."""

    work: Work
    place: Path
    outcome: object
    seconds: float


def undisturbed(work: Work, place: Path) -> Golden:
    """Carry out a piece of work without any fault.

    Raises:
        RuntimeError: it does not come to its end.
    """
    place.mkdir()
    began = time.monotonic()
    ended = carry_out(work.words, place)
    if ended.code != 0:
        raise RuntimeError(f"{work.name} cannot be carried out even undisturbed: {ended.short()}")
    return Golden(work, place, work.outcome(place), time.monotonic() - began)


def wrong_with(golden: Golden, place: Path) -> str | None:
    """Say what is wrong with a folder that should be finished and golden; None if nothing is."""
    folder = place / OUT
    if not folder.is_dir():
        return f"{golden.work.name}: no finished folder"
    if found := verify_folder(folder):
        return f"{golden.work.name}: {found}"
    if left := [name for name, _ in files_under(folder) if name.endswith(".tmp")]:
        return f"{golden.work.name}: left behind {left}"
    if golden.work.outcome(place) != golden.outcome:
        return f"{golden.work.name}: ended with another result than undisturbed"
    return None


def partial(place: Path) -> Path:
    """Return the unfinished folder of a place."""
    return place / (OUT + PARTIAL)


def judge(golden: Golden, place: Path, ended: Ended) -> tuple[str | None, bool]:
    """Return what is wrong with how a command ended, and whether it was refused with words."""
    if not ended.clean:
        return ended.short(), False
    if ended.code == 0:
        return wrong_with(golden, place), False
    if not ended.err.strip():
        return f"exit {ended.code} without a word", False
    if (place / OUT).exists() and (found := verify_folder(place / OUT)):
        return f"refused, and yet a finished folder is there: {found}", False
    return None, True


def go_on(golden: Golden, place: Path) -> tuple[str | None, bool]:
    """Let an interrupted piece of work come to its end, as its messages say; see `judge`.

    What cannot be resumed is told so, removed and done anew.
    """
    ended = carry_out(next_words(golden.work, place), place)
    wrong, told = judge(golden, place, ended)
    if told:
        shutil.rmtree(partial(place), ignore_errors=True)
        again = carry_out(golden.work.words, place)
        wrong = again.short() if again.code != 0 else wrong_with(golden, place)
    return wrong, told


def next_words(work: Work, place: Path) -> Sequence[str]:
    """Return the command that goes on: resume where something is left, else the first one again."""
    return work.resume() if partial(place).is_dir() else work.words
