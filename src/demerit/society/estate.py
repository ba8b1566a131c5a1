"""Estate: the companies and vehicles of a country, province by province, numbered on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demerit.catalogue.words import CITIZEN, COMPANY, VEHICLE
from demerit.society.crew import Crew
from demerit.society.places import Places
from demerit.society.types import SocietyFile
from demerit.society.vehicles import park
from demerit.society.work import go_to_work


@dataclass(frozen=True, eq=False)
class Estate:
    """Companies with their staff, and vehicles; bounds by province are the first of each and the end.

    Attributes:
        companies: COMPANY_DTYPE, shape (F,).
        first: first place of each company in the staff and the end of the last, uint32 (F + 1,).
        staff: citizens by employer, uint32.
        vehicles: VEHICLE_DTYPE, shape (V,).
        company_bounds: first company of each province and the end of the last, int64 (P + 1,).
        vehicle_bounds: the same of vehicles.
    """

    companies: np.ndarray
    first: np.ndarray
    staff: np.ndarray
    vehicles: np.ndarray
    company_bounds: np.ndarray
    vehicle_bounds: np.ndarray


def found(
    crew: Crew,
    plans: np.ndarray,
    places: Places,
    society: SocietyFile,
    seed: int,
    traits: np.ndarray,
    person: np.ndarray,
    line: np.ndarray,
) -> Estate:
    """Found the companies of every province, staff them and register all vehicles.

    Args:
        crew: threads.
        plans: plans of the provinces.
        places: provinces.
        society: typed society.
        seed: the run's seed.
        traits: citizens; employer and vehicle are filled in.
        person: citizens.
        line: room for a list of people; what it holds is of no use afterwards.
    """
    companies, sizes, staff, vehicles = [], [np.zeros(1, np.uint32)], [], []
    origins = np.zeros((places.provinces + 1, 3), dtype=np.int64)
    for province, (low, high) in enumerate(places.people()):
        origin = origins[province]
        own, who, plan = traits[low:high], person[low:high], plans[province]
        work = go_to_work(crew, plan, society.firms, seed, origin, own, who, line)
        fleet = int(work.companies["fleet"].sum(dtype=np.int64))
        cars = park(crew, plan, seed, origin, own, fleet)
        companies.append(work.companies)
        sizes.append(np.diff(work.first))
        staff.append(work.staff)
        vehicles.append(cars)
        origins[province + 1, CITIZEN] = high
        origins[province + 1, COMPANY] = origin[COMPANY] + len(work.companies)
        origins[province + 1, VEHICLE] = origin[VEHICLE] + len(cars)
    return Estate(
        companies=_joined(companies),
        first=np.cumsum(np.concatenate(sizes), dtype=np.uint32),
        staff=np.concatenate(staff),
        vehicles=_joined(vehicles),
        company_bounds=np.ascontiguousarray(origins[:, COMPANY]),
        vehicle_bounds=np.ascontiguousarray(origins[:, VEHICLE]),
    )


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    """Put records one after the other; what lies between their columns stays nought, so digests agree."""
    whole = np.zeros(sum(map(len, parts)), dtype=parts[0].dtype)
    place = 0
    for part in parts:
        whole[place : place + len(part)] = part
        place += len(part)
    return whole
