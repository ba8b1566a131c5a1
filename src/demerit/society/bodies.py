"""Agencies and services: government bodies and the operators people depend on, with who leads them.

A province has an agency of every authority and a government in every city. Services that serve a province
(rail, airports) or a city (all others) come one for so many people, at least one each. Numbers run province
by province.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demerit.catalogue.columns import AGENCY_DTYPE, SERVICE_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import CHILD, CITY_GOVERNMENT, SERVICE_KINDS, STRATA
from demerit.engine.draws import below, draw
from demerit.society.places import Places
from demerit.society.plan import CONSCIENCE
from demerit.society.population_types import Service
from demerit.society.quantiles import quantile_of

_AGENCY = int(Purpose.AGENCY)
_SERVICE = int(Purpose.SERVICE)
_CADRE, _FORMAL = STRATA.index("cadre"), STRATA.index("formal")
_STRIDE = 4096


def found_agencies(
    seed: int, plan: np.void, places: Places, person: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the agencies (AGENCY_DTYPE) and the first of each province, shape (P + 1,).

    Args:
        seed: the run's seed.
        plan: what compliance is drawn from.
        places: provinces and cities.
        person: citizens, shape (N,).
    """
    rows: list[tuple[int, int, int]] = []
    first = [0]
    for province, (low, high) in enumerate(places.people()):
        cities = np.flatnonzero(places.city_province == province).tolist()
        if high > low:
            rows += [(cities[0], province, kind) for kind in range(CITY_GOVERNMENT)]
            rows += [(city, province, CITY_GOVERNMENT) for city in cities]
        first.append(len(rows))
    agencies = np.zeros(len(rows), dtype=AGENCY_DTYPE)
    for agency, (city, province, kind) in enumerate(rows):
        bounds = places.city_first[city : city + 2]
        if kind != CITY_GOVERNMENT:
            bounds = places.citizen_first[province : province + 2]
        lanes = draw(seed, _AGENCY, agency, 0, 0)
        leader = _first_of(person["stratum"], int(bounds[0]), int(bounds[1]), lanes[0], _CADRE)
        compliance = quantile_of(plan, CONSCIENCE, lanes[1])
        agencies[agency] = (leader + 1, city, compliance, province, kind)
    return agencies, np.array(first, dtype=np.int64)


def found_services(
    seed: int, plan: np.void, kinds: Sequence[Service], places: Places, person: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the services (SERVICE_DTYPE) and the first of each province, shape (P + 1,).

    Args:
        seed: the run's seed.
        plan: what compliance is drawn from.
        kinds: kinds of service of the society file.
        places: provinces and cities.
        person: citizens, shape (N,).
    """
    bounds = places.city_first
    rows: list[tuple[int, int, int, int, int]] = []
    first = [0]
    for province, (low, high) in enumerate(places.people()):
        cities = np.flatnonzero(places.city_province == province).tolist()
        for service in kinds if high > low else ():
            kind = SERVICE_KINDS.index(service.id)
            served = [(cities[0], low, high)]
            if service.serves == "city":
                served = [(city, int(bounds[city]), int(bounds[city + 1])) for city in cities]
            for city, begin, end in served:
                count = max(1, round((end - begin) / float(service.people)))
                rows += [(city, province, kind, begin, end)] * count
        first.append(len(rows))
    services = np.zeros(len(rows), dtype=SERVICE_DTYPE)
    for number, (city, province, kind, begin, end) in enumerate(rows):
        lanes = draw(seed, _SERVICE, number, 0, 0)
        manager = _first_of(person["stratum"], begin, end, lanes[0], _FORMAL)
        compliance = quantile_of(plan, CONSCIENCE, lanes[1])
        services[number] = (manager + 1, city, compliance, province, kind)
    return services, np.array(first, dtype=np.int64)


def _first_of(strata: np.ndarray, low: int, high: int, lane: int, stratum: int) -> int:
    """Return the first person of a stratum from a drawn place on, else an adult; -1 where nobody is."""
    start = low + int(below(lane, max(high - low, 1)))
    adult = -1
    for begin, end in ((start, high), (low, start)):
        for opening in range(begin, end, _STRIDE):
            part = strata[opening : min(opening + _STRIDE, end)]
            found = np.flatnonzero(part == stratum)
            if len(found):
                return opening + int(found[0])
            if adult < 0 and len(grown := np.flatnonzero(part != CHILD)):
                adult = opening + int(grown[0])
    return adult
