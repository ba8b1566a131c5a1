"""What an unfinished run was asked for and how far it has come, told without loading the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from demerit.engine.checkpoints import CHECKPOINTS
from demerit.study.layout import PLAN, WORLDS


def request_of(path: Path) -> dict[str, Any]:
    """Return what an unfinished run was asked for, empty where its plan cannot be read."""
    try:
        request = json.loads((path / PLAN).read_bytes())["plan"]["request"]
        numbers = [request[name] for name in ("population", "years", "seed")]
        words = [request[name] for name in ("regime", "society")]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    whole = all(isinstance(number, int) for number in numbers) and all(
        isinstance(word, str) for word in words
    )
    return dict(request) if whole and isinstance(request.get("against"), str | None) else {}


def world_names(path: Path) -> tuple[str, ...]:
    """Return the names of the worlds that have been begun."""
    worlds = path / WORLDS
    return tuple(sorted(entry.name for entry in worlds.iterdir())) if worlds.is_dir() else ()


def days_lived(world: Path) -> int:
    """Return the day of a world's newest checkpoint, 0 without one."""
    names = [entry.name for entry in (world / CHECKPOINTS).glob("day-??????")]
    return max((int(name.removeprefix("day-")) for name in names if name[4:].isdigit()), default=0)
