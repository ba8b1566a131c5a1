"""Repair to the day: when a course is offered, what it costs, and what it gives back."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from tests.laws.conftest import NO_APPEALS, Figure
from tests.laws.lived import Lived, live
from tests.laws.theory import fold

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import ARRIVAL, REPAIR_BEGUN, REPAIRED, SANCTION_START
from demerit.regime import Regime
from demerit.simulation.setting import Setting

WAITING, COURSE, COST, SHARE = 90, 10, 0.5, 0.5


@pytest.fixture(scope="module")
def repairing(city: Setting) -> Lived:
    """Return four years of a regime in which many stand below an edge and a course is cheap."""
    patches = {
        "repair.credit-course.waiting_days": WAITING,
        "repair.credit-course.course_days": COURSE,
        "repair.credit-course.cost_days": COST,
        "repair.credit-course.share": SHARE,
        "sanction.band-b.below": 985,
        "sanction.band-b.wage_loss": 0.03,
        "band.a.from": 985,
    }
    return live(city, Regime.load("essay").patched(patches | NO_APPEALS), 1_456)


def test_a_course_begins_after_whole_waiting_periods_under_a_sanction(repairing: Lived) -> None:
    starts = defaultdict(set)
    for row in repairing.of(SANCTION_START):
        starts[int(row["subject"])].add(int(row["day"]))
    begun = repairing.of(REPAIR_BEGUN)
    assert len(begun) > 50
    for row in begun:
        waited = [int(row["day"]) - start for start in starts[int(row["subject"])]]
        assert any(days > 0 and days % WAITING == 0 for days in waited)


def test_a_course_ends_to_the_day_and_costs_its_days_of_income(repairing: Lived) -> None:
    ends = {(int(row["subject"]), int(row["cause"])): int(row["day"]) for row in repairing.of(REPAIRED)}
    income = repairing.traits["income_fen_day"]
    paid = 0
    for row in repairing.of(REPAIR_BEGUN):
        subject, day = int(row["subject"]), int(row["day"])
        if day + COURSE < repairing.days:
            assert ends[subject, int(row["id"])] == day + COURSE
        assert row["amount"] == int(income[subject]) * int(COST * 65536) >> 16
        paid += int(row["amount"])
    assert paid == int(repairing.world.counters()[:, flow("repair_fen")].sum())


def test_it_gives_back_its_share_of_what_is_lost(repairing: Lived, figure: Figure) -> None:
    half_life = float(repairing.regime.data.score.half_life_days)
    moved = defaultdict(list)
    for row in np.sort(repairing.of(ARRIVAL, REPAIRED), order=["day", "id"]):
        moved[int(row["subject"])].append(row)
    worst, seen = 0.0, 0
    for row in repairing.of(REPAIRED):
        subject, day = int(row["subject"]), int(row["day"])
        others = [one for one in moved[subject] if one["id"] != row["id"] and int(one["day"]) <= day]
        if any(int(one["day"]) == day for one in others):
            continue  # which came first on that day is not said here
        before = fold([(int(one["day"]), float(one["points"])) for one in others], half_life, day)
        worst = max(worst, abs(float(row["points"]) - max(-before, 0.0) * SHARE))
        seen += 1
    assert seen > 50
    figure("thousandths of a point", worst, 20)
    assert worst < 20  # a fading drops less than two


def test_nobody_is_offered_a_course_who_is_under_no_sanction(repairing: Lived) -> None:
    sanctioned = {int(row["subject"]) for row in repairing.of(SANCTION_START)}
    assert {int(row["subject"]) for row in repairing.of(REPAIR_BEGUN)} <= sanctioned
