"""Who is near a subject by the society itself: household, kin, friends, work, vehicle and neighbourhood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from demerit.catalogue.words import (
    AGENCY,
    AGENCY_KINDS,
    CHILD,
    CITIZEN,
    COMPANY,
    FIFTHS,
    HUKOU,
    SECTORS,
    SERVICE,
    SERVICE_KINDS,
    STRATA,
    VEHICLE,
    VEHICLE_KINDS,
    subject_code,
)
from demerit.explain.subjects import index_of, kind_of
from demerit.society.ties import kin_of

if TYPE_CHECKING:
    from demerit.society.people import Population


class Tie(NamedTuple):
    """A tie of the first day: code of the other, the group of ties, and what the other is."""

    code: int
    group: str
    words: str


def ties_of(people: Population, code: int) -> Iterator[Tie]:
    """Yield every tie of a subject on the first day, the nearest first; one may be tied in several ways."""
    kind, number = kind_of(code), index_of(code)
    if kind == CITIZEN:
        yield from _of_citizen(people, number)
    elif kind == VEHICLE:
        yield Tie(int(people.vehicles["driver"][number]), "vehicles", "usual driver")
        yield Tie(int(people.vehicles["owner"][number]), "vehicles", "owner")
    elif kind == COMPANY:
        yield from _of_company(people, number)
    else:
        table, word = (people.agencies, "leader") if kind == AGENCY else (people.services, "manager")
        yield from _one(int(table[word][number]), CITIZEN, word)


def _one(place: int, kind: int, words: str, group: str = "work") -> Iterator[Tie]:
    """Yield a tie to what a column holds as its number and one, 0 for nobody."""
    if place:
        yield Tie(subject_code(kind, place - 1), group, words)


def _of_citizen(people: Population, citizen: int) -> Iterator[Tie]:
    home = people.members(people.household_of(citizen))
    yield from (Tie(one, "household", _role(people, one)) for one in home if one != citizen)
    yield from (Tie(one, "kin", "kin") for one in kin_of(people, citizen))
    yield from (Tie(int(one) - 1, "friends", "friend") for one in people.friends[citizen] if one)
    yield from _at_work(people, citizen)
    near = people.neighbours(citizen)
    yield from (Tie(one, "neighbours", "neighbour") for one in near if one not in home)


def _role(people: Population, citizen: int) -> str:
    """Return who somebody is at home."""
    if stratum_code(people, citizen) == CHILD:
        return "child of the household"
    first = int(people.household_first[people.household_of(citizen)])
    return "first adult of the household" if citizen == first else "adult of the household"


def _at_work(people: Population, citizen: int) -> Iterator[Tie]:
    """Yield what somebody drives, works for, represents, owns, leads or manages, and who works there."""
    vehicle = int(people.traits["vehicle"][citizen])
    yield from _one(vehicle, VEHICLE, "vehicle driven", "vehicles")
    if vehicle and int(people.vehicles["owner"][vehicle - 1]) != citizen:
        yield Tie(int(people.vehicles["owner"][vehicle - 1]), "vehicles", "owner of the vehicle")
    for table, kind, column, words in (
        (people.companies, COMPANY, "representative", "represented"),
        (people.companies, COMPANY, "owner", "owned"),
        (people.agencies, AGENCY, "leader", "led"),
        (people.services, SERVICE, "manager", "managed"),
    ):
        for place in np.flatnonzero(table[column] == citizen + 1).tolist():
            yield Tie(subject_code(kind, place), "work", words)
    employer = int(people.traits["employer"][citizen])
    yield from _one(employer, COMPANY, "employer")
    if employer:
        yield from (one for one in _of_company(people, employer - 1, "colleague") if one.code != citizen)


def _of_company(people: Population, company: int, staff: str = "employee") -> Iterator[Tie]:
    row = people.companies[company]
    yield from _one(int(row["representative"]), CITIZEN, "legal representative")
    yield from _one(int(row["owner"]), CITIZEN, "owner of the company")
    first, end = (int(one) for one in people.company_first[company : company + 2])
    yield from (Tie(int(one), "work", staff) for one in people.staff[first:end])
    if staff == "employee":
        own = subject_code(COMPANY, company)
        fleet = np.flatnonzero(people.vehicles["owner"] == own).tolist()
        yield from (Tie(subject_code(VEHICLE, one), "vehicles", "vehicle of the fleet") for one in fleet)


def stratum_code(people: Population, citizen: int) -> int:
    """Return the code of a citizen's stratum."""
    return int(people.traits["cell"][citizen]) // (len(HUKOU) * len(FIFTHS))


def who(people: Population, code: int) -> str:
    """Say who a subject is: class, registration and income of a person, the kind of anything else."""
    kind, number = kind_of(code), index_of(code)
    if kind == CITIZEN:
        cell = int(people.traits["cell"][number])
        stratum, hukou = stratum_code(people, number), cell // len(FIFTHS) % len(HUKOU)
        registered = f"{HUKOU[hukou].replace('_', ' ')} registration"
        if stratum == CHILD:
            return f"child, {registered}"
        return f"{STRATA[stratum].replace('_', ' ')}, {registered}, {FIFTHS[cell % len(FIFTHS)]} of income"
    if kind == COMPANY:
        row = people.companies[number]
        return f"company, {SECTORS[row['sector']]}, {int(row['employees']):,} employees on the first day"
    if kind == VEHICLE:
        return VEHICLE_KINDS[people.vehicles["kind"][number]]
    if kind == AGENCY:
        return f"government office: {AGENCY_KINDS[people.agencies['kind'][number]].replace('-', ' ')}"
    return f"service: {SERVICE_KINDS[people.services['kind'][number]]}"
