"""The command that writes the impact report of a finished study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a finished run or comparison.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="The file; named for the folder by default.")
    ] = None,
    pack: Annotated[
        bool,
        typer.Option("--pack", help="A zip of the same name too: the report with its evidence and hashes."),
    ] = False,
) -> None:
    """Write the impact report of a run or comparison as HTML.

    One file, in the order of Art. 27(1) AI Act.
    """
    from demerit.engine.disk import shown
    from demerit.report.impact.pack import write_report

    for path in write_report(run, out, pack=pack):
        typer.echo(f"{shown(path)}: {path.stat().st_size:,} bytes, a synthetic society")
