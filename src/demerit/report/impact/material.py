"""What a report is about: a finished run or comparison, read from its folder, in one shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.engine.disk import refusals, shown
from demerit.engine.folder import open_run
from demerit.errors import FileProblems, RunFolderError, UsageError
from demerit.measures.indicators import INDICATORS
from demerit.regime import Regime
from demerit.simulation.manifest import Manifest, read_manifest
from demerit.society import Society
from demerit.study.comparison_again import read_comparison
from demerit.study.comparison_manifest import is_comparison, read_comparison_manifest
from demerit.study.layout import CLAIMS_REQUEST, WORLDS
from demerit.study.layout import INDICATORS as INDICATOR_FILE
from demerit.study.paired import CONFIDENCE, Paired, mean_and_spread, paired
from demerit.study.replicate import final_values

if TYPE_CHECKING:
    import polars as pl

    from demerit.study.comparison import Comparison

PLACE = {indicator.name: place for place, indicator in enumerate(INDICATORS)}
"""Place of every indicator among the values."""


@dataclass(frozen=True)
class Estimate:
    """A mean over seeds with its standard error and interval; these are None with one seed."""

    value: float | None
    error: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Digest:
    """The digest of a world at its end."""

    world: str
    seed: int
    digest: str


@dataclass(frozen=True)
class Material:
    """A finished study.

    Attributes:
        folder: where it is.
        names: names of the worlds; regimes: their rules.
        assessed: place of the world that is assessed; measure: of the one it is set against, None if alone.
        society: the society file; population: people; seeds: the seeds.
        start: first day; days: length; years: the same in calendar years.
        version: program that wrote it; versions: the libraries it used.
        groups: what each group is one of, and its name; everybody first.
        values: float64 (worlds, seeds, groups, indicators); NaN without an occasion or without the world.
        months: indicators by seed, world, month and group.
        digests: what every world came to.
        past: sentences on what all worlds lived under before; failures: worlds that could not be lived.
        comparison: the comparison; None for a run.
        files: names of the files of indicators below the folder.
    """

    folder: Path
    names: tuple[str, ...]
    regimes: tuple[Regime, ...]
    assessed: int
    measure: int | None
    society: Society
    population: int
    seeds: tuple[int, ...]
    start: date
    days: int
    years: int
    version: str
    versions: dict[str, str]
    groups: tuple[tuple[str, str], ...]
    values: np.ndarray[Any, Any]
    months: pl.DataFrame
    digests: tuple[Digest, ...]
    past: tuple[str, ...]
    failures: tuple[str, ...]
    comparison: Comparison | None
    files: tuple[str, ...]

    @property
    def regime(self) -> Regime:
        """The regime that is assessed."""
        return self.regimes[self.assessed]

    @property
    def name(self) -> str:
        """The name of the world that is assessed."""
        return self.names[self.assessed]

    @property
    def against(self) -> str:
        """The name of the world it is set against; empty without one."""
        return "" if self.measure is None else self.names[self.measure]

    @property
    def several(self) -> bool:
        """Whether there are several seeds, and so intervals."""
        return len(self.seeds) > 1

    def mean(self, world: int, group: int, indicator: str) -> Estimate:
        """Return the mean of an indicator over seeds."""
        return estimate(self.values[world, :, group, PLACE[indicator]])

    @cached_property
    def _paired(self) -> dict[tuple[int, int], Paired]:
        worlds = range(len(self.names))
        return {(a, b): paired(self.values[b], self.values[a]) for a in worlds for b in worlds if a != b}

    def difference(self, world: int, other: int, group: int, indicator: str) -> Estimate:
        """Return a world less another one, paired over seeds."""
        found, at = self._paired[world, other], (group, PLACE[indicator])
        ends = (found.difference[at], found.error[at], found.low[at], found.high[at])
        return Estimate(*(None if np.isnan(one) else float(one) for one in ends))

    @cached_property
    def adults(self) -> tuple[float | None, ...]:
        """Adults in every group of the assessed world on the last day, mean over seeds."""
        import polars as pl

        rows = self.months.filter(pl.col("indicator") == "sanctioned", pl.col("world") == self.name)
        last = rows.filter(pl.col("month") == pl.col("month").max())
        means = {
            (by, group): float(count)
            for by, group, count in last.group_by("by", "group").agg(pl.col("bottom").mean()).iter_rows()
        }
        return tuple(means.get(group) for group in self.groups)


def estimate(values: np.ndarray[Any, Any]) -> Estimate:
    """Return the mean of a quantity over seeds, with Student's interval from two seeds on.

    >>> found = estimate(np.array([1.0, 2.0, 3.0]))
    >>> found.value, round(found.low, 3), round(found.high, 3)
    (2.0, -0.484, 4.484)
    """
    (n,), (mean,), (spread,) = mean_and_spread(values[:, None])
    if not n:
        return Estimate(None)
    if n == 1:
        return Estimate(float(mean))
    error = float(spread) / float(n) ** 0.5
    half = _quantile(int(n) - 1) * error
    return Estimate(float(mean), error, float(mean) - half, float(mean) + half)


@cache
def _quantile(freedom: int) -> float:
    from scipy import stats

    return float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom))


def read_material(folder: Path) -> Material:
    """Read a finished run or comparison.

    Raises:
        RunFolderError: it is not there, not finished, altered, or cannot be read by this version.
        UsageError: it holds something that no report is written of.
    """
    if (open_run(folder) / CLAIMS_REQUEST).is_file():
        raise UsageError(
            f"{shown(folder)} holds claims; a report is written of a run or a comparison, as `demerit run` "
            "and `demerit compare` leave them"
        )
    return _of_comparison(folder) if is_comparison(folder) else _of_run(folder)


def _of_run(folder: Path) -> Material:
    import polars as pl

    told = read_manifest(folder)
    path = folder / INDICATOR_FILE
    try:
        regimes = tuple(Regime.from_canonical(world.data) for world in told.worlds)
        society = Society.from_canonical(told.society.data)
        past = tuple(_era(told, place) for place in range(len(told.past)))
    except FileProblems as error:
        raise _other_version(folder, told.demerit, error) from error
    try:
        with refusals(path, "read"):
            frame = pl.read_parquet(path)
        names = tuple(frame["world"].unique(maintain_order=True).to_list())
        groups = tuple(frame.select("by", "group").unique(maintain_order=True).rows())
        worlds = [final_values(frame.filter(pl.col("world") == name), len(groups)) for name in names]
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise _other_version(folder, told.demerit, error) from error
    if len(names) != len(regimes):
        raise RunFolderError(f"{shown(path)} holds {len(names)} worlds and its manifest {len(regimes)}")
    return Material(
        folder=folder,
        names=names,
        regimes=regimes,
        assessed=0,
        measure=1 if len(names) > 1 else None,
        society=society,
        population=told.population,
        seeds=(told.seed,),
        start=told.start,
        days=told.days,
        years=round(told.years),
        version=told.demerit,
        versions=told.versions,
        groups=groups,
        values=np.stack(worlds)[:, None],
        months=frame.select(pl.lit(told.seed, pl.Int64).alias("seed"), pl.all()),
        digests=tuple(
            Digest(name, told.seed, world.digest) for name, world in zip(names, told.worlds, strict=True)
        ),
        past=past,
        failures=(),
        comparison=None,
        files=(INDICATOR_FILE,),
    )


def _era(told: Manifest, place: int) -> str:
    era = told.past[place]
    title = Regime.from_canonical(era.data).data.regime.title
    return f"All worlds have lived under {title} (hash {era.regime_hash[:8]}) until day {era.until}."


def _of_comparison(folder: Path) -> Material:
    import polars as pl

    told, done = read_comparison_manifest(folder), read_comparison(folder)
    plan = done.plan
    if not done.worlds:
        raise UsageError(f"{shown(folder)} holds no world that came to its end; there is nothing to report")
    paths = [folder / WORLDS / world.name / f"seed-{world.seed}.parquet" for world in done.worlds]
    return Material(
        folder=folder,
        names=plan.names,
        regimes=plan.regimes,
        assessed=1,
        measure=0,
        society=plan.society,
        population=plan.population,
        seeds=plan.seeds,
        start=told.start,
        days=told.days,
        years=told.years,
        version=told.demerit,
        versions=told.versions,
        groups=done.groups,
        values=done.values,
        months=pl.concat([pl.read_parquet(path) for path in paths]),
        digests=tuple(Digest(world.name, world.seed, world.state_digest) for world in told.worlds),
        past=(),
        failures=tuple(f"{one.name}, seed {one.seed}: {one.reason}" for one in told.failures),
        comparison=done,
        files=tuple(path.relative_to(folder).as_posix() for path in paths),
    )


def _other_version(folder: Path, version: str, error: Exception) -> RunFolderError:
    return RunFolderError(
        f"{shown(folder)} was written by demerit {version} and cannot be read by this version: {error}"
    )
