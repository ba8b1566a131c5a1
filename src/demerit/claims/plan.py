"""What the claims are held against: a regime, a society, seeds and draws, checked before they are lived."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from demerit.catalogue.words import INDEX_MASK
from demerit.claims.definitions import worlds_read
from demerit.engine.folder import refuse_taken
from demerit.engine.kernel_cache import program_digest
from demerit.regime import Regime
from demerit.society import Society
from demerit.study.comparison_plan import LARGEST_SEED, MOST_SEEDS, side_by_side
from demerit.study.request import MOST_THREADS, MOST_YEARS, between, gathering, laws_of, span, together

DRAW_PEOPLE, DRAW_SEEDS = 2_000, 2
"""People of the worlds of a draw at most, and seeds of each draw."""
MOST_DRAWS = 4_096


class ClaimsJob(NamedTuple):
    """The worlds of one seed, or of one draw on all its seeds: they share their people.

    Attributes:
        number: its place among all jobs.
        name: `seed` or `draw`, with its number.
        seed: its first seed.
        seeds: all its seeds.
        draw: number of the draw from 1; 0 where the numbers are those of the files.
    """

    number: int
    name: str
    seed: int
    seeds: tuple[int, ...]
    draw: int


@dataclass(frozen=True)
class ClaimsRequest:
    """What to hold the claims against.

    Attributes:
        regime: the regime under test, loaded or as preset or path.
        society: the society, loaded or as preset or path.
        population: people, children included; None for the society's own number.
        years: calendar years, three at least.
        seeds: how many seeds.
        seed: the first seed.
        start: date of the first day.
        robustness: how many draws of all numbers from their ranges; 0 for none.
        workers: jobs done side by side; None for as many as cores and memory allow.
        out: the folder; None for a new one under ``runs``, or the one an interrupted call has left.
    """

    regime: str | Regime = "essay"
    society: str | Society = "city"
    population: int | None = None
    years: int = 10
    seeds: int = 10
    seed: int = 1
    start: str = "2014-01-01"
    robustness: int = 0
    workers: int | None = None
    out: str | None = None


@dataclass(frozen=True)
class ClaimsPlan:
    """Claims that can be held against worlds: everything loaded, every number in its range."""

    regime: Regime
    society: Society
    laws: tuple[Regime, ...]
    population: int
    years: int
    start: str
    seeds: tuple[int, ...]
    draws: int
    workers: int
    out: str | None = None

    @cached_property
    def span(self) -> tuple[date, int]:
        """Date of day 0, and the number of days."""
        return span(self.start, self.years)

    @cached_property
    def todo(self) -> list[ClaimsJob]:
        """The jobs: the seeds, then the draws."""
        first = self.seeds[0]
        jobs = [ClaimsJob(n, f"seed-{seed}", seed, (seed,), 0) for n, seed in enumerate(self.seeds)]
        seeds = tuple(range(first, first + DRAW_SEEDS))
        return jobs + [
            ClaimsJob(len(jobs) + n, f"draw-{n + 1}", first, seeds, n + 1) for n in range(self.draws)
        ]

    @property
    def worlds(self) -> int:
        """Number of worlds of all jobs."""
        return sum(len(job.seeds) * len(worlds_read(deciding=job.draw > 0)) for job in self.todo)

    def people(self, job: ClaimsJob) -> int:
        """Return the number of people of a job's worlds."""
        return min(self.population, DRAW_PEOPLE) if job.draw else self.population

    def canonical(self) -> dict[str, Any]:
        """Return everything that the result depends on, the compiled program included: plain JSON data."""
        return {
            "regime": self.regime.canonical(),
            "society": self.society.canonical(),
            "laws": [law.canonical() for law in self.laws],
            "population": self.population,
            "years": self.years,
            "start": self.start,
            "seeds": list(self.seeds),
            "draws": self.draws,
            "program": program_digest(),
        }

    @staticmethod
    def from_canonical(data: dict[str, Any], out: str | None = None) -> ClaimsPlan:
        """Rebuild a plan from what :meth:`canonical` returned."""
        return ClaimsPlan(
            regime=Regime.from_canonical(data["regime"]),
            society=Society.from_canonical(data["society"]),
            laws=tuple(Regime.from_canonical(law) for law in data["laws"]),
            population=data["population"],
            years=data["years"],
            start=data["start"],
            seeds=tuple(data["seeds"]),
            draws=data["draws"],
            workers=side_by_side(len(data["seeds"]) + data["draws"], data["population"]),
            out=out,
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the result depends on; what was kept belongs to a plan of this hash."""
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def make_claims(request: ClaimsRequest) -> ClaimsPlan:
    """Check a request and load what it names.

    Raises:
        UsageError: something is wrong; where several things are, all of them are named.
        FileProblems: a regime or society that is not there or not valid.
    """
    errors, attempt = gathering(_wrong(request))
    attempt(lambda: refuse_taken(Path(request.out)) if request.out is not None else None)
    attempt(lambda: span(request.start, request.years if 1 <= request.years <= MOST_YEARS else 1))
    society = attempt(
        lambda: request.society if isinstance(request.society, Society) else Society.load(request.society)
    )
    regime = attempt(
        lambda: request.regime if isinstance(request.regime, Regime) else Regime.load(request.regime)
    )
    if errors or society is None or regime is None:
        raise together(errors)
    population = request.population or society.data.society.population
    jobs = request.seeds + request.robustness
    return ClaimsPlan(
        regime=regime,
        society=society,
        laws=laws_of(society, (regime,)),
        population=population,
        years=request.years,
        start=request.start,
        seeds=tuple(range(request.seed, request.seed + request.seeds)),
        draws=request.robustness,
        workers=side_by_side(jobs, population, request.workers),
        out=request.out,
    )


def _wrong(request: ClaimsRequest) -> list[str]:
    """Return what is wrong with the numbers."""
    problems = between("years", request.years, 3, MOST_YEARS)
    problems += between("seeds", request.seeds, 1, MOST_SEEDS)
    problems += between("seed", request.seed, 0, LARGEST_SEED - MOST_SEEDS)
    problems += between("robustness", request.robustness, 0, MOST_DRAWS)
    if request.workers is not None:
        problems += between("workers", request.workers, 1, MOST_THREADS)
    if request.population is not None:
        problems += between("population", request.population, 1, INDEX_MASK)
    return problems
