"""Services as actors: to refuse whom they must or serve anyway, and to be rated for what they fail to do.

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import NO_COMPLAINTS, UNEVENTFUL, Figure
from tests.laws.lived import Lived, live, subject_kind
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import RECORD
from demerit.catalogue.words import SERVICE, TRUE
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 546
OFTEN = UNEVENTFUL | {
    "organisations.obeys": 0.5,
    "organisations.service_staff": 20,
    "situation.svc.failure.rate": 60,
}
"""Half of those at a counter serve whom they must refuse; services fail people often."""
STRICT = NO_COMPLAINTS | {"sanction.band-d.below": 990, "conduct.svc.served.coverage": 0.4}
"""Many are refused, and serving them is often found."""


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(OFTEN), 6_000, 12)


@pytest.fixture(scope="module")
def lawful(town: Setting) -> Lived:
    return live(town, Regime.load("ordinary-law").patched(NO_COMPLAINTS), DAYS)


@pytest.fixture(scope="module")
def scored(town: Setting) -> Lived:
    return live(town, Regime.load("essay").patched(STRICT), DAYS)


def conduct(lived: Lived, kind: str) -> float:
    """Return the coverage of the conduct that answers a kind."""
    return next(float(one.coverage) for one in lived.regime.data.conducts if one.answers == kind)


def off(found: float, of: float, share: float) -> float:
    """Return how many standard errors a count lies off a share of another."""
    return (found - share * of) / math.sqrt(max(of * share * (1 - share), 1))


def records_of(lived: Lived, kind: str) -> np.ndarray:
    rows = lived.of(RECORD)
    return rows[lived.kinds_of_rows(rows) == kind]


def test_counters_refuse_with_the_odds_that_being_found_adds(scored: Lived, figure: Figure) -> None:
    data, rules = scored.setting.society.data, scored.regime.data
    terms, income = data.organisations, data.income
    served = next(one for one in rules.conducts if one.answers == "svc.served")
    town = float(data.demography.urban_share)
    mean = town * float(income.urban_mean) + (1 - town) * float(income.rural_mean)
    payroll = mean / 365 * float(terms.service_staff)
    score = next(one for one in rules.ratings if "service" in one.covers)
    register = next(one for one in rules.registers if one.id == "market")
    span = (float(score.ceiling) - float(score.floor)) / (float(register.ceiling) - float(register.floor))
    points = abs(float(served.points["market"])) * float(score.weights["market"]) * span
    cost = float(served.coverage) * (float(served.fine) / payroll + points * float(terms.point_value_days))
    obeys = float(terms.obeys)
    share = 1 / (1 + (1 - obeys) / obeys * math.exp(-cost / float(terms.obey_noise_days)))
    met, refused = total(scored, "svc.served.met"), total(scored, "svc.served.met")
    refused -= total(scored, "svc.served.acted")
    figure(f"{refused} of {met} refused, errors off", off(refused, met, share), ERRORS)
    assert met > 500
    assert abs(off(refused, met, share)) < ERRORS
    # the same draws without anything at stake: what is left is refused for fear of being found
    assert abs(off(total(scored, "svc.served.principle"), met, obeys)) < ERRORS
    assert total(scored, "svc.served.score") == refused - total(scored, "svc.served.principle") > 0


def test_serving_is_found_with_the_coverage_and_recorded_of_the_service(scored: Lived) -> None:
    rows = records_of(scored, "svc.served")
    assert (subject_kind(rows["subject"]) == SERVICE).all()
    assert (rows["label"] == TRUE).all()
    assert abs(off(len(rows), total(scored, "svc.served.acted"), conduct(scored, "svc.served"))) < ERRORS
    assert len(rows) == total(scored, "svc.served.recorded") > 20


def test_who_is_failed_rates_with_the_null_probability(lawful: Lived, scored: Lived, figure: Figure) -> None:
    reporting = lawful.setting.society.data.reporting
    situation = next(one for one in lawful.setting.society.data.situations if one.id == "svc.failure")
    conscience = lawful.traits["conscience"][lawful.adult] / 65536
    duty = float(reporting.duty) * (2000.0 ** float(situation.harm) - 1)
    rates = float(lawful.setting.society.data.organisations.rates)
    odds = math.log(rates / (1 - rates)) + duty * (conscience - 2 / 3) / float(reporting.noise_days)
    share = float((1 / (1 + np.exp(-odds))).mean())
    met, rated = total(lawful, "svc.rated.met"), total(lawful, "svc.rated.acted")
    figure(f"{rated} of {met} rate, errors off", off(rated, met, share), ERRORS)
    assert met > 200
    assert abs(off(rated, met, share)) < ERRORS
    # those of the last day are on their way, and four draws may find nobody but children
    assert 0.98 * total(lawful, "svc.failure.acted") <= met <= total(lawful, "svc.failure.acted")
    rows = records_of(scored, "svc.rated")
    assert (subject_kind(rows["subject"]) == SERVICE).all()
    assert 0 <= total(scored, "svc.rated.acted") - len(rows) <= 5


def test_services_fail_fewer_people_where_ratings_count(town: Setting, scored: Lived) -> None:
    heavy = live(town, scored.regime.patched({"conduct.svc.rated.points.market": -5}), DAYS)
    light = live(town, scored.regime.patched({"conduct.svc.rated.points.market": 0}), DAYS)
    assert total(heavy, "svc.failure.met") == total(light, "svc.failure.met")
    assert total(heavy, "svc.failure.acted") < total(light, "svc.failure.acted")


def test_without_choice_everybody_is_refused_and_nobody_rates() -> None:
    society = Society.load("hamlet").patched({"organisations.obeys": 1, "situation.svc.failure.rate": 0})
    lived = live(settle(society, 300, 1), Regime.load("essay").patched({"sanction.band-d.below": 990}), 182)
    assert total(lived, "svc.served.met") > 0
    for name in ("svc.served.acted", "svc.served.score", "svc.rated.met"):
        assert total(lived, name) == 0
