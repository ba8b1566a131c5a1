"""Claims read back from their folder, gone on with, or computed again from what they were asked for alone."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demerit.claims.living import Living, file_of
from demerit.claims.plan import ClaimsPlan
from demerit.claims.study import ClaimsDone, done_of, read_job
from demerit.engine.disk import refusals, shown
from demerit.engine.folder import PARTIAL
from demerit.errors import FileProblems, RunFolderError
from demerit.study.layout import CLAIMS_REQUEST
from demerit.study.run import Interrupted
from demerit.study.side_by_side import Failure, Watch, live_all


def asked(folder: Path) -> tuple[ClaimsPlan, str]:
    """Return what claims were held against, and the hash that what was kept belongs to.

    Raises:
        RunFolderError: it cannot be read by this version.
    """
    try:
        content: dict[str, Any] = json.loads((folder / CLAIMS_REQUEST).read_bytes())
        out = str(folder.with_name(folder.name.removesuffix(PARTIAL)))
        return ClaimsPlan.from_canonical(content["plan"], out), str(content["sha256"])
    except (OSError, ValueError, KeyError, TypeError, FileProblems) as error:
        raise RunFolderError(
            f"{shown(folder)} holds no {CLAIMS_REQUEST} that this version can read; ask for the claims again"
        ) from error


def plan_left(partial: Path) -> ClaimsPlan:
    """Return the plan of interrupted claims, to be carried out in their folder.

    Raises:
        RunFolderError: it cannot be read, or was begun by another version of the program.
    """
    plan, of = asked(partial)
    if plan.hash != of:
        raise RunFolderError(
            f"{shown(partial)} was altered, or begun by another version of the program: it cannot be "
            "resumed; remove it and ask for the claims again"
        )
    return plan


def read_claims(folder: Path) -> ClaimsDone:
    """Read finished claims back."""
    plan, of = asked(folder)
    kept = {job: read_job(job, folder, of) for job in plan.todo}
    missing = tuple(
        Failure(job.name, job.seed, "it is not in the folder") for job, found in kept.items() if found is None
    )
    return done_of(folder, plan, kept, missing, kept=len(kept) - len(missing))


@dataclass(frozen=True)
class ClaimsRepetition:
    """Claims beside their repetition: how many jobs are identical, and the first that is not, if any."""

    identical: int
    difference: str | None


def repeat_claims(folder: Path, watch: Callable[[ClaimsPlan], Watch] | None = None) -> ClaimsRepetition:
    """Live every world of the claims again and compare what is read of them with the folder.

    Raises:
        RunFolderError: this version cannot read it, or the disk refused.
        Interrupted: Ctrl-C; nothing is left behind.
    """
    plan, of = asked(folder)
    kept = {job: found for job in plan.todo if (found := read_job(job, folder, of)) is not None}
    for job in plan.todo:
        if job not in kept and file_of(folder, job).exists():
            return ClaimsRepetition(0, f"{job.name}: its file is not what was kept")
    with refusals(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="demerit-") as scratch:
        try:
            failures = live_all(
                Living(plan), list(kept), Path(scratch), None if watch is None else watch(plan)
            )
        except KeyboardInterrupt:
            raise Interrupted(None, 0) from None
        failed = {failure.name: failure.reason for failure in failures}
        for number, (job, found) in enumerate(kept.items()):
            if job.name in failed:
                return ClaimsRepetition(number, f"{job.name}: it cannot be lived again: {failed[job.name]}")
            if read_job(job, Path(scratch), plan.hash) != found:
                return ClaimsRepetition(number, f"{job.name}: its figures differ")
    return ClaimsRepetition(len(kept), None)
