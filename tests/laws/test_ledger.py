"""Each score is the fold of its ledger, each purse of what was earned and paid; each entry has a cause."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, id_day, id_subject, subject_index, subject_kind
from tests.laws.theory import Theory, fold

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import (
    ARRIVAL,
    CONVICTION,
    CREDIT,
    CURE,
    DERIVED,
    ENTERED,
    ENTRY_KINDS,
    LICENCE_WITHHELD,
    RECORD,
    SANCTION_START,
)
from demerit.catalogue.letters import CURED
from demerit.catalogue.words import CITIZEN, COLLEAGUES, COMPANY, FRIENDS, INSTALMENT, INSTITUTIONS, VEHICLE
from demerit.simulation.setting import Setting

ROUNDING = 2.2
"""Thousandths of a point lost each time a score fades: the product is taken in two parts, each rounded toward
zero, and 2**-x is right to 6e-8, which is a tenth of a thousandth of 1,300 points."""
REGIMES = ("essay", "law", "strict", "empty")

Entries = dict[int, list[tuple[int, float]]]


@pytest.fixture(params=REGIMES)
def lived(request: pytest.FixtureRequest) -> Lived:
    world: Lived = request.getfixturevalue(request.param)
    return world


@pytest.fixture(params=("essay", "strict"))
def scored(request: pytest.FixtureRequest) -> Lived:
    world: Lived = request.getfixturevalue(request.param)
    return world


def by_subject(rows: np.ndarray, kind: int) -> Entries:
    """Return day and points of rows by the number of their subject, for one kind of subject."""
    found: Entries = defaultdict(list)
    for row in rows[subject_kind(rows["subject"]) == kind]:
        found[int(subject_index(row["subject"]))].append((int(row["day"]), float(row["points"])))
    return found


def largest_error(
    kept: np.ndarray, days: np.ndarray, entries: Entries, scale: tuple[float, float, float]
) -> float:
    """Compare kept points (thousandths) with the fold of every subject; return the largest error a fading."""
    untouched = np.ones(len(kept), bool)
    worst = 0.0
    for subject, listed in entries.items():
        value, since, times = fold(listed, *scale)
        untouched[subject] = False
        assert days[subject] == since
        worst = max(worst, abs(float(kept[subject]) - value) / times)
    assert not kept[untouched].any()
    return worst


def scale_of(scale: object) -> tuple[float, float, float]:
    """Return half-life, floor and ceiling, the latter in thousandths from the base."""
    base = float(scale.base)  # type: ignore[attr-defined]
    edges = (1000 * (float(edge) - base) for edge in (scale.floor, scale.ceiling))  # type: ignore[attr-defined]
    return (float(getattr(scale, "half_life_days", 0)), *edges)


def test_register_points_are_the_fold_of_the_entries_in_the_register(lived: Lived, figure: Figure) -> None:
    entered = lived.of(RECORD, CREDIT, ENTERED, CONVICTION)
    for number, register in enumerate(lived.regime.data.registers):
        entries = by_subject(entered[entered["register"] == number], CITIZEN)
        accounts = lived.world.accounts
        worst = largest_error(
            accounts["points"][:, number], accounts["day"][:, number], entries, scale_of(register)
        )
        figure(f"{register.id}: {len(entries)} people, thousandths of a point a fading", worst, ROUNDING)
        assert worst < ROUNDING, register.id
    kept = len(lived.regime.data.registers)
    assert not lived.world.accounts["points"][:, kept:].any()


def test_the_composite_is_the_fold_of_the_arrivals(scored: Lived, figure: Figure) -> None:
    accounts = scored.world.accounts
    entries = by_subject(scored.of(ARRIVAL), CITIZEN)
    assert len(entries) > 5_000
    scale = scale_of(scored.regime.data.score)
    worst = largest_error(accounts["composite"], accounts["composite_day"], entries, scale)
    figure(f"{len(entries)} people, thousandths of a point a fading", worst, ROUNDING)
    assert worst < ROUNDING


def test_an_arrival_is_worth_its_record_by_weight_and_range(scored: Lived) -> None:
    theory = Theory(scored.regime.data, scored.setting.society.data)
    names = [register.id for register in scored.regime.data.registers]
    record = {
        (int(row["id"]), int(row["register"])): int(row["points"])
        for row in scored.of(RECORD, CREDIT, CONVICTION, DERIVED)
    }
    record |= {(int(row["cause"]), int(row["register"])): int(row["points"]) for row in scored.of(ENTERED)}
    for row in scored.of(ARRIVAL):
        points = record[int(row["cause"]), int(row["register"])]
        worth = theory.composite_points(names[row["register"]], points)
        assert row["points"] == pytest.approx(worth, abs=1.0), "cut to whole thousandths"


def test_vehicles_and_companies_are_the_folds_of_what_was_derived_for_them(
    scored: Lived, figure: Figure
) -> None:
    road = next(one for one in scored.regime.data.registers if one.id == "road")
    derived, arrived = scored.of(DERIVED), scored.of(ARRIVAL)
    vehicles, companies = scored.world.vehicles, scored.world.companies
    of_vehicles, of_companies = by_subject(derived, VEHICLE), by_subject(derived, COMPANY)
    assert len(of_vehicles) > 300
    assert len(of_companies) > 10
    scale = scale_of(road)
    scores = by_subject(arrived, COMPANY)
    company = scale_of(scored.regime.data.company)
    worst = {
        "vehicles": largest_error(vehicles["points"], vehicles["points_day"], of_vehicles, scale),
        "companies": largest_error(companies["points"], companies["points_day"], of_companies, scale),
        "scores": largest_error(companies["composite"], companies["composite_day"], scores, company),
    }
    for what, found in worst.items():
        figure(f"{what}, thousandths of a point a fading", found, ROUNDING)
        assert found < ROUNDING


def test_every_purse_is_the_fold_of_wages_shocks_instalments_and_the_ledger(
    lived: Lived, figure: Figure
) -> None:
    society = lived.setting.society.data
    income = lived.traits["income_fen_day"].astype(float)
    state = lived.world.state
    saved = (1 - float(society.income.expense_share)) * income * state["wealth_day"]
    shocks = np.bincount(lived.met["person"][lived.met["kind"] == INSTALMENT], minlength=len(income))
    pending = lived.world.pending()
    owed = np.bincount(pending["target"][pending["kind"] == CURED], minlength=len(income))
    paid = lived.of(RECORD, CONVICTION, LICENCE_WITHHELD)
    paid = paid[subject_kind(paid["subject"]) == CITIZEN]
    fines = np.bincount(paid["subject"], paid["amount"], minlength=len(income))
    due = float(society.arrears.instalment_days) * income
    expected = (
        lived.setting.population.wealth_fen
        + saved
        - shocks * float(society.arrears.shock_days) * income
        - (shocks - owed) * due
        - fines
    )
    error = expected - state["wealth_fen"]
    # a fen for every settling of the purse, and the 1/65536 of the expense share (8e-6) on all wages
    events = shocks + np.bincount(paid["subject"], minlength=len(income)) + 2 * len(society.situations)
    margin = 3 * events + 1e-5 * income * lived.days
    sanctioned = np.isin(np.arange(len(income)), lived.of(SANCTION_START)["subject"])
    plain = ~sanctioned
    assert plain.sum() > 15_000
    figure(
        f"{plain.sum()} people without sanctions, share of the margin", (abs(error) / margin)[plain].max(), 1
    )
    assert (np.abs(error) <= margin)[plain].all()
    # those under sanctions or rewards also lose and gain pay, and pay for substitutes
    names = [flow[0] for flow in FLOWS]
    counters = lived.world.counters().sum(0)
    other = counters[names.index("pay_lost_fen")] + counters[names.index("substitutes_fen")]
    assert error[sanctioned].sum() == pytest.approx(other, abs=margin[sanctioned].sum() + 1)


def test_every_entry_has_a_cause_that_is_not_later(lived: Lived) -> None:
    rows = lived.rows
    assert (id_day(rows["id"]) == rows["day"]).all()
    assert (id_subject(rows["id"]) == rows["subject"]).all()
    assert (id_day(rows["cause"]) <= rows["day"]).all()
    # what happens to others happens tomorrow: on the same day a cause is one's own, and earlier
    today = rows[id_day(rows["cause"]) == rows["day"]]
    assert (id_subject(today["cause"]) == today["subject"]).all()
    assert (today["cause"] < today["id"]).all()
    assert len(np.unique(rows["id"])) == len(rows)


def test_every_cause_is_another_entry_or_a_situation_that_was_met(lived: Lived) -> None:
    # records, credits and cures come from an act; everything else from an entry
    roots = np.isin(lived.rows["what"], (RECORD, CREDIT, CURE))
    known = np.isin(lived.rows["cause"], lived.rows["id"])
    assert known[~roots].all(), [ENTRY_KINDS[what].name for what in set(lived.rows["what"][~roots & ~known])]
    assert not known[roots].any()
    acts = lived.rows["cause"][roots]
    met = lived.met["day"] << 32 | lived.met["person"]
    assert np.isin(acts >> 15, met).all()


def test_without_rules_nothing_is_recorded_and_nobody_is_touched(empty: Lived, city: Setting) -> None:
    assert set(np.unique(empty.rows["what"])) == {CURE}
    world, state = empty.world, empty.world.state
    assert not world.accounts.view("u1").any()
    assert (world.vehicles == city.population.vehicles).all()
    assert (world.companies == city.population.companies).all()
    for column in ("stress", "wage_loss", "licence_points", "licence_until"):
        assert not state[column].any(), column
    assert (state["aware_day"] == 65535).all()
    assert (state["norm"] == 32768).all()
    assert not state["perceived"].any()


def test_without_rules_trust_moves_only_with_what_people_do(empty: Lived) -> None:
    # nothing is heard of friends or from colleagues, and of an office nobody sees more than a bill settled
    start = empty.setting.society.data.trust
    trust = empty.world.state["trust"] / 65535
    for circle, name in ((FRIENDS, "friends"), (COLLEAGUES, "colleagues")):
        assert np.abs(trust[:, circle] - float(getattr(start, name))).max() < 1e-5
    assert trust[:, INSTITUTIONS].min() > float(start.institutions) - 1e-5
