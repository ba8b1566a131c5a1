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
    SHARED_IN,
)
from demerit.catalogue.letters import CURED
from demerit.catalogue.words import (
    CITIZEN,
    COLLEAGUES,
    COMPANY,
    FRIENDS,
    INSTALMENT,
    INSTITUTIONS,
    SUBJECTS,
)
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
    lived: Lived, kind: int, column: str, place: int, rows: np.ndarray, half_life: float
) -> float:
    """Compare the sums that accounts keep with the fold of rows; return the largest error a fading."""
    accounts = lived.world.accounts_of(kind)
    changes = by_subject(lived.of(RECORD, CREDIT, ENTERED, CONVICTION, DERIVED, ARRIVAL, SHARED_IN), kind)
    untouched = np.ones(len(accounts), bool)
    worst = 0.0
    for subject, listed in by_subject(rows, kind).items():
        untouched[subject] = False
        times = len({day for day, _ in changes[subject]})
        expected = fold(listed, half_life, int(accounts["day"][subject]))
        worst = max(worst, abs(float(accounts[column][subject, place]) - expected) / times)
    assert not accounts[column][untouched, place].any()
    return worst


@pytest.mark.parametrize("kind", range(len(SUBJECTS)), ids=SUBJECTS)
def test_register_points_are_the_fold_of_the_entries_in_the_register(
    lived: Lived, kind: int, figure: Figure
) -> None:
    entered = lived.of(RECORD, CREDIT, ENTERED, CONVICTION, DERIVED, SHARED_IN)
    slot = 0
    for number, register in enumerate(lived.regime.data.registers):
        if SUBJECTS[kind] not in register.covers:
            continue
        rows = entered[entered["register"] == number]
        worst = largest_error(lived, kind, "points", slot, rows, float(register.half_life_days))
        figure(f"{register.id} of a {SUBJECTS[kind]}, thousandths of a point a fading", worst, ROUNDING)
        assert worst < ROUNDING, register.id
        slot += 1
    assert not lived.world.accounts_of(kind)["points"][:, slot:].any()


def test_scores_at_a_platform_are_the_fold_of_the_arrivals(scored: Lived, figure: Figure) -> None:
    arrivals = scored.of(ARRIVAL)
    data = scored.regime.data
    half_lives = {CITIZEN: data.score.half_life_days, COMPANY: data.ratings[0].half_life_days}
    for kind, half_life in half_lives.items():
        assert len(by_subject(arrivals, kind)) > 10
        worst = largest_error(scored, kind, "composite", 0, arrivals, float(half_life))
        figure(f"{SUBJECTS[kind]}, thousandths of a point a fading", worst, ROUNDING)
        assert worst < ROUNDING


def test_an_arrival_is_worth_its_record_by_weight_and_range(scored: Lived) -> None:
    theory = Theory(scored.regime.data, scored.setting.society.data)
    names = [register.id for register in scored.regime.data.registers]
    data = scored.regime.data
    half_lives = {CITIZEN: data.score.half_life_days, COMPANY: data.ratings[0].half_life_days}
    record = {
        (int(row["id"]), int(row["register"])): int(row["points"])
        for row in scored.of(RECORD, CREDIT, CONVICTION, DERIVED)
    }
    record |= {(int(row["cause"]), int(row["register"])): int(row["points"]) for row in scored.of(ENTERED)}
    for row in scored.of(ARRIVAL):
        points = record[int(row["cause"]), int(row["register"])]
        worth = theory.composite_points(names[row["register"]], points)
        # it fades from the day of the record, not of the arrival
        half_life = float(half_lives[int(subject_kind(row["subject"]))])
        worth *= 0.5 ** ((int(row["day"]) - int(id_day(row["cause"]))) / half_life)
        assert row["points"] == pytest.approx(worth, abs=2.0), "cut to whole thousandths, twice"


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
