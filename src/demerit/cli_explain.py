"""The command that explains what happened to somebody in a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demerit.cli_options import Quiet

if TYPE_CHECKING:
    from demerit.study.run import Watch


def explain_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a finished run or comparison.")],
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT", help="citizen:8173 or 8173, company:12, vehicle:5, agency:court-13, service:4."
        ),
    ],
    record: Annotated[
        int | None, typer.Option(metavar="ID", help="Unfold one entry: what led to it, what it led to.")
    ] = None,
    why_not: Annotated[
        str | None,
        typer.Option(metavar="SANCTION", help="Why it is in force or not, when it clears, the roads out."),
    ] = None,
    without: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="Live the world again without a rule, as chain:driver-to-vehicle."),
    ] = None,
    world: Annotated[
        str | None, typer.Option(help="Which of the worlds; the regime asked for first by default.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Which seed of a comparison; its first by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Quiet = False,
) -> None:
    """Explain a life: what happened to somebody, and why.

    A comparison keeps no ledgers, so the world of the life is lived again first.
    """
    from demerit.report.progress import Progress

    with Progress(quiet=quiet) as progress:
        from demerit.explain.answers import asked
        from demerit.explain.lives import life_of
        from demerit.explain.source import open_world

        def begin() -> Watch:
            progress.compile()
            return progress.watch

        life = life_of(open_world(run, world, begin, seed), subject)
        answer = asked(life, record, why_not, without, begin)
    if as_json:
        import json

        typer.echo(json.dumps(answer.as_plain(), indent=1, allow_nan=False))
    elif not quiet:
        from rich.console import Console

        from demerit.report.explained import page

        console = Console(width=None if sys.stdout.isatty() else 150, highlight=False, markup=False)
        for part in page(answer):
            console.print(part)
