"""The socket of the rulebook: reforms are lived as they are asked for, the newest first."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import Field, ValidationError

from demerit.errors import DemeritError
from demerit.explorer.bases import base_of
from demerit.explorer.cards import card_of_live, told
from demerit.explorer.live import MOST_SEEDS, Listener, Live
from demerit.explorer.views.rulebook import LONGEST_NAME, Asked, reform_of
from demerit.explorer.ways import ways_of_reform

_MOST_SOCKETS, _BURST, _A_SECOND = 4, 40, 15
_LONGEST = 8192
_BUSY, _FOREIGN = 1013, 1008

router = APIRouter(prefix="/api", tags=["rulebook"])


class Call(Asked):
    """What comes through the socket: a reform to live, or nothing but the wish to stop."""

    regime: str = Field("essay", max_length=LONGEST_NAME, description="Id of the regime that is reformed.")
    seeds: int = Field(1, ge=1, le=MOST_SEEDS, description="Seeds, one after the other.")
    cancel: bool = Field(False, description="Drop what was asked before.")


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Live reforms as they are asked for, the newest first; see docs/explorer.md for the messages."""
    open_now: set[WebSocket] = socket.app.state.sockets
    await socket.accept()
    if len(open_now) >= _MOST_SOCKETS:
        await socket.close(_BUSY, "too many pages ask for live re-runs")
        return
    open_now.add(socket)
    here = asyncio.get_running_loop()
    events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def listen(event: dict[str, Any]) -> None:
        here.call_soon_threadsafe(events.put_nowait, event)

    async def speak() -> None:
        while True:
            await socket.send_json(await events.get())

    speaking = asyncio.create_task(speak())
    try:
        await _hear(socket, listen)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the page has gone
    finally:
        open_now.discard(socket)
        speaking.cancel()
        socket.app.state.live.cancel(listen)


async def _hear(socket: WebSocket, listen: Listener) -> None:
    """Carry out what a page asks for; one that asks faster than a hand can is shut out."""
    clock = asyncio.get_running_loop().time
    allowed, before = float(_BURST), clock()
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text") or ""
        now = clock()
        allowed, before = min(_BURST, allowed + (now - before) * _A_SECOND) - 1, now
        if allowed < 0:
            await socket.close(_FOREIGN, "too many messages")
            return
        try:
            if len(text) > _LONGEST:
                raise DemeritError(f"a message has at most {_LONGEST:,} characters")
            call = Call.model_validate(json.loads(text))
            await asyncio.to_thread(_carry_out, socket.app.state, call, listen)
        except (DemeritError, ValidationError, ValueError, RecursionError) as error:
            listen({"kind": "refused", "error": _short(error)})


def _carry_out(state: Any, call: Call, listen: Listener) -> None:
    """Begin what a page asks for, and say what the reform is."""
    held: Live = state.live
    if call.cancel:
        held.cancel(listen)
        return
    base = base_of(state.shelf, call.regime)
    after, words = reform_of(base, call.values)
    number = held.ask(base.regime, after, call.seeds, listen)
    size = {"people": held.people, "years": held.years, "seeds": call.seeds}
    ways = ways_of_reform(base, call.values, society=held.society, **size)
    worlds = [("reform", after), (base.regime.id, base.regime), (held.law.id, held.law)]
    card = told(card_of_live(held.society, worlds, **size))
    listen(
        {
            "kind": "words",
            "request": number,
            **words.model_dump(),
            "ways": ways.model_dump(),
            "card": card.model_dump(),
        }
    )


def _short(error: Exception) -> str:
    """Return what is wrong with a message."""
    if isinstance(error, ValidationError):
        return "\n".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:8])
    return str(error) if isinstance(error, DemeritError) else "a message is one JSON object"
