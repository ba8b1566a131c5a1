"""A population: all about people, homes, firms, vehicles and ties that is fixed before the first day."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from demerit.catalogue.words import (
    BELONGINGS,
    CHILD,
    ELIGIBILITY,
    FIFTHS,
    HUKOU,
    LEANINGS,
    PUBLIC,
    SECTORS,
    STRATA,
    TRADE,
    VEHICLE_KINDS,
)
from demerit.society.frailty import rate_table
from demerit.society.incomes import endow
from demerit.society.packing import unpacked_people
from demerit.society.places import Places
from demerit.society.plan import LARGEST_HOME, NEIGHBOURHOOD_SHIFT


@dataclass(frozen=True, eq=False)
class Population:
    """People and what they belong to; the arrays are not to be changed.

    Attributes:
        seed: seed of all draws.
        traits: TRAITS_DTYPE, shape (N,).
        minds: MIND_DTYPE, shape (N,); see ``person``.
        plan: what initial wealth is drawn from, a record of ``PLAN_DTYPE``.
        rate_class: class of each person's rate of situations, uint8 (N,); see ``rate_table``.
        home_first: first household of each neighbourhood, uint32.
        household_first: first member of each household and the end of the last, uint32 (H + 1,).
        friends: citizen + 1, 0 for none, uint32 (N, friends); mutual.
        kin_first: first place of each citizen in ``kin``, uint32 (N + 1,); empty where kin are computed.
        kin: citizens, uint32; empty where kin are computed.
        vehicles: VEHICLE_DTYPE, shape (V,), fleets first.
        companies: COMPANY_DTYPE, shape (F,), public units first, then firms, largest first.
        company_first: first place of each company in ``staff`` and the end of the last, uint32 (F + 1,).
        staff: citizens by employer, uint32.
        agencies: AGENCY_DTYPE, shape (A,), province by province.
        services: SERVICE_DTYPE, shape (S,), province by province.
        places: provinces and cities.
        company_first_of_province: first company of each province and the end of the last, int64 (P + 1,).
        vehicle_first_of_province: the same of vehicles.
        agency_first: first agency of each province and the end of the last, int64 (P + 1,).
        service_first: the same of services.
        milestones: changes of role to come, MILESTONE_DTYPE, by day and citizen.
        stratum_weight: what a member of each stratum counts for when shares are those in life, float64.
        ties: keys of kinship and surnames, a record of ``demerit.engine.permutation.TIES_DTYPE``.
    """

    seed: int
    traits: np.ndarray
    minds: np.ndarray
    plan: np.void
    rate_class: np.ndarray
    home_first: np.ndarray
    household_first: np.ndarray
    friends: np.ndarray
    kin_first: np.ndarray
    kin: np.ndarray
    vehicles: np.ndarray
    companies: np.ndarray
    company_first: np.ndarray
    staff: np.ndarray
    agencies: np.ndarray
    services: np.ndarray
    places: Places
    company_first_of_province: np.ndarray
    vehicle_first_of_province: np.ndarray
    agency_first: np.ndarray
    service_first: np.ndarray
    milestones: np.ndarray
    stratum_weight: np.ndarray
    ties: np.void

    @property
    def count(self) -> int:
        """Number of people."""
        return len(self.traits)

    def subjects(self) -> tuple[int, ...]:
        """Return the number of subjects of each kind."""
        others = (self.companies, self.vehicles, self.agencies, self.services)
        return (self.count, *(len(kind) for kind in others))

    @property
    def person(self) -> np.ndarray:
        """Attributes as they are told, PERSON_DTYPE (N,), put together when they are asked for."""
        return unpacked_people(self.traits, self.minds)

    @property
    def wealth_fen(self) -> np.ndarray:
        """Initial liquid wealth, int64 (N,), drawn when it is asked for; children have none."""
        wealth = np.zeros(self.count, dtype=np.int64)
        endow(0, self.count, self.seed, self.plan, self.traits, self.person, wealth)
        return wealth

    @property
    def households(self) -> int:
        """Number of households."""
        return len(self.household_first) - 1

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array by name."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}

    def bytes_per_person(self) -> dict[str, float]:
        """Return the memory of each array divided by the number of people."""
        return {name: values.nbytes / self.count for name, values in self.arrays().items()}

    def eligible(self, word: str) -> int:
        """Return how many meet the situations that a society file gives to a role or kind of organisation."""
        if word in ELIGIBILITY:
            return int((self.traits["flags"] >> ELIGIBILITY.index(word) & 1).sum())
        sector, group = self.companies["sector"], self.companies["group"]
        counts = {
            "company": int((sector != PUBLIC).sum()),
            "shop": int(((sector == TRADE) & (group > 0)).sum()),
            "agency": len(self.agencies),
            "service": len(self.services),
        }
        return counts[word]

    def neighbours(self, citizen: int) -> range:
        """Return the neighbourhood a citizen belongs to, the citizen included."""
        first = citizen >> NEIGHBOURHOOD_SHIFT << NEIGHBOURHOOD_SHIFT
        return range(first, min(first + (1 << NEIGHBOURHOOD_SHIFT), self.count))

    def household_of(self, citizen: int) -> int:
        """Return the number of a citizen's household."""
        return int(self.home_first[citizen >> NEIGHBOURHOOD_SHIFT]) + int(self.traits["home"][citizen])

    def members(self, household: int) -> range:
        """Return the members of a household."""
        return range(int(self.household_first[household]), int(self.household_first[household + 1]))

    def rate_table(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the rate of each class: int64 (256,) in 1/256 a year, and float64 (256,) a week."""
        return rate_table()

    def describe(self) -> dict[str, float]:
        """Return counts and the shares achieved; shares of strata, fifths and eligibility are of adults."""
        person, traits = self.person, self.traits
        adult = person["stratum"] != CHILD
        adults = int(adult.sum())
        sizes = np.bincount(np.diff(self.household_first), minlength=LARGEST_HOME + 1)[1:]
        found: dict[str, float] = {
            "people": self.count,
            "households": self.households,
            "adults": adults,
            "companies": len(self.companies),
            "employed": len(self.staff),
            "provinces": self.places.provinces,
            "vehicles": len(self.vehicles),
            "agencies": len(self.agencies),
            "services": len(self.services),
            "cities": self.places.cities,
            "fleet vehicles": int(self.companies["fleet"].sum(dtype=np.int64)),
            "household size": self.count / self.households,
            "friends per adult": float(np.count_nonzero(self.friends)) / adults,
            "income CNY/day": float(traits["income_fen_day"][adult].mean(dtype=np.float64)) / 100,
            "wealth CNY": float(self.wealth_fen[adult].mean(dtype=np.float64)) / 100,
            "conscience": float(traits["conscience"][adult].mean(dtype=np.float64)) / 65536,
            "situations a year": float(traits["family_rate"].sum(dtype=np.int64)) / 256 / adults,
            "child share": 1 - adults / self.count,
            "urban share": float(person["urban"].mean(dtype=np.float64)),
            "women share": 1 - float(person["sex"].mean(dtype=np.float64)),
            "minority share": float(person["minority"].mean(dtype=np.float64)),
            "party share": float(person["party"][adult].mean(dtype=np.float64)),
        }
        found |= {f"household of {size} share": n / self.households for size, n in enumerate(sizes, 1)}
        found |= _shares(HUKOU, person["hukou"])
        found |= _shares(STRATA[:CHILD], person["stratum"][adult])
        found |= _shares(FIFTHS, person["fifth"][adult])
        counts = np.bincount(person["stratum"][adult], minlength=CHILD) * self.stratum_weight[:CHILD]
        found |= {
            f"{name} share in life": float(count / counts.sum())
            for name, count in zip(STRATA[:CHILD], counts, strict=True)
        }
        for place, name in enumerate(ELIGIBILITY[1:], 1):
            found[f"{name} share"] = float((traits["flags"][adult] >> place & 1).mean(dtype=np.float64))
        for name in LEANINGS:
            found[name.replace("_", " ")] = float(person[name][adult].mean(dtype=np.float64)) / 255
        for bit, name in enumerate(BELONGINGS):
            found[f"{name} share"] = float((person["belongings"][adult] >> bit & 1).mean(dtype=np.float64))
        if len(self.vehicles):
            found |= _shares(VEHICLE_KINDS, self.vehicles["kind"])
            found["networked share"] = float(self.vehicles["networked"].mean(dtype=np.float64))
        if len(self.companies):
            found |= _shares(SECTORS, self.companies["sector"])
            found |= _shares(("no group", "first group", "second group"), self.companies["group"])
            found["compliance"] = float(self.companies["compliance"].mean(dtype=np.float64)) / 65536
            owns = self.companies["owner"] == self.companies["representative"]
            found["owner represents share"] = float(owns.mean(dtype=np.float64))
        return found


def _shares(names: tuple[str, ...], codes: np.ndarray) -> dict[str, float]:
    counts = np.bincount(codes, minlength=len(names))
    return {f"{name} share": int(count) / len(codes) for name, count in zip(names, counts, strict=True)}
