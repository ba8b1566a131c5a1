"""Run folders beside each other: what each holds, whether it is whole, and which may be thrown away."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from demerit.engine.disk import TEMPORARY, refusals, shown
from demerit.engine.folder import PARTIAL, is_held, open_run
from demerit.engine.hashlist import HASH_LIST
from demerit.errors import DemeritError, RunFolderError, UsageError
from demerit.simulation.manifest import MANIFEST, read_manifest
from demerit.study.check import size_under
from demerit.study.comparison_manifest import is_comparison, read_comparison_manifest
from demerit.study.layout import (
    CLAIMS,
    CLAIMS_REQUEST,
    COMPARISON,
    DIFFERENCES,
    INDICATORS,
    PICTURE,
    PLAN,
    WORLDS,
)
from demerit.study.unfinished_run import days_lived, request_of, world_names

State = Literal["complete", "partial", "running", "damaged"]
_WRITTEN = {
    *(MANIFEST, HASH_LIST, INDICATORS, PLAN, WORLDS, "overview.svg", "overview.png"),
    *(
        CLAIMS,
        CLAIMS_REQUEST,
        COMPARISON,
        DIFFERENCES,
        *(f"{PICTURE}.{form}" for form in ("svg", "png", "csv")),
    ),
}
"""What a run or a comparison writes at the top of its folder."""


@dataclass(frozen=True)
class Shelved:
    """A run folder as it stands.

    Attributes:
        folder: where it is.
        state: complete; partial (can be resumed); running (a process is writing it); damaged.
        regimes: ids of the worlds' regimes, the one asked for first; empty where it cannot be told.
        society, population, years, seed: what was asked for; empty or 0 where it cannot be told.
        finished: day on which the run ended, None for one that has not.
        version: version of the program that wrote it; empty where it cannot be told.
        size: bytes on the disk.
        note: what is wrong, or how far a partial run has come.
    """

    folder: Path
    state: State
    size: int
    regimes: tuple[str, ...] = ()
    society: str = ""
    population: int = 0
    years: int = 0
    seed: int = 0
    finished: date | None = None
    version: str = ""
    note: str = ""


def shelf(root: Path) -> list[Shelved]:
    """Return the run folders directly under a folder, by name; links are not followed.

    Raises:
        RunFolderError: the folder is not there or cannot be read.
    """
    if not root.exists():
        raise RunFolderError(f"there is no folder {shown(root)}; name the one that holds the runs")
    if not root.is_dir():
        raise RunFolderError(f"{shown(root)} is not a folder; name the one that holds the runs")
    with refusals(root, "read"):
        places = sorted(path for path in root.iterdir() if path.is_dir() and not path.is_symlink())
    return [run for path in places if (run := look_at(path)) is not None]


def look_at(path: Path) -> Shelved | None:
    """Return what a folder holds if it is a run's, after a quick check; None if it is none.

    Large files are only looked for, as `open_run` does.
    """
    if path.is_symlink() or not path.is_dir():
        return None
    try:
        if path.name.endswith(PARTIAL):
            return _partial(path) if _is_partial(path) else None
        if not any((path / name).is_file() for name in (MANIFEST, HASH_LIST)):
            return None
        return _finished(path)
    except DemeritError as error:
        return Shelved(path, "damaged", 0, note=_first_line(error))


def _finished(path: Path) -> Shelved:
    size = size_under(path)[1]
    problem = ""
    try:
        open_run(path)
    except RunFolderError as error:
        problem = _short(error)
    try:
        if is_comparison(path):
            return _compared(path, size, problem)
        if (path / CLAIMS_REQUEST).is_file():
            return _of_claims(path, "damaged" if problem else "complete", size, problem)
        told = read_manifest(path)
    except RunFolderError as error:
        return Shelved(path, "damaged", size, note=problem or _first_line(error))
    return Shelved(
        path,
        "damaged" if problem else "complete",
        size,
        tuple(world.regime for world in told.worlds),
        told.society.id,
        told.population,
        round(told.years),
        told.seed,
        told.created,
        told.demerit,
        problem,
    )


def _compared(path: Path, size: int, problem: str) -> Shelved:
    """Return what the folder of a finished comparison holds."""
    told = read_comparison_manifest(path)
    return Shelved(
        path,
        "damaged" if problem else "complete",
        size,
        tuple(regime.name for regime in told.regimes),
        told.society.id,
        told.population,
        told.years,
        told.seeds[0],
        told.created,
        told.demerit,
        problem or f"a comparison over {_several(len(told.seeds), 'seed')}",
    )


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _is_partial(path: Path) -> bool:
    """Tell whether a folder has the name of an unfinished run and holds nothing that a run does not write."""
    return not foreign(path) and (
        any((path / name).is_file() for name in (PLAN, COMPARISON, CLAIMS_REQUEST)) or not any(path.iterdir())
    )


def foreign(path: Path) -> list[str]:
    """Return the names at the top of a folder that no run writes."""
    with refusals(path, "read"):
        return sorted(
            entry.name for entry in path.iterdir() if entry.name.removesuffix(TEMPORARY) not in _WRITTEN
        )


def _partial(path: Path) -> Shelved:
    state: State = "running" if is_held(path) else "partial"
    size = size_under(path)[1]
    if (path / COMPARISON).is_file():
        return _partly_compared(path, state, size)
    if (path / CLAIMS_REQUEST).is_file():
        return _of_claims(path, state, size, "")
    request = request_of(path)
    if not request:
        return Shelved(path, state, size, note="nothing lived yet")
    regimes = tuple(name for name in (request["regime"], request["against"]) if name is not None)
    days = min(days_lived(path / WORLDS / name) for name in world_names(path) or ("",))
    return Shelved(
        path,
        state,
        size,
        regimes,
        request["society"],
        request["population"],
        request["years"],
        request["seed"],
        note=f"checkpoint after day {days}" if days else "no checkpoint yet",
    )


def _partly_compared(path: Path, state: State, size: int) -> Shelved:
    """Return how far an unfinished comparison has come."""
    try:
        plan = json.loads((path / COMPARISON).read_bytes())["plan"]
        regimes = tuple(str(regime["regime"]["id"]) for regime in plan["regimes"])
        society = str(plan["society"]["society"]["id"])
        population, years = int(plan["population"]), int(plan["years"])
        first, *others = (int(seed) for seed in plan["seeds"])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Shelved(path, state, size, note=f"its {COMPARISON} cannot be read")
    lived = len(list((path / WORLDS).glob("*/seed-*.parquet")))
    over, worlds = _several(1 + len(others), "seed"), (1 + len(others)) * len(regimes)
    note = f"a comparison over {over}, {lived} of {worlds} worlds lived"
    return Shelved(path, state, size, regimes, society, population, years, first, note=note)


def _of_claims(path: Path, state: State, size: int, problem: str) -> Shelved:
    """Return what the folder of claims holds, finished or not."""
    try:
        plan = json.loads((path / CLAIMS_REQUEST).read_bytes())["plan"]
        regimes = (str(plan["regime"]["regime"]["id"]),)
        society = str(plan["society"]["society"]["id"])
        population, years = int(plan["population"]), int(plan["years"])
        first, *others = (int(seed) for seed in plan["seeds"])
        draws = int(plan["draws"])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Shelved(path, state, size, note=problem or f"its {CLAIMS_REQUEST} cannot be read")
    done = len(list((path / WORLDS).glob("*.json")))
    over = f"{_several(1 + len(others), 'seed')} and {_several(draws, 'draw')}"
    note = problem or f"claims over {over}, {done} of {1 + len(others) + draws} done"
    return Shelved(path, state, size, regimes, society, population, years, first, note=note)


def _short(error: Exception) -> str:
    """Return what is wrong with a finished folder in a few words."""
    lines = [line.strip() for line in str(error).splitlines()]
    more = f" and {len(lines) - 2} more" if len(lines) > 2 else ""
    return (lines[1] if len(lines) > 1 else lines[0]) + more


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def to_prune(runs: list[Shelved], older_than: int | None, today: date) -> Iterator[tuple[Shelved, str]]:
    """Yield the runs that may be thrown away, each with the reason.

    Args:
        runs: run folders.
        older_than: finished runs go too, if they ended more than so many days ago; None to keep them all.
        today: what age is counted from.

    Raises:
        UsageError: the number of days is negative.
    """
    if older_than is not None and older_than < 0:
        raise UsageError(f"--older-than must be at least 0 days; got {older_than}")
    for run in runs:
        if run.state == "partial":
            yield run, f"interrupted, {run.note}"
        elif older_than is not None and run.state == "complete" and run.finished is not None:
            age = (today - run.finished) / timedelta(days=1)
            if age > older_than:
                yield run, f"finished on {run.finished.isoformat()}"


def throw_away(run: Shelved) -> None:
    """Delete a run folder, after looking once more that it is the run it was.

    Raises:
        UsageError: it has become something else meanwhile: finished, running or no run at all.
        RunFolderError: the disk refused.
    """
    now = look_at(run.folder)
    if now is None or now.state != run.state:
        raise UsageError(f"{shown(run.folder)} is not what it was a moment ago; nothing of it was deleted")
    with refusals(run.folder, "delete"):
        shutil.rmtree(run.folder)
