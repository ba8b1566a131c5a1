"""Approval and habituation: closed forms against calculations step by step in floats, and calm law."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, live
from tests.laws.test_choice import total

from demerit.catalogue.columns import STATE_DTYPE
from demerit.catalogue.entries import APPROVAL_LOST, GOT_USED, RECORD, SANCTION_END, SANCTION_START
from demerit.catalogue.hearsay import HEARSAY_DTYPE
from demerit.catalogue.words import FAMILIES
from demerit.mechanisms.approval import approval, public_answer, suffer, used_to
from demerit.regime import Regime
from demerit.simulation.approval_tables import fill_approval
from demerit.simulation.people_tables import compile_society
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

ONE = 65535
TERMS = ((2.0, 2.0), (1.0, 2.0), (5.0, 2.0), (0.0, 2.0))
"""Half-lives of habituation and of return, years; 0 = nobody gets used to anything."""


def compiled(habituation: float, back: float) -> np.void:
    """Return a compiled society with these half-lives and the city's other numbers."""
    terms = {"approval.habituation_years": habituation, "approval.return_years": back}
    society = Society.load("city").patched(terms).data
    people = compile_society(society)
    fill_approval(people, society)
    return people


def day_by_day(share: float, habituation: float, back: float, days: int) -> tuple[float, float]:
    """Return approval and the harm one is used to after days under a sanction, by small steps."""
    start, harm, steps = 0.80, 0.002, 4
    month = 30 * share
    value, habit = start, 0.0
    for _ in range(days * steps):
        lost = harm * max(0.0, month - habit) / 30 / steps
        value += (start - value) * math.log(2) / (back * 365) / steps - lost
        if habituation:
            habit += (month - habit) * math.log(2) / (habituation * 365) / steps
    return value, habit


@pytest.mark.parametrize(("habituation", "back"), TERMS)
def test_what_goes_on_is_felt_as_step_by_step(habituation: float, back: float, figure: Figure) -> None:
    people = compiled(habituation, back)
    state, hearsay = np.zeros(1, STATE_DTYPE)[0], np.zeros(1, HEARSAY_DTYPE)[0]
    state["approval"] = people["approval_start"]
    largest = 0.0
    for share in (0.03, 0.2):
        state["wage_loss"] = round(share * 32768)
        for days in (30, 365, 2000):
            value, habit = day_by_day(share, habituation, back, days)
            largest = max(largest, abs(approval(state, hearsay, people, days) / ONE - value))
            assert used_to(state, hearsay, people, days) / 1024 == pytest.approx(habit, abs=0.01)
    figure("approval under a sanction, largest difference", largest, 3e-4)
    assert largest < 3e-4


def test_an_event_is_felt_as_in_the_monthly_recursion() -> None:
    # a fine of a day and a half every month: the recursion of F17, without return to the start
    people = compiled(2.0, 1000.0)
    people["approval_rest"] = people["approval_start"]
    state, hearsay = np.zeros(1, STATE_DTYPE)[0], np.zeros(1, HEARSAY_DTYPE)[0]
    lost, habit, expected = 0.0, 0.0, 0.0
    for month in range(48):
        state["mood_day"] = 30 * month
        expected += 0.002 * max(0.0, 1.5 - habit)
        lost += suffer(state, hearsay, people, round(1.5 * 1024)) / ONE
        habit += (1.5 - habit) * -math.expm1(-math.log(2) * 30 / 730)
        hearsay["used_to"] = used_to(state, hearsay, people, 30 * (month + 1))
    assert lost == pytest.approx(expected, rel=0.03)
    # the event comes at the beginning of its month, and fades during it
    assert hearsay["used_to"] / 1024 == pytest.approx(habit, rel=0.04)


def test_disapproval_is_hidden_in_proportion_to_perceived_risk() -> None:
    people = compiled(2.0, 2.0)
    private, families = round(0.5 * ONE), len(FAMILIES)
    for factor, hidden in ((1, 0.32), (2, 0.64), (4, 1.0)):
        said = public_answer(people, private, factor * families * 65536)
        assert said / ONE == pytest.approx(0.5 + 0.5 * hidden, abs=1e-3)


def mean_approval(lived: Lived, adults: np.ndarray) -> float:
    """Return the mean private approval of some people at the end."""
    world, people = lived.world, lived.setting.people
    day = lived.days - 1
    each = [approval(world.state[who], world.hearsay[who], people, day) for who in np.flatnonzero(adults)]
    return float(np.mean(each)) / ONE


def test_ten_years_of_ordinary_law_keep_approval(law: Lived, figure: Figure) -> None:
    found = mean_approval(law, law.adult)
    figure("mean approval after ten years of ordinary law", found, 0.80)
    assert abs(found - 0.80) < 0.015


def test_the_essay_loses_approval_among_those_it_wrongs_and_they_get_used(essay: Lived, law: Lived) -> None:
    wronged = np.zeros(len(essay.traits), bool)
    records = essay.of(RECORD)
    recent = records[(records["label"] != 0) & (records["subject"] < len(wronged))]
    recent = recent[recent["day"] > essay.days - 365]
    wronged[recent["subject"]] = True
    assert mean_approval(essay, essay.adult & wronged) < mean_approval(essay, essay.adult & ~wronged) - 0.05
    habits = essay.of(GOT_USED)
    assert len(habits) > 50
    assert not len(law.of(GOT_USED))
    ended = essay.of(SANCTION_START, SANCTION_END)
    moved = set(zip(ended["subject"].tolist(), ended["day"].tolist(), strict=True))
    assert all((int(row["subject"]), int(row["day"])) in moved for row in habits)
    lost = essay.of(APPROVAL_LOST)
    assert (lost["points"] <= -1999).all()
    assert total(essay, "records_necessity") <= len(lost)


@pytest.fixture(scope="module")
def indifferent() -> Setting:
    return settle(Society.load("hamlet").patched({"approval.enabled": False}), 400, 2)


def test_switched_off_approval_stays_where_it_began(indifferent: Setting) -> None:
    lived = live(indifferent, Regime.load("essay"), 364)
    assert (lived.world.state["approval"] == round(0.80 * ONE)).all()
    assert (lived.world.hearsay["used_to"] == 0).all()
    assert not len(lived.of(APPROVAL_LOST, GOT_USED))
