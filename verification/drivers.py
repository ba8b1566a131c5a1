"""Synthetic drivers under a totting-up licence: one world lived, points on the record read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from verification.official import BINS, EDGES, HERE, Declaration

from demerit.catalogue.entries import LICENCE_RETURNED, RECORD
from demerit.catalogue.words import CIRCLES, ELIGIBILITY, ROAD
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.society import Society

THREE, SIX = "road.speeding", "road.red_light"
CHANCE = 0.35
"""P(offence) of both kinds in the calibrated population; what is fitted is the rate of situations."""
YEAR = 365


@dataclass(frozen=True)
class Life:
    """What is fitted: situations a driver-year, the sigma of frailty, the share of them with six points."""

    rate: float
    sigma: float
    six: float


@dataclass(frozen=True)
class Records:
    """Endorsements of a world, in the order of drivers and days.

    Attributes:
        driver: number of the driver, int64.
        day: day of the endorsement, int64.
        points: three or six, int64.
        key: id of the ledger's entry, int64.
        returned_driver: drivers whose licence came back after a ban, int64.
        returned_day: the days on which it did, int64.
        withheld: share of drivers under a ban on the last day.
        drivers: number of drivers.
        standing: points that counted a year before the end, by citizen, int64.
        exposure: situations a year that a citizen meets on the road, float64; 0 for who does not drive.
    """

    driver: np.ndarray[Any, Any]
    day: np.ndarray[Any, Any]
    points: np.ndarray[Any, Any]
    key: np.ndarray[Any, Any]
    returned_driver: np.ndarray[Any, Any]
    returned_day: np.ndarray[Any, Any]
    withheld: float
    drivers: int
    standing: np.ndarray[Any, Any]
    exposure: np.ndarray[Any, Any]


def society_of(life: Life, *, learns: bool) -> Society:
    """Return the city's people as drivers who meet nothing but two temptations on the road."""
    city = Society.load("city")
    patch: dict[str, Any] = {f"situation.{one.id}.rate": 0 for one in city.data.situations}
    patch |= {
        "society.null": "totting-up-2015",
        "eligibility.driver": 1,
        "life_course.enabled": False,
        "labour.applications": 0,
        "exposure.road_sigma": life.sigma,
        f"situation.{THREE}.rate": life.rate * (1 - life.six),
        f"situation.{SIX}.rate": life.rate * life.six,
        f"situation.{SIX}.necessity": 0.01,
        f"situation.{SIX}.harm": 0.08,
        f"situation.{SIX}.null_probability": CHANCE,
        f"situation.{THREE}.null_probability": CHANCE,
    }
    patch |= {f"trust.step_{circle}": 0 for circle in CIRCLES}
    if not learns:
        patch |= {"learning.alpha": 0, "learning.alpha_heard": 0, "learning.hearers": 0}
    return city.patched(patch)


def regime_of(ban_days: float, **more: Any) -> Regime:
    """Return the totting-up regime under which a ban is expected to cost so many days of income."""
    rules = Regime.load(HERE / "totting_up_rules.toml")
    return rules.patched({"licence.study_cost_days": ban_days, **more})


def live(declared: Declaration, life: Life, regime: Regime, *, learns: bool, seed: int) -> Records:
    """Live the declared years and return every endorsement."""
    run = declared.data["run"]
    society = society_of(life, learns=learns)
    setting = settle(society, run["people"], seed, 2, {regime.id: regime})
    world = setting.world(regime, shards=2)
    world.run((run["years"] - 1) * YEAR, threads=2)
    standing = world.state["licence_points"].astype(np.int64)
    world.run(run["years"] * YEAR, threads=2)
    rows = world.take_rows()
    kinds = [one.answers for one in regime.data.conducts]
    worth = np.array([{THREE: 3, SIX: 6}.get(kind, 0) for kind in kinds], np.int64)
    records = rows[rows["what"] == RECORD]
    records = records[np.lexsort((records["id"], records["day"], records["subject"]))]
    back = rows[rows["what"] == LICENCE_RETURNED]
    flags = setting.population.traits["flags"]
    drives = flags >> ELIGIBILITY.index("driver") & 1 == 1
    banned = world.state["licence_until"][drives].astype(np.int64) > world.day
    return Records(
        records["subject"].astype(np.int64),
        records["day"].astype(np.int64),
        worth[records["rule"]],
        records["id"].astype(np.int64),
        back["subject"].astype(np.int64),
        back["day"].astype(np.int64),
        float(banned.mean()),
        int(drives.sum()),
        standing,
        np.where(drives, setting.population.traits["family_rate"][:, ROAD] / 256, 0.0),
    )


def shares_on(records: Records, day: int, stays: int) -> np.ndarray[Any, Any]:
    """Return the shares of drivers by points on the record on the evening of a day, in the official bins.

    A record stays for some days, and goes when the licence comes back after a ban.
    """
    people = int(max(records.driver.max(initial=0), records.returned_driver.max(initial=0))) + 1
    cleared = np.full(people, -1, np.int64)
    before = records.returned_day <= day
    np.maximum.at(cleared, records.returned_driver[before], records.returned_day[before])
    there = (records.day <= day) & (records.day > day - stays) & (records.day >= cleared[records.driver])
    points = np.bincount(records.driver[there], records.points[there], people)
    tops = (*EDGES[1:], np.inf)
    bins = [((points >= low) & (points < high)).sum() for low, high in zip(EDGES, tops, strict=True)]
    return np.array(bins) / records.drivers


def measured(declared: Declaration, records: Records) -> dict[str, float]:
    """Return the shares by bin, as the mean of the days of measurement, with the share of six points."""
    stays = declared.data["record"]["stays_days"]
    days = [year * YEAR - 1 for year in declared.data["run"]["measured_after_years"]]
    shares = np.mean([shares_on(records, day, stays) for day in days], axis=0)
    late = records.day > days[0] - stays
    found = dict(zip(BINS, shares.tolist(), strict=True))
    return found | {"six": float((records.points[late] == 6).mean()), "banned": records.withheld}


def next_year(declared: Declaration, records: Records) -> dict[str, tuple[float, int]]:
    """Return endorsements of the last year over exposure, by the points that counted when it began.

    Each with the number of endorsements behind it. Who was under a ban in between counts as well.
    """
    first = (declared.data["run"]["years"] - 1) * YEAR
    late = records.driver[records.day >= first]
    caught = np.bincount(late, minlength=len(records.standing))
    found = {}
    for name, low, high in (("0", 0, 1), ("3", 3, 4), ("6", 6, 7), ("9", 9, 10)):
        here = (records.standing >= low) & (records.standing < high) & (records.exposure > 0)
        found[name] = (float(caught[here].sum() / records.exposure[here].sum()), int(caught[here].sum()))
    return found
