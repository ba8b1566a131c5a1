"""What worlds that were lived tell of a reform: its effects, and every year's means with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from demerit.explorer.live_worker import Values
from demerit.report.headlines import HEADLINES
from demerit.report.impact.material import estimate
from demerit.report.live_lines import SHOWN
from demerit.report.titles import title_of
from demerit.study.paired import defined, mean_and_spread, paired

WORLDS = ("reform", "base", "law")


def effects(lived: Mapping[str, Sequence[Values]]) -> list[dict[str, Any]]:
    """Return every headline indicator in the three worlds, and the reform less its base with its interval.

    Args:
        lived: by world, the indicators over the whole run, seed by seed; the same seeds in each.
    """
    names = [name for name, _, _ in HEADLINES]
    tables = {world: _table(lived[world], names) for world in WORLDS}
    apart = paired(tables["base"], tables["reform"])
    means = {world: mean_and_spread(table)[1] for world, table in tables.items()}
    return [
        {
            "indicator": name,
            "label": title_of(name),
            "unit": unit,
            **{world: defined(means[world][place]) for world in WORLDS},
            "difference": defined(apart.difference[place]),
            "low": defined(apart.low[place]),
            "high": defined(apart.high[place]),
        }
        for place, (name, _, unit) in enumerate(HEADLINES)
    ]


def yearly(lived: Mapping[str, Sequence[Sequence[Values]]]) -> list[dict[str, Any]]:
    """Return what the lines show: the mean over seeds of every year and world, with Student's interval.

    Args:
        lived: by world, seed and year the indicators of that year; the same seeds in each world.

    Returns:
        Rows of world, year (from 1), indicator, mean, low, high; None where there is no occasion, and for the
        ends of an interval with fewer than two seeds.
    """
    rows = []
    for world in WORLDS:
        for year, seeds in enumerate(zip(*lived[world], strict=True), 1):
            for name, _, _ in SHOWN:
                found = estimate(_table(seeds, [name])[:, 0])
                told = {"mean": found.value, "low": found.low, "high": found.high}
                rows.append({"world": world, "year": year, "indicator": name, **told})
    return rows


def _table(lived: Sequence[Values], names: Sequence[str]) -> np.ndarray[Any, Any]:
    """Return indicators by seed: float64 (seeds, names), NaN where there was no occasion."""
    return np.array([[values.get(name) for name in names] for values in lived], dtype=float)
