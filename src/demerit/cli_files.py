"""Commands on regime and society files, the same for both: list, show, check, lint, diff, new, schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

Named = Literal["regime", "society"]
REFUSED = 2
"""Exit code of a file in which something is wrong."""
STARTS_FROM: dict[Named, str] = {"regime": "essay", "society": "city"}

_ONE = typer.Argument(metavar="NAME", help="Preset, file or folder.")


def kind_of(name: Named) -> Any:
    """Return the kind of file; its types are loaded only when a command needs them."""
    if name == "regime":
        from demerit.regime.load import KIND as REGIMES

        return REGIMES
    from demerit.society.load import KIND as SOCIETIES

    return SOCIETIES


def file_app(name: Named) -> typer.Typer:
    """Return the commands about one kind of file."""
    app = typer.Typer(
        help=f"List, show, check, compare and begin {name} files.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for add in (_describing, _judging, _writing):
        add(app, name)
    if name == "regime":
        app.command("coverage")(coverage_command)
    return app


def coverage_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A finished run's folder, with its ledger.")],
) -> None:
    """Tell how often each rule acted in a run, and which never did."""
    from demerit.report.rule_coverage import coverage_text
    from demerit.simulation.manifest import read_manifest
    from demerit.study.card import card_of_manifest
    from demerit.study.coverage import run_coverage

    text = coverage_text(run_coverage(run))
    typer.echo(f"{text}\n\n{card_of_manifest(read_manifest(run)).short()}")


def _describing(app: typer.Typer, name: Named) -> None:
    def module() -> Any:
        if name == "regime":
            from demerit.regime import commands

            return commands
        from demerit.society import describe

        return describe

    @app.command("list", help=f"List what comes with the package as a {name}.")
    def list_command() -> None:
        typer.echo(module().list_text())

    @app.command("show", help=f"Show a {name} on one page.")
    def show_command(one: Annotated[str, _ONE]) -> None:
        typer.echo(module().show_text(one))


def _judging(app: typer.Typer, name: Named) -> None:
    @app.command("check", help=f"Check a {name} and name every problem at once.")
    def check_command(one: Annotated[str, _ONE]) -> None:
        from demerit.files.commands import check_text

        typer.echo(check_text(kind_of(name), one))

    @app.command("lint", help=f"Tell what is wrong or odd in a {name}, each with the usual fix.")
    def lint_command(one: Annotated[str, _ONE]) -> None:
        from demerit.files.lint import lint

        found = lint(kind_of(name), one)
        typer.echo(found.text)
        if found.errors:
            raise typer.Exit(REFUSED)

    @app.command("diff", help=f"Say in words how one {name} differs from another.")
    def diff_command(
        before: Annotated[str, typer.Argument(metavar="BEFORE", help="Preset, file or folder.")],
        after: Annotated[str, typer.Argument(metavar="AFTER", help="Preset, file or folder.")],
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
        as_patch: Annotated[
            bool, typer.Option("--patch", help="Print a file that extends the first and equals the second.")
        ] = False,
    ) -> None:
        from demerit.files.commands import diff_json, diff_patch, diff_text

        write: Callable[[Any, str, str], str] = (
            diff_json if as_json else diff_patch if as_patch else diff_text
        )
        typer.echo(write(kind_of(name), before, after))


def _writing(app: typer.Typer, name: Named) -> None:
    @app.command("new", help=f"Write a commented {name} file to begin with.")
    def new_command(
        called: Annotated[str, typer.Argument(metavar="NAME", help="Its id; the file is NAME.toml.")],
        parent: Annotated[str, typer.Option("--from", help="Preset or file that it extends.")] = STARTS_FROM[
            name
        ],
    ) -> None:
        from demerit.files.commands import write_new

        typer.echo(write_new(kind_of(name), called, parent))

    @app.command("schema", help=f"Print the JSON Schema of a {name} file, for editors.")
    def schema_command() -> None:
        from demerit.files.schema import schema_text

        typer.echo(schema_text(kind_of(name)), nl=False)
