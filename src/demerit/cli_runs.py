"""Commands on run folders: list them, show one, prune, verify, branch."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from demerit.study.run import Run

DIFFERENT = 1
"""Exit code of a folder that is not what it was, or not what a second run gives."""

runs_app = typer.Typer(help="List, show and prune run folders.", no_args_is_help=True, rich_markup_mode=None)

_RUNS = typer.Argument(metavar="FOLDER", help="The folder that holds the runs.")


def _print(parts: Iterable[RenderableType]) -> None:
    """Print tables and sentences at the width of the terminal, or wide enough where there is none."""
    import sys

    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 150, highlight=False)
    for part in parts:
        console.print(part)


@runs_app.command("list")
def runs_list(
    folder: Annotated[Path, _RUNS] = Path("runs"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Tell what each run folder holds, and whether it is whole."""
    from demerit.report.run_tables import as_plain, shelf_notes, shelf_table
    from demerit.study.shelf import shelf

    runs = shelf(folder)
    if as_json:
        import json

        typer.echo(json.dumps({"runs": [as_plain(run) for run in runs]}, indent=1))
    elif not runs:
        from demerit.engine.disk import shown

        typer.echo(f"{shown(folder)} holds no run folder")
    else:
        _print([shelf_table(runs), *shelf_notes(runs)])


@runs_app.command("show")
def runs_show(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of a finished run or comparison.")
    ],
) -> None:
    """Show what was run or compared, on what, and what came out."""
    from demerit.engine.folder import open_run
    from demerit.study.comparison_manifest import is_comparison
    from demerit.study.layout import CLAIMS_REQUEST

    if (open_run(folder) / CLAIMS_REQUEST).is_file():
        from demerit.claims.again import read_claims
        from demerit.report.claims_table import claims_summary

        _print(claims_summary(read_claims(folder)))
        return
    if is_comparison(folder):
        from demerit.report.comparing import comparison_summary
        from demerit.study.comparison_again import read_comparison

        _print(comparison_summary(read_comparison(folder)))
        return
    from demerit.report.run_tables import run_page

    _print(run_page(folder))


def rows_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A finished run's folder, with its ledger.")],
) -> None:
    """Show where a run holds what the essay says, row by row."""
    from demerit.report.essay_table import rows_page
    from demerit.simulation.manifest import read_manifest
    from demerit.study.card import card_of_manifest
    from demerit.study.essay_rows import rows_in_run, worlds_of

    page = rows_page(rows_in_run(run), worlds_of(run))
    _print([*page, card_of_manifest(read_manifest(run)).short()])


@runs_app.command("prune")
def runs_prune(
    folder: Annotated[Path, _RUNS] = Path("runs"),
    older_than: Annotated[
        int | None, typer.Option(metavar="DAYS", help="Finished runs older than so many days too.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete them; without it they are only named.")] = False,
) -> None:
    """Delete interrupted runs, and old ones if asked. Without --yes they are only named."""
    from datetime import UTC, datetime

    from demerit.engine.disk import shown
    from demerit.report.run_tables import size_text
    from demerit.study.shelf import shelf, throw_away, to_prune

    chosen = list(to_prune(shelf(folder), older_than, datetime.now(UTC).date()))
    if not chosen:
        typer.echo(f"{shown(folder)} holds nothing to prune")
        return
    for run, reason in chosen:
        if yes:
            throw_away(run)
        typer.echo(
            f"{'deleted' if yes else 'would delete'} {shown(run.folder)} ({size_text(run.size)}): {reason}"
        )
    total = size_text(sum(run.size for run, _ in chosen))
    typer.echo(f"{total} freed" if yes else f"{total} would be freed; nothing was deleted: add --yes")


@runs_app.command("rules")
def runs_rules(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of a finished run.")],
    world: Annotated[
        str | None, typer.Option("--world", help="The world; the regime asked for by default.")
    ] = None,
) -> None:
    """Print the rules of a world of a run as one regime file."""
    from demerit.files.writing import whole
    from demerit.study.rules_of import rules_of

    typer.echo(whole(rules_of(folder, world).canonical()), nl=False)


def verify_command(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of a finished run or comparison.")
    ],
    files_only: Annotated[
        bool, typer.Option("--files-only", help="Compare the files with their hashes and run nothing.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing; see the exit code.")] = False,
) -> None:
    """Check every byte of a run folder and run it again. The first difference is named."""
    from demerit import __version__
    from demerit.report.progress import Progress
    from demerit.report.run_tables import files_page
    from demerit.study.check import check_files, size_under

    def say(lines: Iterable[str]) -> None:
        if not quiet:
            for line in lines:
                typer.echo(line)

    with Progress(quiet=quiet) as progress:
        files = check_files(
            folder, progress.reading(folder.name, size_under(folder)[1] if folder.is_dir() else 0)
        )
    say(files_page(files, __version__))
    if files.problems:
        raise typer.Exit(DIFFERENT)
    if files_only:
        return
    difference, lines = _live_again(folder, quiet=quiet)
    say(lines)
    if difference:
        raise typer.Exit(DIFFERENT)


def _live_again(folder: Path, *, quiet: bool) -> tuple[bool, Iterable[str]]:
    """Live a run or a comparison again; return whether anything differs, and what to say."""
    from demerit.report.progress import Progress
    from demerit.report.run_tables import comparison_repetition_page, repetition_page
    from demerit.study.comparison_manifest import is_comparison
    from demerit.study.layout import CLAIMS_REQUEST

    with Progress(quiet=quiet) as progress:
        progress.compile()
        if (folder / CLAIMS_REQUEST).is_file():
            from demerit.claims.again import repeat_claims
            from demerit.report.claims_table import repetition_page as claims_repetition_page

            of_claims = repeat_claims(folder, progress.watch_claims)
            return of_claims.difference is not None, claims_repetition_page(of_claims)
        if is_comparison(folder):
            from demerit.study.comparison_again import repeat_comparison

            again = repeat_comparison(folder, progress.watch_all)
            return again.difference is not None, comparison_repetition_page(again)
        from demerit.study.verify import repeat

        done = repeat(folder, progress.watch)
    return done.difference is not None, repetition_page(done)


def tell(done: Run, *, as_json: bool, quiet: bool) -> None:
    """Say what came out of a run: one JSON object, tables, or nothing."""
    if as_json:
        import json

        from demerit.study.results import as_json as result

        typer.echo(json.dumps(result(done), indent=1, allow_nan=False))
    elif not quiet:
        import sys

        from rich.console import Console

        from demerit.report.tables import show

        show(Console(width=None if sys.stdout.isatty() else 110), done)


def write_on_one_thread() -> None:
    """Let tables be written by one thread: more of them would take more from the days than they give back."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")


def branch_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A finished or interrupted run's folder.")],
    regimes: Annotated[
        list[str] | None,
        typer.Argument(metavar="REGIME", help="Presets or files; the run's own regime by default."),
    ] = None,
    at: Annotated[str, typer.Option(help="First day of the new rules, as 2018-06-01 or 2018.")] = "",
    patch: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A value to set in each of the regimes; may be repeated."),
    ] = None,
    world: Annotated[str | None, typer.Option(help="The world to branch; the first by default.")] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Do not go on under the run's own regime too.")
    ] = False,
    out: Annotated[str | None, typer.Option(help="Run folder; a new one under runs by default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no tables.")] = False,
) -> None:
    """Live on from a day of a run under other regimes. The past is shared to the bit."""
    from demerit.errors import UsageError

    if not at:
        raise UsageError("--at is missing: name the first day of the new rules, as --at 2018")
    write_on_one_thread()
    from demerit.report.progress import Progress

    with Progress(quiet=quiet) as progress:
        progress.compile()
        from demerit.report.charts import write_overview
        from demerit.study.branch import BranchRequest, branch

        request = BranchRequest(
            parent=folder,
            at=at,
            regimes=tuple(regimes or ()),
            patches=tuple(patch or ()),
            world=world,
            alone=alone,
            out=out,
        )
        done = branch(request, progress.watch, write_overview)
    tell(done, as_json=as_json, quiet=quiet)
