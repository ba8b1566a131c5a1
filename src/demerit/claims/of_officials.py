"""Claims about freedoms that public employees and their families lose (C15)."""

from __future__ import annotations

from typing import cast

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.serving import GOVERNED, REFUSED
from demerit.catalogue.words import CELLS, CIVIL_TRIP, ELIGIBILITY, FIFTHS, HUKOU, STRATA
from demerit.claims.reading import Array, Figure, Reading
from demerit.claims.statistics import Kept, Statistic

STRATEGIC = STRATA.index("strategic")
FORMAL = STRATA.index("formal")
_OFFICIAL = ELIGIBILITY.index("official")
_CELLS_A_STRATUM = len(HUKOU) * len(FIFTHS)
_TRAVEL, _CIVIL_TRAVEL = "cs.travel", "civ.travel"
_ABROAD = tuple(f"cs.{name}" for name in GOVERNED)


def _late_cells(reading: Reading, *names: str) -> Array:
    """Return the sum of flows late by stratum and by hukou and fifth: float (strata, hukou x fifths)."""
    late = reading.recorder.flows[len(reading.recorder.flows) - reading.late_months :]
    found = sum(late.of(flow(name))[:, :CELLS].sum(axis=0) for name in names)
    return np.asarray(found, float).reshape(len(STRATA), _CELLS_A_STRATUM)


def wishes(reading: Reading, *kinds: str) -> Array:
    """Return late wishes by cell: occasions that could arise and were not left of one's own accord."""
    met = _late_cells(reading, *(f"{kind}.met" for kind in kinds))
    for idle in ("vetoed", "principle"):
        met -= _late_cells(reading, *(f"{kind}.{idle}" for kind in kinds))
    return met


def withheld_trips(reading: Reading) -> Array:
    """Return late trips by cell that people who are no officials do not make for a rule or a refusal."""
    held = (f"{_CIVIL_TRAVEL}.law", f"{_CIVIL_TRAVEL}.score", "household_refused", "passports_withheld")
    return _late_cells(reading, *held)


def freedom_gap(reading: Reading) -> Figure:
    """Return wishes not acted on for the rule or a refusal / wishes, public less formal employees, late.

    Formal employees are reweighted to the hukou and income of public employees, and to what these wish: a
    trip abroad is set against a trip abroad, and for the rest nothing governs whoever is no official. The
    control on share trading is among the wishes; it is the same in every regime.
    """
    population = reading.setting.population
    cells = population.traits["cell"][population.traits["flags"] >> _OFFICIAL & 1 == 1]
    public = np.unique(cells // _CELLS_A_STRATUM)
    wanted, to_travel = wishes(reading, *_ABROAD)[public].sum(), wishes(reading, _TRAVEL)[public].sum()
    denied = _late_cells(reading, "service_given_up", "service_denied")[public].sum()
    if wanted == 0:
        return Figure(float("nan"), 0.0)
    trips, held = wishes(reading, _CIVIL_TRAVEL)[FORMAL], withheld_trips(reading)[FORMAL]
    weight = np.bincount(cells % _CELLS_A_STRATUM, minlength=_CELLS_A_STRATUM) * (trips > 0)
    formal = float((weight * held / np.maximum(trips, 1)).sum() / max(weight.sum(), 1))
    return Figure(float(denied / wanted - formal * to_travel / wanted), float(min(wanted, trips.sum())))


def family_of_staff(reading: Reading) -> Array:
    """Return the adults, no officials themselves, who live with an official of a strategic sector."""
    population = reading.setting.population
    traits = population.traits
    sizes = np.diff(population.household_first).astype(np.int64)
    home = np.repeat(np.arange(len(sizes)), sizes)
    official = traits["flags"] >> _OFFICIAL & 1 == 1
    staff = traits["cell"] // _CELLS_A_STRATUM == STRATEGIC
    return np.flatnonzero(np.isin(home, home[staff]) & ~official & reading.adult)


def family_trips(reading: Reading) -> Kept:
    """Keep the trips that families of strategic staff forgo and their wishes to travel, late.

    Superiors of the official have to agree where the regime says so, and then every wish leaves an entry.
    Where they have not, only what is refused does: the wishes are then unknown.
    """
    family = family_of_staff(reading)
    rows = reading.of("given_up", "household_permit", "passport_withheld")
    rows = rows[np.isin(rows["subject"], family) & (rows["day"] >= reading.late_day)]
    codes = {name: reading.of(name)["what"][:1] for name in ("given_up", "household_permit")}
    given_up = np.isin(rows["what"], codes["given_up"])
    asked = np.isin(rows["what"], codes["household_permit"])
    rows, given_up, asked = (one[~given_up | (rows["rule"] == CIVIL_TRIP)] for one in (rows, given_up, asked))
    refused = asked & (rows["rule"] == REFUSED)
    forgone = np.count_nonzero(given_up | refused | (~given_up & ~asked))
    asks = reading.world.rules["household_layers"] > 0
    wished = int(np.count_nonzero(given_up | asked)) if asks else None
    return {"forgone": int(forgone), "wishes": wished}


def forgone_more(here: Kept, there: Kept) -> Figure:
    """Return trips forgone / wishes of families of strategic staff here, less that share there.

    Wishes come from occasions and tastes that both worlds share; where one of them keeps no account of
    wishes, those of the other are taken for it. Without any account nothing is known.
    """
    known = [cast(int, kept["wishes"]) for kept in (here, there) if kept["wishes"] is not None]
    if not known or max(known) == 0:
        return Figure(float("nan"), 0.0)
    first, second = (
        kept["forgone"] / (kept["wishes"] if kept["wishes"] else max(known)) for kept in (here, there)
    )
    return Figure(float(first - second), float(max(known)))


STATISTICS: dict[str, Statistic] = {
    "C15.1": Statistic(freedom_gap),
    "C15.2": Statistic(family_trips, forgone_more),
}
