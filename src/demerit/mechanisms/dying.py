"""Death: the dead meet nothing and hear of nothing; what they are owed goes to their household."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import DEATH
from demerit.catalogue.letters import INHERITED
from demerit.catalogue.pointers import Desk, People, State, Traits
from demerit.catalogue.relations import SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE
from demerit.catalogue.words import DEAD, FAMILY
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.purse import pay

_DEATHS = flow("deaths_collision")


@kernel(i8(State))
def is_dead(state: np.void) -> int:
    """Tell whether a citizen is dead."""
    return 1 if i64(state["job"]) == DEAD else 0


@kernel(void(Desk, i8, i8))
def leave_to_household(desk: np.void, fen: int, cause: int) -> None:
    """Send money that a dead person is owed to somebody of the household, if there is anybody left of age."""
    if fen > 0:
        send(desk, INHERITED, SOMEBODY | FAMILY, 1, 0, 0, fen, desk["n"][EPISODE], 0, cause, 0)


@kernel(i8(State, Traits, People, Desk, i8, i8))
def die(state: np.void, traits: np.void, people: np.void, desk: np.void, why: int, cause: int) -> int:
    """Die of a cause of ``DEATHS``; purse and job stay as they are. Return the id of the entry."""
    pay(state, traits, people, desk, desk["n"][DAY], 0)
    state["job"] = DEAD
    state["saving"] = 0
    state["wage_loss"] = 0
    count(desk, _DEATHS + why, 1)
    return enter(desk, DEATH, why, -1, 0, 0, 0, 0, cause, 0)
