"""Whether an act becomes a record: coverage, context heard or ignored, and the wrong person recorded."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import NECESSITY
from demerit.engine.draws import draw
from demerit.engine.kernel import i8, kernel

UNSEEN, FILED_RIGHT, EXCUSED, FILED_WRONG = range(4)
"""What became of an act."""

_RECOGNITION = int(Purpose.RECOGNITION)


@kernel(i8(Rules, i8, i8, i8, i8, i8, i8, i8, i8))
def detect(
    rules: np.void,
    kind: int,
    context: int,
    seen: int,
    mismatch: int,
    seed: int,
    subject: int,
    day: int,
    episode: int,
) -> int:
    """Tell what the authority makes of an act.

    Args:
        kind: situation kind; no rule answers it, no record.
        context: hidden context of the act; only necessity can be recognised.
        seen: 32-bit draw held against the coverage.
        mismatch: 32-bit draw held against the chance of filing against another subject (F31).
    """
    if rules["conduct"][kind] == 0 or seen >= rules["coverage"][kind]:
        return UNSEEN
    if context == NECESSITY:
        lanes = draw(seed, _RECOGNITION, subject, day, episode)
        if lanes[0] < rules["recognition"]:
            return EXCUSED
    if mismatch < rules["mismatch"]:
        return FILED_WRONG
    return FILED_RIGHT
