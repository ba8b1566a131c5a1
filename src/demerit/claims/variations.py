"""Worlds of the claims with some numbers set to something else: what a claim's sign depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from demerit.claims.definitions import sides, worlds_read
from demerit.claims.living import Living, is_as_kept, keep
from demerit.claims.plan import ClaimsPlan
from demerit.claims.verdicts import WorldsOfSeed
from demerit.files.inventory import numbers
from demerit.files.number import Number
from demerit.regime import Regime
from demerit.society import Society


class Variation(NamedTuple):
    """Numbers of the files set to something else, and the worlds in which that is lived.

    Attributes:
        numbers: address and value of each, in the order of addresses; none for the files as they are.
        worlds: ids of the worlds.
    """

    numbers: tuple[tuple[str, float], ...]
    worlds: tuple[str, ...]

    @property
    def name(self) -> str:
        """A short name that no other variation has.

        >>> Variation((), ("R",)).name[:10], len(Variation((), ("R",)).name)
        ('variation-', 22)
        """
        text = json.dumps([self.numbers, self.worlds])
        return f"variation-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


class Ranged(NamedTuple):
    """A number with a declared range: whether it is the regime's or the society's, its bounds, its value."""

    of_regime: bool
    low: float
    value: float
    high: float


class VariationJob(NamedTuple):
    """A variation to be lived, on all seeds.

    Attributes:
        number: its place among all jobs; name: that of the variation; seed: the first seed.
        variation: which one.
    """

    number: int
    name: str
    seed: int
    variation: Variation


@dataclass(frozen=True)
class Varying:
    """Variations of what claims are held against: the work, each job a variation on all seeds.

    Attributes:
        plan: regime, society, people, years and seeds.
        variations: what is lived.
    """

    plan: ClaimsPlan
    variations: tuple[Variation, ...]
    living: Living = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "living", Living(self.plan))

    @property
    def jobs(self) -> int:
        """Number of jobs."""
        return len(self.variations)

    @property
    def workers(self) -> int:
        """Jobs done side by side."""
        return self.plan.workers

    @cached_property
    def todo(self) -> list[VariationJob]:
        """The jobs, in order."""
        first = self.plan.seeds[0]
        return [VariationJob(n, one.name, first, one) for n, one in enumerate(self.variations)]

    def live(self, job: VariationJob, folder: Path, told: Callable[[int], None]) -> None:
        """Live the worlds of a variation and leave what the claims read of them.

        Raises:
            RunFolderError: the disk refused.
            UsageError: people with these numbers cannot be calm under ordinary law.
        """
        regime, society = varied(self.plan, job.variation)
        worlds = self.living.worlds_of(
            self.plan.seeds, regime, society, job.variation.worlds, self.plan.population, told, deciding=True
        )
        keep(folder / f"{job.name}.json", {"plan": self.plan.hash, "worlds": worlds})

    def read(self, variation: Variation, folder: Path) -> list[WorldsOfSeed] | None:
        """Return what is kept of a variation, by seed; None if it is not there or of another plan."""
        try:
            content = json.loads((folder / f"{variation.name}.json").read_bytes())
            if not is_as_kept(content) or content["plan"] != self.plan.hash:
                return None
        except (OSError, ValueError, KeyError, AttributeError):
            return None
        worlds: dict[str, list[dict[str, Any]]] = content["worlds"]
        return [{name: seeds[n] for name, seeds in worlds.items()} for n in range(len(self.plan.seeds))]


def ranged(regime: Regime, society: Society) -> dict[str, Ranged]:
    """Return every number with a declared range, of both files, by its address."""
    found = {}
    for of_regime, model in ((True, regime.data), (False, society.data)):
        for at, number in numbers(model):
            if isinstance(number, Number) and number.range is not None and number.range[0] < number.range[1]:
                found[at] = Ranged(of_regime, number.range[0], float(number), number.range[1])
    return found


def varied(plan: ClaimsPlan, variation: Variation) -> tuple[Regime, Society]:
    """Return regime and society of a variation."""
    known = ranged(plan.regime, plan.society)
    here: dict[bool, dict[str, Any]] = {True: {}, False: {}}
    for at, value in variation.numbers:
        here[known[at].of_regime][at] = value
    return plan.regime.patched(here[True]), plan.society.patched(here[False])


def worlds_for(parts: Sequence[str]) -> tuple[str, ...]:
    """Return those of the worlds that decide claims which some contrasts name, in their order.

    >>> worlds_for(["R - N", "R"])
    ('N', 'R')
    """
    named = {world for part in parts for world in sides(part)}
    return tuple(world for world in worlds_read(deciding=True) if world in named)
