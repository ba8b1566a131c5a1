"""From act to record, and from register to platform: coverage, context, mistakes, losses and delays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pytest
from scipy import stats
from tests.laws.conftest import EVEN, NO_COMPLAINTS, STRICT, Figure
from tests.laws.lived import Lived, id_day, id_subject, live, subject_kind
from tests.laws.theory import Theory

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import ARRIVAL, CONVICTION, CREDIT, DERIVED, ENTERED, LOSS, RECORD
from demerit.catalogue.letters import ARRIVED
from demerit.catalogue.words import (
    BODY_KINDS,
    CAUSED,
    CITIZEN,
    DEEDS,
    EVENTS,
    INABILITY,
    INCIDENTS,
    KINDS,
    LAWFUL,
    MISTAKEN,
    NECESSITY,
    TRUE,
    VEHICLE,
)
from demerit.regime import Regime
from demerit.simulation.setting import Setting
from demerit.society.ties import surname_of

ERRORS = 4.0
JUDGED = ("law.staged", "nb.grudge", "work.harassment")
"""Offences of which a record is made, or not, by whoever looks into a complaint, or met by somebody else."""
OFFENCES = [
    kind
    for kind in KINDS
    if kind not in (*DEEDS, *EVENTS, *BODY_KINDS, *CAUSED, *INCIDENTS, *JUDGED, *LAWFUL)
]
URGENT = ("road.crosswalk", "road.speeding", "money.bill")
"""Offences that can be committed out of necessity."""
IsShare: TypeAlias = Callable[[int, int, float], bool]


@pytest.fixture(params=("essay", "law", "strict"))
def ruled(request: pytest.FixtureRequest) -> Lived:
    world: Lived = request.getfixturevalue(request.param)
    return world


@pytest.fixture(params=("essay", "strict"))
def scored(request: pytest.FixtureRequest) -> Lived:
    world: Lived = request.getfixturevalue(request.param)
    return world


def total(lived: Lived, name: str) -> int:
    column = [flow[0] for flow in FLOWS].index(name)
    return int(lived.world.counters()[:, column].sum())


@pytest.fixture
def is_share(figure: Figure) -> Callable[[int, int, float], bool]:
    """Return a comparison of a count of independent yeses with its chance, within four standard errors.

    Where fewer than 25 are expected the binomial distribution itself says how unlikely the count is.
    """

    def compare(yes: int, of: int, chance: float) -> bool:
        if of * chance < 25:
            unlikely = float(stats.binomtest(yes, of, chance).pvalue)
            figure(f"{yes} of {of} at {chance:.4g}, as far off or more: chance", unlikely, 6e-5)
            return unlikely > 6e-5
        errors = (yes - chance * of) / math.sqrt(of * chance * (1 - chance))
        figure(f"{yes} of {of} at {chance:.4g}, errors off", errors, ERRORS)
        return abs(errors) < ERRORS

    return compare


@pytest.fixture(scope="module", params=["essay", "ordinary-law", "strict"])
def even(request: pytest.FixtureRequest, city: Setting) -> Lived:
    """Return four years in which everybody is looked at alike and nobody is exempt."""
    if request.param == "ordinary-law":
        return live(city, Regime.load("ordinary-law").patched(NO_COMPLAINTS), 1456)
    patches = EVEN if request.param == "essay" else STRICT | EVEN
    return live(city, Regime.load("essay").patched(patches | NO_COMPLAINTS), 1456)


@pytest.mark.parametrize("kind", OFFENCES)
def test_an_act_is_detected_with_the_coverage_of_its_rule(even: Lived, kind: str, is_share: IsShare) -> None:
    # whatever is detected is filed (against whomever) or excused
    theory = Theory(even.regime.data, even.setting.society.data)
    filed = even.of(RECORD)
    filed = filed[even.kinds_of_rows(filed) == kind]
    detected = len(filed) + total(even, f"{kind}.heard_context")
    acted = total(even, f"{kind}.acted")
    coverage = float(theory.conducts[kind].coverage)
    hide = theory.situations[kind].hide
    if hide is not None:
        # a hidden breach is seen with a share of the coverage
        hidden = total(even, "hidden") / acted
        assert 0 < hidden < 0.3
        coverage *= 1 - hidden * (1 - float(hide.seen))
    assert is_share(detected, acted, coverage)


@pytest.mark.parametrize("kind", URGENT)
def test_the_share_of_detected_necessity_that_is_recorded_is_what_is_not_recognised(
    law: Lived, kind: str, is_share: IsShare
) -> None:
    records = law.of(RECORD)
    records = records[(law.kinds_of_rows(records) == kind) & (records["label"] == NECESSITY)]
    excused = total(law, f"{kind}.heard_context")
    recognition = float(law.regime.data.detection.context_recognition)
    assert recognition == 0.5
    assert is_share(len(records), len(records) + excused, 1 - recognition)


@pytest.mark.parametrize("kind", URGENT)
def test_the_essay_hears_no_context_at_all(essay: Lived, kind: str, is_share: IsShare) -> None:
    records = essay.of(RECORD)
    records = records[essay.kinds_of_rows(records) == kind]
    assert total(essay, f"{kind}.heard_context") == 0
    theory = Theory(essay.regime.data, essay.setting.society.data)
    coverage = float(theory.conducts[kind].coverage)
    # of acts out of necessity as many are filed as of all acts, less those filed against somebody else
    acts = total(essay, f"{kind}.necessity")
    right = 1 - float(essay.regime.data.detection.mismatch)
    assert is_share(int((records["label"] == NECESSITY).sum()), acts, coverage * right)


def test_labels_count_each_record_once(ruled: Lived) -> None:
    records = ruled.of(RECORD)
    labels = np.bincount(records["label"][subject_kind(records["subject"]) == CITIZEN], minlength=4)
    for label, name in (
        (TRUE, "true"),
        (NECESSITY, "necessity"),
        (INABILITY, "inability"),
        (MISTAKEN, "mistaken"),
    ):
        assert labels[label] == total(ruled, f"records_{name}")
    assert labels.sum() == sum(total(ruled, f"{kind}.recorded") for kind in (*OFFENCES, *LAWFUL))


def test_a_record_is_filed_against_another_with_the_chance_of_a_mismatch(
    ruled: Lived, is_share: IsShare
) -> None:
    records = ruled.of(RECORD)
    chance = float(ruled.regime.data.detection.mismatch)
    mistaken = int((records["label"] == MISTAKEN).sum())
    assert is_share(mistaken, len(records), chance)


def test_a_mistaken_record_meets_a_namesake_and_shields_who_did_it(strict: Lived, figure: Figure) -> None:
    records = strict.of(RECORD)
    mistaken = records[records["label"] == MISTAKEN]
    assert len(mistaken) > 200
    figure("mistaken records, each with a namesake", len(mistaken), len(mistaken))
    population = strict.setting.population
    shielded = set(records["cause"][records["label"] != MISTAKEN].tolist())
    for row in mistaken:
        offender = int(id_subject(row["cause"]))
        assert row["subject"] != offender
        assert strict.adult[row["subject"]]
        assert surname_of(population, int(row["subject"])) == surname_of(population, offender)
        assert row["day"] == id_day(row["cause"]) + 1
        assert int(row["cause"]) not in shielded, "the offender's own record is lost at the same moment"


def test_prosecution_follows_with_its_chance_after_its_delay(strict: Lived, is_share: IsShare) -> None:
    rule = strict.regime.data.prosecution
    delay = round(float(rule.delay_days))
    records = strict.of(RECORD)
    kinds = strict.kinds_of_rows(records)
    convictions = strict.of(CONVICTION)
    convicted = strict.kinds_of_rows(convictions)
    prosecuted = {
        kind: float(one.prosecute)
        for kind, one in Theory(strict.regime.data, strict.setting.society.data).conducts.items()
        if float(one.prosecute) > 0 and kind not in INCIDENTS
    }
    assert set(convicted) <= set(prosecuted)
    for kind, chance in prosecuted.items():
        asked = int(((kinds == kind) & (records["day"] + delay < strict.days)).sum())
        assert is_share(int((convicted == kind).sum()), asked, chance), kind
    for row in convictions:
        root = strict.cause_of(row)
        assert (row["day"], row["subject"]) == (root["day"] + delay, root["subject"])
        assert row["amount"] == round(float(rule.fine) * 100)
        assert row["points"] == round(float(rule.points) * 1000)


def sent(lived: Lived, register: str) -> np.ndarray:
    """Return the entries of a register that its transfer carries: those of citizens and of companies."""
    rows = lived.of(RECORD, CREDIT, ENTERED, CONVICTION, DERIVED)
    rows = rows[rows["register"] == lived.register(register)]
    return rows[subject_kind(rows["subject"]) != VEHICLE]


@pytest.mark.parametrize("register", ["road", "municipal", "tax", "market"])
def test_as_many_records_are_lost_on_the_way_as_the_transfer_loses(
    scored: Lived, register: str, is_share: IsShare
) -> None:
    transfer = next(one for one in scored.regime.data.transfers if one.from_ == register)
    lost = scored.of(LOSS)
    lost = lost[lost["register"] == scored.register(register)]
    assert is_share(len(lost), len(sent(scored, register)), float(transfer.loss))


@pytest.mark.parametrize("register", ["road", "municipal", "tax"])
def test_delays_are_geometric_with_the_mean_of_the_transfer(
    essay: Lived, register: str, figure: Figure
) -> None:
    transfer = next(one for one in essay.regime.data.transfers if one.from_ == register)
    mean = float(transfer.delay_days)
    arrivals = essay.of(ARRIVAL)
    arrivals = arrivals[arrivals["register"] == essay.register(register)]
    delays = arrivals["day"].astype(int) - id_day(arrivals["cause"])
    # only what was sent so early that any delay of the 256 has passed
    delays = delays[id_day(arrivals["cause"]) < essay.days - 300]
    assert delays.min() >= 1, "never before the day after filing"
    error = math.sqrt(mean * (mean - 1) / len(delays))
    # delays stand for 256 equally likely parts of the distribution, which lowers the mean by .0014 of itself
    errors = (delays.mean() - mean * (1 - math.log(2) / 512)) / error
    figure(
        f"{register}: mean {delays.mean():.3f} for {mean:g} days in {len(delays)}, errors off", errors, ERRORS
    )
    assert abs(errors) < ERRORS
    edges = np.unique(np.ceil(stats.geom.ppf(np.arange(1, 8) / 8, 1 / mean))).astype(int)
    bins = np.concatenate([[0], edges, [10_000]])
    expected = len(delays) * np.diff(stats.geom.cdf(bins, 1 / mean))
    found = np.histogram(delays, bins + 0.5)[0]
    # a part of 1/256 can fall on either side of an edge: half of one is allowed for at each
    gap = np.maximum(np.abs(found - expected) - len(delays) / 512, 0)
    worst = stats.chi2.ppf(1 - 1e-4, len(expected) - 1)
    figure(f"{register}: chi-square of {len(expected)} bins", (gap**2 / expected).sum(), worst)
    assert (gap**2 / expected).sum() < worst


def test_everything_sent_arrives_once_or_is_lost_or_is_on_its_way(scored: Lived) -> None:
    waiting = scored.world.pending()
    on_the_way = int((waiting["kind"] == ARRIVED).sum())
    kept = {one.id for one in scored.regime.data.registers}
    sending = {one.from_ for one in scored.regime.data.transfers}
    everything = sum(len(sent(scored, name)) for name in kept & sending)
    assert everything == len(scored.of(ARRIVAL)) + len(scored.of(LOSS)) + on_the_way
    causes = np.stack([scored.of(ARRIVAL)["cause"], scored.of(ARRIVAL)["register"]], 1)
    assert len(np.unique(causes, axis=0)) == len(causes)


def test_ordinary_law_shares_nothing(law: Lived) -> None:
    assert len(law.of(ARRIVAL, LOSS)) == 0
    assert not law.world.accounts["composite"].any()


def test_zero_error_zero_delay_and_context_heard_give_no_wrongful_record(city: Setting) -> None:
    perfect = {"detection.context_recognition": 1, "detection.mismatch": 0}
    lived = live(city, Regime.load("essay").patched(perfect | NO_COMPLAINTS), 728)
    labels = set(lived.of(RECORD)["label"].tolist())
    assert labels == {TRUE, INABILITY}
