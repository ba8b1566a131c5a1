"""How tests ask an explorer that nobody serves: an application, and requests to it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from demerit.explorer.app import create_app
from demerit.explorer.serving import shelf_for

OURS = "http://127.0.0.1:8642"


def app_of(*folders: Path) -> Any:
    """Return the explorer of some studies."""
    return create_app(shelf_for(folders))


def ask(app: Any, path: str, method: str = "GET", **given: Any) -> httpx.Response:
    """Return the answer to a request."""

    async def once() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=OURS) as client:
            return await client.request(method, path, **given)

    return asyncio.run(once())
