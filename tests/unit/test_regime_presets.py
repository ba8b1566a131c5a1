"""The presets: what they promise, how they relate to each other, and their hashes."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from demerit.catalogue import words
from demerit.catalogue.rules import CHAINS_EACH
from demerit.files import vocabulary
from demerit.files.inventory import numbers
from demerit.regime import Regime, list_presets
from demerit.regime.describe import composite_points
from demerit.regime.types import RegimeFile
from demerit.society.situation_types import Eligible

NAMES = [preset.id for preset in list_presets()]


def conduct_of(data: RegimeFile) -> dict[str, dict[str, float]]:
    """Return what a recorded act costs under ordinary rules, by situation."""
    return {
        one.answers: {
            "coverage": float(one.coverage),
            "fine": float(one.fine),
            "licence": float(one.licence_points),
            "prosecute": float(one.prosecute),
        }
        for one in data.conducts
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_loads_without_a_remark(name: str) -> None:
    regime = Regime.load(name)
    assert regime.id == name
    # what patches and steps change is told, and nothing else
    told = re.compile(rf"{name}: patches change |from \d{{4}}-\d\d-\d\d on: \d+ (value|rule)s? ")
    assert [note for note in regime.notes if not told.match(note)] == []
    assert regime.data.regime.summary


@pytest.mark.parametrize("name", NAMES)
def test_a_regime_survives_its_manifest(name: str) -> None:
    regime = Regime.load(name)
    copy = Regime.from_canonical(json.loads(json.dumps(regime.canonical())))
    assert copy == regime
    assert copy.hash == regime.hash


def test_hashes_tell_the_presets_apart() -> None:
    hashes = {Regime.load(name).hash for name in NAMES}
    assert len(hashes) == len(NAMES)
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)


def test_the_twin_world_of_each_regime() -> None:
    # a regime that is nothing but law is its own: there, no act needs a score
    law = {"empty", "ordinary-law", "twelve-points", "uk-totting-up", "us-debt-suspension"}
    assert {name: Regime.load(name).null_id for name in NAMES} == {
        name: name if name in law else "ordinary-law" for name in NAMES
    }


def test_the_empty_regime_has_no_rule() -> None:
    data = Regime.load("empty").data
    assert list(numbers(data)) == []
    assert not data.conducts
    assert not any((data.scolding.employer, data.scolding.police, data.scolding.state))


def test_the_essay_keeps_every_ordinary_penalty_as_it_is() -> None:
    ordinary = conduct_of(Regime.load("ordinary-law").data)
    essay = conduct_of(Regime.load("essay").data)
    assert {name: essay[name] for name in ordinary} == ordinary


def test_ordinary_law_has_no_score_no_sharing_and_no_chains() -> None:
    data = Regime.load("ordinary-law").data
    assert data.score is None
    assert data.awareness is None
    assert data.ratings == ()
    for absent in (data.platforms, data.transfers, data.chains, data.bands, data.rewards):
        assert absent == ()
    assert [(one.reads, one.refuses, float(one.wage_loss)) for one in data.sanctions] == [
        ("credit", ("loan",), 0.0)
    ]


@pytest.mark.parametrize(
    ("register", "points", "composite"),
    [
        ("road", -6, -6),
        ("road", -9, -9),
        ("municipal", -15, -15),
        ("municipal", 5, 5),
        ("credit", -10, -30),
        ("court", -30, -150),
    ],
)
def test_points_of_the_essay_are_worth_what_the_scale_of_the_model_says(
    register: str, points: float, composite: float
) -> None:
    """Base 1000: trivial 6 to 9, minor 15, medium 30 to 60, serious 150 to 300."""
    data = Regime.load("essay").data
    assert composite_points(data, register, points) == pytest.approx(composite)


def test_every_conduct_of_the_essay_costs_what_its_gravity_says() -> None:
    """Trivial 6 to 9 of 1,000, minor 15, medium 30 to 60, serious 150 to 300, a judgment 450."""
    data = Regime.load("essay").data
    worth = {
        conduct.id: sum(
            composite_points(data, name, float(points)) for name, points in conduct.points.items()
        )
        for conduct in data.conducts
        if conduct.answers not in vocabulary.DEEDS and vocabulary.actors(conduct.answers) == ("citizen",)
    }
    trivial = {"road.crosswalk", "road.speeding", "road.phone_belt", "money.platform", "nb.nuisance"}
    trivial |= {"civ.grievance", "civ.speech"}
    minor = {"road.red_light", "money.bill", "money.merchant", "work.order", "nb.grudge", "road.plate"}
    assert all(-9 <= worth.pop(name) <= -6 for name in trivial)
    assert all(worth.pop(name) == pytest.approx(-15, rel=0.02) for name in minor)
    assert worth.pop("law.judgment") == pytest.approx(-450)
    serious = {"road.finish"}
    assert all(-300 - 1e-9 <= worth.pop(name) <= -150 for name in serious)
    assert worth.pop("road.flight") == pytest.approx(-100)
    assert all(-60 - 1e-9 <= points <= -30 + 1e-9 for points in worth.values()), worth


def test_the_words_of_the_files_are_those_of_the_model() -> None:
    assert vocabulary.SITUATIONS == words.KINDS
    assert frozenset(words.DEEDS) == vocabulary.DEEDS
    assert vocabulary.SUBJECT_KINDS == words.SUBJECTS
    assert get_args(vocabulary.Stratum) == words.STRATA[: words.CHILD]
    assert {by for _, _, by in words.LINKS} == set(get_args(vocabulary.Relation))
    bodies = {kind for kind in words.KINDS if vocabulary.actors(kind) != ("citizen",)}
    assert bodies == set(words.BODY_KINDS)
    assert get_args(Eligible) == (*words.ELIGIBILITY, "company", "shop", "agency", "service")
    assert vocabulary.SLOTS_LIMIT == words.SLOTS
    assert vocabulary.SCORES_LIMIT == words.SCORES
    assert vocabulary.SCORE_LIMIT == words.SCORE_LIMIT
    assert set(vocabulary.SERVICES) == set(words.SERVICES)
    assert vocabulary.LINKS == words.LINKS
    assert vocabulary.LISTS_LIMIT == words.LISTS
    assert vocabulary.CHAINS_EACH == CHAINS_EACH
    for limit in ("REGISTERS", "SANCTIONS", "PLATFORMS", "TRANSFERS", "CHAINS"):
        assert getattr(vocabulary, f"{limit}_LIMIT") == getattr(words, f"{limit}_LIMIT")


@pytest.mark.parametrize("name", NAMES)
def test_an_assumption_has_a_range_around_its_value(name: str) -> None:
    for path, number in numbers(Regime.load(name).data):
        if number.basis == "assumed":
            low, high = number.range
            assert low < high, path
            assert low <= float(number) <= high, path
