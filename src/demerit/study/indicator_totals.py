"""Indicators of a finished run for everybody, from its file alone: over the run, or on its last day."""

from __future__ import annotations

from pathlib import Path

from demerit.engine.disk import refusals, shown
from demerit.errors import RunFolderError
from demerit.measures.indicators import BY_NAME
from demerit.study.layout import INDICATORS


def indicator_totals(folder: Path) -> dict[str, dict[str, float | None]]:
    """Return every indicator of every world: over the run for flows, at its end for stocks.

    Indicators that this version does not know are left out.

    Args:
        folder: a finished run folder.

    Returns:
        World, then name of the indicator, then its value; None where there was no occasion.

    Raises:
        RunFolderError: the file of indicators cannot be read.
    """
    import polars as pl

    path = folder / INDICATORS
    try:
        with refusals(path, "read"):
            frame = pl.read_parquet(path).filter(pl.col("by") == "all").sort("month", maintain_order=True)
    except pl.exceptions.PolarsError as error:
        raise RunFolderError(f"{shown(path)} is not a table of indicators: {error}") from error
    both = frame.group_by("world", "indicator", maintain_order=True).agg(
        pl.col("top").sum().alias("tops"),
        pl.col("bottom").sum().alias("bottoms"),
        pl.col("value").last().alias("last"),
    )
    totals: dict[str, dict[str, float | None]] = {
        world: {} for world in frame["world"].unique(maintain_order=True)
    }
    for row in both.iter_rows(named=True):
        indicator = BY_NAME.get(row["indicator"])
        if indicator is None:
            continue
        over = row["tops"] / row["bottoms"] * indicator.scale if row["bottoms"] else None
        totals[row["world"]][row["indicator"]] = row["last"] if indicator.is_stock else over
    return totals
