"""Listening: the socket, the address that is printed, and the browser that is opened on it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from demerit.engine.disk import shown
from demerit.errors import UsageError
from demerit.explorer.app import create_app
from demerit.explorer.guard import LOOPBACK
from demerit.explorer.shelf import Shelf
from demerit.study.shelf import look_at

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_RUNS = Path("runs")
_LARGEST_MESSAGE = 1 << 14


def shelf_for(runs: tuple[Path, ...]) -> Shelf:
    """Return the shelf of some folders, or of those under ``runs`` where none is named.

    Raises:
        UsageError: one of them is no finished study.
    """
    for folder in runs:
        found = look_at(folder)
        if found is None or found.state != "complete":
            why = f": {found.note or found.state}" if found is not None else ""
            raise UsageError(
                f"{shown(folder)} is not the folder of a finished run, comparison or claims{why}"
            )
    return Shelf(runs, None if runs else _RUNS)


def serve(
    runs: tuple[Path, ...], *, host: str, port: int, say: Callable[[str], None], open_page: bool
) -> None:
    """Serve the explorer until Ctrl-C.

    Args:
        runs: folders of finished studies; empty for those under ``runs``.
        host: address to listen on; port: port, 0 for a free one.
        say: told the address.
        open_page: open it in a browser.

    Raises:
        UsageError: a folder is none, or the address cannot be listened on.
    """
    import uvicorn

    shelf = shelf_for(runs)
    listening = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    first = not shelf.studies()
    say(f"demerit explorer: {address} (a synthetic society; Ctrl-C ends it)")
    if first:
        say("There is no run yet: a first one is being made, see the page.")
    app = create_app(shelf, hosts={*LOOPBACK, host}, first=first)
    if open_page:
        import webbrowser

        webbrowser.open(address)
    uvicorn.Server(server_settings(app)).run(sockets=[listening])


def server_settings(app: FastAPI, port: int = 0) -> uvicorn.Config:
    """Return how the application is served: quietly, on few connections, with small messages."""
    import uvicorn

    return uvicorn.Config(
        app,
        port=port,
        log_level="error",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=_LARGEST_MESSAGE,
        limit_concurrency=64,
        timeout_graceful_shutdown=2,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()  # whoever follows the printed address at once waits instead of being refused
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen on {host}:{port}: {error.strerror or error}; "
            "choose another --port, 0 for a free one"
        ) from error
    return listening
