"""Birthdays that change a role, filed week by week as messages to those whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.letters import REACHES_MILESTONE
from demerit.engine.ids import make_id
from demerit.engine.messages import MESSAGE_DTYPE

if TYPE_CHECKING:
    from demerit.society.people import Population

WEEK = 7
PHASE = 7
"""Phase of the day, as it stands in ids, of what is sent by nobody."""
_SEQUENCE = 1


def birthday_letters(population: Population, day: int) -> np.ndarray[Any, Any]:
    """Return the messages about the changes of role of the week that begins on a day.

    Args:
        population: people, with their milestones by day.
        day: first day of the week.
    """
    milestones = population.milestones
    first, end = np.searchsorted(milestones["day"], [day, day + WEEK])
    due = milestones[first:end]
    letters = np.zeros(len(due), MESSAGE_DTYPE)
    letters["target"] = due["citizen"]
    letters["kind"] = REACHES_MILESTONE
    letters["rule"] = due["role"]
    letters["due"] = due["day"]
    letters["name"] = [make_id(int(one["day"]), int(one["citizen"]), PHASE, _SEQUENCE) for one in due]
    return letters
