"""Organisations that act and pay: unpaid bills, budgets, bonuses, idle vehicles, offices marked down.

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import NO_COMPLAINTS, UNEVENTFUL, Figure
from tests.laws.lived import Lived, live, subject_index, subject_kind
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import (
    BILL_UNPAID,
    BONUS_CUT,
    INTEGRITY_LOST,
    JOB_LOST,
    NOT_PAID,
    SANCTION_END,
    SANCTION_START,
)
from demerit.catalogue.words import AGENCY, BY_LAYOFF, COMPANY, PUBLIC, VEHICLE
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 728
OFTEN = UNEVENTFUL | {"situation.ag.bill.rate": 12, "situation.ag.bill.due_days": 60}
"""Offices owe much, and often."""
STRICT = NO_COMPLAINTS | {
    "conduct.ag.bill.coverage": 0.9,
    "conduct.road.overload.coverage": 0.5,
    "sanction.permit-revoked.at_least": 1,
}
"""Every office is found out, and every truck that is seen overloaded stops."""


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(OFTEN), 6_000, 9)


@pytest.fixture(scope="module")
def lawful(town: Setting) -> Lived:
    return live(town, Regime.load("ordinary-law").patched(NO_COMPLAINTS), DAYS)


@pytest.fixture(scope="module")
def scored(town: Setting) -> Lived:
    return live(town, Regime.load("essay").patched(STRICT), DAYS)


def test_every_bill_left_unpaid_reaches_a_firm_of_the_town(lawful: Lived) -> None:
    bills, waited = lawful.of(BILL_UNPAID), lawful.of(NOT_PAID)
    assert len(bills) == total(lawful, "ag.bill.acted") > 60
    assert (subject_kind(bills["subject"]) == AGENCY).all()
    assert (subject_kind(waited["subject"]) == COMPANY).all()
    sectors = lawful.setting.population.companies["sector"][subject_index(waited["subject"])]
    assert (sectors != PUBLIC).all()
    # those of the last day are on their way, and four draws in a thousand find public units alone
    assert 0.97 * len(bills) <= len(waited) == total(lawful, "bills_unpaid") <= len(bills)
    society, people = lawful.setting.society.data, lawful.setting.people
    due = next(float(one.due_days) for one in society.situations if one.id == "ag.bill")
    expected = due * float(society.organisations.agency_staff) * int(people["mean_income"])
    assert np.allclose(bills["amount"], expected, rtol=1e-3)


def test_firms_cut_jobs_with_the_null_probability_and_by_the_size_of_the_bill(
    lawful: Lived, figure: Figure
) -> None:
    waited = lawful.of(NOT_PAID)
    share = float(lawful.setting.society.data.organisations.cuts_unpaid)
    cut = total(lawful, "unpaid_firms_cut")
    error = math.sqrt(len(waited) * share * (1 - share))
    figure(f"{cut} firms cut jobs, errors off", (cut - share * len(waited)) / error, ERRORS)
    assert abs(cut - share * len(waited)) < ERRORS * error
    staff = lawful.setting.population.companies["employees"][subject_index(waited["subject"])].astype(float)
    payroll = np.maximum(staff, 1) * int(lawful.setting.people["mean_income"]) * 365
    notices = staff * np.minimum(waited["amount"] / payroll, 1.0)
    spread = math.sqrt((share * notices * (notices + 1)).sum())
    assert abs(total(lawful, "unpaid_notices") - share * notices.sum()) < ERRORS * spread
    lost = lawful.of(JOB_LOST)
    lost = lost[lost["rule"] == BY_LAYOFF]
    assert 0 < len(lost) <= total(lawful, "unpaid_notices")
    assert all(lawful.cause_of(row)["what"] == NOT_PAID for row in lost)


def test_offices_that_are_scored_leave_fewer_bills_unpaid(lawful: Lived, scored: Lived) -> None:
    assert total(scored, "ag.bill.met") == total(lawful, "ag.bill.met")
    assert total(scored, "ag.bill.acted") < total(lawful, "ag.bill.acted")
    assert total(lawful, "ag.bill.score") == 0
    assert total(scored, "ag.bill.score") == total(lawful, "ag.bill.acted") - total(scored, "ag.bill.acted")


def test_who_leads_an_office_under_a_cut_loses_the_share_of_a_week(scored: Lived) -> None:
    cuts = scored.of(BONUS_CUT)
    agencies = scored.setting.population.agencies
    services = scored.setting.population.services
    leaders = {int(one) - 1 for one in [*agencies["leader"], *services["manager"]]}
    assert len(cuts) > 20
    assert set(cuts["subject"].tolist()) <= leaders
    income = scored.traits["income_fen_day"][cuts["subject"]].astype(float)
    shares = {float(one.leader_loss) for one in scored.regime.data.sanctions if float(one.leader_loss) > 0}
    assert shares == {0.05}
    assert np.allclose(cuts["amount"], 7 * 0.05 * income, atol=2, rtol=1e-3)
    assert total(scored, "body_budget_fen") > 0
    free = {f"sanction.{one}.leader_loss": 0 for one in ("service-cut", "office-cut")}
    lived = live(scored.setting, scored.regime.patched(free), 182)
    assert not len(lived.of(BONUS_CUT))
    assert total(lived, "bonus_cut_fen") == 0


def test_vehicles_stand_still_for_the_weeks_of_their_sanction(scored: Lived) -> None:
    rows = scored.of(SANCTION_START, SANCTION_END)
    rows = rows[subject_kind(rows["subject"]) == VEHICLE]
    weeks = 0
    for vehicle in np.unique(rows["subject"]):
        days = rows["day"][rows["subject"] == vehicle].astype(int)
        ends = [*days, scored.days - 1][: len(days) + len(days) % 2]
        weeks += sum((end - first) // 7 for first, end in zip(ends[::2], ends[1::2], strict=True))
    assert weeks > 10
    # a vehicle that runs again and stops within the same week keeps its old count
    assert total(scored, "idle_vehicle_weeks") == pytest.approx(weeks, abs=max(2, 0.02 * weeks))


def test_offices_that_are_marked_down_uphold_some_records_for_that_reason_alone(town: Setting) -> None:
    often = {"appeals.wrongful": 0.9, "appeals.inability": 0.9, "appeals.rightful": 0.5}
    often |= {"appeals.capacity": 500_000, "appeals.service_days": 5}
    lived = live(town, Regime.load("essay").patched(NO_COMPLAINTS | often), 364)
    assert total(lived, "upheld_for_integrity") > 0
    assert len(lived.of(INTEGRITY_LOST)) > 0
    free = live(
        town, Regime.load("essay").patched(NO_COMPLAINTS | often | {"appeals.reversal.integrity": 0}), 364
    )
    assert total(free, "upheld_for_integrity") == 0


def test_without_bills_nobody_waits_in_vain() -> None:
    society = Society.load("hamlet").patched({"situation.ag.bill.rate": 0})
    lived = live(settle(society, 300, 1), Regime.load("essay"), 182)
    assert not len(lived.of(BILL_UNPAID, NOT_PAID))
    for name in ("bills_unpaid", "unpaid_notices", "unpaid_firms_cut"):
        assert total(lived, name) == 0
