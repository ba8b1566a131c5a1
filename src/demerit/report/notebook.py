"""The Python interface: simulate, compare, hold claims and tell lives from a notebook or a script."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from demerit.report.outcomes import Compared, Simulated
from demerit.report.progress import Progress
from demerit.study.scratch import Scratch

if TYPE_CHECKING:
    from demerit.claims.plan import ClaimsPlan
    from demerit.regime import Regime
    from demerit.report.claimed import Claimed
    from demerit.report.lives import ToldLife
    from demerit.society import Society
    from demerit.study.comparison_plan import ComparisonPlan
    from demerit.study.request import Plan


def simulate(
    society: Society | str,
    regime: Regime | str,
    *,
    years: int = 10,
    seed: int = 1,
    against: Regime | str | None = "ordinary-law",
    start: str = "2014-01-01",
    ledger: Literal["full", "panel", "none"] = "full",
    threads: int | None = None,
    out: str | Path | None = None,
    quiet: bool = False,
) -> Simulated:
    """Simulate a regime, beside its twin world, on the people of a society.

    Args:
        society: the people, loaded or as preset or path; its population is the one simulated.
        regime: the rules, loaded or as preset or path.
        years: calendar years.
        seed: seed of every draw.
        against: the rules of the twin world; None for a world alone.
        start: first day, as ``2014-01-01``.
        ledger: entries kept: of everybody, of a sample, of nobody.
        threads: threads; results do not depend on them.
        out: the run folder; None for one that lasts as long as the result.
        quiet: show no progress.

    Raises:
        UsageError: something cannot be done as asked; everything that is wrong is named.
        FileProblems: a regime or society that is not there or not valid.

    >>> import demerit as dm
    >>> done = dm.simulate("hamlet", "essay", years=1, quiet=True)
    >>> done
    <200 people, 1 year, seed 1: essay and ordinary-law>
    >>> done.table().columns
    ['indicator', 'unit', 'essay', 'ordinary-law', 'difference']
    >>> done.ledger().collect().height > 100
    True
    """
    from demerit.study.request import RunRequest, make_plan

    plan = make_plan(
        RunRequest(
            regime=_name(regime),
            society=_name(society),
            years=years,
            seed=seed,
            start=start,
            against=None if against is None else _name(against),
            ledger=ledger,
            threads=threads,
            out=None if out is None else str(out),
        ),
        society=None if isinstance(society, str) else society,
        regime=None if isinstance(regime, str) else regime,
        against=None if isinstance(against, str) else against,
    )
    return _simulated(plan, out, quiet=quiet)


def _simulated(plan: Plan, out: str | Path | None, *, quiet: bool) -> Simulated:
    """Carry out a plan in a folder, or in one that lasts as long as the result."""
    scratch = Scratch() if out is None else None
    with Progress(quiet=quiet) as progress:
        progress.compile()
        from demerit.report.charts import write_overview
        from demerit.study.run import Interrupted, run_plan

        if scratch is None:
            done = run_plan(plan, Path(str(out)), progress.watch, write_overview)
        else:
            try:
                done = run_plan(plan, scratch.folder, progress.watch)
            except Interrupted:
                raise KeyboardInterrupt from None  # nothing is left that could be resumed
    return Simulated(done, scratch)


def compare(
    society: Society | str,
    *regimes: Regime | str,
    years: int = 10,
    seeds: int = 10,
    seed: int = 1,
    start: str = "2014-01-01",
    workers: int | None = None,
    out: str | Path | None = None,
    quiet: bool = False,
) -> Compared:
    """Compare regimes over several seeds; under one seed all have the same people in the same situations.

    Args:
        society: the people, loaded or as preset or path; its population is the one simulated.
        regimes: two or more, loaded or as presets or paths; the others are set against the first.
        years: calendar years.
        seeds: how many seeds.
        seed: the first seed; the others follow it.
        start: first day, as ``2014-01-01``.
        workers: worlds lived side by side, each in a process; one a core by default.
        out: the folder; None for one that lasts as long as the result.
        quiet: show no progress.

    Raises:
        UsageError: something cannot be done as asked; everything that is wrong is named.
        FileProblems: a regime or society that is not there or not valid.

    Warns:
        UserWarning: worlds that could not be lived; the others are compared.

    >>> import demerit as dm
    >>> pair = dm.compare("hamlet", "essay", "ordinary-law", years=1, seeds=3, workers=1, quiet=True)
    >>> pair
    <200 people, 1 year, 3 seeds: ordinary-law set against essay>
    >>> pair.table().height == pair.table("hukou").height // 4
    True
    """
    from demerit.study.comparison_plan import ComparisonRequest, make_comparison

    scratch = Scratch() if out is None else None
    plan = make_comparison(
        ComparisonRequest(
            regimes=regimes,
            society=society,
            years=years,
            seeds=seeds,
            seed=seed,
            start=start,
            workers=workers,
            out=str(out) if scratch is None else str(scratch.folder),
        )
    )
    return _compared(plan, scratch, quiet=quiet)


def _compared(plan: ComparisonPlan, scratch: Scratch | None, *, quiet: bool) -> Compared:
    """Carry out a comparison with progress on standard error, and warn of worlds that could not be lived."""
    with Progress(quiet=quiet) as progress:
        progress.compile(workers=plan.workers)
        from demerit.report.forest import write_forest
        from demerit.study.comparison import ComparisonInterrupted
        from demerit.study.comparison import compare as carry_out

        with _resumable(scratch, ComparisonInterrupted):
            done = carry_out(plan, progress.watch_all(plan), write_forest if scratch is None else None)
    _warn_of(f"seed {one.seed} under {one.name} failed: {one.reason}" for one in done.failures)
    return Compared(done, scratch)


def hold_claims(
    society: Society | str,
    regime: Regime | str,
    *,
    years: int = 10,
    seeds: int = 10,
    seed: int = 1,
    robustness: int = 0,
    start: str = "2014-01-01",
    workers: int | None = None,
    out: str | Path | None = None,
    quiet: bool = False,
) -> Claimed:
    """Hold the 26 claims against a regime.

    Args:
        society: the people, loaded or as preset or path; its population is the one simulated.
        regime: the rules, loaded or as preset or path.
        years: calendar years, three at least.
        seeds: how many seeds; intervals are over them.
        seed: the first seed; the others follow it.
        robustness: draws of all numbers from their ranges.
        start: first day, as ``2014-01-01``.
        workers: seeds and draws lived side by side, each in a process; one a core by default.
        out: the folder; None for one that lasts as long as the result.
        quiet: show no progress.

    Raises:
        UsageError: something cannot be done as asked; everything that is wrong is named.
        FileProblems: a regime or society that is not there or not valid.

    Warns:
        UserWarning: seeds or draws that could not be lived; the others are told.

    >>> import demerit as dm
    >>> held = dm.hold_claims("hamlet", "empty", years=3, seeds=2, workers=1, quiet=True)
    >>> held
    <26 claims against empty: 200 people, 3 years, 2 seeds, 0 draws>
    >>> held.table().height, held.parts().height
    (26, 55)
    """
    from demerit.claims.plan import ClaimsRequest, make_claims

    scratch = Scratch() if out is None else None
    plan = make_claims(
        ClaimsRequest(
            regime=regime,
            society=society,
            years=years,
            seeds=seeds,
            seed=seed,
            start=start,
            robustness=robustness,
            workers=workers,
            out=str(out) if scratch is None else str(scratch.folder),
        )
    )
    return _claimed(plan, scratch, quiet=quiet)


def _claimed(plan: ClaimsPlan, scratch: Scratch | None, *, quiet: bool) -> Claimed:
    """Hold claims with progress on standard error, and warn of seeds and draws that could not be lived."""
    from demerit.report.claimed import Claimed

    with Progress(quiet=quiet) as progress:
        progress.compile(workers=plan.workers)
        from demerit.claims.results import result_file
        from demerit.claims.study import ClaimsInterrupted
        from demerit.claims.study import hold_claims as carry_out

        with _resumable(scratch, ClaimsInterrupted):
            done = carry_out(plan, progress.watch_claims(plan), result_file if scratch is None else None)
    _warn_of(f"{failure.name} failed: {failure.reason}" for failure in done.failures)
    return Claimed(done, scratch)


def life(
    folder: str | Path, subject: int | str, world: str | None = None, seed: int | None = None
) -> ToldLife:
    """Return a life in a run or comparison that is there already.

    Args:
        folder: what ``demerit run`` or ``demerit compare`` has left.
        subject: number of a citizen, or as people write it: ``company:12``, ``agency:court-13``.
        world: name of the world; the regime asked for first by default.
        seed: which seed of a comparison; its first by default.

    Raises:
        RunFolderError: there is no such folder, or it is altered.
        UsageError: there is no such world or subject.

    >>> import demerit as dm
    >>> done = dm.simulate("hamlet", "essay", years=1, quiet=True)
    >>> dm.life(done.folder, 8).data == done.life(8).data
    True
    """
    from demerit.report.lives import told_life

    return told_life(Path(folder), subject, world, seed)


@contextmanager
def _resumable(scratch: Scratch | None, interrupted: type[Exception]) -> Iterator[None]:
    """Say how an interrupted study goes on; of one that lasts as long as its result nothing is left."""
    try:
        yield
    except interrupted:
        if scratch is None:
            raise
        raise KeyboardInterrupt from None


def _warn_of(reasons: Iterable[str]) -> None:
    """Warn whoever has called the public function of worlds that could not be lived."""
    for reason in reasons:
        warnings.warn(reason, UserWarning, stacklevel=3)


def _name(asked: Regime | Society | str) -> str:
    return asked if isinstance(asked, str) else asked.id
