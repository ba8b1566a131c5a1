"""Each score is the fold of its ledger, each purse of what was earned and paid; each entry has a cause."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, id_day, id_subject, subject_index, subject_kind
from tests.laws.theory import Theory, fold

from demerit.catalogue.counters import ACTED, OUT_OF_NECESSITY, PER_KIND, flow
from demerit.catalogue.entries import (
    APPROVAL_LOST,
    ARRIVAL,
    BILL_UNPAID,
    BONUS_CUT,
    CONVICTION,
    CREDIT,
    CURE,
    DERIVED,
    ENTERED,
    ENTRY_KINDS,
    GIVEN_UP,
    HIRED,
    JOB_LOST,
    LICENCE_WITHHELD,
    NOT_PAID,
    PASSPORT_WITHHELD,
    POINTS_RESTORED,
    RECALL,
    RECORD,
    REPAIR_BEGUN,
    REPAIRED,
    SANCTION_START,
    SHARED_IN,
)
from demerit.catalogue.letters import CURED, PAID
from demerit.catalogue.words import (
    BREACH,
    BY_SEPARATION,
    CITIZEN,
    COLLEAGUES,
    COMPANY,
    INSTALMENT,
    INSTITUTIONS,
    KINDS,
    SEEKING,
    SUBJECTS,
)
from demerit.institutions.fines import SETTLED
from demerit.simulation.first_jobs import BEFORE
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
    changes = by_subject(
        lived.of(RECORD, CREDIT, ENTERED, CONVICTION, DERIVED, ARRIVAL, SHARED_IN, REPAIRED), kind
    )
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
    # a course gives points back at the platform at once; no regime here repairs a register
    arrivals = scored.of(ARRIVAL, RECALL, REPAIRED)
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
    scores = {SUBJECTS.index(kind): one for one in data.ratings for kind in one.covers}
    scores[CITIZEN] = data.score
    record = {
        (int(row["id"]), int(row["register"])): int(row["points"])
        for row in scored.of(RECORD, CREDIT, CONVICTION, DERIVED)
    }
    record |= {(int(row["cause"]), int(row["register"])): int(row["points"]) for row in scored.of(ENTERED)}
    for row in scored.of(ARRIVAL):
        points = record[int(row["cause"]), int(row["register"])]
        score = scores[int(subject_kind(row["subject"]))]
        worth = theory.worth(score, names[row["register"]], points)
        # it fades from the day of the record, not of the arrival
        worth *= 0.5 ** ((int(row["day"]) - int(id_day(row["cause"]))) / float(score.half_life_days))
        assert row["points"] == pytest.approx(worth, abs=2.0), "cut to whole thousandths, twice"


def earned_and_used(lived: Lived, person: int, until: int) -> tuple[float, float]:
    """Return what somebody saved of wages until a day, and what a search took beyond support, in fen."""
    society = lived.setting.society.data
    income = float(lived.traits["income_fen_day"][person])
    expense = float(society.income.expense_share) * income
    support = max(float(society.labour.support) * income, float(society.income.floor) * 100)
    earned = used = 0.0
    for spell in lived.spells_of_work(person):
        days = max(min(spell.end, until) - spell.first, 0)
        if spell.job == SEEKING:
            used += days * (expense * (1 - float(society.labour.thrift)) - support)
        else:
            earned += days * (spell.wage - expense)
    return earned, used


def owed_and_paid(lived: Lived) -> np.ndarray:
    """Return what came due and was paid in the end, and the shocks behind instalments, by citizen in fen."""
    society = lived.setting.society.data
    income = lived.traits["income_fen_day"].astype(float)
    pending = lived.world.pending()
    pending = pending[pending["kind"] == CURED]
    total = np.zeros(len(income))
    for situation in society.situations:
        kind, due = KINDS.index(situation.id), float(situation.due_days)
        met = np.bincount(lived.met["person"][lived.met["kind"] == kind], minlength=len(income))
        if kind == INSTALMENT:
            total += met * float(society.shock.days) * income
        if due > 0:
            waiting = np.bincount(pending["target"][pending["rule"] == kind], minlength=len(income))
            total += (met - waiting) * due * income
    return total


def test_every_purse_is_the_fold_of_wages_dues_and_the_ledger(lived: Lived, figure: Figure) -> None:
    income = lived.traits["income_fen_day"].astype(float)
    state, start = lived.world.state, lived.setting.population.wealth_fen
    days = state["wealth_day"].astype(int)
    flows = [earned_and_used(lived, person, int(day)) for person, day in enumerate(days)]
    earned, used = np.array(flows).T
    paid = lived.of(RECORD, CONVICTION, LICENCE_WITHHELD)
    paid = paid[subject_kind(paid["subject"]) == CITIZEN]
    fines = np.bincount(paid["subject"], paid["amount"], minlength=len(income))
    # a fine that is late is paid later, and study to restore licence points is paid when it is done
    waiting = lived.world.pending()
    late = waiting[(waiting["kind"] == PAID) & (waiting["points"] == SETTLED)]
    late = late[late["target"] < len(income)]  # a vehicle is told too
    fines = fines - np.bincount(late["target"], late["amount"], minlength=len(income))
    # and so is a course that repairs a score, and who leads an office or a service bears its sanctions
    studied = lived.of(POINTS_RESTORED, REPAIR_BEGUN, BONUS_CUT)
    fines = fines + np.bincount(studied["subject"], studied["amount"], minlength=len(income))
    gone = owed_and_paid(lived) + fines
    error = start + earned - used - gone - state["wealth_fen"]
    # a fen for every settling of the purse, and 1/32768 of the income for the shares that make up saving
    entries = np.bincount(paid["subject"], minlength=len(income))
    jobs = np.bincount(list(lived.job_rows), minlength=len(income)) * 20
    people = lived.met["person"][lived.met["person"] < len(income)]
    met = np.bincount(people, minlength=len(income))
    # and a fen a day for the wage that an entry tells in whole fen
    margin = 3 * (entries + jobs + met) + 10 + (8e-5 * income + (jobs > 0)) * lived.days
    sanctioned = np.isin(np.arange(len(income)), lived.of(SANCTION_START)["subject"])
    # who starts with more than all that ever went out was never in debt, and paid no interest
    solvent = start - gone - np.maximum(used, 0) > 0
    plain = ~sanctioned & solvent
    assert plain.sum() > 3_000
    assert (jobs[plain] > 0).sum() > 100
    share = (abs(error) / margin)[plain].max()
    figure(f"{plain.sum()} people without sanctions or debts, share of the margin", share, 1)
    assert (np.abs(error) <= margin)[plain].all()
    # the others also lose and gain pay, pay for substitutes and bear interest
    counters = lived.world.counters().sum(0)
    other = sum(int(counters[flow(name)]) for name in ("pay_lost_fen", "substitutes_fen", "interest_fen"))
    assert error[~plain].sum() == pytest.approx(other, abs=margin[~plain].sum() + 1)


def test_every_entry_has_a_cause_that_is_not_later(lived: Lived) -> None:
    rows = lived.rows
    assert (id_day(rows["id"]) == rows["day"]).all()
    assert (id_subject(rows["id"]) == rows["subject"]).all()
    assert (id_day(rows["cause"]) <= rows["day"]).all()
    # what happens to others happens tomorrow: on the same day a cause is one's own, and earlier
    today = rows[(id_day(rows["cause"]) == rows["day"]) & (rows["cause"] != rows["id"])]
    assert (id_subject(today["cause"]) == today["subject"]).all()
    assert (today["cause"] < today["id"]).all()
    assert len(np.unique(rows["id"])) == len(rows)


def test_every_cause_is_another_entry_or_a_situation_that_was_met(lived: Lived) -> None:
    # records, credits and cures come from an act, and so does what somebody wishes for and does not get;
    # everything else comes from an entry
    separation = (lived.rows["what"] == JOB_LOST) & (lived.rows["rule"] == BY_SEPARATION)
    # and the first job of whoever sought one on the first day comes from that search
    begun = (lived.rows["what"] == HIRED) & (lived.rows["cause"] >> 12 & 7 == BEFORE)
    assert not id_day(lived.rows["cause"][begun]).any()
    of_an_act = np.isin(lived.rows["what"], (RECORD, CREDIT, CURE, GIVEN_UP, PASSPORT_WITHHELD))
    roots = (of_an_act | separation) & ~begun
    # what an organisation did and what was found of it may be one entry, which is its own cause
    itself = lived.rows["cause"] == lived.rows["id"]
    known = np.isin(lived.rows["cause"], lived.rows["id"]) & ~itself
    roots &= ~itself
    # approval falls over an entry, or over what one has met that left none
    approval = (lived.rows["what"] == APPROVAL_LOST) & ~known
    roots |= approval
    others = ~roots & ~begun & ~itself
    assert known[others].all(), [ENTRY_KINDS[what].name for what in set(lived.rows["what"][others & ~known])]
    assert not known[roots].any()
    acts = lived.rows["cause"][roots]
    met = lived.met["day"] << 32 | lived.met["person"]
    assert np.isin(acts >> 15, met).all()


def test_without_rules_nothing_is_recorded_and_nobody_is_touched(empty: Lived, city: Setting) -> None:
    # offices leave bills unpaid as ever, and firms that wait in vain cut jobs
    assert set(np.unique(empty.rows["what"])) == {CURE, JOB_LOST, HIRED, BILL_UNPAID, NOT_PAID}
    world, state = empty.world, empty.world.state
    assert not world.accounts.view("u1").any()
    assert (world.vehicles == city.population.vehicles).all()
    # firms break rules as ever; an inspection finds what is open, has it put right and files nothing
    start = city.population.companies
    moved = {name for name in start.dtype.names if (world.companies[name] != start[name]).any()}
    assert moved == {"breaches", "forced"}
    counters = world.counters().sum(0)
    acted, forced = (int(counters[BREACH * PER_KIND + what]) for what in (ACTED, OUT_OF_NECESSITY))
    assert 0 < world.companies["forced"].sum() <= forced
    assert 0 < world.companies["breaches"].sum() <= acted - forced
    for column in ("stress", "wage_loss", "licence_points", "licence_until"):
        assert not state[column].any(), column
    assert (state["aware_day"] == 65535).all()
    assert (state["norm"] == 32768).all()
    assert not state["perceived"].any()


def test_without_rules_trust_moves_only_with_what_people_do(empty: Lived) -> None:
    # nothing is heard from colleagues, and of an office nobody sees more than a bill settled
    start = empty.setting.society.data.trust
    trust = empty.world.state["trust"] / 65535
    assert np.abs(trust[:, COLLEAGUES] - float(start.colleagues)).max() < 1e-5
    assert trust[:, INSTITUTIONS].min() > float(start.institutions) - 1e-5
