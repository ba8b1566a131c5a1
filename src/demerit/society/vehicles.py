"""Vehicles of a province: fleets first, firm by firm, then private ones; everyone drives at most one."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import TRAITS_DTYPE, VEHICLE_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import (
    BUS,
    CAR,
    CITIZEN,
    COMPANY,
    MOTORCYCLE,
    SUBJECT_SHIFT,
    TRUCK,
    VEHICLE,
)
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, void
from demerit.society.blocks import BLOCK, block_count, number_on
from demerit.society.crew import Crew
from demerit.society.plan import CAR_WAITING, MOTORCYCLE_WAITING, NO_VEHICLE, Plan

_VEHICLE = int(Purpose.VEHICLE)
_AllTraits = records(TRAITS_DTYPE)
_Vehicles = records(VEHICLE_DTYPE)


@kernel(void(i8, i8, _AllTraits, array(i8, 2)))
def count_private(start: int, stop: int, traits: np.ndarray, counts: np.ndarray) -> None:
    """Count the private vehicles of blocks ``start … stop - 1``."""
    for block in range(start, stop):
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(traits))):
            if i64(traits[citizen]["vehicle"]) >= MOTORCYCLE_WAITING:
                counts[block, 0] += 1


@kernel(void(i8, i8, i8, Plan, i8, array(i8), _AllTraits, array(i8, 2), _Vehicles))
def register_vehicles(
    start: int,
    stop: int,
    seed: int,
    plan: np.void,
    fleet: int,
    origin: np.ndarray,
    traits: np.ndarray,
    numbers: np.ndarray,
    vehicles: np.ndarray,
) -> None:
    """Enter the vehicles driven in blocks ``start … stop - 1`` with kind, owner and usual driver."""
    for block in range(start, stop):
        private = fleet + numbers[block, 0]
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(traits))):
            mark = i64(traits[citizen]["vehicle"])
            if mark == NO_VEHICLE:
                continue
            number = mark - 1 - origin[VEHICLE]
            owner = origin[CITIZEN] + citizen
            if mark >= MOTORCYCLE_WAITING:
                number = private
                private += 1
                traits[citizen]["vehicle"] = origin[VEHICLE] + number + 1
            else:
                owner = COMPANY << SUBJECT_SHIFT | (i64(traits[citizen]["employer"]) - 1)
            lanes = draw(seed, _VEHICLE, origin[VEHICLE] + number, 0, 0)
            kind = BUS if lanes[0] < plan["fleet_bus"] else TRUCK
            if mark == CAR_WAITING:
                kind = CAR
            elif mark == MOTORCYCLE_WAITING:
                kind = MOTORCYCLE
            vehicles[number]["kind"] = kind
            vehicles[number]["networked"] = 1 if kind == CAR and lanes[1] < plan["networked"] else 0
            vehicles[number]["owner"] = owner
            vehicles[number]["driver"] = origin[CITIZEN] + citizen


def park(
    crew: Crew, plan: np.void, seed: int, origin: np.ndarray, traits: np.ndarray, fleet: int
) -> np.ndarray:
    """Number a province's private vehicles after the ``fleet`` vehicles of companies; return all, (V,)."""
    blocks = block_count(len(traits))
    numbers = np.zeros((blocks, 1), dtype=np.int64)
    crew.share(blocks, lambda start, stop: count_private(start, stop, traits, numbers))
    (private,) = number_on(numbers)
    vehicles = np.zeros(fleet + private, dtype=VEHICLE_DTYPE)
    crew.share(
        blocks,
        lambda start, stop: register_vehicles(
            start, stop, seed, plan, fleet, origin, traits, numbers, vehicles
        ),
    )
    return vehicles
