"""What officials expect of losing discipline points: the grade, pay steps missed, an investigation.

D(x, d) = S(x + d) - S(x) + step months(d) / 12
S(x)    = -P(excellent | x) (bonus + promotion) + past(x, basic) step + past(x, incompetent) level
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Official, Rules
from demerit.engine.fixed import logistic
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.discipline import held_days, lost_points


@kernel(i8(Rules, i8, i8))
def rises(rules: np.void, bar: int, lost: int) -> int:
    """Return how far points lost (thousandths) seem past a bar, Q16: people do not know bars exactly."""
    return logistic((lost - bar) * rules["grade_blur"] // 1000) >> 16


@kernel(i8(Rules, i8))
def cost_of_discipline(rules: np.void, lost: int) -> int:
    """Return what standing at so many points lost (thousandths) will cost at the grade, Q16 days."""
    top = logistic(rules["excellent_odds"] - rules["merit_per_point"] * lost // 1000) >> 16
    cost = -((top * rules["excellent_value"]) >> 16)
    cost += (rises(rules, rules["basic_points"], lost) * rules["step_value"]) >> 16
    cost += (rises(rules, rules["incompetent_points"], lost) * rules["demotion_value"]) >> 16
    return i64(cost)


@kernel(i8(Official, Rules, i8, i8))
def expected_discipline(official: np.void, rules: np.void, points: int, day: int) -> int:
    """Return D, what losing points (thousandths) costs: the grade, and steps missed meanwhile, Q16 days."""
    lost = lost_points(official, rules, day)
    change = cost_of_discipline(rules, lost + points) - cost_of_discipline(rules, lost)
    return change + i64(rules["step_value"]) * held_days(rules, points) // 365
