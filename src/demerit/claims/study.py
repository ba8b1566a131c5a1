"""Hold the claims against a regime: live the worlds they need, keep what is whole, and find the verdicts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from demerit.claims.definitions import claims
from demerit.claims.draws import drawables, quantiles
from demerit.claims.living import Living, file_of, is_as_kept
from demerit.claims.plan import DRAW_PEOPLE, ClaimsJob, ClaimsPlan
from demerit.claims.robustness import Robustness, robustness
from demerit.claims.verdicts import ClaimFound, WorldsOfSeed, find
from demerit.engine.disk import shown, write_whole
from demerit.study.card import Card, card_of, write_card
from demerit.study.layout import CLAIMS, CLAIMS_REQUEST
from demerit.study.side_by_side import Failure, Watch, live_all
from demerit.study.unfinished import take_up


class ClaimsInterrupted(Exception):
    """The claims were interrupted; the same request goes on with what is kept."""

    def __init__(self, folder: Path, kept: int, jobs: int) -> None:
        super().__init__(
            f"interrupted; {kept} of {jobs} seeds and draws are kept in {shown(folder)}; run the same "
            "command again to go on"
        )


def card_of_claims(plan: ClaimsPlan) -> Card:
    """Return the card of claims that are held."""
    return card_of(
        plan.society,
        [(plan.regime.id, plan.regime), *((law.id, law) for law in plan.laws)],
        population=plan.population,
        years=plan.years,
        start=plan.start,
        seeds=plan.seeds,
    )


@dataclass(frozen=True)
class ClaimsDone:
    """The claims, held against worlds.

    Attributes:
        folder: where it was written.
        plan: what was asked.
        jobs: what was kept, by job: by seed, by world, by key.
        attempts: which attempt at a draw was admitted, by draw; those before it had no calm ordinary law.
        people: by how many people a draw was lived, by draw: fewer where reports fill the ledger.
        failures: jobs that could not be done.
        kept: jobs that an earlier call had done.
    """

    folder: Path
    plan: ClaimsPlan
    jobs: dict[ClaimsJob, list[WorldsOfSeed]]
    attempts: dict[int, int]
    people: dict[int, int]
    failures: tuple[Failure, ...]
    kept: int

    @property
    def draws_by_fewer(self) -> dict[int, int]:
        """The draws that were lived by fewer people than draws are as a rule, and by how many."""
        most = min(self.plan.population, DRAW_PEOPLE)
        return {draw: people for draw, people in self.people.items() if people < most}

    @cached_property
    def card(self) -> Card:
        """What the claims say of themselves as an output."""
        return card_of_claims(self.plan)

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
    with take_up(plan, CLAIMS_REQUEST, f"claims-{plan.regime.id}") as folder:
        try:
            kept = {job: read_job(job, folder.path, plan.hash) for job in plan.todo}
            tasks = [job for job, found in kept.items() if found is None]
            failures = live_all(Living(plan), tasks, folder.path, watch)
        except KeyboardInterrupt:
            left = sum(read_job(job, folder.path, plan.hash) is not None for job in plan.todo)
            raise ClaimsInterrupted(folder.path, left, len(plan.todo)) from None
        jobs = {job: kept[job] or read_job(job, folder.path, plan.hash) for job in plan.todo}
        done = done_of(folder.final, plan, jobs, tuple(failures), len(kept) - len(tasks))
        write_card(done.card, folder.path)
        if finish is not None:
            write_whole(folder.path / CLAIMS, finish(done))
        folder.complete()
    return done


class Kept(NamedTuple):
    """What is kept of a job: which attempt at a draw, people, and what every seed said, by world and key."""

    attempt: int
    people: int
    seeds: list[WorldsOfSeed]


def done_of(
    folder: Path,
    plan: ClaimsPlan,
    jobs: dict[ClaimsJob, Kept | None],
    failures: tuple[Failure, ...],
    kept: int,
) -> ClaimsDone:
    """Return the claims from what is kept of every job."""
    whole = {job: found for job, found in jobs.items() if found is not None}
    return ClaimsDone(
        folder=folder,
        plan=plan,
        jobs={job: found.seeds for job, found in whole.items()},
        attempts={job.draw: found.attempt for job, found in whole.items() if job.draw},
        people={job.draw: found.people for job, found in whole.items() if job.draw},
        failures=failures,
        kept=kept,
    )


def read_job(job: ClaimsJob, folder: Path, of: str) -> Kept | None:
    """Return what is kept of a job; None if it is not there, not whole, or of a plan with another hash."""
    try:
        content: dict[str, Any] = json.loads(file_of(folder, job).read_bytes())
        if not is_as_kept(content) or content["plan"] != of or content["seeds"] != list(job.seeds):
            return None
        worlds: dict[str, list[dict[str, Any]]] = content["worlds"]
        seeds = [{name: seeds[n] for name, seeds in worlds.items()} for n in range(len(job.seeds))]
        return Kept(int(content["attempt"]), int(content["people"]), seeds)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
