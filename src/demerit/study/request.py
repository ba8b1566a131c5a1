"""What a run is asked for, checked as a whole before anything is computed or written."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from demerit.catalogue.words import INDEX_MASK
from demerit.engine.clock import parse_start
from demerit.engine.folder import refuse_taken
from demerit.errors import UsageError
from demerit.regime import Regime
from demerit.society import Society

LedgerMode = Literal["full", "panel", "none"]
LEDGER_MODES: tuple[LedgerMode, ...] = ("full", "panel", "none")
PANEL_SHARE = 0.01
"""Share of subjects whose rows a panel ledger keeps."""
MOST_YEARS, MOST_THREADS, MOST_SHARDS = 100, 256, 4096
_BYTES_SHARED, _BYTES_WORLD = 80, 190
"""Measured bytes a person: what the worlds of a run share, and what each world needs besides."""


@dataclass(frozen=True)
class RunRequest:
    """What to run.

    Attributes:
        regime: preset id or path of the regime under test.
        society: preset id or path of the society.
        population: people, children included; None for the society's own number.
        years: calendar years.
        seed: seed of every draw.
        start: date of the first day, ``2014-01-01``.
        against: preset id or path of the twin world's regime; None for a world alone.
        ledger: rows kept: of everybody, of a sample, or of nobody.
        threads: threads; None for as many as the machine has, at most one a world below 20,000 people.
        shards: least number of shards a world is divided into.
        out: the run folder; None for a new one under ``runs``.
    """

    regime: str = "essay"
    society: str = "city"
    population: int | None = None
    years: int = 10
    seed: int = 1
    start: str = "2014-01-01"
    against: str | None = "ordinary-law"
    ledger: LedgerMode = "full"
    threads: int | None = None
    shards: int = 1
    out: str | None = None


@dataclass(frozen=True)
class Plan:
    """A request that can be carried out: everything loaded, every number in its range.

    Attributes:
        request: the request, with nothing left open but the folder.
        regimes: the regime asked for first, then that of the twin world.
        society: the people's file.
        first: date of day 0; days: length of the run.
    """

    request: RunRequest
    regimes: tuple[Regime, ...]
    society: Society
    first: date
    days: int

    @property
    def population(self) -> int:
        """Number of people."""
        assert self.request.population is not None
        return self.request.population

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the worlds: the ids of their regimes, with the hash where two regimes share an id."""
        if len({regime.id for regime in self.regimes}) == len(self.regimes):
            return tuple(regime.id for regime in self.regimes)
        return tuple(f"{regime.id}-{regime.hash8}" for regime in self.regimes)

    @property
    def threads(self) -> int:
        """Number of threads."""
        assert self.request.threads is not None
        return self.request.threads

    @property
    def keep(self) -> int:
        """Share of subjects whose rows are kept, on the scale of a draw."""
        return {"full": 1 << 32, "panel": round(PANEL_SHARE * (1 << 32)), "none": 0}[self.request.ledger]

    def canonical(self) -> dict[str, Any]:
        """Return what another process needs to carry out the same plan: plain JSON data."""
        return {
            "request": {**asdict(self.request), "out": None},
            "regimes": [regime.canonical() for regime in self.regimes],
            "society": self.society.canonical(),
        }

    @staticmethod
    def from_canonical(data: dict[str, Any]) -> Plan:
        """Rebuild a plan from what :meth:`canonical` returned."""
        request = RunRequest(**data["request"])
        regimes = tuple(Regime.from_canonical(regime) for regime in data["regimes"])
        first, days = span(request.start, request.years)
        return Plan(request, regimes, Society.from_canonical(data["society"]), first, days)


def span(start: str, years: int) -> tuple[date, int]:
    """Return the first day and the number of days of so many calendar years.

    >>> span("2014-01-01", 10)
    (datetime.date(2014, 1, 1), 3652)
    """
    first = parse_start(start)
    last_year = first.year + years
    leap_start = first.month == 2 and first.day == 29
    end = date(last_year, 3, 1) if leap_start else date(last_year, first.month, first.day)
    return first, (end - first).days


def make_plan(request: RunRequest) -> Plan:
    """Check a request and load what it names.

    Raises:
        UsageError: numbers out of range, all of them named at once.
        FileProblems: a regime or society that is not there or not valid.
    """
    problems = [
        *_between("years", request.years, 1, MOST_YEARS),
        *_between("seed", request.seed, 0, 1 << 62),
        *_between("shards", request.shards, 1, MOST_SHARDS),
        *(_between("threads", request.threads, 1, MOST_THREADS) if request.threads is not None else ()),
        *(
            _between("population", request.population, 1, INDEX_MASK)
            if request.population is not None
            else ()
        ),
    ]
    if request.ledger not in LEDGER_MODES:
        problems.append(f"--ledger must be one of {', '.join(LEDGER_MODES)}; got '{request.ledger}'")
    if problems:
        raise UsageError("; ".join(problems))
    if request.out is not None:
        refuse_taken(Path(request.out))
    first, days = span(request.start, request.years)
    society = Society.load(request.society)
    regimes = [Regime.load(request.regime)]
    if request.against is not None:
        regimes.append(Regime.load(request.against))
        if regimes[1].hash == regimes[0].hash:
            regimes.pop()
    population = request.population if request.population is not None else society.data.society.population
    threads = request.threads or min(os.cpu_count() or 1, 2 if population < 100_000 else MOST_THREADS)
    _fits_memory(population, len(regimes))
    done = replace(request, population=population, threads=threads)
    return Plan(done, tuple(regimes), society, first, days)


def _between(name: str, value: int, low: int, high: int) -> list[str]:
    if low <= value <= high:
        return []
    return [f"--{name} must lie between {low:,} and {high:,}; got {value:,}"]


def _fits_memory(population: int, worlds: int) -> None:
    needed = population * (_BYTES_SHARED + worlds * _BYTES_WORLD)
    available = _memory_bytes()
    if available and needed > available:
        raise UsageError(
            f"--population {population:,} needs about {needed / 1e9:,.1f} GB for {worlds} worlds; "
            f"this machine has {available / 1e9:,.1f} GB; take fewer people, or --alone"
        )


def _memory_bytes() -> int:
    """Return the memory that can be used without swapping, 0 if the system does not tell."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
