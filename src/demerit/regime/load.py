"""Load a regime from a preset or a file, patch it, and give it its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from demerit.files import document
from demerit.files.examining import periods
from demerit.files.kind import Kind
from demerit.files.loaded import Loaded
from demerit.files.vocabulary import SITUATIONS
from demerit.regime.advice import advise
from demerit.regime.checks import check_regime
from demerit.regime.direction import direction
from demerit.regime.idle import idle_rules
from demerit.regime.limits import check_together
from demerit.regime.types import RegimeFile

PRESETS: Final = Path(__file__).parent / "presets"
KIND: Final = Kind(
    name="regime",
    model=RegimeFile,
    presets=PRESETS,
    check=check_regime,
    bare_numbers=True,
    outside_ids={"situation": SITUATIONS},
    idle=idle_rules,
    together=check_together,
    advise=advise,
    direction=direction,
)


@dataclass(frozen=True)
class PresetInfo:
    """A regime that comes with the package."""

    id: str
    title: str
    basis: str
    summary: str


@dataclass(frozen=True)
class Regime(Loaded[RegimeFile]):
    """Rules as data: the typed content of a regime file after `extends` and patches.

    >>> regime = Regime.load("essay")
    >>> regime.null_id, float(regime.data.score.base)
    ('ordinary-law', 1000.0)
    >>> cheaper = regime.patched({"conduct.road.crosswalk.fine": 20})
    >>> cheaper.hash == regime.hash
    False
    """

    KIND = KIND

    @classmethod
    def load(cls, name_or_path: str | Path) -> Regime:
        """Load a preset by its id or a regime file by its path.

        Raises:
            FileProblems: with every problem of the file, each with line, key and what was expected.
        """
        return cls._from(document.load(KIND, name_or_path))

    def on(self, day: date) -> RegimeFile:
        """Return the rules in force on a day: dated rules picked, steps of the schedule taken.

        >>> essay = Regime.load("essay")
        >>> essay.on(date(2020, 1, 1)) == essay.data
        True
        """
        return document.in_force(KIND, self.data, day)

    def changes(self, start: date, days: int) -> list[tuple[int, RegimeFile]]:
        """Return the rules of a run with the day each begins to hold, counted from the start.

        Args:
            start: date of day 0.
            days: length of the run.
        """
        found = [(0, self.on(start))]
        for first, rules in periods(KIND, self.data):
            day = 0 if first is None else (first - start).days
            if 0 < day < days and rules != found[-1][1]:
                found.append((day, rules))
        return found


def list_presets() -> list[PresetInfo]:
    """List the regimes that come with the package.

    >>> [preset.id for preset in list_presets() if preset.basis == "essay"]
    ['essay']
    """
    heads = [Regime.load(name).data.regime for name in KIND.preset_ids()]
    return [PresetInfo(head.id, head.title, head.basis, head.summary) for head in heads]
