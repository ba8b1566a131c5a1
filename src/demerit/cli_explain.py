"""The command that explains what happened to somebody in a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demerit.cli_options import Quiet

if TYPE_CHECKING:
    from demerit.study.run import Watch


def explain_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A finished run's folder.")],
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT", help="citizen:8173 or 8173, company:12, vehicle:5, agency:court-13, service:4."
        ),
    ],
    record: Annotated[
        int | None, typer.Option(metavar="ID", help="Unfold one entry: what led to it, what it led to.")
    ] = None,
    world: Annotated[
        str | None, typer.Option(help="Which of the run's worlds; the regime asked for by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Quiet = False,
) -> None:
    """Explain a life: what happened to somebody, why, and what each record has led to."""
    from demerit.report.progress import Progress

    with Progress(quiet=quiet) as progress:
        from demerit.explain.lives import life_of
        from demerit.explain.source import open_world

        def begin() -> Watch:
            progress.compile()
            return progress.watch

        life = life_of(open_world(run, world, begin), subject)
        if record is not None:
            life.record(record)
    if as_json:
        import json

        from demerit.explain.answers import about, life_as_plain

        told = life_as_plain(life) if record is None else {**about(life.told), **life.unfolded(record)}
        typer.echo(json.dumps(told, indent=1, allow_nan=False))
        return
    if quiet:
        return
    import sys

    from rich.console import Console

    from demerit.report.explained import life_page, record_page

    console = Console(width=None if sys.stdout.isatty() else 150, highlight=False, markup=False)
    for part in life_page(life) if record is None else record_page(life, record):
        console.print(part)
