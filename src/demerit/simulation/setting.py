"""A setting: the people of a society and the tables they choose by, ready for one regime after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.regime import Regime
from demerit.simulation.calibrate import calibrate
from demerit.simulation.collision_tables import calibrate_collisions
from demerit.simulation.people_tables import compile_society
from demerit.simulation.regime_tables import compile_regime
from demerit.simulation.rescue_tables import calibrate_rescue
from demerit.simulation.rulebook import Rulebook
from demerit.simulation.sample import SAMPLE_PEOPLE, sample_bodies, sample_of
from demerit.simulation.world import FULL, World
from demerit.society.generate import generate

if TYPE_CHECKING:
    from demerit.society import Society
    from demerit.society.people import Population

FIRST_DAY = date(2014, 1, 1)
"""Date of the first day, where nobody says another."""
LONGEST = 36_525
"""Days of the longest run."""
_SAMPLE_SEED = 0


@dataclass(frozen=True)
class Setting:
    """The people of a run and what they choose by.

    Attributes:
        society: the society file behind them.
        population: the people; shared by all worlds of the run.
        people: compiled and calibrated society.
        gains: solved gains in days of own income, by situation kind.
        seed: the run's seed.
        laws: null regimes by id, where they are not those that come with the program.
    """

    society: Society
    population: Population
    people: np.void
    gains: dict[str, float]
    seed: int
    laws: Mapping[str, Regime] = field(default_factory=dict)

    def world(
        self,
        regime: Regime,
        *,
        keep: int = FULL,
        shards: int = 1,
        blocks: Any = None,
        owner: np.ndarray[Any, Any] | None = None,
        start: date = FIRST_DAY,
        days: int = LONGEST,
        past: Sequence[tuple[Regime, int]] = (),
    ) -> World:
        """Put the people under a regime, on the first morning.

        Args:
            regime: the rules.
            keep: share of subjects whose ledger rows are kept, 0 … 2**32.
            shards: number of shards; blocks and owner as in :class:`World`.
            start: date of the first day, for rules that change and clocks that count working days.
            days: length of the run, for rules that change.
            past: regimes to live under before, in order, each with the first day of the next.
        """
        before = [(lived, null_regime(lived, self.laws), until) for lived, until in past]
        book = Rulebook(self.society.data, regime, null_regime(regime, self.laws), start, days, before)
        rules, law = book.tables(0)
        return World(
            self.population,
            rules,
            law,
            self.people,
            self.seed,
            keep=keep,
            shards=shards,
            blocks=blocks,
            owner=owner,
            book=book,
        )


def null_regime(regime: Regime, laws: Mapping[str, Regime]) -> Regime:
    """Return the regime under which a choice counts as held by law alone; it may be the regime itself."""
    return regime if regime.null_id == regime.id else law_of(regime.null_id, laws)


def law_of(name: str, laws: Mapping[str, Regime]) -> Regime:
    """Return a null regime by its id: the one given, or the one that comes with the program."""
    return laws[name] if name in laws else Regime.load(name)


def settle(
    society: Society,
    population: int,
    seed: int,
    threads: int = 1,
    laws: Mapping[str, Regime] | None = None,
) -> Setting:
    """Generate the people of a society and solve what they choose by.

    Args:
        society: typed society.
        population: number of people, children included.
        seed: the run's seed.
        threads: threads for generation.
        laws: null regimes by id; those that come with the program by default.

    >>> from demerit.society import Society
    >>> setting = settle(Society.load("hamlet"), population=200, seed=1)
    >>> sorted(setting.gains)[0]
    'ag.bill'
    """
    return tune(society, laws).settle(population, seed, threads)


@dataclass(frozen=True)
class Tuned:
    """What people choose by, before there are people: the same for every seed and number of them.

    Attributes:
        society: the society file behind it.
        people: compiled and calibrated society.
        gains: solved gains in days of own income, by situation kind.
        laws: null regimes by id, where they are not those that come with the program.
    """

    society: Society
    people: np.void
    gains: dict[str, float]
    laws: Mapping[str, Regime]

    def settle(self, population: int, seed: int, threads: int = 1) -> Setting:
        """Generate the people; see :func:`settle`."""
        everybody = generate(self.society.data, population, seed, threads)
        return Setting(self.society, everybody, self.people, self.gains, seed, self.laws)


def tune(society: Society, laws: Mapping[str, Regime] | None = None) -> Tuned:
    """Solve what the people of a society choose by, on a sample of them.

    Args:
        society: typed society.
        laws: null regimes by id; those that come with the program by default.
    """
    people = compile_society(society.data)
    known = dict(laws or {})
    law = law_of(society.data.society.null, known)
    some = generate(society.data, SAMPLE_PEOPLE, _SAMPLE_SEED, own_ties=False)
    sample = sample_of(some, society.data)
    bodies = sample_bodies(some, society.data, sample)
    tables = compile_regime(law.data, society.data)
    gains = calibrate(people, tables, society.data, sample, bodies)
    gains |= calibrate_rescue(people, tables, society.data, sample)
    gains |= calibrate_collisions(people, tables, society.data, sample)
    return Tuned(society, people, gains, known)
