"""Turn a society file into the plan that the kernels of generation read."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.words import CHILD, FAMILIES, ROAD, STRATA
from demerit.society.firms import firm_sizes
from demerit.society.frailty import family_rates, levels
from demerit.society.friends import own_kind_share
from demerit.society.homes import children_table, fill_table, mean_size
from demerit.society.incomes import income_factors, income_quantiles, wealth_quantiles
from demerit.society.lives import DRIVER_FROM, DRIVER_UNTIL, adult_shares, share_of_ages, stratum_table
from demerit.society.odds import cumulative, threshold
from demerit.society.plan import CONSCIENCE, FIRM_SIZE, PLAN_DTYPE, RURAL_INCOME, URBAN_INCOME, WEALTH
from demerit.society.quantiles import beta, table
from demerit.society.types import SocietyFile
from demerit.society.work import FIRM_STRATA, PUBLIC_STRATA


def compile_plan(society: SocietyFile) -> np.void:
    """Return the plan of a society, one record of ``PLAN_DTYPE``."""
    plan: np.void = np.zeros(1, dtype=PLAN_DTYPE)[0]
    _homes(plan, society)
    _people(plan, society)
    _eligibility(plan, society)
    _quantities(plan, society)
    return plan


def _homes(plan: np.void, society: SocietyFile) -> None:
    demography = society.demography
    sizes = demography.household_size.values
    plan["home"] = fill_table(sizes)
    plan["children"] = children_table(sizes, float(demography.child_share))
    plan["urban"] = threshold(float(demography.urban_share))


def _people(plan: np.void, society: SocietyFile) -> None:
    demography = society.demography
    bands = demography.age_bands
    plan["bands"] = len(bands)
    plan["band"][: len(bands)] = cumulative([float(band.share) for band in bands])
    plan["band_from"][: len(bands)] = [band.from_ for band in bands]
    plan["band_years"][: len(bands)] = [band.to - band.from_ + 1 for band in bands]
    plan["stratum"] = stratum_table(adult_shares(society.strata), bands)
    plan["hukou"] = cumulative(
        [
            float(share)
            for share in (
                demography.hukou_local_urban,
                demography.hukou_local_rural,
                demography.hukou_migrant_urban,
                demography.hukou_migrant_rural,
            )
        ]
    )
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
    plan["private_car"] = threshold(float(society.vehicles.private_per_driver))


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
    factors = {stratum.id: float(stratum.income_factor) for stratum in society.strata}
    plan["income_factor"] = income_factors(
        [factors.get(name, 0.0) for name in STRATA[:CHILD]], list(shares.values())
    )
    plan["income_floor"] = max(1, round(100 * float(income.floor)))
    sigmas = (society.exposure.road_sigma, society.exposure.other_sigma)
    for family in range(len(FAMILIES)):
        plan["frailty"][family] = levels(float(sigmas[0] if family == ROAD else sigmas[1]))
    plan["rate"] = family_rates(society.situations)
