"""The application: every address, what stands before them, and what lives as long as it does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import FileResponse, Response

from demerit import __version__
from demerit.explorer import cards, jobs, library, live_socket
from demerit.explorer.first import start_first
from demerit.explorer.guard import LOOPBACK, Guard
from demerit.explorer.jobs import Jobs
from demerit.explorer.live import Live
from demerit.explorer.refusal import answer_refusals
from demerit.explorer.shelf import Shelf
from demerit.explorer.views import ROUTERS
from demerit.report.palette import BANDS, PALE, REGIME, SERIES, TWIN

STATIC = Path(str(files("demerit.explorer") / "static"))
_A_DAY = {"cache-control": "max-age=86400"}


def create_app(
    shelf: Shelf, *, hosts: Collection[str] = LOOPBACK, first: bool = False, live: Live | None = None
) -> FastAPI:
    """Return the explorer of some studies.

    Args:
        shelf: the studies that may be read.
        hosts: names by which it may be addressed.
        first: make a first run as it starts.
        live: what lives reforms; one of the usual size by default.
    """

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        if first:
            app.state.first = start_first(app.state.jobs, shelf).number
        app.state.live.start()
        yield
        app.state.live.close()
        app.state.jobs.close()

    app = FastAPI(
        title="demerit explorer",
        version=__version__,
        summary="A simulated social-credit regime on a synthetic society, beside its twin world.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # their scripts would come from elsewhere
        redoc_url=None,
        lifespan=living,
    )
    app.state.shelf, app.state.jobs, app.state.first = shelf, Jobs(), None
    app.state.live, app.state.sockets = live or Live(), set()
    answer_refusals(app)
    app.add_middleware(Guard, hosts=hosts)
    for router in (library.router, cards.router, jobs.router, *ROUTERS, live_socket.router):
        app.include_router(router)
    _serve_page(app)
    return app


def _serve_page(app: FastAPI) -> None:
    """Serve the page, its scripts, and the two that are made: the colours and the chart library."""

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(STATIC / "index.html")

    @app.get("/vega.js", include_in_schema=False)
    def vega() -> Response:
        return Response(vega_bundle(), media_type="text/javascript", headers=_A_DAY)

    @app.get("/palette.css", include_in_schema=False)
    def colours() -> Response:
        return Response(palette_css(), media_type="text/css")

    app.mount("/static", StaticFiles(directory=STATIC), name="static")


@cache
def vega_bundle() -> str:
    """Return the chart library that the vl-convert package carries: one script without any network."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle


def palette_css() -> str:
    """Return the colours of all charts as variables of the page.

    >>> palette_css().splitlines()[1].strip()
    '--regime: #b5382a;'
    """
    named = {"regime": REGIME, "twin": TWIN, "pale": PALE}
    named |= {f"band-{place}": colour for place, colour in enumerate(BANDS, 1)}
    named |= {f"series-{place}": colour for place, colour in enumerate(SERIES, 1)}
    lines = [f"  --{name}: {colour};" for name, colour in named.items()]
    return "\n".join([":root {", *lines, "}", ""])
