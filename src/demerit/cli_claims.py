"""The command that holds the claims against a regime."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demerit.cli_options import FirstSeed, Out, Population, Quiet, Society, Start, Workers, Years

if TYPE_CHECKING:
    from demerit.claims.plan import ClaimsPlan

FAILED = 1
"""Exit code where some of the worlds could not be lived."""


_OF_THE_RUN = ("regime", "society", "population", "years", "seed", "start")
"""Options that a run settles."""


def claims_command(
    context: typer.Context,
    run: Annotated[
        Path | None,
        typer.Argument(metavar="[RUN]", help="A finished run whose regime, society and span are taken."),
    ] = None,
    regime: Annotated[str, typer.Option(help="Preset or file of the regime under test.")] = "essay",
    society: Society = "city",
    population: Population = None,
    years: Years = 10,
    seeds: Annotated[int, typer.Option(help="How many seeds.")] = 10,
    seed: FirstSeed = 1,
    start: Start = "2014-01-01",
    robustness: Annotated[int, typer.Option(help="Draws of all numbers from their ranges.")] = 0,
    workers: Workers = None,
    out: Out = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list instead of a table.")] = False,
    quiet: Quiet = False,
) -> int:
    """Tell which claims about a regime hold, and which fail."""
    from demerit.claims.plan import ClaimsRequest, make_claims

    request = ClaimsRequest(
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
    if run is not None:
        from demerit.claims.from_run import against_run

        _refuse_both(context)
        request = against_run(run, request)
    return carry_out_claims(make_claims(request), as_json=as_json, quiet=quiet)


def _refuse_both(context: typer.Context) -> None:
    """Refuse options that the run has settled."""
    from demerit.errors import UsageError

    asked = [name for name in _OF_THE_RUN if context.get_parameter_source(name).name == "COMMANDLINE"]  # type: ignore[union-attr]
    if asked:
        several = ", ".join(f"--{name}" for name in asked)
        raise UsageError(f"the run settles {several}; leave out either the run or the options")


def carry_out_claims(plan: ClaimsPlan, *, as_json: bool, quiet: bool) -> int:
    """Hold the claims with progress on standard error, say what came of them, and return the exit code."""
    from demerit.report.progress import Progress

    with Progress(quiet=quiet) as progress:
        progress.compile(workers=plan.workers)
        from demerit.claims.results import claims_json, result_file
        from demerit.claims.study import hold_claims

        done = hold_claims(plan, progress.watch_claims(plan), result_file)
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
