"""Lives: age, sex, stratum, hukou, party and group by the shares of the file, and what people can meet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE, TRAITS_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import CHILD, ELIGIBILITY, STRATA
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, record, void
from demerit.society.incomes import own_income
from demerit.society.leanings import incline
from demerit.society.odds import cumulative
from demerit.society.plan import ADULT_AGE, CAR_WAITING, MOTORCYCLE_WAITING, Plan
from demerit.society.population_types import AgeBand, Stratum

_PERSON = int(Purpose.PERSON)
_PERSON_MORE = int(Purpose.PERSON_MORE)
_CONSCIENCE = int(Purpose.CONSCIENCE)
_Traits = record(TRAITS_DTYPE)
_Person = record(PERSON_DTYPE)

STUDENT = STRATA.index("student")
RETIRED = STRATA.index("retired")
STUDENT_UNTIL = 22
RETIRED_FROM = 60
RETIRED_FIRST_FROM = 65
"""Pensions go to everyone from this age on before they go to younger people."""
DRIVER_FROM, DRIVER_UNTIL = 18, 75

ADULT, DRIVER, BORROWER, BILL_PAYER = (
    1 << ELIGIBILITY.index(name) for name in ("adult", "driver", "borrower", "bill_payer")
)


def share_of_ages(bands: Sequence[AgeBand], low: int, high: int) -> float:
    """Return the share of adults from one age to another, both included."""
    total = sum(float(band.share) for band in bands)
    inside = 0.0
    for band in bands:
        years = max(0, min(high, band.to) - max(low, band.from_) + 1)
        inside += float(band.share) * years / (band.to - band.from_ + 1)
    return inside / total


def adult_shares(strata: Sequence[Stratum]) -> list[float]:
    """Return the share of each stratum among adults, in the order of the catalogue; children are left out."""
    of_adults = {stratum.id: float(stratum.share) for stratum in strata if stratum.of == "adults"}
    active = {stratum.id: float(stratum.share) for stratum in strata if stratum.of == "active"}
    left = max(0.0, 1.0 - sum(of_adults.values()))
    scale = left / sum(active.values()) if sum(active.values()) > 0 else 0.0
    shares = [of_adults.get(name, 0.0) + scale * active.get(name, 0.0) for name in STRATA[:CHILD]]
    return [share / sum(shares) for share in shares]


def stratum_table(shares: Sequence[float], bands: Sequence[AgeBand]) -> list[list[int]]:
    """Return the cumulative chances (Q32) of strata for ages up to 22, 23 to 59, 60 to 64, and 65 and over.

    Students are 16 to 22, the retired 60 and over, the oldest first; the rest do not depend on age.
    """
    student = _part(shares[STUDENT], share_of_ages(bands, ADULT_AGE, STUDENT_UNTIL))
    old = share_of_ages(bands, RETIRED_FIRST_FROM, 200)
    retired_old = _part(shares[RETIRED], old)
    near = share_of_ages(bands, RETIRED_FROM, RETIRED_FIRST_FROM - 1)
    retired_near = _part(max(0.0, shares[RETIRED] - old), near)
    rest = [0.0 if place in (STUDENT, RETIRED) else share for place, share in enumerate(shares)]
    if sum(rest) == 0:
        rest[STRATA.index("unemployed")] = 1.0
    rows = []
    for special, chance in (
        (STUDENT, student),
        (STUDENT, 0.0),
        (RETIRED, retired_near),
        (RETIRED, retired_old),
    ):
        row = [(1 - chance) * share / sum(rest) for share in rest]
        row[special] = chance
        rows.append(cumulative(row))
    return rows


def _part(share: float, of: float) -> float:
    """Return the chance among a part of the population that gives a share of the whole, at most one."""
    return min(1.0, share / of) if of > 0 else 0.0


@kernel(i8(i8))
def age_group(age: int) -> int:
    """Return the row of the table of strata for an adult's age."""
    if age <= STUDENT_UNTIL:
        return 0
    if age < RETIRED_FROM:
        return 1
    return 2 if age < RETIRED_FIRST_FROM else 3


@kernel(i8(Plan, i8))
def adult_age(plan: np.void, lane: int) -> int:
    """Return an adult's age: a band by its share, and a year of the band by the place within it."""
    band = 0
    low = 0
    while lane >= plan["band"][band]:
        low = plan["band"][band]
        band += 1
    place = (lane - low) * plan["band_years"][band] // (plan["band"][band] - low)
    return i64(plan["band_from"][band] + place)


@kernel(i8(Plan, i8, i8))
def stratum_of(plan: np.void, age: int, lane: int) -> int:
    """Return an adult's stratum."""
    row = age_group(age)
    stratum = 0
    while lane >= plan["stratum"][row, stratum]:
        stratum += 1
    return stratum


@kernel(i8(Plan, i8, i8))
def hukou_of(plan: np.void, urban: int, lane: int) -> int:
    """Return the hukou of a person who lives in town (1) or in the country (0)."""
    hukou = 0
    while lane >= plan["hukou"][urban, hukou]:
        hukou += 1
    return hukou


@kernel(i8(Plan, i8, i8, i8, i8, i8))
def eligibility(plan: np.void, age: int, seat: int, payer: int, driver: int, borrower: int) -> int:
    """Return the flags that do not depend on work: adult, driver, borrower, payer of bills."""
    flags = ADULT
    if DRIVER_FROM <= age <= DRIVER_UNTIL and driver < plan["driver"]:
        flags |= DRIVER
    if borrower < plan["borrower"]:
        flags |= BORROWER
    if payer < (plan["payer_first"] if seat == 0 else plan["payer_other"]):
        flags |= BILL_PAYER
    return flags


@kernel(void(Plan, i8, i8, i8, i8, _Traits, _Person))
def live(
    plan: np.void, seed: int, citizen: int, seat: int, is_adult: int, traits: np.void, person: np.void
) -> None:
    """Draw one person (``urban`` and ``household`` are set already).

    Args:
        plan: the plan of the society.
        seed: the run's seed.
        citizen: index of the person.
        seat: place in the household; the first is an adult.
        is_adult: 1 for an adult, 0 for a child.
        traits: record to fill.
        person: record to fill.
    """
    lanes = draw(seed, _PERSON, citizen, 0, 0)
    more = draw(seed, _PERSON_MORE, citizen, 0, 0)
    ability = draw(seed, _CONSCIENCE, citizen, 0, 0)
    age = adult_age(plan, lanes[0]) if is_adult == 1 else (lanes[0] * ADULT_AGE) >> 32
    stratum = stratum_of(plan, age, lanes[2]) if is_adult == 1 else CHILD
    person["age"] = age
    person["sex"] = 0 if lanes[1] < plan["woman"] else 1
    person["stratum"] = stratum
    person["hukou"] = hukou_of(plan, i64(person["urban"]), lanes[3])
    person["party"] = is_adult if more[0] < plan["party"] else 0
    person["minority"] = 1 if more[1] < plan["minority"] else 0
    traits["licence_anchor"] = (more[2] * 365) >> 32
    traits["income_fen_day"] = own_income(plan, seed, citizen, i64(person["urban"]), stratum)
    flags = eligibility(plan, age, seat, more[3], ability[1], ability[2]) if is_adult == 1 else 0
    traits["flags"] = flags
    if flags & DRIVER and ability[3] < plan["motorcycle"]:
        traits["vehicle"] = CAR_WAITING if ability[3] < plan["car"] else MOTORCYCLE_WAITING
    incline(plan, seed, citizen, ability[0], lanes[2], traits, person)
