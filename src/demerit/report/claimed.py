"""What the Python interface returns of claims: which hold, as frames."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from demerit.report.words import counted

if TYPE_CHECKING:
    import polars as pl

    from demerit.claims.study import ClaimsDone
    from demerit.study.scratch import Scratch

_WIDTH = 150
_SIZE = ("effect", "low", "high")
_NUMBERS = {*_SIZE, "smallest", "robustness"}


class Claimed:
    """The claims held against a regime, as frames.

    Attributes:
        folder: the folder, as ``demerit claims`` writes it; one that nobody asked for goes with this object.
        regime: id of the regime; seeds: the seeds; draws: draws of all numbers from their ranges.
        failures: seeds and draws that could not be lived: name, seed, reason.
    """

    def __init__(self, done: ClaimsDone, scratch: Scratch | None) -> None:
        self._done, self._scratch = done, scratch
        self.folder = done.folder
        self.regime = done.plan.regime.id
        self.seeds = done.plan.seeds
        self.draws = done.plan.draws
        self.failures = done.failures

    def __repr__(self) -> str:
        plan = self._done.plan
        return (
            f"<26 claims against {self.regime}: {counted(plan.population, 'person', 'people')}, "
            f"{counted(plan.years, 'year', 'years')}, {counted(len(self.seeds), 'seed', 'seeds')}, "
            f"{counted(self.draws, 'draw', 'draws')}>"
        )

    def __str__(self) -> str:
        """Return what ``demerit claims`` shows in a terminal."""
        from rich.console import Console

        from demerit.report.claims_table import show_claims

        text = io.StringIO()
        show_claims(Console(file=text, width=_WIDTH, color_system=None, force_jupyter=False), self._done)
        return text.getvalue()

    @property
    def data(self) -> list[dict[str, Any]]:
        """Every claim with its parts as plain data: what ``demerit claims --json`` prints."""
        from demerit.claims.results import claims_json

        return claims_json(self._done)

    def table(self) -> pl.DataFrame:
        """Return every claim.

        Returns:
            id, text, kind (emergent, mechanical, assumed), unit, effect of its first part with low and high
            (95 % over seeds), verdict (holds, fails, unclear, no occasion), robustness (share of the draws
            in which it holds, null without draws), decided_by.
        """
        return _frame(
            self.data, ("id", "text", "kind", "unit", *_SIZE, "verdict", "robustness", "decided_by")
        )

    def parts(self) -> pl.DataFrame:
        """Return every part of every claim.

        Returns:
            claim, key, statistic, contrast, unit, side and smallest (what matters), effect, low, high,
            verdict.
        """
        names = ("claim", "key", "statistic", "contrast", "unit", "side", "smallest", *_SIZE, "verdict")
        rows = [{"claim": one["id"], **part} for one in self.data for part in one["parts"]]
        return _frame(rows, names)

    def plot(self, claim: str | None = None) -> Any:
        """Return a chart (Altair): effects with their intervals beside the smallest effect that matters.

        Args:
            claim: id of a claim, such as ``C6``, for all its parts; None for the weakest part of every claim.

        Raises:
            UsageError: there is no such claim.
        """
        from demerit.report.claims_chart import claims_chart

        return claims_chart(self._done, claim)


def _frame(rows: list[dict[str, Any]], names: tuple[str, ...]) -> pl.DataFrame:
    """Return some fields of plain data as a frame."""
    import polars as pl

    schema = {name: pl.Float64 if name in _NUMBERS else pl.String for name in names}
    return pl.DataFrame([{name: row[name] for name in names} for row in rows], schema=schema)
