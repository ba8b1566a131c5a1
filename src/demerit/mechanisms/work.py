"""Work: the end of a job."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, PER_KIND
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Desk
from demerit.catalogue.words import PRINCIPLE, SEPARATION
from demerit.engine.kernel import i8, kernel


@kernel(i8(Desk))
def lose_work(desk: np.void) -> int:
    """Come to the end of a job, which is nobody's choice; return that nothing was broken."""
    count(desk, SEPARATION * PER_KIND + ACTED, 1)
    return PRINCIPLE
