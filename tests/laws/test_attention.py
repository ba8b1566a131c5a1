"""Where authorities look: attention and the chance of detection, budgets, inspections that follow records."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from tests.laws.conftest import NO_COMPLAINTS, Figure
from tests.laws.lived import Lived, live, subject_kind

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import RECORD
from demerit.catalogue.words import CITIZEN, KINDS, MISTAKEN, STRATA
from demerit.institutions.detection import detection_chance, suspicion
from demerit.regime import Regime
from demerit.simulation.review import review
from demerit.simulation.seeing_tables import escape
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society
from demerit.society.frailty import RATE_LIMIT, class_of
from demerit.society.places import lay_out

Q16, Q32 = 1 << 16, 1 << 32
ERRORS = 4.0


def test_attention_multiplies_looks_and_not_the_chance(figure: Figure) -> None:
    worst_absolute = worst_relative = 0.0
    for coverage in (1e-4, 0.001, 0.01, 0.05, 0.08, 0.3, 0.5, 0.9, 0.95, 0.999):
        for attention in (0.01, 0.05, 0.25, 0.5, 0.999, 1.5, 2.0, 3.0, 6.0, 50.0):
            looks = round(attention * Q16)
            found = detection_chance(round(coverage * Q32), escape(coverage), looks) / Q32
            exact = -math.expm1(looks / Q16 * math.log1p(-coverage))
            worst_absolute = max(worst_absolute, abs(found - exact))
            beyond_steps = max(abs(found - exact) - 4 / Q32, 0.0)
            worst_relative = max(worst_relative, beyond_steps / exact)
    figure("absolute", worst_absolute, 1.5e-6)
    figure("relative", worst_relative, 4e-5)
    assert worst_absolute < 1.5e-6
    assert worst_relative < 4e-5


@pytest.mark.parametrize("coverage", [0, 1, 4321, Q32 // 3, Q32 - 1, Q32])
def test_one_look_is_the_coverage_itself_and_no_look_sees_nothing(coverage: int) -> None:
    assert detection_chance(coverage, escape(coverage / Q32), Q16) == coverage
    assert detection_chance(coverage, escape(coverage / Q32), 0) == 0


@pytest.fixture(scope="module")
def watched(city: Setting) -> Lived:
    """Return two years in which minorities are looked at three times, and the elite is mostly exempt."""
    regime = Regime.load("essay").patched(
        {
            "detection.minority_scrutiny": 3.0,
            "detection.suspicion.d": 1.0,
            "detection.mismatch": 0.2,
            "exemptions.filed.cadre": 0.3,
            **NO_COMPLAINTS,
        }
    )
    return live(city, regime, 728)


def tally(lived: Lived, name: str) -> np.ndarray:
    """Return a counter by stratum."""
    cells = lived.world.counters()[:-1, flow(name)]
    return np.asarray(cells.reshape(len(STRATA), -1).sum(axis=1))


def records_of_citizens(lived: Lived) -> np.ndarray:
    """Return the root records about citizens; bodies belong to no group and are never exempt."""
    rows = lived.of(RECORD)
    return rows[subject_kind(rows["subject"]) == CITIZEN]


def test_scrutiny_of_a_group_is_found_in_its_records(watched: Lived, figure: Figure) -> None:
    # the acts of a group follow from its records only if each is seen with the chance that is claimed
    minority = watched.setting.population.person["minority"] == 1
    stratum = watched.setting.population.person["stratum"]
    plain = ~np.isin(stratum, [STRATA.index("elite"), STRATA.index("cadre")])
    rows = records_of_citizens(watched)
    rows = rows[(rows["label"] != MISTAKEN) & plain[rows["subject"]]]
    kinds = watched.kinds_of_rows(rows)
    looks = 3.0
    for kind, coverage in (("money.bill", 0.5), ("road.speeding", 0.08)):
        subjects = rows["subject"][kinds == kind]
        met = watched.met[watched.met["kind"] == KINDS.index(kind)]["person"]
        of_group = [np.count_nonzero(plain[met] & (minority[met] == group)) for group in (False, True)]
        seen = [np.count_nonzero(minority[subjects] == group) for group in (False, True)]
        rates = [found / many for found, many in zip(seen, of_group, strict=True)]
        theory = (1 - (1 - coverage) ** looks) / coverage
        size = np.count_nonzero(minority[subjects])
        # the seen learn from it and act less, by at most a seventh in two years
        figure(kind, rates[1] / rates[0] / theory, 1.0)
        assert 0.85 * theory < rates[1] / rates[0] < theory * (1 + ERRORS / math.sqrt(size))


@pytest.mark.parametrize(("stratum", "filed"), [("elite", 0.05), ("cadre", 0.3), ("formal", 1.0)])
def test_exemption_holds_on_every_channel(watched: Lived, stratum: str, filed: float, figure: Figure) -> None:
    # own acts and records of namesakes alike
    number = STRATA.index(stratum)
    rows = records_of_citizens(watched)
    own = watched.setting.population.person["stratum"][rows["subject"]] == number
    spared = int(tally(watched, "spared")[number])
    total = spared + int(own.sum())
    errors = (own.sum() - filed * total) / math.sqrt(max(total * filed * (1 - filed), 1))
    figure(f"{stratum}: {own.sum()} of {total}", errors, ERRORS)
    assert abs(errors) < ERRORS
    if filed < 1:
        assert np.count_nonzero(own & (rows["label"] == MISTAKEN)) < filed * total


def mean_attention(world: World) -> list[float]:
    """Return the mean attention to the adults of each city today, added up in plain floats."""
    here, day = world.population, world.day
    adults = np.flatnonzero(here.traits["flags"] & 1)
    looks = np.array([int(suspicion(world.kept.of(CITIZEN)[one], world.rules, day)) / Q16 for one in adults])
    looks *= world.rules["scrutiny"][here.person["minority"][adults]] / Q16
    looks *= world.neighbourhoods["attention"][adults // 64] / Q16
    city = here.places.city_of(adults)
    return [float(looks[city == one].mean()) for one in range(here.places.cities)]


@pytest.mark.parametrize("mode", ["fixed_budget", "follow"])
def test_a_fixed_budget_keeps_the_monthly_mean_of_every_city_at_one(mode: str, figure: Figure) -> None:
    setting = settle(Society.load("hamlet"), 1_900, 3)
    places = lay_out(1_900, [99], [1.0], cities=3, exponent=1.0)
    setting = replace(setting, population=replace(setting.population, places=places))
    regime = Regime.load("essay").patched(
        {
            "detection.mode": mode,
            "detection.suspicion.b": 3.0,
            "conduct.money.bill.coverage": 0.9,
            "sanction.band-b.below": 990,
            "band.b.from": 850,
            "band.a.from": 990,
        }
    )
    world = setting.world(regime, keep=0, shards=2)
    worst = 0.0
    for month in range(13):
        world.run(30 * month)
        review(world, world.day)  # what the morning to come begins with
        worst = max(worst, *(abs(mean - 1) for mean in mean_attention(world)))
    attention = world.neighbourhoods["attention"]
    assert len(set(attention.tolist())) > (3 if mode == "follow" else 1)
    figure("mean attention off", worst, 1e-4)
    assert worst < 1e-4


FOLLOWED = """[regime]
id = "followed"
title = "Inspections follow records"
basis = "hypothetical"
schema_version = 1
extends = "empty"
null = "followed"
[[authority]]
id = "office"
title = "Office"
level = "city"
[[conduct]]
id = "bill"
answers = "money.bill"
authority = "office"
coverage = 0.02
[detection]
context_recognition = 0
mismatch = 0
mode = "follow"
review_days = 1
follow_corrected = {corrected}
"""
CALM = {
    "situation.money.bill.null_probability": 0.8,
    "situation.money.bill.need_weight": 0.0,
    "learning.alpha": 0.0,
    "learning.alpha_heard": 0.0,
    "trust.step_family": 0.0,
    "trust.step_institutions": 0.0,
    "reporting.betrayal_family": 0.0,
}


def shares_of_attention(folder: Path, corrected: bool, twice: int, cities: int) -> np.ndarray:
    """Return the share of attention that the first of two neighbourhoods has in the end, in every city.

    In the first ``15 * twice`` adults live by the same rate as 15 in the second; nobody else does anything.
    """
    path = folder / "followed.toml"
    path.write_text(FOLLOWED.format(corrected=str(corrected).lower()))
    setting = settle(Society.load("hamlet").patched(CALM), 128 * cities, 7)
    people = setting.population
    adult = (people.traits["flags"] & 1 == 1).reshape(-1, 64)
    rank = np.cumsum(adult, axis=1)
    wanted = np.where(np.arange(2 * cities) % 2 == 0, 15 * twice, 15)
    active = (adult & (rank <= wanted[:, None])).ravel()
    assert (active.reshape(-1, 64).sum(axis=1) == wanted).all()
    traits = people.traits.copy()
    traits["family_rate"] = 0
    traits["family_rate"][active, 1] = RATE_LIMIT
    traits["flags"][active] = 1 | 8
    rate_class = np.where(active, class_of(RATE_LIMIT), 0).astype(np.uint8)
    places = lay_out(128 * cities, [99], [1.0], cities=cities, exponent=0.0)
    people = replace(people, traits=traits, rate_class=rate_class, places=places)
    world = replace(setting, population=people).world(Regime.load(str(path)), keep=0)
    world.run(600)
    found = world.neighbourhoods["found"].astype(float).reshape(-1, 2) / 256
    assert found.sum(axis=1).min() > 20
    weight = 1 + found
    return np.asarray(weight[:, 0] / weight.sum(axis=1))


def test_inspections_that_follow_their_own_records_share_attention_by_chance(
    tmp_path: Path, figure: Figure
) -> None:
    """X7: equal true rates and a prior of (1, 1) give a share that is uniform on [0, 1] [M49]."""
    shares = shares_of_attention(tmp_path, corrected=False, twice=1, cities=300)
    test = stats.kstest(shares, "uniform")
    figure("Kolmogorov-Smirnov distance", test.statistic, stats.kstwo.ppf(1 - 1e-3, 300))
    assert test.pvalue > 1e-3


def test_counting_records_per_look_finds_the_true_rates(tmp_path: Path, figure: Figure) -> None:
    """X7: with rates of 2 : 1 the corrected rule gives two thirds of attention to the first."""
    shares = shares_of_attention(tmp_path, corrected=True, twice=2, cities=100)
    figure("mean share", shares.mean(), 2 / 3)
    assert shares.mean() == pytest.approx(2 / 3, abs=0.02)
