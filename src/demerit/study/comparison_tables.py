"""A comparison as frames: the differences of every indicator and group, and the values seed by seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demerit.measures.indicators import INDICATORS
from demerit.study.comparison import Comparison, Pair
from demerit.study.findings import verdict
from demerit.study.paired import mean_and_spread

if TYPE_CHECKING:
    import polars as pl


def differences(done: Comparison) -> pl.DataFrame:
    """Return one row for every two regimes, group and indicator: means, difference, intervals, verdict."""
    import polars as pl

    return pl.concat([_differences(done, pair) for pair in done.pairs])


def _differences(done: Comparison, pair: Pair) -> pl.DataFrame:
    import polars as pl

    found = done.paired(pair)
    names = done.plan.names
    _, means, spreads = mean_and_spread(done.values.transpose(1, 0, 2, 3))
    words = [
        verdict(*told) for told in zip(found.n.ravel(), found.same.ravel(), found.apart.ravel(), strict=True)
    ]
    numbers = {
        "mean": means[pair.other],
        "against_mean": means[pair.first],
        "spread": spreads[pair.other],
        "against_spread": spreads[pair.first],
        "difference": found.difference,
        "standard_error": found.error,
        "low": found.low,
        "high": found.high,
        "unpaired_low": found.unpaired_low,
        "unpaired_high": found.unpaired_high,
        "variance_saved": found.saved,
    }
    return pl.DataFrame(
        {
            "regime": [names[pair.other]] * found.n.size,
            "against": [names[pair.first]] * found.n.size,
            **_labels(done),
            "n": found.n.ravel(),
            **{name: values.ravel() for name, values in numbers.items()},
            "verdict": words,
        }
    ).with_columns(pl.col(list(numbers)).fill_nan(None))


def seed_values(done: Comparison) -> pl.DataFrame:
    """Return one row for every world, group and indicator: the value over the run or at its end."""
    import polars as pl

    count = len(done.groups) * len(INDICATORS)
    labels = _labels(done)
    return pl.DataFrame(
        {
            "regime": [world.name for world in done.worlds for _ in range(count)],
            "seed": [world.seed for world in done.worlds for _ in range(count)],
            **{name: values * len(done.worlds) for name, values in labels.items()},
            "value": [float(value) for world in done.worlds for value in world.values.ravel()],
        },
        schema_overrides={"seed": pl.Int64, "value": pl.Float64},
    ).with_columns(pl.col("value").fill_nan(None))


def _labels(done: Comparison) -> dict[str, list[str]]:
    """Return the columns that say what a row is about, for arrays (groups, indicators) laid out in a row."""
    return {
        "by": [by for by, _ in done.groups for _ in INDICATORS],
        "group": [group for _, group in done.groups for _ in INDICATORS],
        "indicator": [indicator.name for indicator in INDICATORS] * len(done.groups),
        "unit": [indicator.unit for indicator in INDICATORS] * len(done.groups),
    }
