"""A comparison as frames: the differences of every indicator and group, and the values seed by seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demerit.measures.indicators import INDICATORS
from demerit.measures.recorder import memberships
from demerit.study.comparison import Comparison, Pair
from demerit.study.findings import verdict
from demerit.study.paired import mean_and_spread

if TYPE_CHECKING:
    import polars as pl

_GROUPS, _KINDS = memberships(), len(INDICATORS)


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
            **_labels(),
            "n": found.n.ravel(),
            **{name: values.ravel() for name, values in numbers.items()},
            "verdict": words,
        }
    ).with_columns(pl.col(list(numbers)).fill_nan(None))


def seed_values(done: Comparison) -> pl.DataFrame:
    """Return one row for every world, group and indicator: the value over the run or at its end."""
    import polars as pl

    frames = [
        pl.DataFrame({"regime": world.name, "seed": world.seed, **_labels(), "value": world.values.ravel()})
        for world in done.worlds
    ]
    return pl.concat(frames).with_columns(pl.col("value").fill_nan(None))


def _labels() -> dict[str, list[str]]:
    """Return the columns that say what a row is about, for arrays (groups, indicators) laid out in a row."""
    return {
        "by": [by for by, _, _ in _GROUPS for _ in range(_KINDS)],
        "group": [group for _, group, _ in _GROUPS for _ in range(_KINDS)],
        "indicator": [indicator.name for indicator in INDICATORS] * len(_GROUPS),
        "unit": [indicator.unit for indicator in INDICATORS] * len(_GROUPS),
    }
