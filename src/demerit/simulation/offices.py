"""The appeal offices: one in every province, with the day on which each of its desks is free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.columns import APPEAL_DESK_DTYPE, APPEAL_OFFICE_DTYPE
from demerit.catalogue.letters import CASE_STEP
from demerit.catalogue.pointers import Accounts, AppealDesks, AppealOffice, Desk, Message, Rules
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.appeals import go_on_with_case, take_case
from demerit.simulation.arrays import TheTown, Town

if TYPE_CHECKING:
    from demerit.simulation.world import World
    from demerit.society.people import Population

_ADULT = 1
_DAYS_A_YEAR = 365.0
_LAST_DAY = 65535


def first_agencies(population: Population) -> np.ndarray[Any, Any]:
    """Return the first agency of the province of each company's representative: int64 (companies)."""
    representatives = np.maximum(population.companies["representative"].astype(np.int64) - 1, 0)
    return np.asarray(population.agency_first[population.places.province_of(representatives)], np.int64)


def found_offices(
    population: Population, rules: np.void
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return all provinces' offices (APPEAL_OFFICE_DTYPE) and their desks (APPEAL_DESK_DTYPE), all free.

    Desks are whole, so the days that a case takes are stretched or shortened a little until the capacity of
    the office is exactly what the regime says.
    """
    bounds = population.places.citizen_first
    offices = np.zeros(len(bounds) - 1, APPEAL_OFFICE_DTYPE)
    if rules["appeals"] == 0:
        return offices, np.zeros(0, APPEAL_DESK_DTYPE)
    grown = np.concatenate([[0], np.cumsum(population.traits["flags"] & _ADULT, dtype=np.int64)])
    adults = np.diff(grown[bounds])
    decisions = int(rules["capacity"]) / 1000 * adults / 1e6 / _DAYS_A_YEAR  # a day
    desks = np.maximum(np.rint(decisions * (int(rules["service_days"]) / 1000)), adults > 0).astype(np.int64)
    offices["desks"] = desks
    offices["first"] = np.cumsum(desks) - desks
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.where(desks > 0, decisions / desks, 1.0)
    offices["finishing"] = np.minimum(np.rint(chance * 2.0**32), 2.0**32 - 1).astype(np.uint32)
    return offices, np.zeros(int(desks.sum()), APPEAL_DESK_DTYPE)


def resize_offices(world: World) -> None:
    """Give the offices the desks that today's rules pay for; cases that are being worked on go on.

    Of desks that are given up those that are busy for longest go, when they are done.
    """
    offices, desks = found_offices(world.population, world.rules)
    if len(desks) == len(world.appeal_desks) and (offices["desks"] == world.appeal_offices["desks"]).all():
        world.appeal_offices["finishing"] = offices["finishing"]
        return
    desks["free"] = world.day
    for old, new in zip(world.appeal_offices, offices, strict=True):
        new["pending"] = old["pending"]
        busy = world.appeal_desks["free"][int(old["first"]) : int(old["first"]) + int(old["desks"])]
        kept = np.sort(busy)[: int(new["desks"])]
        own = desks["free"][int(new["first"]) : int(new["first"]) + int(new["desks"])]
        own[: len(kept)] = kept
        own.sort()  # a sorted list is a heap
    world.appeal_offices, world.appeal_desks = offices, desks


@kernel(void(AppealDesks, i8, i8, i8))
def take_desk(desks: np.ndarray[Any, Any], first: int, count: int, until: int) -> None:
    """Keep the desk that is free first busy until a day.

    The desks of an office are a heap: each is free no later than the two at twice its place and after.
    """
    place = 0
    while True:
        child = 2 * place + 1
        if child >= count:
            break
        if child + 1 < count and i64(desks[first + child + 1]["free"]) < i64(desks[first + child]["free"]):
            child += 1
        if i64(desks[first + child]["free"]) >= until:
            break
        desks[first + place]["free"] = i64(desks[first + child]["free"])
        place = child
    desks[first + place]["free"] = until


@kernel(void(AppealOffice, AppealDesks, Rules, Desk, Message))
def receive_appeal(
    office: np.void, desks: np.ndarray[Any, Any], rules: np.void, desk: np.void, message: np.void
) -> None:
    """Take in an appeal and give it the desk that is free first, if it ever gets one."""
    first, count = i64(office["first"]), i64(office["desks"])
    free = i64(desks[first]["free"]) if count > 0 else _LAST_DAY
    until = take_case(office, rules, desk, message, free)
    if until > 0:
        take_desk(desks, first, count, min(until, _LAST_DAY))


@kernel(i8(TheTown, Desk, Accounts, Message, i8))
def deliver_office(town: Town, desk: np.void, account: np.void, message: np.void, agency: int) -> int:
    """Deliver an appeal, or the next step of a case, to the office of a province; return an id or 0."""
    office = town.appeal_offices[i64(town.agencies[agency]["province"])]
    if i64(message["kind"]) == CASE_STEP:
        return go_on_with_case(office, account, town.rules, desk, message)
    receive_appeal(office, town.appeal_desks, town.rules, desk, message)
    return 0
