"""Where a comparison is written, and what an interrupted one has left there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from demerit.engine.disk import shown, write_whole
from demerit.engine.folder import PARTIAL, RunFolder, free_name
from demerit.errors import FileProblems, RunFolderError, UsageError
from demerit.study.comparison_plan import ComparisonPlan, side_by_side
from demerit.study.layout import COMPARISON

_RUNS = Path("runs")


def take_up(plan: ComparisonPlan) -> RunFolder:
    """Return the folder that an interrupted comparison of the same plan has left, or a new one."""
    if plan.out is not None:
        final = Path(plan.out)
        if _is_of(plan, _partial(final)):
            return RunFolder.resume(final)
        return _new(plan, final)
    stem = f"compare-{plan.hash[:8]}"
    for left in sorted(_RUNS.glob(f"{stem}-*{PARTIAL}")):
        if _is_of(plan, left):
            try:
                return RunFolder.resume(left)
            except UsageError:  # another process is at it
                continue
    return _new(plan, free_name(_RUNS, stem))


def _new(plan: ComparisonPlan, final: Path) -> RunFolder:
    folder = RunFolder.create(final)
    content = {"plan": plan.canonical(), "sha256": plan.hash}
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(folder.path / COMPARISON, text.encode())
    return folder


def _is_of(plan: ComparisonPlan, partial: Path) -> bool:
    try:
        return bool(json.loads((partial / COMPARISON).read_bytes())["sha256"] == plan.hash)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _partial(path: Path) -> Path:
    """Return the name of an unfinished folder, for its final place or for itself; ``.`` has a name too."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the user named them
    return whole if whole.name.endswith(PARTIAL) else whole.parent / (whole.name + PARTIAL)


def left_in(path: Path) -> Path | None:
    """Return the folder that an interrupted comparison has left at a place, None if there is none."""
    partial = _partial(path)
    return partial if (partial / COMPARISON).is_file() else None


def plan_left(partial: Path) -> ComparisonPlan:
    """Return the plan of an interrupted comparison, to be carried out in its folder.

    Raises:
        RunFolderError: the plan cannot be read, or was made by another version of the program.
    """
    try:
        content = json.loads((partial / COMPARISON).read_bytes())
        data: dict[str, Any] = content["plan"]
        workers = side_by_side(len(data["regimes"]) * len(data["seeds"]), data["population"])
        out = partial.with_name(partial.name.removesuffix(PARTIAL))
        plan = ComparisonPlan.from_canonical(data, workers, str(out))
    except (OSError, ValueError, KeyError, TypeError, FileProblems) as error:
        raise RunFolderError(
            f"{shown(partial)} holds no readable {COMPARISON}: it cannot be resumed; compare again"
        ) from error
    if plan.hash != content["sha256"]:
        raise RunFolderError(
            f"{shown(partial)} was altered, or begun by another version of the program: it cannot be "
            "resumed; remove it and compare again"
        )
    return plan
