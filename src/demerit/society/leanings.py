"""Leanings: conscience, religiosity, wish to travel, opportunism, grudges, and what people own.

Conscience depends on nothing else unless the file says so: no class or group is modelled as morally worse. A
correlation replaces the draw of that share of people by the draw of their stratum or their wealth, so the
distribution of conscience stays what it is and the rank correlation is the share.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE, TRAITS_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import DASH_CAM, GOVERNMENT_APP, STRATA
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, record, void
from demerit.society.incomes import wealth_lane
from demerit.society.plan import (
    CAR_WAITING,
    CONSCIENCE,
    GRUDGE,
    OPPORTUNISM,
    RELIGIOSITY_MAJORITY,
    RELIGIOSITY_MINORITY,
    TRAVEL_WISH,
    Plan,
)
from demerit.society.quantiles import quantile_of

_MIND = int(Purpose.MIND)
_MIND_MORE = int(Purpose.MIND_MORE)
_Traits = record(TRAITS_DTYPE)
_Person = record(PERSON_DTYPE)
_LAST_PUBLIC = STRATA.index("civil_servant")
_FIRST_PUBLIC = STRATA.index("cadre")
_LARGEST_LANE = 4294967295


@kernel(i8(i8, i8, i8, i8))
def follow(own: int, other: int, share: int, lane: int) -> int:
    """Return another draw for that share of people, mirrored if the share is negative; else their own."""
    if lane < share:
        return other
    if lane < -share:
        return _LARGEST_LANE - other
    return own


@kernel(void(Plan, i8, i8, i8, i8, _Traits, _Person))
def incline(
    plan: np.void,
    seed: int,
    citizen: int,
    conscience: int,
    stratum: int,
    traits: np.void,
    person: np.void,
) -> None:
    """Draw what moves a person (flags, vehicle, stratum and group are set already).

    Args:
        plan: the plan of the society.
        seed: the run's seed.
        citizen: index of the person.
        conscience: draw behind their own conscience.
        stratum: draw behind their stratum, high strata first.
        traits: record to fill.
        person: record to fill.
    """
    mind = draw(seed, _MIND, citizen, 0, 0)
    more = draw(seed, _MIND_MORE, citizen, 0, 0)
    lane = follow(conscience, _LARGEST_LANE - stratum, plan["by_stratum"], mind[0])
    if plan["by_wealth"] != 0:
        lane = follow(lane, wealth_lane(seed, citizen), plan["by_wealth"], mind[1])
    traits["conscience"] = quantile_of(plan, CONSCIENCE, lane)
    minority = i64(person["minority"])
    religiosity = RELIGIOSITY_MINORITY if minority == 1 else RELIGIOSITY_MAJORITY
    person["religiosity"] = plan["leaning"][religiosity, mind[2] >> 24]
    person["travel_wish"] = plan["leaning"][TRAVEL_WISH, mind[3] >> 24]
    person["opportunism"] = plan["leaning"][OPPORTUNISM, more[0] >> 24]
    person["grudge"] = plan["leaning"][GRUDGE, more[1] >> 24]
    owned = 0
    if i64(traits["vehicle"]) == CAR_WAITING and more[2] < plan["dash_cam"]:
        owned |= DASH_CAM
    public = _FIRST_PUBLIC <= i64(person["stratum"]) <= _LAST_PUBLIC
    if (public or i64(person["party"]) == 1) and more[3] < plan["government_app"]:
        owned |= GOVERNMENT_APP
    person["belongings"] = owned
