"""What the Python interface returns: a run or a comparison, as frames and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demerit.errors import UsageError
from demerit.report.words import counted

if TYPE_CHECKING:
    import polars as pl

    from demerit.report.lives import ToldLife
    from demerit.report.reached import ReachTold
    from demerit.study.comparison import Comparison
    from demerit.study.run import Run
    from demerit.study.scratch import Scratch


class Simulated:
    """A finished run, as frames and charts.

    Attributes:
        folder: the run folder, as ``demerit run`` writes it; one that nobody asked for goes with this object.
        worlds: names of the worlds, the regime asked for first.
    """

    def __init__(self, done: Run, scratch: Scratch | None) -> None:
        self._done, self._scratch = done, scratch
        self.folder = done.folder
        self.worlds = tuple(world.name for world in done.worlds)

    def __repr__(self) -> str:
        plan = self._done.plan
        under = " and ".join(self.worlds)
        return f"<{_size(plan.population, plan.request.years)}, seed {plan.request.seed}: {under}>"

    def table(self) -> pl.DataFrame:
        """Return every indicator of everybody: over the run for flows, at its end for stocks.

        Returns:
            A row an indicator: indicator, unit, a column a world, and the difference where there are two.
        """
        import polars as pl

        from demerit.study.results import indicators_json

        names = dict(zip(("value", "against"), self.worlds, strict=False))
        columns = [*names, "difference"] if len(names) > 1 else [*names]
        rows = [
            {"indicator": name, "unit": told["unit"], **{column: told[column] for column in columns}}
            for name, told in indicators_json(self._done).items()
        ]
        schema = {"indicator": pl.String, "unit": pl.String, **dict.fromkeys(columns, pl.Float64)}
        return pl.DataFrame(rows, schema=schema).rename(names)

    def indicators(self) -> pl.DataFrame:
        """Return every indicator by month and group.

        Returns:
            world, month (its last day), by (all, stratum, hukou, income fifth), group, indicator, unit,
            value = scale × top / bottom (null without an occasion), top, bottom.
        """
        from demerit.study.run import indicator_frame

        return indicator_frame(self._done)

    def cells(self, name: str) -> pl.DataFrame:
        """Return indicators by month and cell, the finest that is counted.

        Args:
            name: an indicator, or the beginning of several (``acts``).

        Returns:
            world, month (its last day), stratum, hukou, income fifth, indicator, unit, value (null without an
            occasion), top, bottom.

        Raises:
            UsageError: there is no such indicator.
        """
        import polars as pl

        from demerit.report.over_time import chosen
        from demerit.study.by_cell import by_cell

        indicators = chosen(name)
        return pl.concat([by_cell(world.recorder, world.name, indicators) for world in self._done.worlds])

    def ledger(self, world: str | None = None) -> pl.LazyFrame:
        """Return the ledger of a world, not read until it is collected.

        Args:
            world: its name; the regime asked for by default.

        Raises:
            UsageError: there is no such world, or the run kept no ledger.
        """
        from demerit.engine.ledger import read_ledger
        from demerit.study.layout import WORLDS

        name = world if world is not None else self.worlds[0]
        if name not in self.worlds:
            raise UsageError(f"there is no world '{name}'; the worlds are {', '.join(self.worlds)}")
        if self._done.plan.request.ledger == "none":
            raise UsageError('this run kept no ledger; simulate with ledger="full" or "panel"')
        frame: pl.LazyFrame = read_ledger(self.folder / WORLDS / name)
        return frame

    def life(self, subject: int | str, world: str | None = None) -> ToldLife:
        """Return the life of a subject: what happened, why, why not, what if not, how to get out.

        Args:
            subject: number of a citizen, or as people write it: ``company:12``, ``agency:court-13``.
            world: name of the world; the regime asked for by default.

        Raises:
            UsageError: there is no such world or subject.
        """
        from demerit.report.lives import told_life

        return told_life(self.folder, subject, world)

    def plot(self, name: str | None = None) -> Any:
        """Return a chart (Altair): the picture of the run, or indicators over time.

        Args:
            name: an indicator, or the beginning of several (``trust``).

        Raises:
            UsageError: there is no such indicator.
        """
        from demerit.report.charts import over_time, overview

        return overview(self._done) if name is None else over_time(self._done, name)


class Compared:
    """Regimes compared on the same people, as frames and charts.

    Attributes:
        folder: the folder, as ``demerit compare`` writes it; one that nobody asked for goes with this object.
        regimes: names of the regimes, the one that the others are set against first.
        seeds: the seeds.
        failures: worlds that could not be lived: name, seed, reason.
        equal: pairs of regimes whose rules are the same.
    """

    def __init__(self, done: Comparison, scratch: Scratch | None) -> None:
        self._done, self._scratch = done, scratch
        self.folder = done.folder
        self.regimes = done.plan.names
        self.seeds = done.plan.seeds
        self.failures = done.failures
        self.equal = done.plan.equal

    def __repr__(self) -> str:
        plan = self._done.plan
        return (
            f"<{_size(plan.population, plan.years)}, {counted(len(self.seeds), 'seed', 'seeds')}: "
            f"{', '.join(self.regimes[1:])} set against {self.regimes[0]}>"
        )

    def __str__(self) -> str:
        """Return what ``demerit compare`` shows in a terminal."""
        import io

        from rich.console import Console

        from demerit.report.comparing import show_comparison

        text = io.StringIO()
        show_comparison(Console(file=text, width=110, color_system=None, force_jupyter=False), self._done)
        return text.getvalue()

    def table(self, by: str = "all") -> pl.DataFrame:
        """Return differences with intervals, every two regimes and every indicator.

        Args:
            by: all, stratum, hukou or income fifth.

        Returns:
            regime, against, by, group, indicator, unit, n (seeds), both means and spreads over seeds,
            difference = mean − against_mean over seeds where both are defined, its standard_error, low and
            high (paired), unpaired_low and unpaired_high, variance_saved, verdict (apart, unclear, same,
            one seed, undefined).

        Raises:
            UsageError: there is no such grouping.
        """
        import polars as pl

        from demerit.study.comparison_tables import differences

        frame = differences(self._done)
        groupings = frame["by"].unique(maintain_order=True).to_list()
        if by not in groupings:
            raise UsageError(f"there is no grouping '{by}'; choose one of {', '.join(groupings)}")
        return frame.filter(pl.col("by") == by)

    def values(self) -> pl.DataFrame:
        """Return every indicator of every world: regime, seed, by, group, indicator, unit, value."""
        from demerit.study.comparison_tables import seed_values

        return seed_values(self._done)

    def indicators(self) -> pl.LazyFrame:
        """Return every indicator by seed, world, month and group, not read until it is collected."""
        import polars as pl

        from demerit.study.layout import WORLDS

        return pl.scan_parquet(sorted((self.folder / WORLDS).glob("*/seed-*.parquet")))

    def life(self, subject: int | str, regime: str | None = None, seed: int | None = None) -> ToldLife:
        """Return the life of a subject in one of the worlds, which is lived again with its ledger.

        Args:
            subject: number of a citizen, or as people write it: ``company:12``, ``agency:court-13``.
            regime: name of the regime; the first by default.
            seed: the seed; the first by default.

        Raises:
            UsageError: there is no such world or subject.
        """
        from demerit.report.lives import told_life

        return told_life(self.folder, subject, regime, seed)

    def reach(
        self, regime: str | None = None, against: str | None = None, *, quiet: bool = True
    ) -> ReachTold:
        """Return whom the difference between two of the regimes reaches, on the seeds of the comparison.

        Both are lived again side by side on every seed.

        Args:
            regime: name of the one regime; the second by default.
            against: name of the other; the first by default.
            quiet: show no progress.

        Raises:
            UsageError: there is no such regime.

        >>> import demerit as dm
        >>> pair = dm.compare("hamlet", "essay", "ordinary-law", years=1, seeds=2, workers=1, quiet=True)
        >>> pair.reach().table().columns
        ['by', 'group', 'of', 'way', 'share', 'low', 'high']
        """
        from demerit.explain.reaching import find_reach, place_of
        from demerit.report.progress import Progress
        from demerit.report.reached import ReachTold

        plan = self._done.plan
        before, after = place_of(plan, against or self.regimes[0]), place_of(plan, regime or self.regimes[1])
        with Progress(quiet=quiet) as progress:
            progress.compile(workers=plan.workers)
            return ReachTold(find_reach(plan, before, after, progress.watch_all(plan, "reach", "seeds")))

    def plot(self, name: str | None = None) -> Any:
        """Return a chart (Altair): the telling differences, or indicators over time.

        Args:
            name: an indicator, or the beginning of several (``trust``).

        Raises:
            UsageError: there is no such indicator.
        """
        from demerit.report.forest import forest
        from demerit.report.over_time import compared_over_time

        return forest(self._done) if name is None else compared_over_time(self._done, self.indicators(), name)


def _size(population: int, years: int) -> str:
    return f"{counted(population, 'person', 'people')}, {counted(years, 'year', 'years')}"
