"""Record a world month by month: flows since the month before, and stocks on its last day."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from demerit.catalogue.counters import FLOW_COUNT, flow
from demerit.catalogue.words import CELLS, FIFTHS, HUKOU, STRATA
from demerit.engine.clock import day_to_date, month_ends
from demerit.measures.administration import add_administration
from demerit.measures.indicators import INDICATORS
from demerit.measures.inequality import AMOUNTS, ginis
from demerit.measures.months import PLACES, Months
from demerit.measures.stocks import COLUMN, STOCKS, stocks
from demerit.measures.terms import Indicator, Term
from demerit.simulation.world import World

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ("all",)),
    ("stratum", STRATA),
    ("hukou", HUKOU),
    ("income fifth", FIFTHS),
)
_DAYS_A_YEAR = 365.0
_MOST_KNOWN = 64
"""Groups whose totals are kept at hand."""
_UNSETTLED = (
    (flow("pay_lost_fen"), COLUMN["unsettled"]),
    (flow("penalty_days"), COLUMN["unsettled_days"]),
)


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
        stratum_weight: what a member of each stratum counts for when everybody is to be composed as in life;
            where given, and not all alike, the frame has such a group too.
    """

    def __init__(self, start: date, days: int, stratum_weight: np.ndarray[Any, Any] | None = None) -> None:
        self.start = start
        self.weighted: list[tuple[str, str, np.ndarray[Any, Any]]] = []
        if stratum_weight is not None and not (stratum_weight == 1).all():
            cells = np.repeat(stratum_weight, len(HUKOU) * len(FIFTHS))
            self.weighted.append(("composed as in life", "all", cells))
        self.ends = month_ends(start, days)
        self.flows = Months()
        self.stocks: list[np.ndarray[Any, Any]] = []
        self.ginis: list[np.ndarray[Any, Any]] = []
        self._before = np.zeros((PLACES, FLOW_COUNT), np.int64)
        self._known: dict[tuple[int, bytes], tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = {}

    def __call__(self, world: World) -> None:
        """Take the month's figures if the day just lived was the last of a month."""
        if len(self.flows) < len(self.ends) and world.day - 1 == int(self.ends[len(self.flows)]):
            held = stocks(world)
            now = world.counters()
            # pay lost is counted when wealth is settled; what is not settled yet belongs to its month too
            for column, unsettled in _UNSETTLED:
                now[:CELLS, column] += held[:, unsettled]
            add_administration(now, world)
            self.flows.append(self._before, now)
            self.stocks.append(held)
            self.ginis.append(ginis(world))

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """Return what a checkpoint must keep of the months so far."""
        return {
            **self.flows.arrays(),
            "stocks": np.array(self.stocks, np.int64).reshape(-1, CELLS, len(STOCKS)),
            "ginis": np.array(self.ginis, float).reshape(-1, len(AMOUNTS)),
            "before": self._before,
        }

    def restore(self, arrays: dict[str, np.ndarray[Any, Any]]) -> None:
        """Take the months so far from a checkpoint."""
        self.flows = Months.restored(arrays)
        self.stocks = list(arrays["stocks"])
        self.ginis = list(arrays["ginis"])
        self._before = arrays["before"]
        self._known.clear()

    def lengths(self) -> np.ndarray[Any, Any]:
        """Return the days of each month recorded."""
        return np.diff(np.concatenate([[-1], self.ends]))[: len(self.flows)]

    def totals(self, members: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return flows and stocks added up over the cells of groups, shape (groups, months, columns).

        Args:
            members: shape (groups, cells); bool, or what each cell counts for.
        """
        chosen = members.astype(np.int64) if members.dtype == bool else members
        # what happens to vehicles and companies is kept in a cell of its own and belongs to everybody
        with_others = np.concatenate([chosen, (members > 0).all(axis=1, keepdims=True)], axis=1)
        held = np.zeros((len(members), len(self.stocks), len(STOCKS)), chosen.dtype)
        for month, stood in enumerate(self.stocks):
            np.matmul(chosen, stood, out=held[:, month])
        return self.flows.totals(with_others), held

    def _totals_of(self, member: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return the totals of one group; two hundred indicators ask for the same."""
        key = len(self.flows), member.tobytes()
        if key not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self.totals(member[None, :])
        return self._known[key]

    def term(
        self, term: Term, flows: np.ndarray[Any, Any], held: np.ndarray[Any, Any]
    ) -> np.ndarray[Any, Any]:
        """Return a term by group and month, from the totals of the groups."""
        columns = list(term.columns)
        if term.source == "flow":
            return np.asarray(flows[:, :, columns].sum(axis=2), float)
        if term.source == "level":
            return np.asarray(flows[:, :, columns].sum(axis=2).cumsum(axis=1), float)
        if term.source == "stock":
            return np.asarray(held[:, :, columns].sum(axis=2), float)
        if term.source in ("whole", "gini"):
            adults = held[:, :, COLUMN["adults"]]
            whole = np.where(adults == self._adults(), adults, 0.0)
            return whole * np.array(self.ginis)[:, columns[0]] if term.source == "gini" else whole
        return np.asarray(held[:, :, COLUMN["adults"]] * self.lengths() / _DAYS_A_YEAR, float)

    def _adults(self) -> np.ndarray[Any, Any]:
        """Return the number of adults by month."""
        return np.array([int(held[:, COLUMN["adults"]].sum()) for held in self.stocks])

    def value(self, indicator: Indicator, member: np.ndarray[Any, Any], last: int | None = None) -> float:
        """Return an indicator over the run (flows) or at its end (stocks); NaN if there was no occasion.

        Args:
            indicator: which one.
            member: bool (cells), the group.
            last: months at the end of the run to look at; all by default.
        """
        flows, held = self._totals_of(member)
        window = slice(-1, None) if indicator.is_stock else slice(-(last or len(self.flows)), None)
        top = float(self.term(indicator.top, flows, held)[0, window].sum())
        bottom = float(self.term(indicator.bottom, flows, held)[0, window].sum())
        return top / bottom * indicator.scale if bottom else float("nan")

    def frame(self, world_id: str) -> Any:
        """Return all indicators as a long Polars frame, one row for each month, group and indicator."""
        import polars as pl

        groups = [*memberships(), *self.weighted]
        flows, held = self.totals(np.stack([member for _, _, member in memberships()]))
        for _, _, cells in self.weighted:
            more, stood = self.totals(cells[None, :])
            flows, held = np.concatenate([flows, more]), np.concatenate([held, stood])
        months = [day_to_date(self.start, int(end)) for end in self.ends[: len(self.flows)]]
        count, length = len(INDICATORS), len(months)
        top = np.stack([self.term(indicator.top, flows, held) for indicator in INDICATORS], axis=1)
        bottom = np.stack([self.term(indicator.bottom, flows, held) for indicator in INDICATORS], axis=1)
        scales = np.array([indicator.scale for indicator in INDICATORS])[None, :, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(bottom > 0, top / bottom * scales, np.nan)
        names = np.repeat(np.arange(len(groups)), count * length)
        which = np.tile(np.repeat(np.arange(count), length), len(groups))
        columns = {
            "world": pl.repeat(world_id, top.size, eager=True),
            "month": pl.Series(months * (len(groups) * count), dtype=pl.Date),
            "by": pl.Series([by for by, _, _ in groups]).gather(names),
            "group": pl.Series([group for _, group, _ in groups]).gather(names),
            "indicator": pl.Series([indicator.name for indicator in INDICATORS]).gather(which),
            "unit": pl.Series([indicator.unit for indicator in INDICATORS]).gather(which),
            "value": pl.Series(value.ravel()).fill_nan(None),
            "top": top.ravel(),
            "bottom": bottom.ravel(),
        }
        return pl.DataFrame(columns)
