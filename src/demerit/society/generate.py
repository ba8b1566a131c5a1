"""Generate a population from a society file and a seed: the same people on any machine, by any threads.

Every attribute is a stateless draw of its own purpose, looked up in integer tables. Arrays are filled in
place, and provinces one after the other where people are put in line for work and friendship.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE, TRAITS_DTYPE
from demerit.catalogue.packed import MIND_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.engine.draws import draw
from demerit.engine.kernel import array, i8, kernel, records, u4, void
from demerit.society.bodies import found_agencies, found_services
from demerit.society.compile import compile_plans
from demerit.society.crew import Crew
from demerit.society.estate import found
from demerit.society.fifths import assign_fifths, fifth_bounds
from demerit.society.friends import befriend
from demerit.society.homes import children_of, count_homes, home_size
from demerit.society.life_course import live_on
from demerit.society.lives import live
from demerit.society.own_ties import unpacked
from demerit.society.packing import pack
from demerit.society.people import Population
from demerit.society.places import Places
from demerit.society.plan import NEIGHBOURHOOD, NEIGHBOURHOOD_SHIFT, Plan
from demerit.society.provinces import settle_places
from demerit.society.retie import retie
from demerit.society.roles import BEFORE_WORK, take_roles
from demerit.society.ties import tie
from demerit.society.types import SocietyFile
from demerit.society.weights import stratum_weights

_HOUSEHOLD = int(Purpose.HOUSEHOLD)


@kernel(
    void(
        i8,
        i8,
        i8,
        Plan,
        array(i8),
        records(TRAITS_DTYPE),
        records(PERSON_DTYPE),
        array(u4),
    )
)
def settle(
    start: int,
    stop: int,
    seed: int,
    plan: np.void,
    home_first: np.ndarray,
    traits: np.ndarray,
    person: np.ndarray,
    household_first: np.ndarray,
) -> None:
    """Fill neighbourhoods ``start … stop - 1`` with households, adults first, and draw their members."""
    for neighbourhood in range(start, stop):
        citizen = neighbourhood << NEIGHBOURHOOD_SHIFT
        end = min(citizen + NEIGHBOURHOOD, len(traits))
        household = home_first[neighbourhood]
        urban = 0
        drawn = 0
        while citizen < end:
            lanes = draw(seed, _HOUSEHOLD, neighbourhood, 0, drawn)
            if drawn == 0 and lanes[1] < plan["urban"]:
                urban = 1
            size = home_size(plan, end - citizen, lanes[0])
            adults = size - children_of(plan, size, lanes[2])
            household_first[household] = citizen
            for seat in range(size):
                person[citizen]["urban"] = urban
                traits[citizen]["home"] = household - home_first[neighbourhood]
                is_adult = 1 if seat < adults else 0
                live(plan, seed, citizen, seat, is_adult, traits[citizen], person[citizen])
                citizen += 1
            household += 1
            drawn += 1


def generate(
    society_data: SocietyFile, population: int, seed: int, threads: int = 1, *, own_ties: bool = True
) -> Population:
    """Generate a population.

    Args:
        society_data: the typed content of a society file.
        population: number of people, 1 … 10**8.
        seed: seed of all draws.
        threads: threads to use; the result does not depend on it.
        own_ties: put the society's own ties, if it has any, in the place of generated ones.

    Returns:
        The population, about 70 bytes a person.

    Raises:
        FileProblems: own ties of subjects that are not there or cannot have them.

    >>> from demerit.society import Society
    >>> people = generate(Society.load("hamlet").data, population=200, seed=1)
    >>> people.count, people.friends.shape
    (200, (200, 5))
    """
    plans = compile_plans(society_data)
    places = settle_places(society_data, population)
    with Crew(threads) as crew:
        made = _populate(crew, society_data, plans, places, population, seed)
    edges = unpacked(society_data.ties.own)
    return _with_own_ties(made, edges, plans, threads) if own_ties and len(edges) else made


def _populate(
    crew: Crew, society_data: SocietyFile, plans: np.ndarray, places: Places, population: int, seed: int
) -> Population:
    """House people, found what they work for, give them roles and friends, and draw agencies and services."""
    traits = np.zeros(population, dtype=TRAITS_DTYPE)
    person = np.zeros(population, dtype=PERSON_DTYPE)
    rate_class = np.zeros(population, dtype=np.uint8)
    line = np.empty(population, dtype=np.uint32)
    household_first, home_first = _house(crew, plans, places, seed, traits, person)
    bounds = fifth_bounds(crew, traits, person)
    crew.share(population, lambda start, stop: assign_fifths(start, stop, bounds, traits, person))
    estate = found(crew, plans, places, society_data, seed, traits, person, line)
    _give_roles(crew, plans, places, seed, estate.vehicles, traits, person, rate_class)
    friends = _befriend_all(crew, society_data, plans, places, seed, person, line)
    milestones = live_on(crew, plans[0], seed, person)
    minds = np.zeros(population, dtype=MIND_DTYPE)
    crew.share(population, lambda start, stop: pack(start, stop, person, traits, minds))
    agencies, agency_first = found_agencies(seed, plans[0], places, person)
    services, service_first = found_services(seed, plans[0], society_data.services, places, person)
    return Population(
        seed=seed,
        traits=traits,
        minds=minds,
        plan=plans[0],
        rate_class=rate_class,
        home_first=home_first,
        household_first=household_first,
        friends=friends,
        kin_first=np.zeros(0, dtype=np.uint32),
        kin=np.zeros(0, dtype=np.uint32),
        vehicles=estate.vehicles,
        companies=estate.companies,
        company_first=estate.first,
        staff=estate.staff,
        agencies=agencies,
        services=services,
        places=places,
        company_first_of_province=estate.company_bounds,
        vehicle_first_of_province=estate.vehicle_bounds,
        agency_first=agency_first,
        service_first=service_first,
        milestones=milestones,
        stratum_weight=stratum_weights(society_data.strata),
        ties=tie(seed, places, household_first, float(society_data.ties.kin)),
    )


def _befriend_all(
    crew: Crew,
    society_data: SocietyFile,
    plans: np.ndarray,
    places: Places,
    seed: int,
    person: np.ndarray,
    line: np.ndarray,
) -> np.ndarray:
    """Return everybody's friends, province by province; shape (people, friends)."""
    friends = np.zeros((len(person), round(float(society_data.ties.friends))), dtype=np.uint32)
    for plan, (low, high) in zip(plans, places.people(), strict=True):
        own = slice(low, high)
        befriend(crew, plan, society_data.ties, seed, low, person[own], line, friends[own])
    return friends


def _with_own_ties(made: Population, edges: np.ndarray, plans: np.ndarray, threads: int) -> Population:
    """Put a society's own ties in the place of generated ones, and give roles anew to whom they move."""
    tied = retie(made, edges)
    with Crew(threads) as crew:
        tied.traits["flags"] &= BEFORE_WORK
        _give_roles(
            crew, plans, made.places, made.seed, tied.vehicles, tied.traits, tied.person, tied.rate_class
        )
    return tied


def _give_roles(
    crew: Crew,
    plans: np.ndarray,
    places: Places,
    seed: int,
    vehicles: np.ndarray,
    traits: np.ndarray,
    person: np.ndarray,
    rate_class: np.ndarray,
) -> None:
    """Give everybody the roles that follow from work and vehicles, and how often they meet situations."""
    for plan, (low, high) in zip(plans, places.people(), strict=True):
        give = partial(take_roles, low, seed, plan, vehicles, traits, person, rate_class)
        crew.share(high - low, give)


def _house(
    crew: Crew,
    plans: np.ndarray,
    places: Places,
    seed: int,
    traits: np.ndarray,
    person: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Settle everybody; return the first member of each household, and the first household of each place."""
    people = len(traits)
    count = -(-people // NEIGHBOURHOOD)
    homes = np.zeros(count + 1, dtype=np.int64)
    crew.share(count, lambda start, stop: count_homes(start, stop, people, seed, plans[0], homes[1:]))
    np.cumsum(homes, out=homes)
    household_first = np.zeros(int(homes[-1]) + 1, dtype=np.uint32)
    household_first[-1] = people
    for plan, (low, high) in zip(plans, places.people(), strict=True):
        first, last = -(-low // NEIGHBOURHOOD), -(-high // NEIGHBOURHOOD)
        fill = partial(_settle_from, first, seed, plan, homes, traits, person, household_first)
        crew.share(last - first, fill)
    return household_first, homes[:-1].astype(np.uint32)


def _settle_from(
    first: int,
    seed: int,
    plan: np.void,
    homes: np.ndarray,
    traits: np.ndarray,
    person: np.ndarray,
    household_first: np.ndarray,
    start: int,
    stop: int,
) -> None:
    settle(first + start, first + stop, seed, plan, homes, traits, person, household_first)
