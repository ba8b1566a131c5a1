"""Firms, agencies and services meet situations at the rates of the file and choose by the closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, subject_index, subject_kind
from tests.laws.theory import by_id, felt_harm_days

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import RECORD
from demerit.catalogue.words import BODY_KINDS, CAUSED, CITIZEN, COMPANY, NECESSITY, PUBLIC, TRADE, TRUE

ERRORS = 4.0
"""Standard errors within which a count must lie."""


def total(lived: Lived, name: str) -> int:
    return int(lived.world.counters()[:, flow(name)].sum())


def who_meets(lived: Lived, kind: str) -> int:
    """Return how many organisations meet a kind, counted from the arrays."""
    companies, word = lived.world.companies, by_id(lived.setting.society.data.situations)[kind].eligible
    shops = (companies["sector"] == TRADE) & (companies["group"] > 0)
    counts = {
        "company": int((companies["sector"] != PUBLIC).sum()),
        "shop": int(shops.sum()),
        "agency": len(lived.setting.population.agencies),
        "service": len(lived.setting.population.services),
    }
    return counts[word]


@pytest.mark.parametrize("kind", [kind for kind in BODY_KINDS if kind not in CAUSED])
def test_organisations_meet_situations_at_the_rate_of_the_file(law: Lived, kind: str, figure: Figure) -> None:
    rate = float(by_id(law.setting.society.data.situations)[kind].rate)
    expected = who_meets(law, kind) * rate * law.days / 365
    errors = (total(law, f"{kind}.met") - expected) / math.sqrt(expected)
    figure(f"{kind}: {expected:.0f} expected, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def breach_chances(lived: Lived, kind: str, *, context: bool) -> np.ndarray:
    """Return P(act) of every firm under ordinary law: U = g + e - c H - p f in days of its payroll."""
    society = lived.setting.society.data
    situation, gain = by_id(society.situations)[kind], lived.setting.gains[kind]
    rule = next(one for one in lived.regime.data.conducts if one.answers == kind)
    firms = lived.world.companies[lived.world.companies["sector"] != PUBLIC]
    if situation.eligible == "shop":
        firms = firms[(firms["sector"] == TRADE) & (firms["group"] > 0)]
    mean = int(lived.setting.people["mean_income"]) / 100
    payroll = mean * np.maximum(firms["employees"], 1)
    seen = float(rule.coverage)
    if kind == "work.firm":
        often = float(by_id(society.situations)["work.inspection"].rate)
        seen *= often / (often + 365 / float(society.choice.horizon_days))
    felt = felt_harm_days(float(situation.harm), float(society.choice.harm_base))
    utility = gain - firms["compliance"] / 65536 * felt - seen * float(rule.fine) / payroll
    noise = float(society.choice.tau) * gain
    plain = 1 / (1 + np.exp(-utility / noise))
    forced = 1 / (1 + np.exp(-(utility + float(situation.emergency) * gain) / noise))
    urgent, unable = float(situation.necessity), float(situation.inability)
    return np.asarray((1 - urgent - unable) * plain + urgent * forced + unable if context else plain)


@pytest.mark.parametrize("kind", ["work.firm", "work.shop"])
def test_firms_break_rules_as_often_as_the_closed_form_says(law: Lived, kind: str, figure: Figure) -> None:
    chance = breach_chances(law, kind, context=True)
    met = total(law, f"{kind}.met")
    # which firm met how many is not counted: each met a Poisson number of the same mean
    expected = met * chance.mean()
    error = math.sqrt(met * (chance**2).mean() + met * (chance * (1 - chance)).mean())
    errors = (total(law, f"{kind}.acted") - expected) / error
    figure(f"{kind}: {expected:.0f} expected, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


@pytest.mark.parametrize("kind", ["work.firm", "work.shop"])
def test_the_gain_of_a_firm_gives_its_null_probability(law: Lived, kind: str, figure: Figure) -> None:
    # within what compliance of so many firms can differ from its distribution
    chance = breach_chances(law, kind, context=False)
    target = float(by_id(law.setting.society.data.situations)[kind].null_probability)
    errors = (chance.mean() - target) / (chance.std() / math.sqrt(len(chance)))
    figure(f"{kind}: {chance.mean():.4f} for {target}, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def test_an_inspection_finds_what_stands_open_with_the_coverage_of_the_rule(
    law: Lived, figure: Figure
) -> None:
    rule = next(one for one in law.regime.data.conducts if one.answers == "work.firm")
    records = law.of(RECORD)
    records = records[law.kinds_of_rows(records) == "work.firm"]
    assert set(subject_kind(records["subject"]).tolist()) == {COMPANY}
    companies = law.world.companies
    assert (companies["sector"][subject_index(records["subject"])] != PUBLIC).all()
    forced = total(law, "work.firm.necessity")
    done = total(law, "work.firm.acted") - forced
    unheard = 1 - float(law.regime.data.detection.context_recognition)
    for label, acts, left, share in (
        (TRUE, done, int(companies["breaches"].sum()), float(rule.coverage)),
        (NECESSITY, forced, int(companies["forced"].sum()), float(rule.coverage) * unheard),
    ):
        settled = acts - left
        found = int((records["label"] == label).sum())
        errors = (found - share * settled) / math.sqrt(settled * share * (1 - share))
        figure(f"label {label}: {found} of {settled} at {share:.2f}, errors off", errors, ERRORS)
        assert abs(errors) < ERRORS


def test_records_of_organisations_are_counted_apart(essay: Lived) -> None:
    records = essay.of(RECORD)
    others = records[subject_kind(records["subject"]) != CITIZEN]
    assert len(others) == total(essay, "body_records") > 100
    assert others["amount"].sum() == total(essay, "body_fines_fen")
    assert set(essay.kinds_of_rows(others).tolist()) <= set(BODY_KINDS)
