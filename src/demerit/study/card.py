"""The simulation card: what an output is for, what it must not be used for, and what it rests on."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from demerit.engine.disk import write_whole

if TYPE_CHECKING:
    from demerit.files.table import Table
    from demerit.regime import Regime
    from demerit.simulation.manifest import Manifest
    from demerit.society import Society
    from demerit.study.comparison_plan import ComparisonPlan
    from demerit.study.request import Plan

CARD = "CARD.md"
"""Name of the card in a folder of results; the list of hashes holds it as any other file."""
STATEMENT = "Synthetic society: no real person is described."
INTENDED_USE = (
    "To see, before a regime exists, whom its rules would hit, how hard and by which road, and to compare "
    "reforms of it, in teaching, research, audit and legislation."
)
NOT_TO_BE_USED_FOR = (
    "Scoring, classifying or predicting any real person or group; designing or justifying a regime of social "
    "scoring; as evidence of what happens in a real place."
)
_IN_SHORT = "For comparing rules; never for scoring, classifying or predicting real people."
_WIDTH, _HASH = 110, 8


class Rules(NamedTuple):
    """A regime by its name in the output, and the SHA-256 of its rules."""

    name: str
    hash: str


@dataclass(frozen=True)
class Card:
    """What every output says of itself.

    Attributes:
        regimes: the worlds, the regime asked for first.
        society: id of the society; society_hash: SHA-256 of it.
        assumptions_share: share of the numbers in use that are assumptions.
        population: people; years: calendar years; start: first day.
        seeds: every seed.
        version: version of the program.
    """

    regimes: tuple[Rules, ...]
    society: str
    society_hash: str
    assumptions_share: float
    population: int
    years: int
    start: str
    seeds: tuple[int, ...]
    version: str

    def as_plain(self) -> dict[str, Any]:
        """Return the card as plain data."""
        return {
            "statement": STATEMENT,
            "intended_use": INTENDED_USE,
            "must_not_be_used_for": NOT_TO_BE_USED_FOR,
            "assumptions_share": self.assumptions_share,
            "population": self.population,
            "years": self.years,
            "start": self.start,
            "seeds": list(self.seeds),
            "society": {"id": self.society, "sha256": self.society_hash},
            "regimes": [{"name": one.name, "sha256": one.hash} for one in self.regimes],
            "demerit": self.version,
        }

    def short(self) -> str:
        """Return the card in two lines, for a terminal."""
        return "\n".join((f"{STATEMENT} {_IN_SHORT}", self._basis()))

    def lines(self) -> list[str]:
        """Return the card in lines below a chart's heading, which says itself that nobody is real."""
        return textwrap.wrap(f"{_IN_SHORT} {self._basis()}", _WIDTH)

    def _basis(self) -> str:
        rules = ", ".join(f"{one.name} ({one.hash[:_HASH]})" for one in self.regimes)
        seeds = f"{self.seeds[0]}" if len(self.seeds) == 1 else f"{self.seeds[0]} to {self.seeds[-1]}"
        return (
            f"{self.assumptions_share:.0%} of the numbers in use are assumptions. {self.population:,} people "
            f"of {self.society} ({self.society_hash[:_HASH]}), {self._time()}, "
            f"{'seed' if len(self.seeds) == 1 else 'seeds'} {seeds}; {rules}; demerit {self.version}."
        )

    def _time(self) -> str:
        return f"{self.years} {'year' if self.years == 1 else 'years'} from {self.start}"

    def rows(self) -> list[tuple[str, str]]:
        """Return the whole card below its statement: what each row is about, and what it says."""
        return [
            ("Intended use", INTENDED_USE),
            ("Must not be used for", NOT_TO_BE_USED_FOR),
            ("Assumptions", f"{self.assumptions_share:.0%} of the numbers in use are assumptions."),
            ("Population", f"{self.population:,} people of the society {self.society}."),
            ("Time", f"{self._time()}."),
            ("Seeds", f"{', '.join(map(str, self.seeds))}."),
            ("Version", f"demerit {self.version}"),
            ("Society", f"{self.society}, SHA-256 {self.society_hash}"),
            *(("Rules", f"{one.name}, SHA-256 {one.hash}") for one in self.regimes),
        ]

    def markdown(self) -> str:
        """Return the whole card as a page."""
        told = "\n\n".join(f"**{name}.** {_as_prose(text)}" for name, text in self.rows())
        return f"# Simulation card\n\n{STATEMENT}\n\n{told}\n"


def _as_prose(text: str) -> str:
    """Return a text in which nothing that somebody named acts as markup."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in text)


def assumptions_share(models: Iterable[Table]) -> float:
    """Return the share of the numbers in files that are assumptions."""
    from demerit.files.inventory import by_basis

    counts = sum((Counter(by_basis(model)) for model in models), Counter[str]())
    total = sum(counts.values())
    return round(counts["assumed"] / total, 4) if total else 0.0


def card_of(
    society: Society,
    regimes: Sequence[tuple[str, Regime]],
    *,
    population: int,
    years: int,
    start: str,
    seeds: Sequence[int],
) -> Card:
    """Return the card of what this program lives.

    Args:
        society: the people's file.
        regimes: the worlds by name, the regime asked for first.
        population: how many people; years: calendar years; start: first day.
        seeds: every seed.
    """
    from demerit import __version__

    return Card(
        regimes=tuple(Rules(name, regime.hash) for name, regime in regimes),
        society=society.id,
        society_hash=society.hash,
        assumptions_share=assumptions_share([society.data, *(regime.data for _, regime in regimes)]),
        population=population,
        years=years,
        start=start,
        seeds=tuple(seeds),
        version=__version__,
    )


def card_of_plan(plan: Plan) -> Card:
    """Return the card of a run."""
    return card_of(
        plan.society,
        list(zip(plan.names, plan.regimes, strict=True)),
        population=plan.population,
        years=plan.request.years,
        start=plan.first.isoformat(),
        seeds=[plan.request.seed],
    )


def card_of_comparison(plan: ComparisonPlan) -> Card:
    """Return the card of a comparison."""
    return card_of(
        plan.society,
        list(zip(plan.names, plan.regimes, strict=True)),
        population=plan.population,
        years=plan.years,
        start=plan.span[0].isoformat(),
        seeds=plan.seeds,
    )


def card_of_manifest(told: Manifest) -> Card:
    """Return the card of a finished run, as its manifest tells it."""
    return Card(
        regimes=tuple(Rules(world.regime, world.regime_hash) for world in told.worlds),
        society=told.society.id,
        society_hash=told.society.hash,
        assumptions_share=told.assumptions_share,
        population=told.population,
        years=round(told.years),
        start=told.start.isoformat(),
        seeds=(told.seed,),
        version=told.demerit,
    )


def write_card(card: Card, folder: Path) -> None:
    """Write the card into a folder of results.

    Raises:
        RunFolderError: the disk refused.
    """
    write_whole(folder / CARD, card.markdown().encode())
