"""Who bears it at equal conduct: minority and migrants beside everybody else (F32)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import RECORD
from demerit.catalogue.packed import MINORITY_MARK
from demerit.catalogue.words import CELLS, FIFTHS, HUKOU, KINDS
from demerit.claims.causes import nearest
from demerit.claims.of_context import kinds_by_rule
from demerit.claims.of_exempt import free_acts
from demerit.claims.rates import standardised
from demerit.claims.reading import Array, Figure, Reading
from demerit.claims.standings import sanctions_on_people
from demerit.claims.statistics import Statistic

_MIGRANT = [name.startswith("migrant") for name in HUKOU]


def sanction_days(reading: Reading, member: Array) -> tuple[Array, Array]:
    """Return days of sanctions that a record led to, by the kind of its rule: of a group and of all others.

    Args:
        member: bool (citizens), the group.

    Returns:
        Two of int64 (kinds).
    """
    rows = reading.rows
    found = sanctions_on_people(reading)
    records = nearest(reading, found.place, (RECORD,))
    kinds = kinds_by_rule(reading)[rows["rule"][records]]
    known = (records >= 0) & (kinds >= 0) & reading.adult[found.person]
    inside = member[found.person]
    own, others = (
        np.bincount(kinds[known & side], found.days[known & side], len(KINDS)) for side in (inside, ~inside)
    )
    return own, others


def against_expected(reading: Reading, member: Array, part: Array) -> Figure:
    """Divide a group's sanction days by those expected of its acts at what an act of the others brings.

    Args:
        member: bool (citizens), the group.
        part: float (cells), the part of the acts of each cell that is the group's.
    """
    acts = free_acts(reading)
    own, others = (acts * part[:, None]).sum(axis=0), (acts * (1 - part[:, None])).sum(axis=0)
    days, other_days = sanction_days(reading, member)
    return Figure(standardised(days, own, other_days, others), float(own[other_days > 0].sum()))


def minority_burden(reading: Reading) -> Figure:
    """Divide sanction days of the minority by those expected of its conduct.

    Expected are, rule by rule, its true acts without context times the mean sanction days of the others for
    one. A sanction belongs to the rule of the record that moved the score across its threshold, and is left
    out where no record did; days under two sanctions count twice, and places are not told apart. The engine
    counts acts, seen or unseen, by stratum, hukou and income fifth: within these the minority is taken to act
    like everybody, as only scrutiny tells it apart in the model. The occasions are its acts against rules
    that led to sanctions.
    """
    traits = reading.setting.population.traits
    member = (traits["marks"] >> MINORITY_MARK & 1 == 1) & reading.adult
    cells = traits["cell"].astype(np.int64)
    everybody = np.bincount(cells[reading.adult], minlength=CELLS)
    part = np.bincount(cells[member], minlength=CELLS) / np.maximum(everybody, 1)
    return against_expected(reading, member, part)


def migrant_burden(reading: Reading) -> Figure:
    """Divide sanction days of migrants by those expected of their conduct.

    As of the minority, but the engine counts the acts of migrants themselves: hukou is one of its groups.
    """
    cells = reading.setting.population.traits["cell"].astype(np.int64)
    migrant = np.array(_MIGRANT)[np.arange(CELLS) // len(FIFTHS) % len(HUKOU)]
    return against_expected(reading, migrant[cells] & reading.adult, migrant.astype(float))


STATISTICS: dict[str, Statistic] = {
    "C24.1": Statistic(minority_burden),
    "C24.2": Statistic(migrant_burden),
}
