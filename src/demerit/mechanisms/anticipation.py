"""What people expect a change of score to cost or bring: L and G, derived from the regime's own sanctions.

    L(s, d) = D [B(s - d) - B(s)] + w min(d, s - floor)       what losing d points costs someone at s
    G(s, r) = D [B(s) - B(s + r)] + w min(r, ceiling - s)     what gaining r points is worth there

A list that a record leads to costs P(listed) D B besides, with D over its term; what a chain would cost the
household and what the employer would do about it are expected too (F6). What the regime alone brings is
expected by those who know of it.

B is the daily burden of the sanctions, less the rewards, that hang on a score, smoothed because people do not
know thresholds exactly; D is how long a change lasts; w is the bare wish for a high score.
Both are differences of what standing somewhere costs, so L(s + r, r) = G(s, r) to the last bit.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Accounts, Rules, State, Traits
from demerit.catalogue.rules import LICENCE_TABLE
from demerit.catalogue.words import CITIZEN, ELIGIBILITY, EMPLOYED, SCORES
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.standing import total, whole, within

_BY_TRADE = ELIGIBILITY.index("truck_driver")


@kernel(i8(Rules, i8, i8, i8))
def cost_of_standing(rules: np.void, employed: int, system: int, points: int) -> int:
    """Return D B(s) - w s in days of income, Q16, for points (thousandths) from a score system's base."""
    score = whole(rules["base"][CITIZEN, system], points)
    cost = (rules["duration"][system] * i64(rules["burden"][employed, system, score])) >> 16
    if system == 0:
        cost -= rules["wish"] * points // 1000
    return i64(cost)


@kernel(i8(Rules, i8, i8, i8, i8))
def change_of_burden(rules: np.void, employed: int, system: int, points: int, change: int) -> int:
    """Return what a change of points (thousandths, negative for a loss) costs in days of income, Q16.

    Args:
        rules: compiled regime.
        employed: 1 for people with a wage, who have a wage to lose.
        system: score system, 0 the composite.
        points: sum of the person's points, thousandths from base, not cut to the scale.
        change: thousandths.
    """
    before = within(rules, CITIZEN, system, points)
    after = within(rules, CITIZEN, system, points + change)
    return i64(
        cost_of_standing(rules, employed, system, after) - cost_of_standing(rules, employed, system, before)
    )


@kernel(i8(Rules, State, i8))
def licence_loss(rules: np.void, state: np.void, added: int) -> int:
    """Return the expected cost in days (Q16) of adding licence points to those of the present cycle."""
    if rules["licence_limit"] == 0 or added == 0:
        return 0
    points = min(i64(state["licence_points"]), LICENCE_TABLE - 1)
    after = min(points + added, LICENCE_TABLE - 1)
    return i64(rules["licence_loss"][after] - rules["licence_loss"][points])


@kernel(i8(State))
def has_wage(state: np.void) -> int:
    """Tell whether the person has an employer whose wage can be cut."""
    return 1 if i64(state["job"]) == EMPLOYED else 0


@kernel(i8(State, Traits))
def working_class(state: np.void, traits: np.void) -> int:
    """Return what a job is to the person: 0 none with a wage, 1 a wage, 2 a wage for driving by trade."""
    return has_wage(state) * (1 + ((i64(traits["flags"]) >> _BY_TRADE) & 1))


@kernel(i8(Rules, State, Traits, Accounts, i8, i8, i8))
def expected_loss(
    rules: np.void, state: np.void, traits: np.void, accounts: np.void, kind: int, aware: int, day: int
) -> int:
    """Return L for one record of a kind, Q16 days: licence, registers, and what is known of all the rest."""
    loss = licence_loss(rules, state, rules["licence_points"][kind])
    employed = has_wage(state)
    for place in range(rules["felt"][kind]):
        system = rules["felt_system"][kind, place]
        if system >= SCORES or aware == 1:
            points = total(accounts, rules, CITIZEN, system, day)
            loss += change_of_burden(rules, employed, system, points, rules["felt_points"][kind, place])
    work = working_class(state, traits)
    further = rules["further_loss"][work, kind] if aware == 1 else rules["further_by_law"][work, kind]
    return loss + i64(further)


@kernel(i8(Rules, Accounts, i8, i8, i8))
def expected_gain(rules: np.void, accounts: np.void, employed: int, kind: int, day: int) -> int:
    """Return G for one seen deed of this kind, in days of income, Q16."""
    gain = 0
    for place in range(rules["felt"][kind]):
        system = rules["felt_system"][kind, place]
        points = total(accounts, rules, CITIZEN, system, day)
        gain -= change_of_burden(rules, employed, system, points, rules["felt_points"][kind, place])
    return gain
