"""A world that was lived to its end, as the claims read it: its months, its ledger and its last day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import ENTRY_KINDS
from demerit.catalogue.words import CELLS, CHILD, SUBJECT_SHIFT
from demerit.claims.purses import Purses
from demerit.measures.indicators import BY_NAME
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import Setting
from demerit.simulation.world import World
from demerit.study.causes import Causes

Array = np.ndarray[Any, Any]
DAYS_A_YEAR = 365.0
LATE_YEARS = 3
"""Years at the end of a run that count as late; the last third of runs shorter than three times that."""
_WHAT = {kind.name: code for code, kind in enumerate(ENTRY_KINDS)}


class Figure(NamedTuple):
    """What a world says to a part of a claim.

    Attributes:
        value: the statistic; NaN without an occasion.
        occasions: what it was counted over, its denominator in pieces; fewer than 30 decide nothing.
    """

    value: float
    occasions: float

    def plain(self) -> list[float | None]:
        """Return it as plain data, None in place of NaN."""
        return [None if math.isnan(self.value) else self.value, self.occasions]

    @classmethod
    def of(cls, plain: Sequence[float | None]) -> Self:
        """Rebuild it from plain data.

        >>> Figure.of(Figure(float("nan"), 3.0).plain())
        Figure(value=nan, occasions=3.0)
        """
        value, occasions = plain
        return cls(math.nan if value is None else value, occasions or 0.0)


def share(top: float, bottom: float, scale: float = 1.0) -> Figure:
    """Return a ratio with its denominator as the occasions.

    >>> share(1, 4, 100)
    Figure(value=25.0, occasions=4.0)
    """
    return Figure(float(top) / float(bottom) * scale if bottom else float("nan"), float(bottom))


@dataclass(frozen=True, eq=False, repr=False)
class Reading:
    """A world after its last day.

    Attributes:
        setting: the people.
        regime: the rules, of the last day where they changed.
        world: the world; its tables stand at the last day.
        recorder: its months.
        rows: its full ledger in the order of ids, `ROW_DTYPE`.
        first: date of day 0; days: how many were lived.
        purses: what everybody had every thirty days, where that was looked at.
    """

    setting: Setting
    regime: Regime
    world: World
    recorder: Recorder
    rows: Array
    first: date
    days: int
    purses: Purses | None = None

    @cached_property
    def late_months(self) -> int:
        """Number of months at the end that count as late."""
        return min(LATE_YEARS * 12, len(self.recorder.flows) // 3)

    @cached_property
    def late_day(self) -> int:
        """First day that counts as late: the one after the last month before."""
        months = len(self.recorder.flows) - self.late_months
        return int(self.recorder.ends[months - 1]) + 1 if months else 0

    @cached_property
    def adult(self) -> Array:
        """Bool (people): 16 and older on the first day."""
        return np.asarray(self.setting.population.person["stratum"] != CHILD)

    @cached_property
    def monthly(self) -> Array:
        """Int64 (months, flows): all flows of the whole society."""
        return self.recorder.flows.added_up()

    def count(self, name: str, *, late: bool = False) -> int:
        """Return a flow of `catalogue/counters.py` over the run, or late."""
        months = self.monthly[-self.late_months :] if late else self.monthly
        return int(months[:, flow(name)].sum())

    def indicator(self, name: str, *, late: bool = False) -> float:
        """Return an indicator of everybody, over the run (at its end for stocks) or late."""
        last = self.late_months if late else None
        return self.recorder.value(BY_NAME[name], np.ones(CELLS, bool), last)

    def of(self, *what: str) -> Array:
        """Return the rows of some kinds of entry, by the kinds' names."""
        return np.asarray(self.rows[np.isin(self.rows["what"], [_WHAT[name] for name in what])])

    @cached_property
    def adult_years(self) -> float:
        """Years lived by adults, as the indicators count them."""
        records = BY_NAME["records"]
        flows, held = self.recorder.totals(np.ones((1, CELLS), bool))
        return float(self.recorder.term(records.bottom, flows, held).sum())

    @cached_property
    def tree(self) -> Causes:
        """The causes of all rows."""
        return Causes(self.rows["id"], self.rows["cause"])

    def rows_by_id(self, ids: Array) -> Array:
        """Return the places of rows with some ids, -1 for an id that no row has."""
        return self.tree.places(ids)


def kind_of(subjects: Array) -> Array:
    """Return the kinds of subjects by their codes: citizen, company, vehicle, agency or service."""
    return np.asarray(subjects >> SUBJECT_SHIFT)
