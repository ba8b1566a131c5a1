"""The command that counts whom the difference between two regimes reaches, and when."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from demerit.cli_options import FirstSeed, Population, Quiet, Society, Start, Workers, Years

FAILED = 1
"""Exit code where some of the seeds could not be lived."""


def reach_command(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="Preset or file of the first regime.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Preset or file of the other regime.")],
    society: Society = "city",
    population: Population = None,
    years: Years = 10,
    seeds: Annotated[int, typer.Option(help="How many seeds; each gives both regimes the same people.")] = 10,
    seed: FirstSeed = 1,
    start: Start = "2014-01-01",
    workers: Workers = None,
    plot: Annotated[str | None, typer.Option(help="Write the picture to this file, .svg or .png.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Quiet = False,
) -> int:
    """Tell whom the difference between two regimes reaches, and when."""
    from demerit.report.progress import Progress
    from demerit.report.reach_chart import picture_path, write_reach
    from demerit.study.comparison_plan import ComparisonRequest, make_comparison

    picture = None if plot is None else picture_path(plot)
    plan = make_comparison(
        ComparisonRequest(
            regimes=(before, after),
            society=society,
            population=population,
            years=years,
            seeds=seeds,
            seed=seed,
            start=start,
            workers=workers,
        )
    )
    with Progress(quiet=quiet) as progress:
        progress.compile(workers=plan.workers)
        from demerit.explain.reaching import find_reach

        found = find_reach(plan, watch=progress.watch_all(plan, "reach", "seeds"))
    if picture is not None:
        write_reach(found, picture)
    if as_json:
        import json

        typer.echo(json.dumps(found.as_plain(), indent=1, allow_nan=False))
    elif not quiet:
        from rich.console import Console

        from demerit.report.reached import reach_page

        console = Console(width=None if sys.stdout.isatty() else 110, highlight=False, markup=False)
        for part in reach_page(found):
            console.print(part)
    for failure in found.failures:
        typer.echo(f"demerit: seed {failure.seed} failed: {failure.reason}", err=True)
    return FAILED if found.failures else 0
