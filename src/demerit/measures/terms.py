"""Terms: the sums of counters and stocks that indicators are ratios of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from demerit.catalogue.counters import flow
from demerit.measures.inequality import AMOUNTS
from demerit.measures.stocks import COLUMN

Source = Literal["flow", "level", "stock", "people_years", "gini", "whole"]


@dataclass(frozen=True)
class Term:
    """A weighted sum of counters or stocks."""

    source: Source
    columns: tuple[int, ...] = ()

    @staticmethod
    def of(*names: str) -> Term:
        """Return the sum of flows by name."""
        return Term("flow", tuple(flow(name) for name in names))

    @staticmethod
    def level(*names: str) -> Term:
        """Return the sum of counters that go up and down, since the first day."""
        return Term("level", tuple(flow(name) for name in names))

    @staticmethod
    def held(*names: str) -> Term:
        """Return the sum of stocks by name."""
        return Term("stock", tuple(COLUMN[name] for name in names))

    @staticmethod
    def spread(amount: str) -> Term:
        """Return the Gini coefficient of an amount times the adults it is about: everybody together."""
        return Term("gini", (AMOUNTS.index(amount),))


EVERYBODY = Term("whole")
"""Adults, for everybody together; nobody for a part of them."""
ADULT_YEARS = Term("people_years")
"""Adults times the years of the window."""
ADULTS = Term.held("adults")


@dataclass(frozen=True)
class Indicator:
    """A measured quantity: ``scale * top / bottom``."""

    name: str
    unit: str
    definition: str
    top: Term
    bottom: Term
    scale: float = 1.0

    @property
    def is_stock(self) -> bool:
        """Tell whether it is read on a day, and not added up over a window."""
        return self.top.source in ("stock", "level", "gini")
