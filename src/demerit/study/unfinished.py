"""Folders of work that can be interrupted: what an earlier call of the same plan has left, or a new one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Protocol

from demerit.engine.disk import write_whole
from demerit.engine.folder import PARTIAL, RunFolder, free_name
from demerit.errors import UsageError

_RUNS = Path("runs")


class Asked(Protocol):
    """A plan that can be taken up again: results belong to its hash."""

    @property
    def out(self) -> str | None:
        """The folder; None for one under ``runs``."""

    @property
    def hash(self) -> str:
        """SHA-256 of everything that the result depends on."""

    def canonical(self) -> dict[str, Any]:
        """Return everything that the result depends on as plain data."""


def take_up(plan: Asked, request: str, stem: str) -> RunFolder:
    """Return the folder that an interrupted call of the same plan has left, or a new one.

    Args:
        plan: what is asked.
        request: name of the file that holds it.
        stem: how a folder under ``runs`` is named; the hash of the plan and a number follow.

    Raises:
        UsageError: the place is taken.
    """
    if plan.out is not None:
        final = Path(plan.out)
        return (
            RunFolder.resume(final)
            if _is_of(plan, partial_of(final) / request)
            else _new(plan, request, final)
        )
    stem = f"{stem}-{plan.hash[:8]}"
    for left in sorted(_RUNS.glob(f"{stem}-*{PARTIAL}")):
        if _is_of(plan, left / request):
            try:
                return RunFolder.resume(left)
            except UsageError:  # another process is at it
                continue
    return _new(plan, request, free_name(_RUNS, stem))


def _new(plan: Asked, request: str, final: Path) -> RunFolder:
    folder = RunFolder.create(final)
    content = {"plan": plan.canonical(), "sha256": plan.hash}
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(folder.path / request, text.encode())
    return folder


def _is_of(plan: Asked, request: Path) -> bool:
    try:
        return bool(json.loads(request.read_bytes())["sha256"] == plan.hash)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def partial_of(path: Path) -> Path:
    """Return the name of an unfinished folder, for its final place or for itself; ``.`` has a name too."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the user named them
    return whole if whole.name.endswith(PARTIAL) else whole.parent / (whole.name + PARTIAL)


def left_in(path: Path, request: str) -> Path | None:
    """Return the folder that an interrupted call has left at a place, None if there is none."""
    partial = partial_of(path)
    return partial if (partial / request).is_file() else None
