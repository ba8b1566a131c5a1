"""Many draws of one purpose at once: the same numbers as one by one, at a third of the time.

A loop that does nothing but draw is one that the compiler turns into code for several subjects at a time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.engine.draws import draw
from demerit.engine.kernel import array, i8, kernel, void

SIZE = 1024
"""Most draws of a batch."""

Array = np.ndarray[Any, Any]


def empty_batch() -> tuple[Array, Array, Array, Array]:
    """Return room for a batch, with a place more for what is written ahead and not kept.

    Returns:
        Subjects, int64 (SIZE + 1,), whom each draw is for; counters, of the same shape, which of several each
        is; one more number for each, of the same shape, for whoever fills the batch; and lanes, int64
        (4, SIZE + 1), what is drawn.
    """
    subjects, counters, kept = np.zeros((3, SIZE + 1), np.int64)
    return subjects, counters, kept, np.zeros((4, SIZE + 1), np.int64)


@kernel(void(i8, i8, i8, i8, array(i8), array(i8), array(i8, 2)))
def draw_all(
    seed: int,
    purpose: int,
    when: int,
    total: int,
    subjects: Array,
    counters: Array,
    lanes: Array,
) -> None:
    """Fill the lanes of the first ``total`` of a batch."""
    for place in range(total):
        one, two, three, four = draw(seed, purpose, subjects[place], when, counters[place])
        lanes[0, place] = one
        lanes[1, place] = two
        lanes[2, place] = three
        lanes[3, place] = four
