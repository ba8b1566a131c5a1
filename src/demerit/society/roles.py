"""Roles: who a person is to situations once work and vehicles are known, and how often they meet each family.

What somebody is eligible for says nothing about conscience. A driver who drinks, a guarantor and a user of
platforms are drawn; the self-employed are drawn among informal workers and merchants among the self-employed;
who is employed, works for a firm or drives one of its vehicles follows from stratum and job.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE, TRAITS_DTYPE, VEHICLE_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import ELIGIBILITY, STRATA, TRUCK
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, record, records, void
from demerit.society.frailty import expose
from demerit.society.lives import DRIVER
from demerit.society.plan import Plan

_ROLES = int(Purpose.ROLES)
_MORE = int(Purpose.ROLES_MORE)
_Traits = record(TRAITS_DTYPE)
_Person = record(PERSON_DTYPE)

_DRINKER, _TRUCK_DRIVER, _GUARANTOR, _PLATFORM_USER, _OWNER, _MERCHANT, _EMPLOYED, _EMPLOYEE, _OFFICIAL = (
    1 << ELIGIBILITY.index(name)
    for name in (
        "drinker",
        "truck_driver",
        "guarantor",
        "platform_user",
        "owner",
        "merchant",
        "employed",
        "employee",
        "official",
    )
)
BEFORE_WORK = (1 << 4) - 1
"""Flags that do not depend on work: adult, driver, borrower and bill payer."""
_ELITE, _CADRE, _CIVIL_SERVANT, _FORMAL, _INFORMAL = (
    STRATA.index(name) for name in ("elite", "cadre", "civil_servant", "formal", "informal")
)


@kernel(i8(Plan, i8, i8, i8, i8, _Traits, _Person))
def roles(
    plan: np.void, seed: int, citizen: int, sells: int, truck: int, traits: np.void, person: np.void
) -> int:
    """Return the flags of an adult, those of licence, loans and bills included.

    Args:
        plan: the plan of the society.
        seed: the run's seed.
        citizen: index of the person.
        sells: lane that makes a merchant of somebody self-employed.
        truck: 1 if the vehicle they drive is a truck.
        traits: the person's traits, work and vehicle known.
        person: the person's attributes.
    """
    flags = i64(traits["flags"])
    stratum = i64(person["stratum"])
    lanes = draw(seed, _ROLES, citizen, 0, 0)
    if flags & DRIVER and lanes[0] < plan["drinker"]:
        flags |= _DRINKER
    if truck == 1:
        flags |= _TRUCK_DRIVER
    if lanes[1] < plan["guarantor"]:
        flags |= _GUARANTOR
    if lanes[2] < plan["platform_user"]:
        flags |= _PLATFORM_USER
    if stratum == _INFORMAL and lanes[3] < plan["owner"]:
        flags |= _OWNER
        if sells < plan["merchant"]:
            flags |= _MERCHANT
    if stratum <= _INFORMAL:
        flags |= _EMPLOYED
    if i64(traits["employer"]) > 0 and stratum in (_ELITE, _FORMAL):
        flags |= _EMPLOYEE
    if i64(traits["employer"]) > 0 and _CADRE <= stratum <= _CIVIL_SERVANT:
        flags |= _OFFICIAL
    return flags


@kernel(
    void(
        i8,
        i8,
        Plan,
        records(VEHICLE_DTYPE),
        records(TRAITS_DTYPE),
        records(PERSON_DTYPE),
        records(np.dtype(np.uint8)),
        i8,
        i8,
    )
)
def take_roles(
    low: int,
    seed: int,
    plan: np.void,
    vehicles: np.ndarray,
    traits: np.ndarray,
    person: np.ndarray,
    rate_class: np.ndarray,
    start: int,
    stop: int,
) -> None:
    """Give flags, rates of situations, class of their sum and device to people from ``low + start`` on."""
    for citizen in range(low + start, low + stop):
        more = draw(seed, _MORE, citizen, 0, 0)
        traits[citizen]["device"] = 1 if more[1] < plan["device"] else 0
        if i64(traits[citizen]["flags"]) == 0:
            continue
        vehicle = i64(traits[citizen]["vehicle"]) - 1
        truck = 1 if vehicle >= 0 and i64(vehicles[vehicle]["kind"]) == TRUCK else 0
        flags = roles(plan, seed, citizen, more[0], truck, traits[citizen], person[citizen])
        traits[citizen]["flags"] = flags
        rate_class[citizen] = expose(plan, seed, citizen, flags, traits[citizen])
