"""What a comparison is asked for: regimes over seeds, checked as a whole before anything is computed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from demerit.catalogue.words import INDEX_MASK
from demerit.engine.folder import refuse_taken
from demerit.engine.kernel_cache import program_digest
from demerit.errors import UsageError
from demerit.files.canonical import digest
from demerit.regime import Regime
from demerit.simulation.machine import cores
from demerit.simulation.manifest import placeless
from demerit.society import Society
from demerit.study.request import (
    BYTES_SHARED,
    BYTES_WORLD,
    MOST_THREADS,
    MOST_YEARS,
    Plan,
    RunRequest,
    between,
    gathering,
    laws_of,
    memory_bytes,
    span,
    together,
)

MOST_SEEDS, MOST_REGIMES, LARGEST_SEED = 10_000, 12, 1 << 62


class Task(NamedTuple):
    """One world to be lived: its place in the comparison, its regime's place and name, its seed."""

    number: int
    regime: int
    name: str
    seed: int


@dataclass(frozen=True)
class ComparisonRequest:
    """What to compare.

    Attributes:
        regimes: two or more, loaded or as presets or paths; the others are set against the first.
        society: the society, loaded or as preset or path.
        population: people, children included; None for the society's own number.
        years: calendar years.
        seeds: how many seeds; each gives the same people and situations to every regime.
        seed: the first seed; the others follow it.
        start: date of the first day.
        workers: worlds lived side by side; None for as many as cores and memory allow.
        out: the folder; None for a new one under ``runs``, or the one an interrupted comparison has left.
    """

    regimes: tuple[str | Regime, ...]
    society: str | Society = "city"
    population: int | None = None
    years: int = 10
    seeds: int = 10
    seed: int = 1
    start: str = "2014-01-01"
    workers: int | None = None
    out: str | None = None


@dataclass(frozen=True)
class ComparisonPlan:
    """A comparison that can be carried out: everything loaded, every number in its range.

    Attributes:
        regimes: the regimes, the one that the others are set against first.
        society: the people's file.
        population: people a world.
        years: calendar years; start: date of the first day, as text.
        seeds: the seeds.
        laws: what a choice held by law alone is measured by.
        workers: worlds lived side by side.
        out: the folder; None for one under ``runs``.
    """

    regimes: tuple[Regime, ...]
    society: Society
    population: int
    years: int
    start: str
    seeds: tuple[int, ...]
    laws: tuple[Regime, ...]
    workers: int
    out: str | None = None

    @cached_property
    def span(self) -> tuple[date, int]:
        """Date of day 0, and the number of days."""
        return span(self.start, self.years)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the regimes: ids, with the hash where an id is shared, with a number where that is too."""
        ids = Counter(regime.id for regime in self.regimes)
        names = [one.id if ids[one.id] == 1 else f"{one.id}-{one.hash8}" for one in self.regimes]
        return tuple(
            name if name not in names[:place] else f"{name}-{names[:place].count(name) + 1}"
            for place, name in enumerate(names)
        )

    @property
    def tasks(self) -> list[Task]:
        """The worlds to be lived, all regimes of a seed before the next seed."""
        pairs = [(place, seed) for seed in self.seeds for place in range(len(self.regimes))]
        return [Task(number, place, self.names[place], seed) for number, (place, seed) in enumerate(pairs)]

    @property
    def threads(self) -> int:
        """Threads of one world: processes go over worlds first."""
        return max(1, self.workers // len(self.tasks))

    @property
    def equal(self) -> list[tuple[str, str]]:
        """Pairs of regimes whose rules are the same, whatever they are called."""
        rules = [rules_hash(regime) for regime in self.regimes]
        return [
            (self.names[i], self.names[j])
            for j in range(len(rules))
            for i in range(j)
            if rules[i] == rules[j]
        ]

    def alone(self, regime: int, seed: int) -> Plan:
        """Return the plan of one of its worlds by itself, with a full ledger.

        Args:
            regime: place of its regime.
            seed: its seed.
        """
        request = RunRequest(
            regime=self.regimes[regime].id,
            society=self.society.id,
            population=self.population,
            years=self.years,
            seed=seed,
            start=self.start,
            against=None,
            threads=self.threads,
        )
        return Plan(request, (self.regimes[regime],), self.society, *self.span, self.laws)

    def canonical(self) -> dict[str, Any]:
        """Return everything that the result depends on, the compiled program included: plain JSON data."""
        return {
            "regimes": [regime.canonical() for regime in self.regimes],
            "notes": [[placeless(note) for note in regime.notes] for regime in self.regimes],
            "laws": [law.canonical() for law in self.laws],
            "society": self.society.canonical(),
            "population": self.population,
            "years": self.years,
            "start": self.start,
            "seeds": list(self.seeds),
            "program": program_digest(),
        }

    @staticmethod
    def from_canonical(data: dict[str, Any], workers: int, out: str | None = None) -> ComparisonPlan:
        """Rebuild a plan from what :meth:`canonical` returned."""
        return ComparisonPlan(
            regimes=tuple(
                replace(Regime.from_canonical(regime), notes=list(notes))
                for regime, notes in zip(data["regimes"], data["notes"], strict=True)
            ),
            society=Society.from_canonical(data["society"]),
            population=data["population"],
            years=data["years"],
            start=data["start"],
            seeds=tuple(data["seeds"]),
            laws=tuple(Regime.from_canonical(law) for law in data["laws"]),
            workers=workers,
            out=out,
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the result depends on; worlds that were kept belong to a plan of this hash."""
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def rules_hash(regime: Regime) -> str:
    """Return the hash of a regime's rules, whatever its name and basis."""
    return digest({**regime.canonical(), "regime": {"null": regime.null_id}})


def make_comparison(request: ComparisonRequest) -> ComparisonPlan:
    """Check a request and load what it names.

    Raises:
        UsageError: something is wrong; where several things are, all of them are named.
        FileProblems: a regime or society that is not there or not valid.
    """
    errors, attempt = gathering(_wrong(request))
    attempt(lambda: refuse_taken(Path(request.out)) if request.out is not None else None)
    attempt(lambda: span(request.start, request.years if 1 <= request.years <= MOST_YEARS else 1))
    society = attempt(lambda: _society(request.society))
    regimes = [attempt(partial(_regime, name)) for name in request.regimes]
    if errors or society is None:
        raise together(errors)
    population = request.population
    if population is None:
        population = society.data.society.population
    loaded = tuple(regime for regime in regimes if regime is not None)
    return ComparisonPlan(
        regimes=loaded,
        society=society,
        population=population,
        years=request.years,
        start=request.start,
        seeds=tuple(range(request.seed, request.seed + request.seeds)),
        laws=laws_of(society, loaded),
        workers=side_by_side(len(loaded) * request.seeds, population, request.workers),
        out=request.out,
    )


def _society(asked: str | Society) -> Society:
    return asked if isinstance(asked, Society) else Society.load(asked)


def _regime(asked: str | Regime) -> Regime:
    return asked if isinstance(asked, Regime) else Regime.load(asked)


def _wrong(request: ComparisonRequest) -> list[str]:
    """Return what is wrong with the numbers, and with how many regimes there are."""
    names = [name for name in request.regimes if isinstance(name, str)]
    twice = [name for name, count in Counter(names).items() if count > 1]
    problems = [f"regime {name} is named {names.count(name)} times; name each regime once" for name in twice]
    if len(request.regimes) < 2:
        problems.append(
            f"a comparison needs at least two regimes; got {len(request.regimes)}; "
            "for example: demerit compare essay ordinary-law"
        )
    if len(request.regimes) > MOST_REGIMES:
        problems.append(f"a comparison takes at most {MOST_REGIMES} regimes; got {len(request.regimes)}")
    problems += between("years", request.years, 1, MOST_YEARS)
    problems += between("seeds", request.seeds, 1, MOST_SEEDS)
    problems += between("seed", request.seed, 0, LARGEST_SEED - MOST_SEEDS)
    if request.workers is not None:
        problems += between("workers", request.workers, 1, MOST_THREADS)
    if request.population is not None:
        problems += between("population", request.population, 1, INDEX_MASK)
    return problems


def side_by_side(worlds: int, population: int, asked: int | None = None) -> int:
    """Return how many worlds are lived side by side: as asked, or as many as cores and memory allow.

    Raises:
        UsageError: memory does not hold so many worlds, or not even one.
    """
    each = population * (BYTES_SHARED + BYTES_WORLD)
    available = memory_bytes()
    fitting = available // each if available else MOST_THREADS
    wanted = min(asked or 1, worlds)
    if wanted > fitting:
        advice = f"take fewer people, or --workers {fitting}" if fitting else "take fewer people"
        raise UsageError(
            f"--population {population:,} needs about {wanted * each / 1e9:,.1f} GB for "
            f"{wanted} worlds side by side; this machine has {available / 1e9:,.1f} GB; {advice}"
        )
    return asked or max(1, min(cores(), fitting))
