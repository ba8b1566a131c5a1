"""Compile sanctions and rewards: which score each reads, from where on, and what it means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.rules import READS_FINES, READS_LIST, READS_VIOLATIONS
from demerit.catalogue.words import (
    CITIZEN,
    COMPANY,
    SANCTIONS_LIMIT,
    SCORES,
    SERVICE,
    SERVICES,
    SUBJECTS,
    VEHICLE,
)
from demerit.errors import UsageError
from demerit.regime.sanction_types import Reward, Sanction
from demerit.simulation.layout import Layout
from demerit.simulation.scales import Q32

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile


def fill_sanctions(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill the sanctions and rewards of every kind of subject.

    Those that read what the layout does not hold are left out: a null regime may be read in the layout of a
    regime that does not keep all of its registers.

    Raises:
        UsageError: too many for a kind, or one that applies to somebody with a clean record.
    """
    rules["sanction_above"], rules["sanction_below"] = -1, -1  # what is not in force applies to no score
    for number, (key, rule) in enumerate(layout.numbers.hanging_now(regime)):
        kind = SUBJECTS.index(key.of)
        place = int(rules["sanctions"][kind])
        if place == SANCTIONS_LIMIT:
            raise UsageError(f"a {key.of} can stand under at most {SANCTIONS_LIMIT} sanctions and rewards")
        rules["sanctions"][kind] = place + 1
        rules["sanction_rule"][kind, place] = number
        reads = None if rule is None else _reads(rule, kind, layout)
        if rule is None or reads is None:
            continue
        rules["sanction_reads"][kind, place] = reads
        if isinstance(rule, Sanction):
            _sanction(rules, kind, place, rule)
        else:
            _reward(rules, kind, place, rule)


def _reads(rule: Sanction | Reward, kind: int, layout: Layout) -> int | None:
    """Return what a rule reads: a score system, a list, or a count of the account; None if it is not kept."""
    if rule.reads is None:
        counted: dict[str | None, int] = {"violations": READS_VIOLATIONS, "fines": READS_FINES}
        return counted.get(rule.counts)
    lists = layout.numbers.lists_of(rule.of)
    if rule.reads in lists:
        return READS_LIST + lists.index(rule.reads)
    return system_of(rule.reads, kind, layout)


def system_of(reads: str, kind: int, layout: Layout) -> int | None:
    """Return the score system with the id of a platform or register; None if there is none for the kind."""
    if reads in layout.scores[kind]:
        return layout.scores[kind].index(reads)
    return SCORES + layout.slots[kind].index(reads) if reads in layout.slots[kind] else None


def weekly_chance(hazard_of_a_month: float) -> int:
    """Return the chance of a week, Q32, for a hazard of a month.

    >>> round(weekly_chance(0.05) / 2**32, 4)
    0.0114
    """
    return round(-math.expm1(-hazard_of_a_month * 12 * 7 / 365) * Q32)


def fill_look(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill what employers may look up."""
    rules["look_system"] = -1
    look = regime.employers
    system = None if look is None else system_of(look.reads, CITIZEN, layout)
    if look is None or system is None:
        return
    rules["look_system"] = system
    rules["look_below"] = round(float(look.below))


def _sanction(rules: np.void, kind: int, place: int, sanction: Sanction) -> None:
    rules["sanction_from"][kind, place] = sanction.at_least or 1
    rules["sanction_wage"][kind, place] = round(float(sanction.wage_loss) * 32768)
    rules["sanction_refuses"][kind, place] = sum(1 << SERVICES.index(name) for name in sanction.refuses)
    rules["sanction_budget"][kind, place] = round(1000 * float(sanction.budget_loss))
    rules["sanction_leader"][kind, place] = round(1000 * float(sanction.leader_loss))
    if kind == VEHICLE and sanction.stops is not None:
        rules["sanction_stops"][place] = 1 if sanction.stops == "networked" else 2
    rules["sanction_closes"][kind, place] = int(sanction.closes and kind in (COMPANY, SERVICE))
    if kind == COMPANY:
        rules["sanction_inspects"][place] = weekly_chance(float(sanction.inspections) / 12)
    rules["sanction_job"][kind, place] = weekly_chance(float(sanction.job_loss))
    if sanction.below is not None:
        rules["sanction_below"][kind, place] = round(float(sanction.below))
        _spare_the_clean(rules, kind, place, f"sanction '{sanction.id}'")


def _reward(rules: np.void, kind: int, place: int, reward: Reward) -> None:
    rules["sanction_from"][kind, place] = 1
    rules["sanction_wage"][kind, place] = -round(float(reward.benefit) * 32768)
    rules["sanction_above"][kind, place] = 0 if reward.above is None else round(float(reward.above))
    if reward.above is not None:
        _spare_the_clean(rules, kind, place, f"reward '{reward.id}'")


def _spare_the_clean(rules: np.void, kind: int, place: int, name: str) -> None:
    """Refuse a rule that a clean record meets: everybody begins a run with one, and under no such rule."""
    base = int(rules["base"][kind, int(rules["sanction_reads"][kind, place])])
    above, below = int(rules["sanction_above"][kind, place]), int(rules["sanction_below"][kind, place])
    problem = f"{name} applies to a clean record, which stands at {base}"
    if above >= 0 and base >= above:
        raise UsageError(f"{problem}: above = {above}; set it to more than {base}")
    if above < 0 and base < below:
        raise UsageError(f"{problem}: below = {below}; set it to at most {base}")
