"""Record a world month by month: flows since the month before, and stocks on its last day."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from demerit.catalogue.counters import FLOW_COUNT
from demerit.catalogue.words import CELLS, FIFTHS, HUKOU, STRATA
from demerit.engine.clock import day_to_date, month_ends
from demerit.measures.indicators import INDICATORS, Indicator, Term
from demerit.measures.stocks import COLUMN, STOCKS, stocks
from demerit.simulation.world import World

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ("all",)),
    ("stratum", STRATA),
    ("hukou", HUKOU),
    ("income fifth", FIFTHS),
)
_DAYS_A_YEAR = 365.0


def memberships() -> list[tuple[str, str, np.ndarray[Any, Any]]]:
    """Return every group with the cells that belong to it: bool (cells)."""
    grid = np.arange(CELLS)
    codes = {
        "all": np.zeros(CELLS, int),
        "stratum": grid // (len(HUKOU) * len(FIFTHS)),
        "hukou": grid // len(FIFTHS) % len(HUKOU),
        "income fifth": grid % len(FIFTHS),
    }
    return [(by, name, codes[by] == code) for by, names in GROUPS for code, name in enumerate(names)]


class Recorder:
    """Months of one world, as arrays; called after every day of the world.

    Args:
        start: first day of the run.
        days: length of the run.
    """

    def __init__(self, start: date, days: int) -> None:
        self.start = start
        self.ends = month_ends(start, days)
        self.flows: list[np.ndarray[Any, Any]] = []
        self.stocks: list[np.ndarray[Any, Any]] = []
        self._before = np.zeros((CELLS + 1, FLOW_COUNT), np.int64)

    def __call__(self, world: World) -> None:
        """Take the month's figures if the day just lived was the last of a month."""
        if len(self.flows) < len(self.ends) and world.day - 1 == int(self.ends[len(self.flows)]):
            now = world.counters()
            self.flows.append(now - self._before)
            self._before = now.copy()
            self.stocks.append(stocks(world))

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """Return what a checkpoint must keep of the months so far."""
        return {
            "flows": np.array(self.flows, np.int64).reshape(-1, CELLS + 1, FLOW_COUNT),
            "stocks": np.array(self.stocks, np.int64).reshape(-1, CELLS, len(STOCKS)),
            "before": self._before,
        }

    def restore(self, arrays: dict[str, np.ndarray[Any, Any]]) -> None:
        """Take the months so far from a checkpoint."""
        self.flows = list(arrays["flows"])
        self.stocks = list(arrays["stocks"])
        self._before = arrays["before"]

    def lengths(self) -> np.ndarray[Any, Any]:
        """Return the days of each month recorded."""
        return np.diff(np.concatenate([[-1], self.ends]))[: len(self.flows)]

    def series(self, indicator: Indicator, member: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], ...]:
        """Return numerators and denominators of an indicator for a group, month by month."""
        return self._sum(indicator.top, member), self._sum(indicator.bottom, member)

    def _sum(self, term: Term, member: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        columns = list(term.columns)
        if term.source == "flow":
            # what happens to vehicles and companies is kept in a cell of its own and belongs to everybody
            chosen = np.append(member, member.all())
            return np.array([month[chosen][:, columns].sum() for month in self.flows], float)
        if term.source == "stock":
            return np.array([month[member][:, columns].sum() for month in self.stocks], float)
        adults = np.array([month[member, COLUMN["adults"]].sum() for month in self.stocks], float)
        return np.asarray(adults * self.lengths() / _DAYS_A_YEAR)

    def value(self, indicator: Indicator, member: np.ndarray[Any, Any], last: int | None = None) -> float:
        """Return an indicator over the run (flows) or at its end (stocks); NaN if there was no occasion.

        Args:
            last: months at the end of the run to look at; all by default.
        """
        top, bottom = self.series(indicator, member)
        window = slice(-1, None) if indicator.is_stock else slice(-(last or len(top)), None)
        below = float(bottom[window].sum())
        return float(top[window].sum()) / below * indicator.scale if below else float("nan")

    def frame(self, world_id: str) -> Any:
        """Return all indicators as a long Polars frame, one row for each month, group and indicator."""
        import polars as pl

        months = [day_to_date(self.start, int(end)) for end in self.ends[: len(self.flows)]]
        parts = []
        for by, name, member in memberships():
            for indicator in INDICATORS:
                top, bottom = self.series(indicator, member)
                parts.append(
                    pl.DataFrame({"month": months, "top": top, "bottom": bottom}).with_columns(
                        pl.lit(by).alias("by"),
                        pl.lit(name).alias("group"),
                        pl.lit(indicator.name).alias("indicator"),
                        pl.lit(indicator.unit).alias("unit"),
                        pl.when(pl.col("bottom") > 0)
                        .then(pl.col("top") / pl.col("bottom") * indicator.scale)
                        .alias("value"),
                    )
                )
        columns = ["world", "month", "by", "group", "indicator", "unit", "value", "top", "bottom"]
        return pl.concat(parts).with_columns(pl.lit(world_id).alias("world")).select(columns)
