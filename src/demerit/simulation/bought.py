"""Letters about what is gamed: an offer of points, an answer, a cover, a copy, and what comes out."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.letters import COPY_MISSED, PLATE_ENDS, POINTS_OFFERED, POINTS_TAKEN
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.rules import DAY
from demerit.catalogue.words import FAMILY_OF_KIND, GAMING, PLATE, ROAD, TRUE
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.exemption import is_filed
from demerit.mechanisms.gaming import be_offered, have_points_taken
from demerit.mechanisms.learning import be_caught
from demerit.mechanisms.moving import miss_copy
from demerit.mechanisms.plates import clear_plate
from demerit.simulation.acts import have_record


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def lose_cover(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Take the cover off the plate, or be caught with it; return the id of a record or 0."""
    entry, day = clear_plate(accounts, desk, message), desk["n"][DAY]
    if i64(message["label"]) == 0 or rules["conduct"][PLATE] == 0 or is_filed(rules, traits, desk) == 0:
        return 0
    be_caught(state, people, ROAD, day)
    return have_record(state, traits, accounts, rules, people, desk, PLATE, TRUE, 0, entry, day)


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, Message))
def deliver_bought(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    message: np.void,
) -> int:
    """Deliver what concerns points without the deed, plates or moves; return the id of a record or 0."""
    letter = i64(message["kind"])
    if letter == COPY_MISSED:
        miss_copy(desk, message)
        return 0
    if letter == PLATE_ENDS:
        return lose_cover(state, traits, accounts, rules, people, desk, message)
    if letter == POINTS_OFFERED:
        be_offered(state, traits, accounts, rules, people, desk, message)
        return 0
    if letter == POINTS_TAKEN:
        have_points_taken(state, traits, accounts, rules, people, desk, message)
        return 0
    if rules["conduct"][GAMING] == 0 or is_filed(rules, traits, desk) == 0:
        return 0
    day, cause = desk["n"][DAY], i64(message["cause"])
    be_caught(state, people, FAMILY_OF_KIND[GAMING], day)
    return have_record(state, traits, accounts, rules, people, desk, GAMING, TRUE, 0, cause, day)
