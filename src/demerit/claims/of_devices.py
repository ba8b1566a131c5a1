"""Claims about devices that lock people out of daily life (C18)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.words import BY_MOBILITY, CITIZEN, DEVICE, INDEX_MASK, SERVICES, VEHICLE
from demerit.claims.reading import DAYS_A_YEAR, Array, Figure, Reading, kind_of, share
from demerit.claims.standings import in_the_morning, of_citizens, sanctions, spells
from demerit.claims.statistics import Statistic
from demerit.claims.weeks import needs


def drivers_of_networked(reading: Reading) -> Array:
    """Return by vehicle the citizen who drives a networked car, -1 for what is not networked."""
    vehicles = reading.setting.population.vehicles
    who = np.where(vehicles["networked"] == 1, vehicles["driver"].astype(np.int64), -1)
    return np.where(kind_of(np.maximum(who, 0)) == CITIZEN, who, -1)


def owners(reading: Reading) -> Array:
    """Return in order the adults who drive a networked car of their own or depend on a networked device."""
    uses = reading.setting.population.traits["device"] == 1
    driving = drivers_of_networked(reading)
    uses[driving[driving >= 0]] = True
    return np.flatnonzero(uses & reading.adult)


def owner_years(reading: Reading) -> float:
    """Return the years lived by owners of networked devices."""
    who, deaths = owners(reading), reading.of("death")
    lost = reading.days - deaths["day"][np.isin(deaths["subject"], who)].astype(np.int64)
    return float(len(who) * reading.days - lost.sum()) / DAYS_A_YEAR


def lockouts(reading: Reading) -> Array:
    """Return the spells in which an owner is locked out, by citizen: a car that stops, a gate that refuses.

    A sanction of a car that stops only what is networked does nothing to other cars, and a gate nothing to
    people without such devices.
    """
    found = spells(reading, "sanction_start", "sanction_end")
    stops = [number for number, one in sanctions(reading, "vehicle").items() if one.stops == "networked"]
    cars = found[np.isin(found["rule"], stops) & (kind_of(found["subject"]) == VEHICLE)]
    cars["subject"] = drivers_of_networked(reading)[cars["subject"] & INDEX_MASK]
    gates = [number for number, one in sanctions(reading).items() if SERVICES[DEVICE] in one.refuses]
    shut = of_citizens(found[np.isin(found["rule"], gates)])
    shut = shut[reading.setting.population.traits["device"][shut["subject"]] == 1]
    who = owners(reading)
    both = np.concatenate([cars, shut])
    return np.asarray(both[np.isin(both["subject"], who)])


def days_in(found: Array) -> int:
    """Return the days that people spend in at least one of their spells.

    >>> two = np.array([(1, 0, 5), (1, 3, 9), (2, 4, 5)], [("subject", int), ("first", int), ("end", int)])
    >>> days_in(two)
    10
    """
    scale = 1 << 17  # days of a run stay below it
    order = np.lexsort((found["first"], found["subject"]))
    first = (found["subject"] * scale + found["first"])[order]
    end = (found["subject"] * scale + found["end"])[order]
    if len(first) == 0:
        return 0
    reached = np.concatenate([first[:1], np.maximum.accumulate(end)[:-1]])
    return int(np.maximum(end - np.maximum(first, reached), 0).sum())


def locked_days(reading: Reading) -> Figure:
    """Return the days on which owners are locked out / owner-years, per 1,000 owner-years."""
    return share(days_in(lockouts(reading)), owner_years(reading), 1000)


def missed_bundles(reading: Reading) -> int:
    """Return the weeks' errands that needed a device which was locked."""
    found = lockouts(reading)
    who = np.unique(found["subject"])
    locked = in_the_morning(found, who, np.arange(0, reading.days, 7))
    return int(np.count_nonzero(locked & needs(reading, who, DEVICE)))


def jobs_lost(reading: Reading) -> int:
    """Return the jobs that were lost because a networked car stood still."""
    rows = reading.of("job_lost")
    rows = rows[rows["rule"] == BY_MOBILITY]
    if len(rows) == 0:
        return 0
    found = lockouts(reading)
    who = np.unique(rows["subject"]).astype(np.int64)
    # the notice is given on the first day of a week and takes effect on the next
    days = np.unique(rows["day"]).astype(np.int64)
    locked = in_the_morning(found, who, days - 1)
    place = np.searchsorted(who, rows["subject"]), np.searchsorted(days, rows["day"])
    return int(np.count_nonzero(locked[place]))


def missed(reading: Reading) -> Figure:
    """Return what owners miss with a lock-out among its causes / owner-years, per 1,000 owner-years.

    In the model a week brings its food, its bus and its errands apart, and a locked device does nothing to
    the first two. So counted is what a lock-out does do: errands of a week that needed the device and were
    missed or done otherwise at a cost, and jobs lost because the car stood still.
    """
    return share(missed_bundles(reading) + jobs_lost(reading), owner_years(reading), 1000)


STATISTICS: dict[str, Statistic] = {
    "C18.1": Statistic(locked_days),
    "C18.2": Statistic(missed),
}
