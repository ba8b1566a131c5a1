"""Who may ask, and how much: Host and Origin are compared, bodies are bounded, answers carry strict headers.

A page elsewhere on the web can send requests to the loopback address of whoever reads it, and can make its
own name point there. Both are refused: the Host must be ours, and where a browser names an Origin it must be
that very host.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demerit.explorer.refusal import refused

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names of the loopback address."""
LARGEST_BODY = 1 << 16
"""Bytes of the largest request."""
LONGEST_ADDRESS = 4096
"""Bytes of the longest path with its query."""
_FOREIGN_PAGE = 1008
_HEADERS = {
    # charts are interpreted, so that no script needs 'unsafe-eval'; Vega writes style attributes
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; "
        "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


class _TooLarge(Exception):
    """More bytes arrived than were announced or allowed."""


class Guard:
    """Stands before the whole application.

    Args:
        app: what is guarded.
        hosts: names by which it may be addressed, without ports.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app, self.hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refusal, or hand the request on."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        code, text = self.problem(scope)
        if scope["type"] == "websocket":
            if code:
                await receive()
                await send({"type": "websocket.close", "code": _FOREIGN_PAGE, "reason": text})
            else:
                await self.app(scope, receive, send)
            return
        await self._http(scope, receive, send, code, text)

    def problem(self, scope: Scope) -> tuple[int, str]:
        """Return the code and the reason of a refusal; 0 where there is none."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or _name(f"//{hosts[0]}") not in self.hosts:
            return 403, "this host is not served; open the address that demerit serve has printed"
        if len(origins) > 1 or (origins and not _same(origins[0], hosts[0])):
            return 403, "requests of other pages are refused"
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            return 413, f"an address has at most {LONGEST_ADDRESS} bytes"
        announced = headers.get("content-length", "0")
        if not announced.isascii() or not announced.isdigit():
            return 400, "content-length is no number"
        if len(announced) > 18 or int(announced) > LARGEST_BODY:
            return 413, f"a request has at most {LARGEST_BODY:,} bytes"
        return 0, ""

    async def _http(self, scope: Scope, receive: Receive, send: Send, code: int, text: str) -> None:
        got = 0

        async def bounded() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > LARGEST_BODY:
                raise _TooLarge
            return message

        async def unless_too_large(message: Message) -> None:
            if got <= LARGEST_BODY:
                await headed(message)

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        if code:
            await refused(code, text)(scope, receive, headed)
            return
        with suppress(_TooLarge):
            await self.app(scope, bounded, unless_too_large)
        if got > LARGEST_BODY:  # whatever was made of the half that was read
            await refused(413, f"a request has at most {LARGEST_BODY:,} bytes")(scope, receive, headed)


def _name(address: str) -> str:
    """Return the host of an address, empty where it cannot be read."""
    try:
        parts: Any = urlsplit(address)
        _ = parts.port
        return (parts.hostname or "").lower() if parts.username is None else ""
    except ValueError:
        return ""


def _same(origin: str, host: str) -> bool:
    """Tell whether an Origin is the page that this host serves."""
    return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")
