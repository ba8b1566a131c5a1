"""View 3, the rulebook: presets, controls with their evidence, the full file, and reforms lived at once."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from demerit.errors import DemeritError
from demerit.explorer.live import MOST_SEEDS, PEOPLE, YEARS, Live
from demerit.explorer.refusal import REFUSALS, Told, Unknown
from demerit.files.difference import differences
from demerit.files.inventory import evidence_line, numbers
from demerit.files.number import Number
from demerit.files.saying import moved
from demerit.regime import Regime
from demerit.regime.load import KIND, list_presets
from demerit.study.comparison_plan import rules_hash

CONTROLS = (
    ("detection.mismatch", "Records of the wrong person"),
    ("conduct.road.crosswalk.coverage", "Chance of being seen at a crossing"),
    ("conduct.nb.deed_seen.coverage", "Chance that a good deed is noticed"),
    ("chain.driver-to-vehicle.fraction", "Share of a driver's penalty that falls on the vehicle"),
    ("chain.court-to-household.fraction", "Share of a court record that falls on the household"),
    ("chain.friend-to-friend.fraction", "Share of a penalty that falls on friends"),
    ("score.half_life_days", "Days in which half of a penalty fades"),
    ("sanction.gates.below", "Score below which gates stay shut"),
    ("sanction.band-d.wage_loss", "Wage lost in the lowest band"),
    ("complaints.check", "Complaints that are checked"),
    ("appeals.capacity", "Appeals that can be decided"),
    ("appeals.independence", "Independence of those who decide appeals"),
    ("awareness.share", "People who know of the score"),
)
"""Numbers that are shown as sliders where a regime has them."""
_MOST_CONTROLS, _MOST_VALUES = 13, 32
_MOST_SOCKETS, _BURST, _A_SECOND = 4, 40, 15
_LONGEST = 8192
_BUSY, _FOREIGN = 1013, 1008


class Preset(Told):
    """A regime that comes with the program."""

    id: str = Field(description="Its id.")
    title: str = Field(description="Its title.")
    summary: str = Field(description="What it is.")


class Control(Told):
    """A number of a regime that can be moved."""

    name: str = Field(description="Dotted name in the file.")
    label: str = Field(description="What it is.")
    value: float = Field(description="Value in the file.")
    low: float = Field(description="Least plausible value.")
    high: float = Field(description="Largest plausible value.")
    unit: str = Field(description="Its unit.")
    basis: str = Field(description="What it rests on: law, cited, inferred, assumed, calibrated.")
    source: list[str] = Field(description="Sources, by id of the list of sources.")
    note: str = Field(description="What else the file says of it.")


class Rulebook(Told):
    """A regime with its controls and its file."""

    id: str = Field(description="Its id.")
    title: str = Field(description="Its title.")
    evidence: str = Field(description="How many of its numbers are assumptions.")
    controls: list[Control] = Field(description="What can be moved.")
    file: str = Field(description="The full file.")
    people: int = Field(description="People of a live re-run.")
    years: int = Field(description="Years of a live re-run.")


class Asked(BaseModel):
    """Values to set in a regime."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    values: dict[Annotated[str, Field(max_length=128)], Annotated[float, Field(allow_inf_nan=False)]] = Field(
        default_factory=dict, max_length=_MOST_VALUES, description="New values by dotted name."
    )


class Call(Asked):
    """What comes through the socket: a reform to live, or nothing but the wish to stop."""

    regime: str = Field("essay", max_length=64, description="Id of the regime that is reformed.")
    seeds: int = Field(1, ge=1, le=MOST_SEEDS, description="Seeds, one after the other.")
    cancel: bool = Field(False, description="Drop what was asked before.")


class Reform(Told):
    """A reform in words, before its effects."""

    lines: list[str] = Field(description="What it changes, rule by rule.")
    same_rules: bool = Field(description="Whether it changes nothing.")


def preset(name: str) -> Regime:
    """Return a regime that comes with the program; never a file.

    Raises:
        Unknown: there is none of that id.
    """
    if name not in KIND.preset_ids():
        raise Unknown(f"there is no regime '{name[:64]}'; /api/regimes lists what there is")
    return _loaded(name)


@cache
def _loaded(name: str) -> Regime:
    return Regime.load(name)


def rulebook_of(name: str) -> Rulebook:
    """Return a regime with its controls."""
    regime = preset(name)
    found = {at: one for at, one in numbers(regime.data) if isinstance(one, Number) and one.range is not None}
    chosen = {at: label for at, label in CONTROLS if at in found}
    for at in found:
        if len(chosen) >= _MOST_CONTROLS:
            break
        chosen.setdefault(at, at.replace("_", " ").replace(".", ", "))
    return Rulebook(
        id=regime.id,
        title=regime.data.regime.title,
        evidence=evidence_line(regime.data),
        controls=[_control(at, label, found[at]) for at, label in chosen.items()],
        file=(files("demerit.regime") / "presets" / f"{name}.toml").read_text(),
        people=PEOPLE,
        years=YEARS,
    )


def _control(at: str, label: str, one: Number) -> Control:
    low, high = one.range or (one.value, one.value)
    return Control(
        name=at,
        label=label,
        value=one.value,
        low=min(low, one.value),
        high=max(high, one.value),
        unit=one.unit,
        basis=str(one.basis),
        source=list(one.source),
        note=one.note or "",
    )


def reform_of(name: str, values: dict[str, float]) -> tuple[Regime, Regime, Reform]:
    """Return a regime, the same after a reform, and what the reform changes in words.

    Raises:
        Unknown: there is no such regime.
        FileProblems: a name leads nowhere, or a value is not possible there.
    """
    base = preset(name)
    reform = base.patched(values)
    found = [one for one in differences(base.canonical(), reform.canonical()) if one.sort != "prose"]
    lines = [f"{one.at}: {moved(one, KIND.direction)}" for one in found]
    return base, reform, Reform(lines=lines, same_rules=rules_hash(base) == rules_hash(reform))


router = APIRouter(prefix="/api", tags=["rulebook"], responses=REFUSALS)
Name = Annotated[str, InPath(max_length=64, description="Id of a regime.")]


@router.get("/regimes")
def regimes() -> list[Preset]:
    """List the regimes that come with the program."""
    return [Preset(id=one.id, title=one.title, summary=one.summary) for one in list_presets()]


@router.get("/regimes/{name}")
def rulebook(name: Name) -> Rulebook:
    """Return a regime with its controls and its file."""
    return rulebook_of(name)


@router.post("/regimes/{name}/reform")
def reform(name: Name, asked: Asked) -> Reform:
    """Say in words what a reform changes; nothing is lived."""
    return reform_of(name, asked.values)[2]


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Live reforms as they are asked for, the newest first; see docs/explorer.md for the messages."""
    held: Live = socket.app.state.live
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
        await _hear(socket, held, listen)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the page has gone
    finally:
        open_now.discard(socket)
        speaking.cancel()
        held.cancel(listen)


async def _hear(socket: WebSocket, held: Live, listen: Any) -> None:
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
            if call.cancel:
                held.cancel(listen)
                continue
            base, after, words = await asyncio.to_thread(reform_of, call.regime, call.values)
            number = held.ask(base, after, call.seeds, listen)
            listen({"kind": "words", "request": number, **words.model_dump()})
        except (DemeritError, ValidationError, ValueError, RecursionError) as error:
            listen({"kind": "refused", "error": _short(error)})


def _short(error: Exception) -> str:
    """Return what is wrong with a message."""
    if isinstance(error, ValidationError):
        return "\n".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:8])
    return str(error) if isinstance(error, DemeritError) else "a message is one JSON object"
