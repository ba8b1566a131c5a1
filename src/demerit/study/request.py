"""What a run is asked for, checked as a whole before anything is computed or written."""

from __future__ import annotations

import hashlib
import json
import os
from calendar import isleap
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from demerit.catalogue.words import INDEX_MASK
from demerit.engine.clock import parse_start
from demerit.engine.folder import refuse_taken
from demerit.errors import DemeritError, FileProblems, UsageError
from demerit.regime import Regime
from demerit.society import Society

Part = TypeVar("Part")
LedgerMode = Literal["full", "panel", "none"]
LEDGER_MODES: tuple[LedgerMode, ...] = ("full", "panel", "none")
PANEL_SHARE = 0.01
"""Share of subjects whose rows a panel ledger keeps."""
MOST_YEARS, MOST_THREADS, MOST_SHARDS = 100, 256, 4096
BYTES_SHARED, BYTES_WORLD = 80, 190
"""Measured bytes a person: what the worlds of a run share, and what each world needs besides."""


@dataclass(frozen=True)
class RunRequest:
    """What to run.

    Attributes:
        regime: preset id or path of the regime under test.
        society: preset id or path of the society.
        population: people, children included; None for the society's own number.
        ties: CSV or Parquet file of own ties; None for those of the society.
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
    ties: str | None = None
    years: int = 10
    seed: int = 1
    start: str = "2014-01-01"
    against: str | None = "ordinary-law"
    ledger: LedgerMode = "full"
    threads: int | None = None
    shards: int = 1
    out: str | None = None


@dataclass(frozen=True)
class Era:
    """A regime that all worlds of a run have lived under until a day, that day not included."""

    regime: Regime
    until: int


@dataclass(frozen=True)
class Plan:
    """A request that can be carried out: everything loaded, every number in its range.

    Attributes:
        request: the request, with nothing left open but the folder.
        regimes: the regime asked for first, then that of the twin world.
        society: the people's file.
        first: date of day 0; days: length of the run.
        laws: what a choice held by law alone is measured by, in the society and in each regime.
        past: what all worlds have lived under before their own regimes, in order; empty for a run that is
            not a branch of another.
    """

    request: RunRequest
    regimes: tuple[Regime, ...]
    society: Society
    first: date
    days: int
    laws: tuple[Regime, ...]
    past: tuple[Era, ...] = ()

    def past_of(self, regime: Regime) -> list[tuple[Regime, int]]:
        """Return what a world lives under before its own regime, each with the first day of the next.

        A regime that goes on is not left and taken up again.
        """
        past = [(era.regime, era.until) for era in self.past]
        return past[:-1] if past and past[-1][0].hash == regime.hash else past

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
            "notes": [regime.notes for regime in self.regimes],
            "laws": [law.canonical() for law in self.laws],
            "society": self.society.canonical(),
            "past": [{"regime": era.regime.canonical(), "until": era.until} for era in self.past],
        }

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical plan: a plan of which one digit is altered would still be a plan."""
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @staticmethod
    def from_canonical(data: dict[str, Any]) -> Plan:
        """Rebuild a plan from what :meth:`canonical` returned."""
        request = RunRequest(**data["request"])
        regimes = tuple(
            replace(Regime.from_canonical(regime), notes=list(notes))
            for regime, notes in zip(data["regimes"], data["notes"], strict=True)
        )
        laws = tuple(Regime.from_canonical(law) for law in data["laws"])
        society = Society.from_canonical(data["society"])
        past = tuple(Era(Regime.from_canonical(era["regime"]), era["until"]) for era in data["past"])
        return Plan(request, regimes, society, *span(request.start, request.years), laws, past)


def span(start: str, years: int) -> tuple[date, int]:
    """Return the first day and the number of days of so many calendar years.

    >>> span("2014-01-01", 10)
    (datetime.date(2014, 1, 1), 3652)
    >>> span("2016-02-29", 1)[1], span("2016-02-29", 4)[1]
    (366, 1461)
    """
    first = parse_start(start)
    last_year = first.year + years
    has_no_such_day = (first.month, first.day) == (2, 29) and not isleap(last_year)
    end = date(last_year, 3, 1) if has_no_such_day else first.replace(year=last_year)
    return first, (end - first).days


class Attempt(Protocol):
    """Carry out a part of a check; None, and an error kept, where it fails."""

    def __call__(self, part: Callable[[], Part]) -> Part | None: ...


def gathering(known: Iterable[str]) -> tuple[list[DemeritError], Attempt]:
    """Return a list of errors, and what adds to it in place of raising, so that all are told at once.

    Args:
        known: what is wrong already.
    """
    errors: list[DemeritError] = [UsageError(text) for text in known]

    def attempt(part: Callable[[], Part]) -> Part | None:
        try:
            return part()
        except DemeritError as error:
            errors.append(error)
            return None

    return errors, attempt


def make_plan(
    request: RunRequest,
    *,
    society: Society | None = None,
    regime: Regime | None = None,
    against: Regime | None = None,
) -> Plan:
    """Check a request and load what it names.

    Args:
        request: what to run.
        society: the society, if it is loaded already; so too regime and against.

    Raises:
        UsageError: several things are wrong, all of them named at once; or numbers out of range.
        FileProblems: a regime or society that is not there or not valid.
    """
    errors, attempt = gathering(_out_of_range(request))
    attempt(lambda: refuse_taken(Path(request.out)) if request.out is not None else None)
    dates = attempt(lambda: span(request.start, request.years if 1 <= request.years <= MOST_YEARS else 1))
    people = society or attempt(lambda: Society.load(request.society, ties=request.ties))
    asked = regime or attempt(lambda: Regime.load(request.regime))
    name = request.against
    twin = against or (attempt(lambda: Regime.load(name)) if name is not None else None)
    if errors or dates is None or people is None or asked is None:
        raise together(errors)
    regimes = (asked,) if twin is None or twin.hash == asked.hash else (asked, twin)
    population = request.population if request.population is not None else people.data.society.population
    threads = request.threads or min(os.cpu_count() or 1, 2 if population < 100_000 else MOST_THREADS)
    fits_memory(population, len(regimes))
    # from here on names stand for files, so that no path of this machine reaches the run folder
    done = replace(
        request,
        regime=asked.id,
        society=people.id,
        ties=None,
        against=regimes[1].id if len(regimes) > 1 else None,
        population=population,
        threads=threads,
    )
    return Plan(done, regimes, people, *dates, laws_of(people, regimes))


def laws_of(society: Society, regimes: Iterable[Regime]) -> tuple[Regime, ...]:
    """Return the null regimes that a society and some regimes name, each once."""
    names = dict.fromkeys([society.data.society.null, *(regime.null_id for regime in regimes)])
    return tuple(Regime.load(name) for name in names)


def together(errors: list[DemeritError]) -> DemeritError:
    """Return the one error, or one that tells them all."""
    if len(errors) == 1:
        return errors[0]
    lines: list[str] = []
    for error in errors:
        told = error.problems if isinstance(error, FileProblems) else [error]
        lines.extend(f"  {line}" for line in told)
    return UsageError("\n".join([f"{len(lines)} problems", *lines]))


def _out_of_range(request: RunRequest) -> list[str]:
    problems = [
        *between("years", request.years, 1, MOST_YEARS),
        *between("seed", request.seed, 0, 1 << 62),
        *between("shards", request.shards, 1, MOST_SHARDS),
        *(between("threads", request.threads, 1, MOST_THREADS) if request.threads is not None else ()),
        *(between("population", request.population, 1, INDEX_MASK) if request.population is not None else ()),
    ]
    if request.ledger not in LEDGER_MODES:
        problems.append(f"--ledger must be one of {', '.join(LEDGER_MODES)}; got '{request.ledger}'")
    return problems


def between(name: str, value: int, low: int, high: int) -> list[str]:
    """Return what is wrong with an option's value: one sentence, or nothing."""
    if low <= value <= high:
        return []
    return [f"--{name} must lie between {low:,} and {high:,}; got {value:,}"]


def fits_memory(population: int, worlds: int) -> None:
    """Refuse a run that the machine has no memory for; raises UsageError."""
    needed = population * (BYTES_SHARED + worlds * BYTES_WORLD)
    available = memory_bytes()
    if available and needed > available:
        raise UsageError(
            f"--population {population:,} needs about {needed / 1e9:,.1f} GB for {worlds} worlds; "
            f"this machine has {available / 1e9:,.1f} GB; take fewer people, or --alone"
        )


def memory_bytes() -> int:
    """Return the memory that can be used without swapping, 0 if the system does not tell."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
