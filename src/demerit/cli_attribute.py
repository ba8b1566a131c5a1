"""The command that puts the difference between two regimes down to the rules that differ."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from demerit.cli_options import Population, Quiet, Society, Start, Years


def attribute_command(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="Preset or file of the first regime.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Preset or file of the other regime.")],
    subject: Annotated[
        str | None, typer.Option(help="Whose scores, records, sanctions and fines: citizen:8173, company:12.")
    ] = None,
    group: Annotated[
        str | None, typer.Option(help="Whose indicators, as stratum=cadre; everybody by default.")
    ] = None,
    indicator: Annotated[
        list[str] | None, typer.Option(help="Which indicators; those of the first table by default.")
    ] = None,
    society: Society = "city",
    population: Population = None,
    years: Years = 10,
    seed: Annotated[int, typer.Option(help="Seed of every draw.")] = 1,
    start: Start = "2014-01-01",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Quiet = False,
) -> None:
    """Tell which of the rules that changed moved whom."""
    from demerit.explain.asking import AttributionRequest, attributed, prepared
    from demerit.report.progress import Progress

    ready = prepared(
        AttributionRequest(
            before=before,
            after=after,
            subject=subject,
            group=group,
            indicators=tuple(indicator or ()),
            society=society,
            population=population,
            years=years,
            seed=seed,
            start=start,
        )
    )
    with Progress(quiet=quiet) as progress:
        progress.compile()
        found = attributed(ready, progress.watch_attribution())
    if as_json:
        import json

        typer.echo(json.dumps(found.as_plain(), indent=1, allow_nan=False))
    elif not quiet:
        from rich.console import Console

        from demerit.report.attributed import attribution_page

        console = Console(width=None if sys.stdout.isatty() else 150, highlight=False, markup=False)
        for part in attribution_page(found):
            console.print(part)
