"""A setting: the people of a society and the tables they choose by, ready for one regime after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.regime import Regime
from demerit.simulation.calibrate import SAMPLE_PEOPLE, calibrate, sample_of
from demerit.simulation.people_tables import compile_society
from demerit.simulation.regime_tables import compile_regime, register_order
from demerit.simulation.world import FULL, World
from demerit.society.generate import generate

if TYPE_CHECKING:
    from demerit.society import Society
    from demerit.society.people import Population

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
    """

    society: Society
    population: Population
    people: np.void
    gains: dict[str, float]
    seed: int

    def world(
        self,
        regime: Regime,
        *,
        keep: int = FULL,
        shards: int = 1,
        blocks: Any = None,
        owner: np.ndarray[Any, Any] | None = None,
    ) -> World:
        """Put the people under a regime, on the first morning.

        Args:
            regime: the rules.
            keep: share of subjects whose ledger rows are kept, 0 … 2**32.
            shards: number of shards; blocks and owner as in :class:`World`.
        """
        order = register_order(regime.data)
        rules = compile_regime(regime.data, self.society.data)
        law = compile_regime(null_regime(regime).data, self.society.data, order)
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
        )


def null_regime(regime: Regime) -> Regime:
    """Return the regime under which a choice counts as held by law alone; it may be the regime itself."""
    return regime if regime.null_id == regime.id else Regime.load(regime.null_id)


def settle(society: Society, population: int, seed: int, threads: int = 1) -> Setting:
    """Generate the people of a society and solve what they choose by.

    Args:
        society: typed society.
        population: number of people, children included.
        seed: the run's seed.
        threads: threads for generation.

    >>> from demerit.society import Society
    >>> setting = settle(Society.load("hamlet"), population=200, seed=1)
    >>> sorted(setting.gains)[0]
    'money.bill'
    """
    people = compile_society(society.data)
    law = Regime.load(society.data.society.null)
    sample = sample_of(generate(society.data, SAMPLE_PEOPLE, _SAMPLE_SEED), society.data)
    gains = calibrate(people, compile_regime(law.data, society.data), society.data, sample)
    everybody = generate(society.data, population, seed, threads)
    return Setting(society, everybody, people, gains, seed)
