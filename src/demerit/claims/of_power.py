"""Claims about people who refuse a superior who harasses them (C12)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.words import BY_DISPLAY, BY_RECORD, BY_REFUSAL, BY_SANCTION, FIFTHS, HUKOU, STRATA
from demerit.claims.reading import DAYS_A_YEAR, Array, Figure, Reading, share
from demerit.claims.standings import of_citizens, sanctions
from demerit.claims.statistics import Kept, Statistic

DISMISSALS = (BY_REFUSAL, BY_RECORD, BY_SANCTION, BY_DISPLAY)
"""Ways to lose a job that are a dismissal of this person: no end of a contract, no layoff, no own notice."""
_CELLS_A_STRATUM = len(HUKOU) * len(FIFTHS)


def protected_strata(reading: Reading) -> list[int]:
    """Return the strata about whose members a record is not always filed."""
    exemptions = reading.regime.data.exemptions
    filed = {} if exemptions is None else exemptions.filed
    return [STRATA.index(stratum) for stratum, chance in filed.items() if float(chance) < 1]


def blows(reading: Reading) -> Array:
    """Return what befalls people: dismissals, sanctions that begin and displays, by subject and day."""
    starts, lost = reading.of("sanction_start"), reading.of("job_lost")
    starts = starts[np.isin(starts["rule"], list(sanctions(reading)))]
    lost = lost[np.isin(lost["rule"], DISMISSALS)]
    found = of_citizens(np.concatenate([starts, lost, reading.of("display_start")]))
    return np.asarray(found[np.lexsort((found["day"], found["subject"]))])


def is_struck(reading: Reading, refusals: Array) -> Array:
    """Tell who of those who refuse is dismissed, sanctioned or displayed within 365 days of it.

    All that befalls them counts, whatever has brought it on, as the definition says no other.
    """
    scale = 1 << 17  # days of a run stay below it
    found = blows(reading)
    times = found["subject"].astype(np.int64) * scale + found["day"]
    since = refusals["subject"].astype(np.int64) * scale + refusals["day"]
    until = since + int(DAYS_A_YEAR)
    return np.asarray(np.searchsorted(times, until, side="right") > np.searchsorted(times, since))


def refusals(reading: Reading) -> tuple[Array, Array, Array]:
    """Return refusals that were seen for 365 days: their rows, the superior's stratum, who is struck."""
    rows = reading.of("refusal")
    rows = rows[rows["day"] + int(DAYS_A_YEAR) < reading.days]
    advance = reading.rows[reading.rows_by_id(rows["cause"])]
    cells = reading.setting.population.traits["cell"][advance["subject"]]
    return rows, cells // _CELLS_A_STRATUM, is_struck(reading, rows)


def incidents(reading: Reading) -> Kept:
    """Keep every refusal (day, who refuses, the superior's stratum, 1 if struck) and the protected strata."""
    rows, strata, struck = refusals(reading)
    listed = np.stack([rows["day"], rows["subject"], strata, struck], axis=1).astype(int).tolist()
    return {"protected": protected_strata(reading), "refusals": listed}


def struck_more(here: Kept, there: Kept) -> Figure:
    """Return the share of refusers of a protected superior struck here less there, on the same incidents.

    Protected are the strata that the first world exempts. An incident is the same if the same person refuses
    on the same day; refusals that only one world has seen tell of a choice and not of what follows it.
    """
    other = {(day, subject): struck for day, subject, _, struck in there["refusals"]}
    more = [
        struck - other[day, subject]
        for day, subject, stratum, struck in here["refusals"]
        if stratum in here["protected"] and (day, subject) in other
    ]
    return share(sum(more), len(more))


def struck_ratio(reading: Reading) -> Figure:
    """Return the share of refusers of a protected superior who are struck over that of an unprotected one.

    The occasions are the smaller of the two groups.
    """
    _, strata, struck = refusals(reading)
    protected = np.isin(strata, protected_strata(reading))
    first, second = (share(struck[group].sum(), group.sum()) for group in (protected, ~protected))
    ratio = share(first.value, second.value).value if second.occasions else float("nan")
    return Figure(ratio, min(first.occasions, second.occasions))


STATISTICS: dict[str, Statistic] = {
    "C12.1": Statistic(incidents, struck_more),
    "C12.2": Statistic(struck_ratio),
}
