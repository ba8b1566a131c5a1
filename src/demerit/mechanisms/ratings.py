"""Ratings: whom a service fails says so or lets it be, and the service is recorded for it (F40).

U(rate) = d c H(h) - k,    k solved so that the mean person rates as often as the society file says
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, MET, PER_KIND
from demerit.catalogue.desk import count, send
from demerit.catalogue.letters import RATING, SERVED_BADLY
from demerit.catalogue.pointers import Accounts, Desk, Message, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import CUSTOMER, SOMEBODY
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import FAILURE, FAMILIES, RATED, SERVED, TRUE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.inspection import file_breach
from demerit.mechanisms.choice import chance_without_gain
from demerit.mechanisms.learning import conscience

_RATING = int(Purpose.RATING)
_FOUND = int(Purpose.FOUND_SERVING)
_NEIGHBOURS = FAMILIES.index("neighbours")


@kernel(void(Desk))
def fail_somebody(desk: np.void) -> None:
    """Let somebody of the province know of a duty that the service at the desk has skipped."""
    send(desk, SERVED_BADLY, SOMEBODY | CUSTOMER, 1, 0, 0, 0, desk["n"][EPISODE], 0, 0, 0)


@kernel(void(State, Traits, Rules, People, Desk, Message))
def be_served_badly(
    state: np.void, traits: np.void, rules: np.void, people: np.void, desk: np.void, message: np.void
) -> None:
    """Rate a service that has failed one, or let it be."""
    n = desk["n"]
    day = n[DAY]
    count(desk, RATED * PER_KIND + MET, 1)
    own = conscience(state, rules, people, i64(traits["conscience"]), _NEIGHBOURS, day)
    duty = (((own * people["felt_harm"][FAILURE]) >> 16) * people["report_duty"]) >> 16
    lane = draw(n[SEED], _RATING, n[SUBJECT], day, n[EPISODE])[0]
    if lane >= chance_without_gain(people, i64(duty - people["rate_effort"])):
        return
    count(desk, RATED * PER_KIND + ACTED, 1)
    if rules["conduct"][RATED] != 0:
        send(desk, RATING, i64(message["about"]), 1, 0, 0, 0, 0, n[SUBJECT], i64(message["cause"]), 0)


@kernel(i8(Accounts, Rules, Desk, Message))
def deliver_service(accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> int:
    """Be rated, or perhaps be found to have served whom a sanction refuses; return a record's id or 0."""
    n = desk["n"]
    rated = i64(message["kind"]) == RATING
    kind = RATED if rated else SERVED
    lane = 0 if rated else draw(n[SEED], _FOUND, n[SUBJECT], n[DAY], n[EPISODE])[0]
    if rules["conduct"][kind] == 0 or lane >= rules["coverage"][kind]:
        return 0
    return file_breach(accounts, rules, desk, kind, TRUE, 0, i64(message["cause"]))
