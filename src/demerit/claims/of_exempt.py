"""The untouchable: whether the score of the exempt ever fell, and what acts cost them beside others."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import FLOW_COUNT, flow
from demerit.catalogue.entries import ARRIVAL, CREDIT, DERIVED, RECALL
from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.words import CELLS, KINDS, STRATA, TRUE
from demerit.claims.causes import citizens_of
from demerit.claims.copies import is_composite, of_records, on_citizens
from demerit.claims.of_context import kinds_by_rule
from demerit.claims.reading import Array, Figure, Reading, share
from demerit.claims.statistics import Statistic

SPARED = ("elite", "cadre")
"""Strata that the essay's regime exempts; looked at where nobody is exempt, to compare the same people."""


def exempt_strata(reading: Reading) -> Array:
    """Tell which strata are exempt: a record about them is filed with a chance below one, bool (strata)."""
    found = reading.regime.data.exemptions
    named = [] if found is None else [name for name, chance in found.filed.items() if float(chance) < 1]
    return np.array([stratum in (named or SPARED) for stratum in STRATA])


def exempt_adults(reading: Reading) -> Array:
    """Tell who is an exempt adult, bool (citizens)."""
    cells = reading.setting.population.traits["cell"].astype(np.int64)
    return np.asarray(exempt_strata(reading)[cells // CELLS_A_STRATUM] & reading.adult)


def free_acts(reading: Reading, months: int | None = None) -> Array:
    """Return acts without context, as the engine counts them, seen or unseen: int64 (cells, kinds).

    Args:
        months: months at the end of the run; all by default.
    """
    totals = np.zeros((CELLS, FLOW_COUNT), np.int64)
    for month in reading.recorder.flows[-(months or 0) :]:
        totals += month[:CELLS]
    acted, necessity, inability = (
        totals[:, [flow(f"{kind}.{field}") for kind in KINDS]]
        for field in ("acted", "necessity", "inability")
    )
    return np.asarray(acted - necessity - inability)


def deepest_fall(points: Array) -> float:
    """Return the deepest fall of a sum of points below a height it has had before.

    >>> deepest_fall(np.array([5, -3, 1, -9, 20]))
    11.0
    """
    height = np.concatenate([[0], np.cumsum(points, dtype=np.int64)])
    return float((np.maximum.accumulate(height) - height).max())


def exempt_fallen(reading: Reading) -> Figure:
    """Divide exempt adults whose composite ever fell by one typical loss by all exempt adults.

    A typical loss is the median of what a single record takes from anybody's composite. A fall is one from
    any height before, by what records brought and withdrawals gave back; what decay and courses did is left
    out. Where a regime exempts nobody, the elite and cadres are looked at.
    """
    rows = reading.rows
    places = np.sort(np.concatenate([on_citizens(reading, ARRIVAL), on_citizens(reading, RECALL)]))
    moved = rows[places[is_composite(reading, rows["rule"][places])]]
    losses = -moved["points"][(moved["what"] == ARRIVAL) & (moved["points"] < 0)].astype(np.int64)
    exempt = exempt_adults(reading)
    if not len(losses):
        return share(0, int(exempt.sum()))
    person = citizens_of(moved["subject"])
    mine, person = moved[exempt[person]], person[exempt[person]]
    order = np.argsort(person, kind="stable")
    starts = np.flatnonzero(np.diff(person[order])) + 1
    typical = float(np.median(losses))
    falls = [deepest_fall(points) for points in np.split(mine["points"][order], starts) if len(points)]
    return share(sum(fall >= typical for fall in falls), int(exempt.sum()))


def losses_by_kind(reading: Reading) -> Array:
    """Return losses of the composite through true records of one's own: int64 (cells, kinds)."""
    rows = reading.rows
    places = on_citizens(reading, ARRIVAL)
    places = places[is_composite(reading, rows["rule"][places]) & (rows["points"][places] < 0)]
    places, records = of_records(reading, places, (DERIVED, CREDIT))
    own = (rows["subject"][places] == rows["subject"][records]) & (rows["label"][records] == TRUE)
    places, records = places[own], records[own]
    cells = reading.setting.population.traits["cell"][citizens_of(rows["subject"][places])].astype(np.int64)
    kinds = kinds_by_rule(reading)[rows["rule"][records]]
    known = kinds >= 0
    counts = np.bincount(cells[known] * len(KINDS) + kinds[known], minlength=CELLS * len(KINDS))
    return np.asarray(counts.reshape(CELLS, len(KINDS)))


def losses_per_act(reading: Reading) -> Figure:
    """Divide score losses per true act without context of the exempt by those of others, rule by rule.

    A score loss is a record of one's own, or the conviction after it, that has moved the composite down; acts
    are all the engine counts, seen or unseen. Rates are compared within a rule and put together by Mantel and
    Haenszel, which is close to a Poisson regression with the rules as strata. The occasions are acts of the
    exempt against rules that cost others points.
    """
    exempt = np.repeat(exempt_strata(reading), CELLS_A_STRATUM)
    acts, losses = free_acts(reading), losses_by_kind(reading)
    own, others = acts[exempt].sum(axis=0), acts[~exempt].sum(axis=0)
    theirs = losses[~exempt].sum(axis=0)
    total = np.maximum(own + others, 1)
    top = float((losses[exempt].sum(axis=0) * others / total).sum())
    bottom = float((theirs * own / total).sum())
    return Figure(top / bottom if bottom else float("nan"), float(own[theirs > 0].sum()))


STATISTICS: dict[str, Statistic] = {
    "C11.1": Statistic(exempt_fallen),
    "C11.2": Statistic(losses_per_act),
}
