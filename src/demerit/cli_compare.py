"""The command that compares regimes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from demerit.cli_options import FirstSeed, Out, Population, Quiet, Society, Start, Workers, Years

if TYPE_CHECKING:
    from demerit.study.comparison_plan import ComparisonPlan

FAILED = 1
"""Exit code where some of the worlds could not be lived."""


def compare_command(
    regimes: Annotated[
        list[str],
        typer.Argument(
            metavar="REGIMES", help="Presets or files of two regimes or more; the first is the measure."
        ),
    ],
    society: Society = "city",
    population: Population = None,
    years: Years = 10,
    seeds: Annotated[int, typer.Option(help="How many seeds; each gives all regimes the same people.")] = 10,
    seed: FirstSeed = 1,
    start: Start = "2014-01-01",
    workers: Workers = None,
    out: Out = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Quiet = False,
) -> int:
    """Compare regimes over several seeds, each on the same people."""
    from demerit.study.comparison_plan import ComparisonRequest, make_comparison

    plan = make_comparison(
        ComparisonRequest(
            regimes=tuple(regimes),
            society=society,
            population=population,
            years=years,
            seeds=seeds,
            seed=seed,
            start=start,
            workers=workers,
            out=out,
        )
    )
    return carry_out_comparison(plan, as_json=as_json, quiet=quiet)


def carry_out_comparison(plan: ComparisonPlan, *, as_json: bool, quiet: bool) -> int:
    """Compare with progress on standard error, say what came out, and return the exit code."""
    from demerit.report.progress import Progress

    with Progress(quiet=quiet) as progress:
        progress.compile(workers=plan.workers)
        from demerit.report.forest import write_forest
        from demerit.study.comparison import compare

        done = compare(plan, progress.watch_all(plan), write_forest)
    if as_json:
        import json

        from demerit.study.comparison_results import comparison_json

        typer.echo(json.dumps(comparison_json(done), indent=1, allow_nan=False))
    elif not quiet:
        from rich.console import Console

        from demerit.report.comparing import show_comparison

        show_comparison(Console(width=None if sys.stdout.isatty() else 110), done)
    for failure in done.failures:
        typer.echo(f"demerit: seed {failure.seed} under {failure.name} failed: {failure.reason}", err=True)
    return FAILED if done.failures else 0
