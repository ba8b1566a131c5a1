"""The command that holds the claims against a regime."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

FAILED = 1
"""Exit code where some of the worlds could not be lived."""


def claims_command(
    regime: Annotated[str, typer.Option(help="Preset or file of the regime under test.")] = "essay",
    society: Annotated[str, typer.Option(help="Preset or file of the society.")] = "city",
    population: Annotated[
        int | None, typer.Option(help="People; the society's own number by default.")
    ] = None,
    years: Annotated[int, typer.Option(help="Calendar years, three at least.")] = 10,
    seeds: Annotated[int, typer.Option(help="How many seeds.")] = 10,
    seed: Annotated[int, typer.Option(help="The first seed; the others follow it.")] = 1,
    start: Annotated[str, typer.Option(help="First day, as 2014-01-01.")] = "2014-01-01",
    robustness: Annotated[int, typer.Option(help="Draws of all numbers from their ranges.")] = 0,
    workers: Annotated[int | None, typer.Option(help="Jobs side by side; one a core by default.")] = None,
    out: Annotated[str | None, typer.Option(help="Folder; a new one under runs by default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list instead of a table.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no table.")] = False,
) -> int:
    """Tell which claims about what a regime does hold, and which fail."""
    from demerit.claims.plan import ClaimsRequest, make_claims

    plan = make_claims(
        ClaimsRequest(
            regime=regime,
            society=society,
            population=population,
            years=years,
            seeds=seeds,
            seed=seed,
            start=start,
            robustness=robustness,
            workers=workers,
            out=out,
        )
    )
    from demerit.report.progress import Progress

    with Progress(quiet=quiet) as progress:
        progress.compile(workers=plan.workers)
        from demerit.claims.results import claims_json, result_file
        from demerit.claims.study import hold_claims

        done = hold_claims(plan, progress.watch_jobs(len(plan.todo), plan.worlds, plan.span[1]), result_file)
    if as_json:
        import json

        typer.echo(json.dumps(claims_json(done), indent=1, allow_nan=False))
    elif not quiet:
        from rich.console import Console

        from demerit.report.claims_table import show_claims

        show_claims(Console(width=None if sys.stdout.isatty() else 150), done)
    for failure in done.failures:
        typer.echo(f"demerit: {failure.name} failed: {failure.reason}", err=True)
    return FAILED if done.failures else 0
