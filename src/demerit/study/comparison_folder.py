"""What an interrupted comparison was asked for, read back from its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from demerit.engine.disk import shown
from demerit.engine.folder import PARTIAL
from demerit.errors import FileProblems, RunFolderError
from demerit.study.comparison_plan import ComparisonPlan, side_by_side
from demerit.study.layout import COMPARISON


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
