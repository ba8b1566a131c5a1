"""The rules of a run: a regime and its null regime, compiled for every day from which other rules hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from demerit.regime.refit import with_value
from demerit.simulation.layout import layout_of
from demerit.simulation.regime_tables import compile_regime

if TYPE_CHECKING:
    from demerit.regime import Regime
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile


class Rulebook:
    """What holds when: the tables of a regime, and of the law behind it, by day of the run.

    Args:
        society: typed society, which the tables of anticipation depend on.
        regime: the regime of the world.
        null: the regime under which a choice counts as held by law alone.
        start: date of day 0.
        days: length of the run.
        past: regimes lived under before, in order, each with its null regime and the first day of the next.

    Raises:
        UsageError: more of something, over all periods, than a run can hold.
    """

    def __init__(
        self,
        society: SocietyFile,
        regime: Regime,
        null: Regime,
        start: date,
        days: int,
        past: Sequence[tuple[Regime, Regime, int]] = (),
    ) -> None:
        self.society, self.start, self.days = society, start, days
        self.periods = _joined([*((lived, until) for lived, _, until in past), (regime, days)], start)
        self.laws = _joined([*((law, until) for _, law, until in past), (null, days)], start)
        self._begins = (0, *(until for _, _, until in past))
        self.layout = layout_of(*(rules for _, rules in self.periods))
        own = layout_of(*(rules for _, rules in self.laws))
        self._law_layout = replace(self.layout, numbers=own.numbers)
        self.turns = tuple(sorted({day for day, _ in (*self.periods, *self.laws)} - {0}))

    def began(self, day: int) -> int:
        """Return the first day of the regime that holds on a day."""
        return max(begin for begin in self._begins if begin <= day)

    def in_force(self, day: int, fitted: float | None = None) -> RegimeFile:
        """Return the rules that hold on a day, the parameter of a refit at its latest value if it has one."""
        rules = _latest(self.periods, day)
        return rules if fitted is None or rules.refit is None else with_value(rules, fitted)

    def tables(self, day: int, fitted: float | None = None) -> tuple[np.void, np.void]:
        """Return the compiled rules of a day, and those of law alone."""
        rules = compile_regime(self.in_force(day, fitted), self.society, self.layout, self.start.weekday())
        law = compile_regime(_latest(self.laws, day), self.society, self._law_layout)
        rules["further_by_law"] = np.minimum(rules["further_loss"], law["further_loss"])
        return rules, law


def _joined(eras: Sequence[tuple[Regime, int]], start: date) -> list[tuple[int, RegimeFile]]:
    """Return the rules of regimes that follow each other, with the first day of each.

    Args:
        eras: regimes, each with the first day of the next.
        start: date of day 0.
    """
    found: list[tuple[int, RegimeFile]] = []
    begin = 0
    for regime, until in eras:
        changes = regime.changes(start, until)
        steps = [(begin, _latest(changes, begin)), *((day, rules) for day, rules in changes if day > begin)]
        for day, rules in steps:
            if not found or rules != found[-1][1]:
                found.append((day, rules))
        begin = until
    return found


def _latest(periods: list[tuple[int, RegimeFile]], day: int) -> RegimeFile:
    return next(rules for first, rules in reversed(periods) if first <= day)
