"""Turn a society file into the plans that the kernels of generation read, one a province."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.words import CHILD, FAMILIES, ROAD, STRATA
from demerit.society.firms import firm_sizes
from demerit.society.frailty import kind_rates, levels
from demerit.society.friends import own_kind_share
from demerit.society.homes import children_table, fill_table, mean_size
from demerit.society.incomes import income_factors, income_quantiles, wealth_quantiles
from demerit.society.life_course import retiring_chances
from demerit.society.lives import DRIVER_FROM, DRIVER_UNTIL, adult_shares, share_of_ages, stratum_table
from demerit.society.odds import Q32, cumulative, threshold
from demerit.society.plan import (
    CONSCIENCE,
    FIRM_SIZE,
    GRUDGE,
    OPPORTUNISM,
    PLAN_DTYPE,
    RELIGIOSITY_MAJORITY,
    RELIGIOSITY_MINORITY,
    RURAL_INCOME,
    TRAVEL_WISH,
    URBAN_INCOME,
    WEALTH,
)
from demerit.society.provinces import Local, hukou_table, locals_of
from demerit.society.quantiles import beta, table
from demerit.society.types import SocietyFile
from demerit.society.work import FIRM_STRATA, PUBLIC_STRATA


def compile_plans(society: SocietyFile) -> np.ndarray:
    """Return the plan of every province, PLAN_DTYPE (provinces,); one for a society that names none."""
    provinces = locals_of(society)
    plans = np.zeros(len(provinces), dtype=PLAN_DTYPE)
    plan = plans[0]
    plan["home"] = fill_table(society.demography.household_size.values)
    _people(plan, society)
    _eligibility(plan, society)
    _belongings(plan, society)
    _quantities(plan, society)
    plans[1:] = plan
    for own, local in zip(plans, provinces, strict=True):
        _local(own, society, local)
    return plans


def _local(plan: np.void, society: SocietyFile, local: Local) -> None:
    """Set what is particular to a province."""
    demography = society.demography
    sizes = demography.household_size.values
    plan["children"] = children_table(sizes, local.children)
    plan["urban"] = threshold(local.urban)
    plan["band"][: len(local.bands)] = cumulative(local.bands)
    for stratum in range(len(STRATA)):
        plan["income_factor"][stratum] = round(int(plan["income_factor"][stratum]) * local.income)


def _people(plan: np.void, society: SocietyFile) -> None:
    demography = society.demography
    bands = demography.age_bands
    plan["bands"] = len(bands)
    plan["band_from"][: len(bands)] = [band.from_ for band in bands]
    plan["band_years"][: len(bands)] = [band.to - band.from_ + 1 for band in bands]
    plan["stratum"] = stratum_table(adult_shares(society.strata), bands)
    plan["hukou"] = hukou_table(demography)
    plan["woman"] = threshold(float(demography.women_share))
    plan["party"] = threshold(float(demography.party_share))
    plan["minority"] = threshold(float(demography.minority_share))
    plan["own_kind"] = threshold(own_kind_share(society.ties))


def _eligibility(plan: np.void, society: SocietyFile) -> None:
    """Set the chances of eligibility; bills go to the first adult of a household before they go to others."""
    eligibility, demography = society.eligibility, society.demography
    of_age = share_of_ages(demography.age_bands, DRIVER_FROM, DRIVER_UNTIL)
    plan["driver"] = threshold(float(eligibility.driver) / of_age if of_age > 0 else 0.0)
    plan["borrower"] = threshold(float(eligibility.borrower))
    adults = max(1.0, mean_size(demography.household_size.values) * (1 - float(demography.child_share)))
    payers = float(eligibility.bill_payer) * adults
    plan["payer_first"] = threshold(payers)
    plan["payer_other"] = threshold((payers - 1) / (adults - 1) if adults > 1 else 0.0)
    plan["guarantor"] = threshold(float(eligibility.guarantor))
    plan["platform_user"] = threshold(float(eligibility.platform_user))
    informal = adult_shares(society.strata)[STRATA.index("informal")]
    plan["drinker"] = threshold(_part(float(eligibility.drinker), float(eligibility.driver)))
    plan["owner"] = threshold(_part(float(eligibility.owner), informal))
    plan["merchant"] = threshold(_part(float(eligibility.merchant), min(float(eligibility.owner), informal)))


def _part(share: float, of: float) -> float:
    """Return the chance among a part of the adults that gives a share of all, at most one."""
    return min(1.0, share / of) if of > 0 else 0.0


def _belongings(plan: np.void, society: SocietyFile) -> None:
    vehicles, belongings, leanings = society.vehicles, society.belongings, society.leanings
    cars = float(vehicles.car_per_driver)
    plan["car"] = threshold(cars)
    plan["motorcycle"] = threshold(cars + float(vehicles.motorcycle_per_driver))
    plan["networked"] = threshold(float(vehicles.networked_share))
    plan["fleet_bus"] = threshold(float(vehicles.fleet_bus_share))
    plan["dash_cam"] = threshold(float(belongings.dash_cam))
    plan["government_app"] = threshold(float(belongings.government_app))
    _life_course(plan, society)
    firms = society.firms
    plan["group_one"] = threshold(float(firms.group_one_share))
    plan["group_two"] = threshold(float(firms.group_one_share) + float(firms.group_two_share))
    plan["device"] = threshold(float(society.access.device_share))
    plan["owner_represents"] = threshold(float(firms.owner_represents))
    plan["by_stratum"] = round(float(leanings.conscience_by_stratum) * Q32)
    plan["by_wealth"] = round(float(leanings.conscience_by_wealth) * Q32)


def _quantities(plan: np.void, society: SocietyFile) -> None:
    income, firms, choice = society.income, society.firms, society.choice
    shares = dict(zip(STRATA[:CHILD], adult_shares(society.strata), strict=True))
    employed = sum(shares[name] for name in (*PUBLIC_STRATA, *FIRM_STRATA))
    mean_staff = employed / float(firms.per_adult) if float(firms.per_adult) > 0 else 1.0
    tables = {
        URBAN_INCOME: income_quantiles(income, float(income.urban_mean), float(income.urban_sigma)),
        RURAL_INCOME: income_quantiles(income, float(income.rural_mean), float(income.rural_sigma)),
        WEALTH: wealth_quantiles(income),
        CONSCIENCE: beta(float(choice.conscience_a), float(choice.conscience_b)),
        FIRM_SIZE: firm_sizes(float(firms.size_exponent), mean_staff),
    }
    for which, quantile in tables.items():
        plan["quantile"][which] = table(quantile)
    leanings = society.leanings
    means = {
        RELIGIOSITY_MAJORITY: leanings.religiosity_majority,
        RELIGIOSITY_MINORITY: leanings.religiosity_minority,
        TRAVEL_WISH: leanings.travel_wish,
        OPPORTUNISM: leanings.opportunism,
        GRUDGE: leanings.grudge,
    }
    for which, mean in means.items():
        plan["leaning"][which] = leaning_levels(float(mean), float(leanings.likeness))
    factors = {stratum.id: float(stratum.income_factor) for stratum in society.strata}
    plan["income_factor"] = income_factors(
        [factors.get(name, 0.0) for name in STRATA[:CHILD]], list(shares.values())
    )
    plan["income_floor"] = max(1, round(100 * float(income.floor)))
    sigmas = (society.exposure.road_sigma, society.exposure.other_sigma)
    for family in range(len(FAMILIES)):
        plan["frailty"][family] = levels(float(sigmas[0] if family == ROAD else sigmas[1]))
    plan["rate"], plan["eligible"] = kind_rates(society.situations)


def leaning_levels(mean: float, likeness: float) -> list[int]:
    """Return 256 equally likely levels (0 … 255) of a Beta distribution with a mean, a + b = likeness.

    >>> levels = leaning_levels(0.2, 2)
    >>> round(sum(levels) / 256 / 255, 2), levels[0]
    (0.2, 0)
    """
    inside = min(max(mean, 0.001), 0.999)
    quantile = beta(inside * likeness, (1 - inside) * likeness)
    tails = [(2 * level + 1) / 512 for level in range(256)]
    return [round(quantile(min(tail, 1 - tail), tail > 0.5) * 255 / 65536) for tail in tails]


def _life_course(plan: np.void, society: SocietyFile) -> None:
    """Set how roles change; of those who leave school as many seek work as have some at 23 to 59."""
    table = plan["stratum"].tolist()
    plan["retires_first"], plan["retires"] = retiring_chances(table)
    plan["starts_work"] = table[1][STRATA.index("informal")]
    course = society.life_course
    plan["horizon"] = round(365 * float(course.horizon)) if course.enabled else 0
