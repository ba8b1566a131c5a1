"""Want and shunning: who cannot pay goes without, whoever is shown may not get on the bus."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, live
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import DISPLAY_ENDED, DISPLAYED, NO_MONEY, TURNED_OFF
from demerit.catalogue.words import SEEKING, SERVICES
from demerit.mechanisms.want import IN_WANT
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.society import Society

DAYS = 546
POOR = {
    "situation.work.separation.rate": 0.6,
    "labour.hired": 0.04,
    "labour.support": 0.0,
    "want.credit_days": 5,
}
"""Jobs are lost often and found late, without support."""


@pytest.fixture(scope="module")
def poor() -> Lived:
    """Return a year and a half of ordinary law in a town in which work is scarce."""
    return live(settle(Society.load("city").patched(POOR), 2_000, 4), Regime.load("ordinary-law"), DAYS)


def test_only_whoever_has_no_money_goes_without(poor: Lived) -> None:
    rows = poor.of(NO_MONEY)
    assert len(rows) > 50
    assert total(poor, "want_food") + total(poor, "want_transit") == len(rows)
    for service in ("food", "transit"):
        assert total(poor, f"{service}_refused") == total(poor, f"want_{service}") > 0
    # on the last day whoever goes without has debts beyond what anybody lends
    income = poor.traits["income_fen_day"].astype(float)
    last = rows[rows["day"] >= poor.days - 7]
    state = poor.world.state
    elapsed = poor.days - 1 - state["wealth_day"].astype(float)
    owned = state["wealth_fen"] + income * elapsed * state["saving"] / 32768
    days = owned / income
    assert len(last) > 5
    assert (days[last["subject"]] < -5 + 4).all()


def test_weeks_of_want_come_with_what_a_week_needs(poor: Lived, figure: Figure) -> None:
    access = poor.setting.society.data.access
    begun = (poor.world.accounts_of(0)["access"] & IN_WANT) != 0
    assert begun.sum() > 5
    food, bus = total(poor, "want_food"), total(poor, "want_transit")
    for name, found in (("food", food), ("transit", bus)):
        chance = min(1.0, float(getattr(access, f"{name}_rate")) * 7 / 365)
        weeks = food / min(1.0, float(access.food_rate) * 7 / 365)
        spread = math.sqrt(weeks * chance * (1 - chance)) + 1
        figure(f"{name}: {found} in {weeks:.0f} weeks, errors off", (found - weeks * chance) / spread, ERRORS)
        assert abs(found - weeks * chance) < 2 * ERRORS * spread


def test_nobody_with_work_and_no_fine_is_looked_at(poor: Lived) -> None:
    """Want begins with a search for work, or with a record."""
    begun = np.unique(poor.of(NO_MONEY)["subject"])
    recorded = set(poor.rows["subject"][np.isin(poor.rows["what"], [0])].tolist())
    jobless = set(poor.job_rows) | set(np.flatnonzero(poor.world.state["job"] == SEEKING).tolist())
    assert all(int(person) in recorded | jobless for person in begun)


def test_without_the_switch_nobody_goes_without() -> None:
    setting = settle(Society.load("city").patched(POOR | {"want.enabled": False}), 500, 4)
    lived = live(setting, Regime.load("ordinary-law"), 364)
    assert not len(lived.of(NO_MONEY))
    assert total(lived, "food_refused") == 0


@pytest.fixture(scope="module")
def shown() -> Lived:
    """Return a year in which many are shown in public."""
    often = {"situation.law.judgment.rate": 0.5, "ostracism.bus_refuses": 0.3}
    regime = Regime.load("essay").patched({"screens.term_days": 120})
    return live(settle(Society.load("city").patched(often), 2_000, 6), regime, 364)


def test_a_bus_refuses_whoever_is_shown_with_its_chance(shown: Lived, figure: Figure) -> None:
    rides, off = total(shown, "bus_rides"), total(shown, "turned_off")
    errors = (off - 0.3 * rides) / math.sqrt(rides * 0.3 * 0.7)
    figure(f"{off} of {rides} rides, errors off", errors, ERRORS)
    assert off == len(shown.of(TURNED_OFF)) > 30
    assert abs(errors) < ERRORS
    begun = {int(row["id"]): row for row in shown.of(DISPLAYED)}
    ended = {int(row["cause"]): int(row["day"]) for row in shown.of(DISPLAY_ENDED)}
    for row in shown.of(TURNED_OFF):
        display = begun[int(row["cause"])]
        assert display["subject"] == row["subject"]
        assert display["day"] < row["day"] <= ended.get(int(row["cause"]), shown.days)
        assert row["amount"] > 0
    assert SERVICES[1] == "transit"


def test_strangers_who_pass_a_screen_hear_of_what_is_alleged(shown: Lived) -> None:
    viewers = int(float(shown.setting.society.data.ostracism.viewers))
    seen = total(shown, "seen_on_screen")
    assert seen % viewers == 0
    assert 0 < seen // viewers <= len(shown.of(DISPLAYED))
