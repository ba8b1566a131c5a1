"""What a change of score is worth: L and G against the formula, on the real kernels and the essay's rules.

L(s, d) = D [B(s - d) - B(s)] + w d, and L(s + r, r) = G(s, r): losing costs what gaining was worth.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.theory import Theory

from demerit.catalogue.columns import STATE_DTYPE, TRAITS_DTYPE
from demerit.catalogue.packed import PACKED_ACCOUNTS_DTYPE
from demerit.catalogue.words import ELIGIBILITY, EMPLOYED, KINDS, SCORES
from demerit.files.vocabulary import DEEDS, actors
from demerit.mechanisms.anticipation import change_of_burden, expected_loss
from demerit.regime import Regime
from demerit.simulation.regime_tables import compile_regime
from demerit.simulation.rulebook import Rulebook
from demerit.society import Society

CITY = Society.load("city").data
ESSAY = Regime.load("essay").data
RULES: np.void = compile_regime(ESSAY, CITY)
THEORY = Theory(ESSAY, CITY)
Q16 = 65536
ROUNDING = 2 * 271 / 65536 + 2e-4
"""Largest error, days: pay is cut in steps of 1/32768, half a step over 271 days for two rules."""
KEPT = [register.id for register in ESSAY.registers if "citizen" in register.covers]
SYSTEMS = {"province": 0} | {name: SCORES + slot for slot, name in enumerate(KEPT)}
EDGES = sorted({float(band.from_) for band in ESSAY.bands} - {0.0})

standing = st.integers(-900_000, 250_000)
"""Thousandths of a point from the base, away from floor and ceiling."""
step = st.integers(1, 45_000)
wage = st.booleans()


def loss(system: str, points: int, change: int, employed: bool) -> float:
    """Return the engine's cost of a change, in days of income; points in thousandths."""
    return float(change_of_burden(RULES, int(employed), SYSTEMS[system], points, change)) / Q16


@given(standing, step, wage)
def test_losing_costs_what_gaining_was_worth(points: int, reward: int, employed: bool) -> None:
    lost = change_of_burden(RULES, int(employed), 0, points + reward, -reward)
    gained = -change_of_burden(RULES, int(employed), 0, points, reward)
    assert lost == gained


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("employed", [False, True])
def test_right_at_a_band_edge_a_point_costs_what_it_earns(edge: float, employed: bool) -> None:
    # from just below the edge five points up are worth what five points down cost just above it (F5)
    for shift in range(-6_000, 6_001, 500):
        points = round((edge - 1000) * 1000) + shift
        lost = change_of_burden(RULES, int(employed), 0, points + 5_000, -5_000)
        assert lost == -change_of_burden(RULES, int(employed), 0, points, 5_000)


@given(standing, step, wage)
def test_the_cost_of_a_loss_is_the_formula_over_the_sanctions_of_the_file(
    points: int, change: int, employed: bool
) -> None:
    expected = THEORY.loss("province", points / 1000, -change / 1000, employed)
    assert loss("province", points, -change, employed) == pytest.approx(expected, abs=ROUNDING)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("change", [-45, -30, -15, -9, -6, 5])
@pytest.mark.parametrize("employed", [False, True])
def test_the_cost_at_and_around_the_edges_is_the_formula(edge: float, change: float, employed: bool) -> None:
    for score in (edge - 12.5, edge - 1, edge - 0.5, edge, edge + 0.5, edge + 6, edge + 12, edge + 13):
        points = score - 1000
        expected = THEORY.loss("province", points, change, employed)
        found = loss("province", round(points * 1000), change * 1000, employed)
        assert found == pytest.approx(expected, abs=ROUNDING)


@given(st.sampled_from(KEPT), st.integers(-100_000, 30_000), step, wage)
def test_registers_that_lenders_read_follow_the_same_formula(
    register: str, points: int, change: int, employed: bool
) -> None:
    expected = THEORY.loss(register, points / 1000, -change / 1000, employed)
    assert loss(register, points, -change, employed) == pytest.approx(expected, abs=ROUNDING)


@given(st.sampled_from(sorted(SYSTEMS)), wage)
def test_nothing_can_be_lost_at_the_floor_or_gained_at_the_ceiling(system: str, employed: bool) -> None:
    scale = THEORY.scale(system)
    floor, ceiling = (round((edge - scale.base) * 1000) for edge in (scale.floor, scale.ceiling))
    assert loss(system, floor, -30_000, employed) == 0
    assert loss(system, ceiling, 30_000, employed) == 0


@given(standing, step, step, wage)
def test_two_losses_cost_what_their_sum_costs(points: int, first: int, second: int, employed: bool) -> None:
    both = change_of_burden(RULES, int(employed), 0, points, -first - second)
    one = change_of_burden(RULES, int(employed), 0, points, -first)
    other = change_of_burden(RULES, int(employed), 0, points - first, -second)
    assert both == one + other


# what a record brings besides: lists, the household, the employer (F6)

CHAIN = """[regime]
id = "{id}"
title = "T"
basis = "hypothetical"
schema_version = 1
extends = "essay"
[[chain]]
id = "home"
from = "citizen"
to = "citizen"
by = "household"
register = "court"
fraction = 0.5
depth = 1
[[chain]]
id = "work"
from = "citizen"
to = "company"
by = "employee"
register = "road"
fraction = 0.2
depth = 1
"""
OFFENCES = [kind for kind in THEORY.conducts if actors(kind) == ("citizen",) and kind not in DEEDS]


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Regime:
    """Return the essay's regime with chains to those at home and to every employer."""
    path = tmp_path_factory.mktemp("chained") / "chained.toml"
    path.write_text(CHAIN.format(id="chained"))
    return Regime.load(path)


@pytest.mark.parametrize("kind", OFFENCES)
def test_what_else_a_record_brings_is_the_formula_over_the_rules(kind: str, chained: Regime) -> None:
    for data in (ESSAY, chained.data):
        rules, theory = compile_regime(data, CITY), Theory(data, CITY)
        for work in range(3):
            expected = theory.further_loss(kind, employed=work > 0, drives=work == 2)
            found = float(rules["further_loss"][work, KINDS.index(kind)]) / Q16
            assert found == pytest.approx(expected, rel=1e-3, abs=ROUNDING), (data.regime.id, work)


def test_the_household_and_the_employer_count_where_chains_lead_to_them(chained: Regime) -> None:
    theory = Theory(chained.data, CITY)
    assert theory.household_loss("law.judgment", True) > 1
    assert theory.employer_loss("road.crosswalk", False) > 0.01
    # the essay passes what courts record to those at home, and nothing else
    at_home = theory.household_loss("law.judgment", True)
    assert 0 < THEORY.household_loss("law.judgment", True) < at_home
    assert THEORY.household_loss("road.crosswalk", True) == 0
    assert (
        THEORY.employer_loss("road.overload", True) > 10 > THEORY.employer_loss("road.overload", False) == 0
    )
    selfish = Society.load("city").patched({"choice.household_weight": 0}).data
    assert Theory(chained.data, selfish).household_loss("law.judgment", True) == 0
    silent = compile_regime(chained.patched({"scolding.employer": False}).data, selfish)
    assert (silent["further_loss"] == compile_regime(ESSAY, selfish)["further_loss"])[:2].all()


@pytest.mark.parametrize("kind", ["law.judgment", "road.overload", "road.crosswalk"])
def test_what_the_regime_alone_brings_is_expected_by_those_who_know_of_it(kind: str) -> None:
    start = date(2014, 1, 1)
    essay, law = Regime.load("essay"), Regime.load("ordinary-law")
    rules, lawful = Rulebook(CITY, essay, law, start, 365).tables(0)
    state, traits, accounts = (
        np.zeros(1, dtype)[0] for dtype in (STATE_DTYPE, TRAITS_DTYPE, PACKED_ACCOUNTS_DTYPE)
    )
    state["job"], traits["flags"] = EMPLOYED, 1 << ELIGIBILITY.index("truck_driver")
    place = KINDS.index(kind)
    unaware, aware = (expected_loss(rules, state, traits, accounts, place, knows, 0) for knows in (0, 1))
    further, composite = rules["further_loss"][2, place], int(rules["composite_points"][place])
    assert aware - unaware == further + change_of_burden(rules, 1, 0, 0, composite) > further >= 0
    assert (further > 0) == (kind != "road.crosswalk" or THEORY.employer_loss(kind, True) > 0)
    # law is known to everybody, lists and all: a regime is nothing new beside itself
    same, _ = Rulebook(CITY, essay, essay, start, 365).tables(0)
    assert (same["further_by_law"] == same["further_loss"]).all()
    assert not rules["further_by_law"].any()
    assert not lawful["further_loss"].any()


def test_the_days_of_the_facts_are_met() -> None:
    # D = 1 / (1/365 + ln 2 / 730) = 271 days (F7); the wish is 12 days over the 400 points down to 600
    assert THEORY.duration("province") == pytest.approx(271, abs=1)
    assert float(RULES["duration"][0]) / 256 == pytest.approx(THEORY.duration("province"), abs=1 / 256)
    assert THEORY.wish("province") == pytest.approx(12 / 400)
    # the median loss of the conducts that cost points at the province, complaints and accidents among them
    assert THEORY.blur("province") == 30
