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

    @staticmethod
    def rate(name: str, definition: str, *counters: str) -> Indicator:
        """Return what happens to a thousand adults in a year."""
        return Indicator(name, "1/1000 adult-years", definition, Term.of(*counters), ADULT_YEARS, 1000.0)

    @staticmethod
    def cost(name: str, definition: str, *counters: str) -> Indicator:
        """Return what counters in fen come to for an adult and a year."""
        return Indicator(name, "CNY/adult-year", definition, Term.of(*counters), ADULT_YEARS, 0.01)

    @staticmethod
    def share(name: str, definition: str, top: Term, bottom: Term) -> Indicator:
        """Return a part of a whole."""
        return Indicator(name, "share", definition, top, bottom)

    @property
    def is_stock(self) -> bool:
        """Tell whether it is read on a day, and not added up over a window."""
        return self.top.source in ("stock", "level", "gini")
