"""What the authorities' own work costs: how often each of their tasks was done, at the price of the task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.counters import TASKS, flow

if TYPE_CHECKING:
    from demerit.simulation.world import World

ADMINISTRATION = flow("administration_fen")
_COLUMNS = [[flow(name) for name in names] for _, names in TASKS]


def add_administration(counters: np.ndarray[Any, Any], world: World) -> None:
    """Fill the cost of administration into counters since the first day: int64 (cells + 1, counters)."""
    counters[:, ADMINISTRATION] = 0
    for place in range(len(TASKS)):
        price = int(world.people["task_fen"][place])
        counters[:, ADMINISTRATION] += counters[:, _COLUMNS[place]].sum(axis=1) * price
