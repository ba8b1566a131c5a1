"""Hold the claims against a regime: live the worlds they need, keep what is whole, and find the verdicts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from demerit.claims.definitions import claims
from demerit.claims.draws import drawables, quantiles
from demerit.claims.living import Living, file_of
from demerit.claims.plan import ClaimsJob, ClaimsPlan
from demerit.claims.robustness import Robustness, robustness
from demerit.claims.verdicts import ClaimFound, WorldsOfSeed, find
from demerit.engine.disk import shown, write_whole
from demerit.engine.folder import PARTIAL, RunFolder, free_name
from demerit.errors import UsageError
from demerit.study.layout import CLAIMS, CLAIMS_REQUEST
from demerit.study.side_by_side import Failure, Watch, live_all

_RUNS = Path("runs")


class ClaimsInterrupted(Exception):
    """The claims were interrupted; the same request goes on with what is kept."""

    def __init__(self, folder: Path, kept: int, jobs: int) -> None:
        super().__init__(
            f"interrupted; {kept} of {jobs} seeds and draws are kept in {shown(folder)}; run the same "
            "command again to go on"
        )


@dataclass(frozen=True)
class ClaimsDone:
    """The claims, held against worlds.

    Attributes:
        folder: where it was written.
        plan: what was asked.
        jobs: what was kept, by job: by seed, by world, by key.
        attempts: which attempt at a draw was admitted, by draw; those before it had no calm ordinary law.
        failures: jobs that could not be done.
        kept: jobs that an earlier call had done.
        seconds: how long this call took for the others.
    """

    folder: Path
    plan: ClaimsPlan
    jobs: dict[ClaimsJob, list[WorldsOfSeed]]
    attempts: dict[int, int]
    failures: tuple[Failure, ...]
    kept: int
    seconds: float

    @cached_property
    def found(self) -> list[ClaimFound]:
        """What became of every claim."""
        return find(claims(), [seeds[0] for job, seeds in self.jobs.items() if job.draw == 0])

    @cached_property
    def robustness(self) -> dict[str, Robustness]:
        """What the draws say to every claim, by its id; empty without draws."""
        plan = self.plan
        draws = {job.draw: seeds for job, seeds in self.jobs.items() if job.draw}
        if not draws:
            return {}
        attempts = [self.attempts[draw] for draw in draws]
        where = quantiles(plan.regime, plan.society, plan.draws)[attempts, [draw - 1 for draw in draws]]
        numbers = drawables(plan.regime, plan.society)
        return {one.id: robustness(one, list(draws.values()), where, numbers) for one in claims()}


def hold_claims(
    plan: ClaimsPlan,
    watch: Watch | None = None,
    finish: Callable[[ClaimsDone], bytes] | None = None,
) -> ClaimsDone:
    """Live every world the claims need and leave a folder with what was read of them.

    Args:
        plan: what to hold them against.
        watch: told ten times a second how far the worlds are.
        finish: gives the content of the result file.

    Raises:
        UsageError: the place is taken, or a regime and the society do not go together.
        RunFolderError: the disk refused.
        ClaimsInterrupted: Ctrl-C.
    """
    with _take_up(plan) as folder:
        try:
            kept = {job: read_job(plan, job, folder.path) for job in plan.todo}
            tasks = [job for job, found in kept.items() if found is None]
            began = time.perf_counter()
            failures = live_all(Living(plan), tasks, folder.path, watch)
            seconds = time.perf_counter() - began
        except KeyboardInterrupt:
            left = sum(read_job(plan, job, folder.path) is not None for job in plan.todo)
            raise ClaimsInterrupted(folder.path, left, len(plan.todo)) from None
        jobs = {job: kept[job] or read_job(plan, job, folder.path) for job in plan.todo}
        whole = {job: found for job, found in jobs.items() if found is not None}
        done = ClaimsDone(
            folder=folder.final,
            plan=plan,
            jobs={job: found.seeds for job, found in whole.items()},
            attempts={job.draw: found.attempt for job, found in whole.items() if job.draw},
            failures=tuple(failures),
            kept=len(kept) - len(tasks),
            seconds=seconds,
        )
        if finish is not None:
            write_whole(folder.path / CLAIMS, finish(done))
        folder.complete()
    return done


class Kept(NamedTuple):
    """What is kept of a job: which attempt at a draw, and what every seed said, by world and key."""

    attempt: int
    seeds: list[WorldsOfSeed]


def read_job(plan: ClaimsPlan, job: ClaimsJob, folder: Path) -> Kept | None:
    """Return what is kept of a job; None if it is not there, not whole, or of another plan."""
    try:
        content: dict[str, Any] = json.loads(file_of(folder, job).read_bytes())
        if content["plan"] != plan.hash or content["seeds"] != list(job.seeds):
            return None
        worlds: dict[str, list[dict[str, Any]]] = content["worlds"]
        seeds = [{name: seeds[n] for name, seeds in worlds.items()} for n in range(len(job.seeds))]
        return Kept(int(content["attempt"]), seeds)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _take_up(plan: ClaimsPlan) -> RunFolder:
    """Return the folder that an interrupted call of the same plan has left, or a new one."""
    if plan.out is not None:
        final = Path(plan.out)
        partial = final.parent / f"{final.name}{PARTIAL}"
        return RunFolder.resume(final) if _is_of(plan, partial) else _new(plan, final)
    stem = f"claims-{plan.regime.id}-{plan.hash[:8]}"
    for left in sorted(_RUNS.glob(f"{stem}-*{PARTIAL}")):
        if _is_of(plan, left):
            try:
                return RunFolder.resume(left)
            except UsageError:  # another process is at it
                continue
    return _new(plan, free_name(_RUNS, stem))


def _new(plan: ClaimsPlan, final: Path) -> RunFolder:
    folder = RunFolder.create(final)
    content = {"plan": plan.canonical(), "sha256": plan.hash}
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(folder.path / CLAIMS_REQUEST, text.encode())
    return folder


def _is_of(plan: ClaimsPlan, partial: Path) -> bool:
    try:
        return bool(json.loads((partial / CLAIMS_REQUEST).read_bytes())["sha256"] == plan.hash)
    except (OSError, ValueError, KeyError, TypeError):
        return False
