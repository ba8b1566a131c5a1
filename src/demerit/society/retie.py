"""Put a user's own ties in the place of those that were generated.

Friends and kin given replace all friends and kin. An employee given moves to the company, everybody else
stays where they work; a driver given takes the vehicle, and whoever drove it takes the driver's former one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from demerit.catalogue.words import CHILD, COMPANY, INDEX_MASK, SUBJECT_SHIFT
from demerit.errors import FileProblems, Problem
from demerit.society.lives import DRIVER as DRIVES
from demerit.society.own_ties import DRIVER, EMPLOYEE, FRIEND, RELATIVE, TIES
from demerit.society.people import Population

MOST_FRIENDS = 40
"""Friends of one person; every person has room for as many as the one with the most."""
SHOWN = 20


class _Found:
    """What is wrong with ties, gathered so that all of it is told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def any(self, subjects: np.ndarray, key: str, message: str, expected: str) -> None:
        """Note that something is wrong with these subjects, the first of them one by one."""
        for subject in subjects[:SHOWN].tolist():
            self.problems.append(Problem("ties", None, f"{key}:{subject}", message, expected))
        if len(subjects) > SHOWN:
            more = f"{message}: {len(subjects) - SHOWN:,} more"
            self.problems.append(Problem("ties", None, key, more, expected))


def retie(population: Population, edges: np.ndarray) -> Population:
    """Return the population with own ties in place of generated ones; what is given is not changed.

    Args:
        population: generated people.
        edges: tie, from and to, sorted, friends and kin with the lower number first.

    Raises:
        FileProblems: subjects that are not there, children, people without a licence, too many friends.
    """
    if not len(edges):
        return population
    found = _Found()
    _known(population, edges, found)
    if found.problems:
        raise FileProblems(found.problems)
    of = {code: edges[edges["tie"] == code] for code in range(len(TIES))}
    changed = population
    if len(of[FRIEND]):
        changed = _befriended(changed, of[FRIEND], found)
    if len(of[RELATIVE]):
        changed = _related(changed, of[RELATIVE])
    if len(of[EMPLOYEE]) or len(of[DRIVER]):
        changed = _working(changed, of[EMPLOYEE], of[DRIVER], found)
    if found.problems:
        raise FileProblems(found.problems)
    return changed


def _known(population: Population, edges: np.ndarray, found: _Found) -> None:
    """Look for subjects that are not there, and for children among those who are tied."""
    sizes = {
        "citizen": (population.count, np.isin(edges["tie"], (FRIEND, RELATIVE))),
        "company": (len(population.companies), edges["tie"] == EMPLOYEE),
        "vehicle": (len(population.vehicles), edges["tie"] == DRIVER),
    }
    citizens = np.unique(np.concatenate([edges["from"], edges["to"][sizes["citizen"][1]]]))
    for kind, (size, chosen) in sizes.items():
        ids = citizens if kind == "citizen" else np.unique(edges["to"][chosen])
        beyond = ids[ids >= size]
        found.any(beyond, kind, "there is no such subject", f"{kind}:0 to {kind}:{size - 1}")
    of_adults = edges[edges["tie"] != RELATIVE]
    grown = np.unique(np.concatenate([of_adults["from"], of_adults["to"][of_adults["tie"] == FRIEND]]))
    grown = grown[grown < population.count]
    children = grown[population.person["stratum"][grown] == CHILD]
    found.any(children, "citizen", "is a child", "adults; children can have kin")


def _both_ways(edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return every edge from both its ends, ordered by the end it starts from."""
    one = np.concatenate([edges["from"], edges["to"]])
    other = np.concatenate([edges["to"], edges["from"]])
    order = np.lexsort((other, one))
    return one[order], other[order]


def _befriended(population: Population, edges: np.ndarray, found: _Found) -> Population:
    one, other = _both_ways(edges)
    degree = np.bincount(one, minlength=population.count)
    crowded = np.flatnonzero(degree > MOST_FRIENDS)
    found.any(crowded, "citizen", "has too many friends", f"at most {MOST_FRIENDS}")
    if len(crowded):
        return population
    friends = np.zeros((population.count, int(degree.max())), dtype=np.uint32)
    first = np.concatenate([[0], np.cumsum(degree)])
    friends[one, np.arange(len(one)) - first[one]] = other + 1
    return replace(population, friends=friends)


def _related(population: Population, edges: np.ndarray) -> Population:
    one, other = _both_ways(edges)
    first = np.concatenate([[0], np.cumsum(np.bincount(one, minlength=population.count))])
    return replace(population, kin_first=first.astype(np.uint32), kin=other.astype(np.uint32))


def _working(population: Population, staff: np.ndarray, drivers: np.ndarray, found: _Found) -> Population:
    traits, vehicles = population.traits.copy(), population.vehicles.copy()
    for edges, what in ((staff, "two employers"), (drivers, "two vehicles")):
        people, counts = np.unique(edges["from"], return_counts=True)
        found.any(people[counts > 1], "citizen", f"is given {what}", "one at most")
    taken, counts = np.unique(drivers["to"], return_counts=True)
    found.any(taken[counts > 1], "vehicle", "is given two drivers", "one")
    unable = drivers["from"][traits["flags"][drivers["from"]] & DRIVES == 0]
    found.any(unable, "citizen", "has no driving licence", "a driver")
    if found.problems:
        return population
    traits["employer"][staff["from"]] = staff["to"] + 1
    for edge in drivers:
        _hand_over(traits, vehicles, int(edge["from"]), int(edge["to"]))
    _fleets_at_home(traits, vehicles, found)
    return _staffed(replace(population, traits=traits, vehicles=vehicles))


def _hand_over(traits: np.ndarray, vehicles: np.ndarray, driver: int, vehicle: int) -> None:
    """Let somebody take a vehicle; whoever drove it takes theirs."""
    former, own = int(vehicles["driver"][vehicle]), int(traits["vehicle"][driver])
    traits["vehicle"][former] = own
    if own:
        vehicles["driver"][own - 1] = former
    traits["vehicle"][driver] = vehicle + 1
    vehicles["driver"][vehicle] = driver


def _fleets_at_home(traits: np.ndarray, vehicles: np.ndarray, found: _Found) -> None:
    """Look for vehicles of companies that are driven by others than their employees."""
    of_company = np.flatnonzero(vehicles["owner"] >> SUBJECT_SHIFT == COMPANY)
    owner = vehicles["owner"][of_company] & INDEX_MASK
    away = of_company[traits["employer"][vehicles["driver"][of_company]] != owner + 1]
    found.any(away, "vehicle", "belongs to a company its driver does not work for", "one of its employees")


def _staffed(population: Population) -> Population:
    """List the staff of every company again, and count it."""
    employer = population.traits["employer"]
    working = np.flatnonzero(employer)
    staff = working[np.argsort(employer[working], kind="stable")]
    sizes = np.bincount(employer[working] - 1, minlength=len(population.companies))
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32)
    companies = population.companies.copy()
    companies["employees"] = sizes
    return replace(population, staff=staff.astype(np.uint32), company_first=first, companies=companies)
