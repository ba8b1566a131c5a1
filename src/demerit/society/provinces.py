"""Provinces: how the homes, ages, hukou and incomes of each differ from those of the whole.

The sections of a society file hold the whole; a province is described relative to the mean of all provinces,
so that together they are the whole again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demerit.society.lives import RETIRED_FIRST_FROM, share_of_ages
from demerit.society.odds import cumulative
from demerit.society.places import NOWHERE_CODE, Places, lay_out
from demerit.society.population_types import AgeBand, Demography, Province
from demerit.society.types import SocietyFile

RURAL, URBAN = 0, 1


@dataclass(frozen=True)
class Local:
    """What differs from one province to another.

    Attributes:
        urban: share of people in town.
        children: share of children.
        bands: shares of adults by age band.
        income: factor on incomes.
    """

    urban: float
    children: float
    bands: tuple[float, ...]
    income: float


def settle_places(society: SocietyFile, population: int) -> Places:
    """Divide a population into the provinces and cities of a society."""
    codes = [province.code for province in society.provinces] or [NOWHERE_CODE]
    people = [float(province.people) for province in society.provinces] or [1.0]
    cities = round(float(society.places.cities))
    return lay_out(population, codes, people, cities, float(society.places.rank_exponent))


def locals_of(society: SocietyFile) -> list[Local]:
    """Return what is particular to each province; a society without provinces is one."""
    who = society.demography
    shares = tuple(float(band.share) for band in who.age_bands)
    if not society.provinces:
        return [Local(float(who.urban_share), float(who.child_share), shares, 1.0)]
    everywhere = _means(society.provinces)
    return [_local(society, province, everywhere) for province in society.provinces]


@dataclass(frozen=True)
class _Means:
    """Means of all provinces, weighted by people."""

    urban: float
    young: float
    old: float
    income: float


def _means(provinces: Sequence[Province]) -> _Means:
    people = sum(float(one.people) for one in provinces)

    def mean(name: str) -> float:
        return sum(float(one.people) * float(getattr(one, name)) for one in provinces) / people

    return _Means(mean("urban_share"), mean("young_share"), mean("old_share"), mean("income"))


def _local(society: SocietyFile, province: Province, everywhere: _Means) -> Local:
    who, income = society.demography, society.income
    urban = min(1.0, float(who.urban_share) * float(province.urban_share) / everywhere.urban)
    children = min(0.9, float(who.child_share) * float(province.young_share) / everywhere.young)
    # people of 65 and over as a share of adults: their share of people over that of adults
    adults = (1 - float(who.child_share)) / (1 - children)
    old = share_of_ages(who.age_bands, RETIRED_FIRST_FROM, 200)
    own_old = min(1.0, old * adults * float(province.old_share) / everywhere.old)
    in_town, outside = float(income.urban_mean), float(income.rural_mean)
    here = urban * in_town + (1 - urban) * outside
    whole = float(who.urban_share) * in_town + (1 - float(who.urban_share)) * outside
    factor = float(province.income) / everywhere.income * whole / here
    return Local(urban, children, _tilted(who.age_bands, old, own_old), factor)


def _tilted(bands: Sequence[AgeBand], old: float, own_old: float) -> tuple[float, ...]:
    """Return the shares of age bands with another share of the old; ages below keep their proportions."""
    aged = own_old / old if old > 0 else 0.0
    rest = (1 - own_old) / (1 - old) if old < 1 else 0.0
    return tuple(float(band.share) * (aged if band.from_ >= RETIRED_FIRST_FROM else rest) for band in bands)


def hukou_table(who: Demography) -> list[list[int]]:
    """Return the cumulative chances (Q32) of hukou in the country and in town.

    Together, at the urban share of the whole, they give the shares of the file.
    """
    whole = np.array(
        [
            float(share)
            for share in (
                who.hukou_local_urban,
                who.hukou_local_rural,
                who.hukou_migrant_urban,
                who.hukou_migrant_rural,
            )
        ]
    )
    tied, urban = float(who.hukou_by_place), float(who.urban_share)
    rural_row = (1 - tied) * whole + tied * np.array([0.0, 1.0, 0.0, 0.0])
    urban_row = (whole - (1 - urban) * rural_row) / urban if urban > 0 else whole
    return [cumulative(np.maximum(row, 0.0).tolist()) for row in (rural_row, urban_row)]
