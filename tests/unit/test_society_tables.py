"""The integer tables that people are drawn from, against SciPy, enumeration and exact sums."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from demerit.catalogue.words import CAUSED, CHILD, ELIGIBILITY, FAMILIES, KINDS, STRATA
from demerit.society import Society
from demerit.society.compile import compile_plans
from demerit.society.firms import firm_sizes, largest_firm, mean_firm
from demerit.society.frailty import (
    LEVELS,
    Q16,
    RATE_CLASSES,
    RATE_LIMIT,
    class_of,
    kind_rates,
    levels,
    rate_in,
    rate_table,
)
from demerit.society.homes import children_table, expected_sizes, fill_table, mean_size, sizes_given_places
from demerit.society.incomes import income_quantiles, wealth_quantiles
from demerit.society.lives import adult_shares, share_of_ages, stratum_table
from demerit.society.plan import CONSCIENCE, FIRM_SIZE, RURAL_INCOME, URBAN_INCOME, WEALTH
from demerit.society.quantiles import (
    Quantile,
    beta,
    grain_of,
    lognormal,
    lognormal_with_pareto_top,
    quantile_of,
    table,
    tails,
)

CITY = Society.load("city").data
SIZES = CITY.demography.household_size.values
PLAN = compile_plans(CITY)[0]
Q32 = 2**32
STEPS = 1 << 14


def looked_up(which: int) -> np.ndarray:
    """Look evenly spread draws up, as many as needed for means."""
    return np.array([quantile_of(PLAN, which, (2 * step + 1) * Q32 // (2 * STEPS)) for step in range(STEPS)])


def evenly() -> np.ndarray:
    return (2 * np.arange(STEPS) + 1) / (2 * STEPS)


def chances(row: list[int]) -> list[float]:
    return [(high - low) / Q32 for low, high in itertools.pairwise([0, *row])]


def city_quantiles() -> dict[str, Quantile]:
    income, choice, firms = CITY.income, CITY.choice, CITY.firms
    return {
        "urban income": income_quantiles(income, float(income.urban_mean), float(income.urban_sigma)),
        "rural income": income_quantiles(income, float(income.rural_mean), float(income.rural_sigma)),
        "wealth": wealth_quantiles(income),
        "conscience": beta(float(choice.conscience_a), float(choice.conscience_b)),
        "firm size": firm_sizes(float(firms.size_exponent), 9.216),
    }


@pytest.mark.parametrize("name", city_quantiles())
def test_no_value_lies_so_near_a_rounding_boundary_that_another_library_could_round_it_otherwise(
    name: str,
) -> None:
    quantile = city_quantiles()[name]
    for tail, upper in itertools.product(tails(), (False, True)):
        value = quantile(tail, upper)
        steps = value / grain_of(value)
        assert abs(steps - math.floor(steps) - 0.5) > 1e-5


@pytest.mark.parametrize("sigma", [0.8, 1.1])
def test_no_level_of_frailty_lies_near_a_rounding_boundary(sigma: float) -> None:
    edges = stats.norm.ppf(np.arange(LEVELS + 1) / LEVELS)
    exact = Q16 * LEVELS * np.diff(stats.norm.cdf(edges - sigma))
    assert np.abs(exact - np.floor(exact) - 0.5).min() > 1e-6
    assert np.array_equal(np.rint(exact[:-1]), levels(sigma)[:-1])


def test_tables_never_fall() -> None:
    for quantile in city_quantiles().values():
        values = table(quantile)
        half = len(values) // 2
        assert values[:half] == sorted(values[:half])
        assert values[half:] == sorted(values[half:], reverse=True)
        assert values[half - 1] == values[-1]


def test_conscience_follows_its_beta_distribution() -> None:
    found = looked_up(CONSCIENCE)
    exact = 65536 * stats.beta(6, 3).ppf(evenly())
    assert np.abs(found - exact).max() < 4
    assert found.mean() / 65536 == pytest.approx(6 / 9, abs=1e-4)


def test_wealth_follows_its_lognormal_distribution() -> None:
    found = looked_up(WEALTH) / 256
    exact = stats.lognorm(1.3, scale=150 * math.exp(-(1.3**2) / 2)).ppf(evenly())
    assert found == pytest.approx(exact, rel=2e-3, abs=0.01)


@pytest.mark.parametrize(
    ("which", "annual", "sigma"), [(URBAN_INCOME, 47412, 0.65), (RURAL_INCOME, 18931, 0.75)]
)
def test_income_is_lognormal_below_and_pareto_above_with_the_mean_of_the_file(
    which: int, annual: float, sigma: float
) -> None:
    found = looked_up(which) / 256
    logs = np.log(found[: int(0.98 * STEPS)])
    normal = stats.norm.ppf(evenly()[: int(0.98 * STEPS)])
    slope, _, r, *_ = stats.linregress(normal, logs)
    assert slope == pytest.approx(sigma, rel=1e-3)
    assert r > 0.999999
    top = found[int(0.98 * STEPS) + 1 :]
    edge = found[int(0.98 * STEPS)]
    exceeded = 1 - evenly()[int(0.98 * STEPS) + 1 :]
    assert exceeded == pytest.approx(0.02 * (edge / top) ** 2.0, rel=5e-3)
    # The last of the draws stands for a Pareto mean of alpha / (alpha - 1) = 2 times where it begins.
    beyond = 2 * edge * math.sqrt(0.02 * STEPS) / STEPS
    body = found[:-1].sum() / STEPS + beyond
    assert body == pytest.approx(annual * 100 / 365, rel=5e-3)


def test_a_lognormal_with_a_pareto_top_keeps_its_mean() -> None:
    quantile = lognormal_with_pareto_top(mean=100, sigma=0.7, share=0.05, alpha=2.5)
    exceeded = np.exp(np.linspace(math.log(1e-12), 0, 200_001))[:-1]
    values = [quantile(min(p, 1 - p), bool(p < 0.5)) for p in exceeded]
    assert np.trapezoid(values, exceeded) == pytest.approx(100, rel=1e-3)


def test_a_lognormal_without_a_top_is_a_lognormal() -> None:
    plain, topless = lognormal(5, 0.4), lognormal_with_pareto_top(5, 0.4, 0.0, 2.0)
    assert [plain(tail, True) for tail in tails()] == [topless(tail, True) for tail in tails()]


def test_draws_beyond_the_outermost_node_count_as_it() -> None:
    assert quantile_of(PLAN, WEALTH, 0) == quantile_of(PLAN, WEALTH, 64)
    assert quantile_of(PLAN, WEALTH, Q32 - 1) == quantile_of(PLAN, WEALTH, Q32 - 65)


def test_household_sizes_given_the_places_left_are_those_of_an_enumeration() -> None:
    weights = [Fraction(5, 20), Fraction(6, 20), Fraction(4, 20), Fraction(3, 20), Fraction(2, 20)]
    rows = sizes_given_places([float(weight) for weight in weights])
    for places in range(1, 9):
        first: dict[int, Fraction] = {}
        for count in range(1, places + 1):
            for homes in itertools.product(range(1, 6), repeat=count):
                if sum(homes) == places:
                    weight = math.prod((weights[home - 1] for home in homes), start=Fraction(1))
                    first[homes[0]] = first.get(homes[0], Fraction(0)) + weight
        total = sum(first.values())
        exact = [float(first.get(size, Fraction(0)) / total) for size in range(1, 6)]
        assert rows[places] == pytest.approx(exact)


def test_a_full_neighbourhood_expects_the_household_sizes_of_the_file() -> None:
    counts = expected_sizes([chances(row) if row[-1] else [0.0] * 5 for row in fill_table(SIZES)])
    assert [count / sum(counts) for count in counts] == pytest.approx(list(SIZES), abs=1e-8)
    assert 64 / sum(counts) == pytest.approx(mean_size(SIZES), abs=1e-7)


@pytest.mark.parametrize("sizes", [(0, 0, 0, 0, 1), (0, 1, 0, 0, 0), (0.001, 0, 0, 0, 0.999)])
def test_every_place_is_filled_even_where_sizes_do_not_divide_the_neighbourhood(
    sizes: tuple[float, ...],
) -> None:
    for places, row in enumerate(fill_table(sizes)):
        if places > 0:
            assert row[-1] == Q32
            assert all(chance == 0 for size, chance in enumerate(chances(row), 1) if size > places)


@pytest.mark.parametrize("share", [0.0, 0.18, 0.3, 0.4, 0.6])
def test_children_are_the_share_of_the_file_and_never_alone(share: float) -> None:
    rows = [chances(row) for row in children_table(SIZES, share)]
    expected = [sum(number * chance for number, chance in enumerate(row)) for row in rows]
    mean = sum(size_share * expected[size] for size, size_share in enumerate(SIZES, 1))
    assert mean / mean_size(SIZES) == pytest.approx(share, abs=1e-8)
    for size in range(1, 6):
        assert sum(rows[size][size:]) == 0


def test_more_children_than_places_beside_one_adult_are_not_invented() -> None:
    rows = [chances(row) for row in children_table(SIZES, 0.9)]
    assert rows[3] == [0, 0, 1, 0, 0]


def test_students_and_pensioners_get_the_shares_of_the_file_at_their_ages() -> None:
    bands = CITY.demography.age_bands
    shares = adult_shares(CITY.strata)
    assert sum(shares) == pytest.approx(1)
    rows = [chances(row) for row in stratum_table(shares, bands)]
    ages = [share_of_ages(bands, *span) for span in ((16, 22), (23, 59), (60, 64), (65, 90))]
    assert sum(ages) == pytest.approx(1)
    for stratum in range(CHILD):
        total = sum(age * row[stratum] for age, row in zip(ages, rows, strict=True))
        assert total == pytest.approx(shares[stratum], abs=1e-8), STRATA[stratum]
    student, retired = STRATA.index("student"), STRATA.index("retired")
    assert [rows[group][student] > 0 for group in range(4)] == [True, False, False, False]
    assert [rows[group][retired] > 0 for group in range(4)] == [False, False, True, True]


def test_public_and_firm_strata_are_shares_of_the_active() -> None:
    shares = dict(zip(STRATA, adult_shares(CITY.strata), strict=False))
    assert shares["formal"] == pytest.approx(0.72 * 0.555)
    assert shares["student"] == pytest.approx(0.06)


def test_frailty_has_mean_one_exactly_and_nearly_the_spread_of_its_lognormal() -> None:
    for sigma in (0.3, 0.8, 1.1):
        values = np.array(levels(sigma)) / Q16
        assert values.sum() == LEVELS
        spread = math.sqrt(math.exp(sigma**2) - 1)
        assert 0.8 * spread < values.std() < spread


def test_no_frailty_means_that_all_are_alike() -> None:
    assert set(levels(0.0)) == {Q16}


def test_rates_add_up_by_eligibility() -> None:
    def rates(*flags: str) -> list[float]:
        mask = sum(1 << ELIGIBILITY.index(flag) for flag in flags)
        return [rate_in(PLAN, mask, family) / Q16 for family in range(len(FAMILIES))]

    assert rates() == [0, 0, 0, 0, 0]
    assert rates("adult") == pytest.approx([0, 0, 3.1785, 6.48, 0], abs=1e-4)
    assert rates("adult", "driver") == pytest.approx([16, 0, 3.1785, 6.48, 0], abs=1e-4)
    assert rates("adult", "driver", "truck_driver")[0] == pytest.approx(26, abs=1e-4)
    assert rates("borrower", "bill_payer")[1] == pytest.approx(1.35, abs=1e-4)
    assert rates("employed", "employee")[4] == pytest.approx(0.35, abs=1e-4)


def test_every_kind_of_the_file_has_its_rate_and_those_who_meet_it() -> None:
    by_id = {situation.id: situation for situation in CITY.situations}
    rates, eligible = kind_rates(CITY.situations)
    assert set(by_id) == set(KINDS) - set(CAUSED)
    for kind, name in enumerate(KINDS):
        if name not in CAUSED and by_id[name].eligible in ELIGIBILITY:
            assert rates[kind] == round(Q16 * float(by_id[name].rate))
            assert eligible[kind] == 1 << ELIGIBILITY.index(by_id[name].eligible)
        else:
            assert rates[kind] == eligible[kind] == 0


def test_a_rate_class_is_the_lowest_that_covers_the_rate() -> None:
    for total in [0, 1, 27, 28, 29, 30, 255, 256, 1000, 3333, 51199, RATE_LIMIT]:
        found = class_of(total)
        assert RATE_CLASSES[found] >= total
        assert found == 0 or RATE_CLASSES[found - 1] < total


def test_rate_classes_rise_by_three_percent_from_nothing_to_the_limit() -> None:
    assert RATE_CLASSES[0] == 0
    assert RATE_CLASSES[-1] == RATE_LIMIT
    assert len(RATE_CLASSES) == 256
    assert RATE_CLASSES[1] < 0.2 * 256
    for low, high in itertools.pairwise(RATE_CLASSES[1:]):
        assert low < high <= 1.03 * low
    rates, weekly = rate_table()
    assert weekly == pytest.approx(rates / 256 * 7 / 365)


@pytest.mark.parametrize("exponent", [1.2, 1.7, 2.0, 2.5, 4.0])
def test_mean_firm_is_the_integral_of_its_density(exponent: float) -> None:
    sizes = np.exp(np.linspace(0, math.log(500), 100_001))
    density = sizes**-exponent
    exact = np.trapezoid(density * sizes, sizes) / np.trapezoid(density, sizes)
    assert mean_firm(exponent, 500.0) == pytest.approx(exact, rel=1e-6)


def test_the_largest_firm_is_where_the_mean_is_met() -> None:
    assert mean_firm(2.0, largest_firm(2.0, 8.0)) == pytest.approx(8.0)
    assert largest_firm(3.0, 8.0) == pytest.approx(1e6)  # such sizes are 2 on average, and scaled up


def test_firm_sizes_have_the_exponent_of_the_file() -> None:
    found = looked_up(FIRM_SIZE)[: STEPS // 2] / 256
    survival = 1 - evenly()[: STEPS // 2]
    assert found[0] == pytest.approx(1, rel=0.01)
    assert found == pytest.approx(1 / survival, rel=0.01)
