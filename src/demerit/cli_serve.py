"""The command that opens the explorer: a page on the loopback address, for those who would rather look."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demerit.errors import UsageError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve_command(
    runs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[RUN]…", help="Folders of finished studies; those under runs by default."),
    ] = None,
    port: Annotated[int, typer.Option(help="Port; 0 for a free one.")] = 8642,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    beyond: Annotated[
        bool,
        typer.Option(
            "--beyond-this-machine", help="Allow an address that other machines reach. No password."
        ),
    ] = False,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Open the explorer: look at runs in a browser."""
    if host not in _LOOPBACK and not beyond:
        raise UsageError(
            f"--host {host} may be reached by other machines, and the explorer asks for no password; "
            "stay on 127.0.0.1, or add --beyond-this-machine"
        )
    if not 0 <= port <= 65535:
        raise UsageError(f"--port must lie between 0 and 65535; got {port}")
    from demerit.explorer.serving import serve

    serve(tuple(runs or ()), host=host, port=port, say=typer.echo, open_page=open_page)
