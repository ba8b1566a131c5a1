"""Vehicles: fleets first, firm by firm, then private cars by owner; everyone drives at most one."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import TRAITS_DTYPE, VEHICLE_DTYPE
from demerit.catalogue.words import COMPANY, FLEET_TRUCK, PRIVATE_CAR, SUBJECT_SHIFT
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, void
from demerit.society.blocks import BLOCK, block_count, number_on
from demerit.society.crew import Crew
from demerit.society.lives import NO_CAR, PRIVATE_CAR_WAITING

_AllTraits = records(TRAITS_DTYPE)
_Vehicles = records(VEHICLE_DTYPE)


@kernel(void(i8, i8, _AllTraits, array(i8, 2)))
def count_cars(start: int, stop: int, traits: np.ndarray, counts: np.ndarray) -> None:
    """Count the private cars of blocks ``start … stop - 1``."""
    for block in range(start, stop):
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(traits))):
            if i64(traits[citizen]["vehicle"]) == PRIVATE_CAR_WAITING:
                counts[block, 0] += 1


@kernel(void(i8, i8, i8, _AllTraits, array(i8, 2), _Vehicles))
def register_vehicles(
    start: int, stop: int, fleet: int, traits: np.ndarray, numbers: np.ndarray, vehicles: np.ndarray
) -> None:
    """Enter the vehicles driven in blocks ``start … stop - 1`` with owner and usual driver."""
    for block in range(start, stop):
        car = fleet + numbers[block, 0]
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(traits))):
            mark = i64(traits[citizen]["vehicle"])
            if mark == NO_CAR:
                continue
            if mark == PRIVATE_CAR_WAITING:
                vehicle = car
                car += 1
                vehicles[vehicle]["owner"] = citizen
                vehicles[vehicle]["kind"] = PRIVATE_CAR
                traits[citizen]["vehicle"] = vehicle + 1
            else:
                vehicle = mark - 1
                company = i64(traits[citizen]["employer"]) - 1
                vehicles[vehicle]["owner"] = COMPANY << SUBJECT_SHIFT | company
                vehicles[vehicle]["kind"] = FLEET_TRUCK
            vehicles[vehicle]["driver"] = citizen


def park(crew: Crew, traits: np.ndarray, fleet: int) -> np.ndarray:
    """Number the private cars after the ``fleet`` vehicles of companies; return all vehicles, shape (V,)."""
    blocks = block_count(len(traits))
    numbers = np.zeros((blocks, 1), dtype=np.int64)
    crew.share(blocks, lambda start, stop: count_cars(start, stop, traits, numbers))
    (private,) = number_on(numbers)
    vehicles = np.zeros(fleet + private, dtype=VEHICLE_DTYPE)
    crew.share(blocks, lambda start, stop: register_vehicles(start, stop, fleet, traits, numbers, vehicles))
    return vehicles
