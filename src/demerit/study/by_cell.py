"""Indicators by month and cell: stratum, hukou and income fifth together, the finest that is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import CELLS, FIFTHS, HUKOU, STRATA
from demerit.engine.clock import day_to_date
from demerit.measures.recorder import Recorder
from demerit.measures.terms import Indicator

if TYPE_CHECKING:
    import polars as pl


def by_cell(recorder: Recorder, world: str, indicators: Sequence[Indicator]) -> pl.DataFrame:
    """Return indicators by month and cell.

    Args:
        recorder: the months of a world.
        world: its name.
        indicators: which ones.

    Returns:
        world, month (its last day), stratum, hukou, income fifth, indicator, unit, value (null without an
        occasion), top, bottom; a row for each cell, indicator and month, in this order.
    """
    import polars as pl

    flows, held = recorder.totals(np.eye(CELLS, dtype=bool))
    months = [day_to_date(recorder.start, int(end)) for end in recorder.ends[: len(recorder.flows)]]
    top, bottom = (
        np.stack([recorder.term(term, flows, held) for term in terms], axis=1)
        for terms in ([one.top for one in indicators], [one.bottom for one in indicators])
    )
    scale = np.array([one.scale for one in indicators])[None, :, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(bottom > 0, top / bottom * scale, np.nan)
    cell, which, month = (place.ravel() for place in np.indices(top.shape))
    fifth, others = cell % len(FIFTHS), cell // len(FIFTHS)
    return pl.DataFrame(
        {
            "world": pl.repeat(world, top.size, eager=True),
            "month": pl.Series(months, dtype=pl.Date).gather(month),
            "stratum": pl.Series(STRATA).gather(others // len(HUKOU)),
            "hukou": pl.Series(HUKOU).gather(others % len(HUKOU)),
            "income fifth": pl.Series(FIFTHS).gather(fifth),
            "indicator": pl.Series([one.name for one in indicators]).gather(which),
            "unit": pl.Series([one.unit for one in indicators]).gather(which),
            "value": pl.Series(value.ravel()).fill_nan(None),
            "top": top.ravel(),
            "bottom": bottom.ravel(),
        }
    )
