"""Companies, agencies and services appeal: by the closed form, and what is reversed is undone (F27, F40)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, live, subject_index, subject_kind

from demerit.catalogue.appealing import GROUND_OF_LABEL, GROUNDS, RIGHTLY
from demerit.catalogue.counters import flow
from demerit.catalogue.entries import (
    APPEAL_FILED,
    LIST_ENTRY,
    LIST_EXIT,
    RECORD,
    RECORD_REVERSED,
    RECORD_UPHELD,
    WITHDRAWAL,
    WITHDRAWN_DERIVED,
)
from demerit.catalogue.words import BODY_KINDS, CITIZEN, COMPANY, KINDS, NECESSITY
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 546
ERRORS = 4.0
BUSY = {
    "situation.work.firm.rate": 12,
    "situation.work.inspection.rate": 3,
    "situation.svc.failure.rate": 12,
    "situation.work.shop.rate": 6,
    "situation.ag.bill.rate": 6,
}
"""Organisations break rules often, and are inspected often."""
HEARD = {
    "appeals.capacity": 1e7,
    "appeals.service_days": 2.0,
    "appeals.reversal.base": 20.0,
    "appeals.reversal.rightful": 20.0,
    "appeals.organisations.cost_days": 0.0,
    "conduct.work.firm.lists.serious-violators": 1.0,
}
"""Every appeal is heard and every record reversed."""


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(BUSY), 2_000, 5)


@pytest.fixture(scope="module")
def scored(town: Setting) -> Lived:
    return live(town, Regime.load("essay").patched({"appeals.organisations.cost_days": 0.5}), DAYS)


@pytest.fixture(scope="module")
def heard(town: Setting) -> Lived:
    return live(town, Regime.load("essay").patched(HEARD), DAYS)


def of_bodies(rows: np.ndarray) -> np.ndarray:
    return rows[subject_kind(rows["subject"]) != CITIZEN]


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def chance_to_appeal(lived: Lived, record: np.void) -> float:
    """Return P(appeal) = 1 / (1 + exp(-(p (f + L) - k) / tau)) in days of the organisation's payroll."""
    society, regime = lived.setting.society.data, lived.regime.data
    terms = regime.appeals
    assert terms is not None
    assert terms.organisations is not None
    assert terms.integrity is not None
    label = int(record["label"])
    weights = terms.reversal
    fair = float(weights.base) + float(weights.independence) * float(terms.independence)
    logit = fair - float(weights.incentive)
    strong = float(weights.evidence)
    if GROUND_OF_LABEL[label] == RIGHTLY:
        logit, strong = float(weights.rightful), 0.0
    logit -= float(weights.integrity) * float(terms.integrity.points)
    evidence = float(terms.evidence)
    reversal = (1 - evidence) * logistic(logit) + evidence * logistic(logit + strong)
    if label == NECESSITY:
        reversal += (1 - reversal) * float(terms.context_hearings)
    kind = KINDS.index(regime.conducts[int(record["rule"])].answers)
    place = int(record["subject"])
    staff = (
        int(lived.world.companies["employees"][subject_index(place)])
        if subject_kind(place) == COMPANY
        else int(lived.setting.people["staff"][subject_kind(place)])
    )
    payroll = int(lived.setting.people["mean_income"]) / 100 * max(staff, 1)
    points = abs(int(lived.world.rules["body_points"][kind])) / 1000
    stake = float(regime.conducts[int(record["rule"])].fine) / payroll
    stake += points * float(society.organisations.point_value_days)
    cost = float(terms.organisations.cost_days)
    return logistic((reversal * stake - cost) / float(society.reporting.noise_days))


def test_organisations_appeal_as_often_as_the_closed_form_says(scored: Lived, figure: Figure) -> None:
    terms = scored.regime.data.appeals
    assert terms is not None
    records = of_bodies(scored.of(RECORD))
    served = records[records["day"] + float(terms.notice_days) < scored.days - 150]
    chances = np.array([chance_to_appeal(scored, one) for one in served])
    filed = of_bodies(scored.of(APPEAL_FILED))
    filed = np.count_nonzero(np.isin(filed["cause"], served["id"]))
    # who is not ready before the window closes does not file: a geometric time of this mean
    ready = 1 - (1 - 1 / float(terms.preparation_days)) ** (
        float(terms.window_days) - float(terms.notice_days)
    )
    expected = float(chances.sum()) * ready
    spread = math.sqrt(float((chances * ready * (1 - chances * ready)).sum()))
    figure(f"{filed} appeals, {expected:.0f} expected, errors off", (filed - expected) / spread, ERRORS)
    assert expected > 20
    assert abs(filed - expected) < ERRORS * spread


def test_organisations_of_every_kind_appeal_and_are_counted_apart(scored: Lived) -> None:
    filed = scored.of(APPEAL_FILED)
    counters = scored.world.counters()
    assert len(filed) == sum(counters[:, flow(f"appeals_{ground}")].sum() for ground in GROUNDS)
    assert len(set(subject_kind(of_bodies(filed)["subject"]).tolist())) == 3
    # the choice is counted on the day it is made, and the appeal filed when it is ready
    assert len(of_bodies(filed)) <= counters[:, flow("body_appeals")].sum() < len(of_bodies(filed)) + 30
    assert 0 < counters[:, flow("body_appeals_for_score")].sum() < counters[:, flow("body_appeals")].sum()


def test_what_an_organisation_wins_is_undone(heard: Lived) -> None:
    reversed_ = of_bodies(heard.of(RECORD_REVERSED))
    assert len(reversed_) > 100
    assert not len(of_bodies(heard.of(RECORD_UPHELD)))
    assert heard.world.counters()[:, flow("body_reversed")].sum() == len(reversed_)
    assert heard.world.counters()[:, flow("body_refunds_fen")].sum() == reversed_["amount"].sum() > 0
    kinds = heard.kinds_of_rows(reversed_)
    assert set(kinds) <= set(BODY_KINDS)
    for row in reversed_[:200]:
        back = [one for one in heard.effects[int(row["id"])] if one["what"] == WITHDRAWAL]
        record = heard.cause_of(heard.cause_of(row))
        assert len(back) == 1
        assert record["what"] == RECORD
        assert record["subject"] == row["subject"]
        assert 0 <= back[0]["points"] <= -record["points"]


def test_a_listing_ends_with_the_record_that_led_to_it(heard: Lived) -> None:
    entries = of_bodies(heard.of(LIST_ENTRY))
    assert len(entries) > 20
    exits = of_bodies(heard.of(LIST_EXIT))
    assert len(exits) > 10
    assert all(heard.cause_of_known(row, RECORD_REVERSED) for row in exits)


def test_what_was_passed_on_to_whoever_represents_a_company_goes_back_with_its_record(heard: Lived) -> None:
    # from company to representative the chain asks nothing, so every link is undone
    passed = heard.of(WITHDRAWN_DERIVED)
    assert len(passed) > 20
    assert (subject_kind(passed["subject"]) == CITIZEN).any()
