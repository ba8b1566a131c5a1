"""Work: who staffs the public units and firms, drives their fleets and represents them.

Public strata work in the public sector, elite families and formal employees in firms; informal workers have
no employer. Public units come first, then firms, the largest first. Who works where is a keyed permutation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demerit.catalogue.columns import COMPANY_DTYPE, PERSON_DTYPE, TRAITS_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import CHILD, CITIZEN, COMPANY, PUBLIC, STRATA, VEHICLE
from demerit.engine.draws import below, draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, u4, void
from demerit.engine.permutation import PERMUTATION_DTYPE, permute, set_permutation
from demerit.society.blocks import BLOCK, block_count, number_on
from demerit.society.crew import Crew
from demerit.society.firms import choose_trades, set_sizes
from demerit.society.lives import DRIVER
from demerit.society.plan import CONSCIENCE, Plan
from demerit.society.population_types import Firms
from demerit.society.quantiles import quantile_of

_EMPLOYER = int(Purpose.EMPLOYER)
_COMPANY = int(Purpose.COMPANY)
_People = records(PERSON_DTYPE)
_AllTraits = records(TRAITS_DTYPE)
_Companies = records(COMPANY_DTYPE)
_Permutations = records(PERMUTATION_DTYPE)

PUBLIC_STRATA = ("cadre", "strategic", "civil_servant")
FIRM_STRATA = ("elite", "formal")
_FIRST_PUBLIC, _LAST_PUBLIC = STRATA.index("cadre"), STRATA.index("civil_servant")
_ELITE, _FORMAL = STRATA.index("elite"), STRATA.index("formal")

IN_PUBLIC, FIRM_DRIVER, FIRM_OTHER, WITHOUT = range(4)
POOLS = 3


@dataclass(frozen=True)
class Workplaces:
    """Companies, the first place of each in the staff list (shape F + 1), and the staff (citizens)."""

    companies: np.ndarray
    first: np.ndarray
    staff: np.ndarray


@kernel(i8(i8, i8))
def pool_of(stratum: int, flags: int) -> int:
    """Return which pool of workers a person belongs to."""
    if _FIRST_PUBLIC <= stratum <= _LAST_PUBLIC:
        return IN_PUBLIC
    if stratum in (_ELITE, _FORMAL):
        return FIRM_DRIVER if flags & DRIVER else FIRM_OTHER
    return WITHOUT


@kernel(void(i8, i8, _AllTraits, _People, array(i8, 2)))
def count_pools(start: int, stop: int, traits: np.ndarray, person: np.ndarray, counts: np.ndarray) -> None:
    """Count the workers of blocks ``start … stop - 1`` by pool."""
    for block in range(start, stop):
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(person))):
            pool = pool_of(i64(person[citizen]["stratum"]), i64(traits[citizen]["flags"]))
            if pool != WITHOUT:
                counts[block, pool] += 1


@kernel(void(i8, i8, i8, _AllTraits, _People, array(i8, 2), _Permutations, array(u4)))
def line_up(
    start: int,
    stop: int,
    fleet: int,
    traits: np.ndarray,
    person: np.ndarray,
    numbers: np.ndarray,
    orders: np.ndarray,
    line: np.ndarray,
) -> None:
    """Put the workers of blocks ``start … stop - 1`` in line: public staff, fleet drivers, others of firms.

    Args:
        start: first block.
        stop: last block, excluded.
        fleet: number of fleet vehicles; the first drivers in their order drive them.
        traits: citizens.
        person: citizens.
        numbers: number within its pool that each block begins with, shape (blocks, 3); used up.
        orders: permutations of public staff, of drivers, and of all who drive no fleet vehicle.
        line: citizens in line, filled in.
    """
    public = orders[0]["size"]
    spare = orders[1]["size"] - fleet
    for block in range(start, stop):
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(person))):
            pool = pool_of(i64(person[citizen]["stratum"]), i64(traits[citizen]["flags"]))
            if pool == WITHOUT:
                continue
            number = numbers[block, pool]
            numbers[block, pool] = number + 1
            if pool == IN_PUBLIC:
                line[permute(number, orders[0])] = citizen
                continue
            rest = spare + number
            if pool == FIRM_DRIVER:
                place = permute(number, orders[1])
                if place < fleet:
                    line[public + place] = citizen
                    continue
                rest = place - fleet
            line[public + fleet + permute(rest, orders[2])] = citizen


@kernel(void(i8, i8, i8, array(i8), array(u4), array(u4), array(i8), _AllTraits, _Companies, array(u4)))
def hire(
    start: int,
    stop: int,
    public_units: int,
    origin: np.ndarray,
    line: np.ndarray,
    first: np.ndarray,
    fleet_first: np.ndarray,
    traits: np.ndarray,
    companies: np.ndarray,
    staff: np.ndarray,
) -> None:
    """Staff companies ``start … stop - 1`` from the line; the best paid employee represents each.

    Args:
        start: first company.
        stop: last company, excluded.
        public_units: how many of the companies are public.
        origin: number of the first citizen, company and vehicle of the province.
        line: the province's workers in line.
        first: place of each company in the staff.
        fleet_first: first vehicle of each company.
        traits: citizens of the province.
        companies: companies of the province.
        staff: filled with the numbers of those who work in each.
    """
    for company in range(start, stop):
        opening = i64(first[company])
        size = i64(first[company + 1]) - opening
        fleet_start = fleet_first[company]
        fleet = fleet_first[company + 1] - fleet_start
        public = i64(first[public_units])
        from_rest = opening - fleet_start
        if company >= public_units:
            from_rest += fleet_first[len(companies)]
        best = -1
        for place in range(size):
            at = public + fleet_start + place if place < fleet else from_rest + place - fleet
            citizen = i64(line[at])
            staff[opening + place] = origin[CITIZEN] + citizen
            traits[citizen]["employer"] = origin[COMPANY] + company + 1
            if place < fleet:
                traits[citizen]["vehicle"] = origin[VEHICLE] + fleet_start + place + 1
            income = i64(traits[citizen]["income_fen_day"])
            if income > best:
                best = income
                companies[company]["representative"] = origin[CITIZEN] + citizen + 1
        companies[company]["employees"] = size


@kernel(i8(i8, _People))
def adult_from(lane: int, person: np.ndarray) -> int:
    """Return the first adult from a drawn place on; there is one in every household."""
    citizen = below(lane, len(person))
    while i64(person[citizen]["stratum"]) == CHILD:
        citizen = (citizen + 1) % len(person)
    return citizen


@kernel(void(i8, i8, i8, Plan, array(i8), _People, array(u4), _Companies))
def constitute(
    start: int,
    stop: int,
    seed: int,
    plan: np.void,
    origin: np.ndarray,
    person: np.ndarray,
    first: np.ndarray,
    companies: np.ndarray,
) -> None:
    """Give companies a legal representative if nobody works there, firms an owner, a group and compliance."""
    for company in range(start, stop):
        lanes = draw(seed, _COMPANY, origin[COMPANY] + company, 0, 0)
        if i64(first[company + 1]) == i64(first[company]):
            companies[company]["representative"] = origin[CITIZEN] + adult_from(lanes[0], person) + 1
        companies[company]["compliance"] = quantile_of(plan, CONSCIENCE, lanes[1])
        if i64(companies[company]["sector"]) == PUBLIC:
            continue
        companies[company]["owner"] = companies[company]["representative"]
        if lanes[2] >= plan["owner_represents"]:
            other = draw(seed, _COMPANY, origin[COMPANY] + company, 0, 1)[0]
            companies[company]["owner"] = origin[CITIZEN] + adult_from(other, person) + 1
        if lanes[3] < plan["group_one"]:
            companies[company]["group"] = 1
        elif lanes[3] < plan["group_two"]:
            companies[company]["group"] = 2


def company_numbers(wanted: float, public: int, private: int) -> tuple[int, int]:
    """Share the companies between public units and firms in proportion to their staff, at least one of each.

    >>> company_numbers(8.2, public=10, private=70), company_numbers(0.2, 1, 0)
    ((1, 7), (1, 0))
    """
    if wanted <= 0 or public + private == 0:
        return 0, 0
    count = max(1, round(wanted))
    units = max(1, round(count * public / (public + private))) if public else 0
    return units, max(1, count - units) if private else 0


def go_to_work(
    crew: Crew,
    plan: np.void,
    firms: Firms,
    seed: int,
    origin: np.ndarray,
    traits: np.ndarray,
    person: np.ndarray,
    line: np.ndarray,
) -> Workplaces:
    """Found the companies of a province and staff them; sets employer and fleet vehicle of those who work.

    Args:
        crew: threads.
        plan: the plan's record.
        firms: firms of the society file.
        seed: the run's seed.
        origin: number of the first citizen, company and vehicle of the province, int64 (3,).
        traits: citizens of the province, shape (N,).
        person: citizens of the province, shape (N,).
        line: room for a list of the workers, shape (N,) or more; what it holds is of no use afterwards.
    """
    blocks = block_count(len(person))
    numbers = np.zeros((blocks, POOLS), dtype=np.int64)
    crew.share(blocks, lambda start, stop: count_pools(start, stop, traits, person, numbers))
    public, drivers, others = number_on(numbers)
    adults = int(np.count_nonzero(person["stratum"] != CHILD))
    units, private = company_numbers(float(firms.per_adult) * adults, public, drivers + others)
    companies = np.zeros(units + private, dtype=COMPANY_DTYPE)
    first = np.zeros(units + private + 1, dtype=np.uint32)
    staff = np.zeros(public + drivers + others if units + private else 0, dtype=np.uint32)
    if not len(companies):
        return Workplaces(companies, first, staff)
    set_sizes(plan, 0, units, 0, public, first)
    set_sizes(plan, units, private, public, drivers + others, first)
    logistics, manned = round(65536 * float(firms.logistics_share)), round(65536 * float(firms.fleet_share))
    choose_trades(units, logistics, manned, first, companies)
    fleet_first = _man_fleets(companies, drivers)
    fleet = int(fleet_first[-1])
    orders = np.zeros(POOLS, dtype=PERMUTATION_DTYPE)
    for pool, size in enumerate((public, drivers, drivers - fleet + others)):
        set_permutation(orders[pool], seed, _EMPLOYER, int(origin[CITIZEN]) * POOLS + pool, size)
    crew.share(blocks, lambda start, stop: line_up(start, stop, fleet, traits, person, numbers, orders, line))
    crew.share(
        len(companies),
        lambda start, stop: hire(
            start, stop, units, origin, line, first, fleet_first, traits, companies, staff
        ),
    )
    crew.share(
        len(companies),
        lambda start, stop: constitute(start, stop, seed, plan, origin, person, first, companies),
    )
    return Workplaces(companies, first, staff)


def _man_fleets(companies: np.ndarray, drivers: int) -> np.ndarray:
    """Cut the fleets to the drivers there are; return the first vehicle of each, and the end of the last."""
    first = np.zeros(len(companies) + 1, dtype=np.int64)
    np.cumsum(companies["fleet"], dtype=np.int64, out=first[1:])
    np.minimum(first, drivers, out=first)
    companies["fleet"] = np.diff(first)
    return first
