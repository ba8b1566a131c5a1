"""A regime that refits itself, in a run: after every period its parameter follows what was measured."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.words import CELLS
from demerit.measures.indicators import BY_NAME
from demerit.measures.ranking import edge_of_the_best
from demerit.measures.recorder import Recorder
from demerit.regime.refit import refitted
from demerit.simulation.world import World


def refit(world: World, recorder: Recorder) -> None:
    """Refit a world's rules if a period of its `[refit]` has ended with the day just lived.

    Args:
        world: a world whose last day has ended.
        recorder: its months so far.
    """
    if world.book is None or not ends_month(recorder, world.day):
        return
    rules = world.book.in_force(world.day, world.fitted)
    if rules.refit is None or len(recorder.flows) % rules.refit.every_months:
        return
    if rules.refit.share is not None:
        measured = edge_of_the_best(world, float(rules.refit.share))
    else:
        everybody = np.ones(CELLS, bool)
        measured = recorder.value(BY_NAME[rules.refit.target], everybody, last=rules.refit.every_months)
    after, value = refitted(rules, measured)
    if after != rules:
        world.refit(value)


def ends_month(recorder: Recorder, day: int) -> bool:
    """Tell whether the last day that was lived is the last of a month."""
    return len(recorder.flows) > 0 and day - 1 == int(recorder.ends[len(recorder.flows) - 1])
