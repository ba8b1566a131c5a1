"""Violations and unpaid fines of a subject: counts that the accounts hold and no ledger.

The world is lived again to its last day, and its messages under way tell when each count goes down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.letters import PAID, VIOLATION_LAPSED
from demerit.catalogue.words import CITIZEN, COMPANY, VEHICLE, subject_code
from demerit.engine.disk import shown
from demerit.errors import RunFolderError
from demerit.explain.source import live_again, one_world
from demerit.explain.subjects import index_of
from demerit.study.scratch import Scratch

if TYPE_CHECKING:
    from demerit.explain.lives import Life
    from demerit.explain.source import Begin, Told
    from demerit.regime.sanction_types import Sanction
    from demerit.simulation.world import World

_SETTLED = -1
_PERCENT = 100
_LEAVE = "violations leave the window"


@dataclass(frozen=True)
class Count:
    """A count on the last day and how it goes down if nothing new comes.

    Attributes:
        now: the count; of_fleet: whether it is the percentage of a fleet.
        falls: days on which one leaves, in order; of: how many there are in a fleet, else 0.
        how: what makes one leave.
    """

    now: int
    falls: list[int]
    how: str
    of: int = 0

    @property
    def of_fleet(self) -> bool:
        """Whether the count is a percentage of a fleet."""
        return self.of > 0

    def first_below(self, needed: int) -> int | None:
        """Return the first day on which the count is below a number, None if it never is."""
        for gone, day in enumerate(self.falls, 1):
            left = len(self.falls) - gone
            count = -(-_PERCENT * left // self.of) if self.of_fleet else self.now - gone
            if count < needed:
                return day
        return None


def count_of(life: Life, rule: Sanction, begin: Begin) -> Count:
    """Return the count that a sanction hangs on."""
    world = last_day_of(life.told, begin)
    index = index_of(life.code)
    account = world.accounts_of(life.kind)[index]
    if rule.counts == "fines":
        return Count(int(account["fines_due"]), _payments(world, life), "the fines are paid")
    now = int(account["violations"])
    if life.kind == COMPANY:
        own = np.flatnonzero(world.vehicles["owner"] == life.code)
        # a vehicle leaves with its last violation, and its company hears of it a day later
        leaves = [max(_lapses(world, subject_code(VEHICLE, int(one))), default=0) + 1 for one in own]
        fleet = int(world.companies["fleet"][index])
        return Count(now, sorted(day for day in leaves if day > 1), _LEAVE, max(fleet, 1))
    return Count(now, _lapses(world, life.code), _LEAVE)


def last_day_of(told: Told, begin: Begin) -> World:
    """Return the world as it stood after its last day, lived again.

    Raises:
        RunFolderError: it cannot be lived again to the same bits.
    """
    plan = one_world(told.manifest, told.folder, told.regime)
    plan = replace(plan, request=replace(plan.request, ledger="none"))
    done = live_again(plan, Scratch().folder, begin)
    if done.worlds[0].state_digest() != told.world.state_digest:
        raise RunFolderError(
            f"{shown(told.folder)} cannot be lived again to the same bits by this version of demerit; "
            f"ask the version that wrote it ({told.manifest.demerit})"
        )
    return done.worlds[0].world


def _lapses(world: World, code: int) -> list[int]:
    """Return the days on which violations of a driver or vehicle leave the window."""
    letters = world.pending()
    mine = letters[(letters["kind"] == VIOLATION_LAPSED) & (letters["target"] == code)]
    return sorted(int(day) for day in mine["due"])


def _payments(world: World, life: Life) -> list[int]:
    """Return the days on which late fines will be paid: of a citizen, or of whoever drives a vehicle."""
    letters = world.pending()
    paid = letters[(letters["kind"] == PAID) & (letters["points"] == _SETTLED)]
    if life.kind == CITIZEN:
        return sorted(int(day) for day in paid["due"][paid["target"] == life.code])
    drivers = np.flatnonzero(world.work["vehicle"] == index_of(life.code) + 1)
    return sorted(int(day) + 1 for day in paid["due"][np.isin(paid["target"], drivers)])
