"""The command line: options in, tables or one JSON object out, one clear message where something is wrong."""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demerit.cli_attribute import attribute_command
from demerit.cli_claims import carry_out_claims, claims_command
from demerit.cli_compare import carry_out_comparison, compare_command
from demerit.cli_explain import explain_command
from demerit.cli_files import file_app
from demerit.cli_options import Population, Quiet, Society, Start, Years
from demerit.cli_reach import reach_command
from demerit.cli_report import report_command
from demerit.cli_runs import branch_command, rows_command, runs_app, tell, verify_command, write_on_one_thread
from demerit.cli_serve import serve_command
from demerit.errors import DemeritError, DiskError, FileProblems

if TYPE_CHECKING:
    from demerit.study.request import RunRequest

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 3
"""Exit codes: done; anything else; bad usage or input; interrupted."""
_CTRL_C = 130
"""What the command-line library makes of Ctrl-C."""

app = typer.Typer(
    name="demerit",
    help="Simulate a social-credit regime on a synthetic society, beside its twin world under ordinary law.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def run_command(
    regime: Annotated[
        str, typer.Argument(metavar="REGIME", help="Preset or file of the regime under test.")
    ] = "essay",
    society: Society = "city",
    population: Population = None,
    ties: Annotated[str | None, typer.Option(help="CSV or Parquet file of own ties: tie, from, to.")] = None,
    years: Years = 10,
    seed: Annotated[int, typer.Option(help="Seed of every draw.")] = 1,
    start: Start = "2014-01-01",
    against: Annotated[str, typer.Option(help="Regime of the twin world.")] = "ordinary-law",
    alone: Annotated[bool, typer.Option("--alone", help="No twin world.")] = False,
    ledger: Annotated[str, typer.Option(help="Entries kept: full, panel or none.")] = "full",
    threads: Annotated[int | None, typer.Option(help="Threads; results do not depend on them.")] = None,
    shards: Annotated[int, typer.Option(help="Shards; results do not depend on them.")] = 1,
    out: Annotated[str | None, typer.Option(help="Run folder; a new one under runs by default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Quiet = False,
) -> None:
    """Simulate a regime beside its twin world and leave a run folder."""
    from demerit.study.request import RunRequest

    request = RunRequest(
        regime=regime,
        society=society,
        population=population,
        ties=ties,
        years=years,
        seed=seed,
        start=start,
        against=None if alone else against,
        ledger=ledger,  # type: ignore[arg-type]  # checked with the other values, so that all problems show at once
        threads=threads,
        shards=shards,
        out=out,
    )
    _carry_out(request, as_json=as_json, quiet=quiet)


def resume_command(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of an interrupted run or comparison.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    quiet: Quiet = False,
) -> int:
    """Continue an interrupted run or comparison, to the same bits."""
    from demerit.study.layout import CLAIMS_REQUEST, COMPARISON
    from demerit.study.unfinished import left_in

    comparison, of_claims = left_in(folder, COMPARISON), left_in(folder, CLAIMS_REQUEST)
    if comparison is not None:
        from demerit.study.comparison_folder import plan_left

        return carry_out_comparison(plan_left(comparison), as_json=as_json, quiet=quiet)
    if of_claims is not None:
        from demerit.claims.again import plan_left as claims_left

        return carry_out_claims(claims_left(of_claims), as_json=as_json, quiet=quiet)
    _carry_out(folder, as_json=as_json, quiet=quiet)
    return DONE


def _carry_out(what: RunRequest | Path, *, as_json: bool, quiet: bool) -> None:
    """Run or resume with progress on standard error, and say what came out."""
    from demerit.study.request import RunRequest, make_plan

    write_on_one_thread()
    if isinstance(what, RunRequest):
        make_plan(what)  # bad input is told before anything is compiled
    else:
        from demerit.engine.folder import RunFolder

        RunFolder.resume(what).release()
    from demerit.report.progress import Progress

    with Progress(quiet=quiet) as progress:
        progress.compile()
        from demerit.report.charts import write_overview
        from demerit.study.run import resume, run

        if isinstance(what, RunRequest):
            done = run(what, progress.watch, write_overview)
        else:
            done = resume(what, progress.watch, write_overview)
    tell(done, as_json=as_json, quiet=quiet)


for name, command in (
    ("run", run_command),
    ("compare", compare_command),
    ("claims", claims_command),
    ("resume", resume_command),
    ("branch", branch_command),
    ("rows", rows_command),
    ("explain", explain_command),
    ("attribute", attribute_command),
    ("reach", reach_command),
    ("report", report_command),
    ("serve", serve_command),
    ("verify", verify_command),
):
    app.command(name)(command)
for name, group in (("regime", file_app("regime")), ("society", file_app("society")), ("runs", runs_app)):
    app.add_typer(group, name=name)


def _version(asked: bool) -> None:
    if asked:
        from demerit import __version__

        typer.echo(f"demerit {__version__}")
        raise typer.Exit(DONE)


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 2 bad input, 3 interrupted, 1 anything else."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a letter shows a question mark
    sys.exit(_main(arguments))


def _main(arguments: list[str] | None) -> int:
    try:
        outcome: Any = app(args=arguments, prog_name="demerit", standalone_mode=False)
    except Exception as error:
        message, code = _explain(error)
        if not message:
            raise
    else:
        if outcome != _CTRL_C:
            return int(outcome) if isinstance(outcome, int) else DONE
        message, code = "demerit: interrupted before the first day; nothing was written", INTERRUPTED
    typer.echo(message, err=True)
    return code


def _explain(error: Exception) -> tuple[str, int]:
    """Return what to tell of an error, and the exit code; FAILED for one that nobody foresaw."""
    from typer.exceptions import TyperException

    if isinstance(error, FileProblems):
        return str(error), BAD_INPUT
    if isinstance(error, DemeritError):
        return f"demerit: {error}", FAILED if isinstance(error, DiskError) else BAD_INPUT
    if type(error).__name__ in _INTERRUPTIONS:
        return f"demerit: {_INTERRUPTIONS[type(error).__name__](error)}", INTERRUPTED
    if not isinstance(error, TyperException):
        return "", FAILED
    text = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        return text, BAD_INPUT
    context = getattr(error, "ctx", None)
    return (
        f"demerit: {text.rstrip('.')}; see {context.command_path if context else 'demerit'} --help",
        BAD_INPUT,
    )


def _how_to_resume(error: Any) -> str:
    from demerit.engine.disk import shown

    if error.folder is None:
        return "interrupted; nothing is left behind"
    place = shlex.quote(shown(error.folder))
    return f"interrupted after day {error.day}; continue with: demerit resume {place}"


_INTERRUPTIONS: dict[str, Callable[[Any], str]] = {
    "Interrupted": _how_to_resume,
    "ComparisonInterrupted": str,
    "ClaimsInterrupted": str,
}
"""What is told of an interruption, by the name of its class: naming it by itself would load the model."""
