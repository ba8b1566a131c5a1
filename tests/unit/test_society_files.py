"""Society files: the presets, what must add up, and that everything in them has its basis."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from demerit.catalogue import words
from demerit.errors import FileProblems
from demerit.files import vocabulary
from demerit.files.commands import check_text
from demerit.files.inventory import numbers
from demerit.society import PresetInfo, Society, list_presets
from demerit.society.describe import list_text, show_text
from demerit.society.lives import adult_shares
from demerit.society.load import KIND
from demerit.society.situation_types import Eligible
from demerit.society.weights import stratum_weights

HEAD = '[society]\nid = "trial"\nextends = "city"\n'
EVIDENCE = 'range = [0, 1], basis = "assumed" }'


def load(folder: Path, body: str) -> Society:
    """Load a society that extends the city."""
    path = folder / "trial.toml"
    path.write_text(HEAD + body)
    return Society.load(path)


@pytest.mark.parametrize("preset", list_presets(), ids=lambda preset: preset.id)
def test_a_preset_loads_without_a_remark_and_survives_its_manifest(preset: PresetInfo) -> None:
    society = Society.load(preset.id)
    assert society.notes == []
    assert society.null_id == "ordinary-law"
    assert Society.from_canonical(json.loads(json.dumps(society.canonical()))).hash == society.hash


def test_the_hamlet_is_the_city_with_two_hundred_people() -> None:
    city, hamlet = Society.load("city").canonical(), Society.load("hamlet").canonical()
    assert (city["society"]["population"], hamlet["society"]["population"]) == (20000, 200)
    assert {**city, "society": None} == {**hamlet, "society": None}


def test_every_number_of_a_society_rests_on_something() -> None:
    assert all(number.basis != "law" for _, number in numbers(Society.load("city").data))


def test_every_assumption_can_be_otherwise() -> None:
    for path, number in numbers(Society.load("city").data):
        if number.basis == "assumed":
            low, high = number.range
            assert low < high, path


def test_the_words_of_the_file_are_those_of_the_model() -> None:
    data = Society.load("city").data
    assert [one.id for one in data.situations] == [kind for kind in words.KINDS if kind not in words.CAUSED]
    assert sorted(words.FAMILY_OF_KIND) == list(words.FAMILY_OF_KIND)
    assert {one.eligible for one in data.situations} <= set(get_args(Eligible))
    assert set(get_args(Eligible)) - set(words.ELIGIBILITY) == {"company", "shop", "agency", "service"}
    assert {one.eligible for one in data.situations} >= set(words.ELIGIBILITY)
    assert {one.id for one in data.situations if one.act == "deed"} == vocabulary.DEEDS - set(words.CAUSED)
    assert {one.id for one in data.strata} == set(words.STRATA) - {"child"}
    assert {circle for circle in words.CIRCLES if hasattr(data.trust, circle)} == set(words.CIRCLES)


def test_deeds_seen_and_unseen_differ_in_nothing_but_being_seen() -> None:
    by_id = {one.id: one for one in Society.load("city").data.situations}
    seen, unseen = by_id["nb.deed_seen"], by_id["nb.deed_unseen"]
    for name in ("rate", "necessity", "inability", "harm", "null_probability", "need_weight", "emergency"):
        assert float(getattr(seen, name)) == float(getattr(unseen, name))


def test_strata_that_are_too_frequent_weigh_less_and_the_whole_as_much() -> None:
    """Shares here times weights are shares in life: an elite of .002 of active adults, not .005 (F43)."""
    strata = Society.load("city").data.strata
    weights, here = stratum_weights(strata), np.array(adult_shares(strata))
    life = weights[:-1] * here
    active = 1 - 0.06 - 0.22
    scale = active / (1 - 0.003 - 0.014 - 0.006)
    assert life.sum() == pytest.approx(1)
    assert life[words.STRATA.index("elite")] == pytest.approx(0.002 * scale)
    assert life[words.STRATA.index("cadre")] == pytest.approx(0.006 * scale)
    assert life[words.STRATA.index("retired")] == pytest.approx(0.22)
    assert weights[words.STRATA.index("child")] == 1
    assert (stratum_weights(Society.load("country").data.strata) == 1).all()


def test_mean_ages_and_employment_of_the_city_are_those_of_the_census() -> None:
    """People of 65 and over are .149 of all and .182 of adults [P11]; .634 of adults are employed [P17]."""
    data = Society.load("city").data
    old = sum(float(band.share) for band in data.demography.age_bands if band.from_ >= 65)
    assert old == pytest.approx(0.149 / 0.818, abs=0.005)
    active = 1 - sum(float(one.share) for one in data.strata if one.of == "adults")
    employed = {one.id: float(one.share) for one in data.strata if one.id in words.EMPLOYED_STRATA}
    assert active * sum(employed.values()) == pytest.approx(0.634, abs=0.01)


WRONG = {
    "a bare number": (
        "[choice]\ntau = 0.5\n",
        "choice.tau",
        "bare number 0.5: a number of a society needs its basis",
    ),
    "a population of none": (
        "population = 0\n",
        "society.population",
        "should be greater than or equal to 1",
    ),
    "hukou shares": (
        '[demography]\nhukou_local_rural = { value = 0.4, unit = "share", ' + EVIDENCE,
        "demography",
        "the hukou shares add up to 1.25",
    ),
    "strata": (
        '[[stratum]]\nid = "formal"\nshare = { value = 0.9, unit = "share", ' + EVIDENCE,
        "stratum",
        'the shares of strata with of = "active" add up to 1.345',
    ),
    "too many retired": (
        '[[stratum]]\nid = "retired"\nshare = { value = 0.97, unit = "share", ' + EVIDENCE,
        "stratum",
        'the shares of strata with of = "adults" add up to 1.03',
    ),
    "a gap between ages": (
        '[[demography.age_band]]\nfrom = 16\nto = 40\nshare = { value = 0.5, unit = "share", '
        + EVIDENCE
        + '\n[[demography.age_band]]\nfrom = 50\nto = 90\nshare = { value = 0.5, unit = "share", '
        + EVIDENCE,
        "demography.age_band[2].from",
        "ages 50 to 90 do not follow on",
    ),
    "an unknown situation": (
        '[[situation]]\nid = "road.crosswalks"\nfamily = "road"\n',
        "situation.road.crosswalks.id",
        "unknown situation kind 'road.crosswalks'",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_society_that_does_not_add_up_is_refused(case: str, tmp_path: Path) -> None:
    body, key, message = WRONG[case]
    with pytest.raises(FileProblems) as raised:
        load(tmp_path, body)
    found = [one for one in raised.value.problems if one.key == key]
    assert found, raised.value
    assert message in found[0].message
    assert found[0].line is not None


def test_an_emergency_at_a_deed_is_remarked_on(tmp_path: Path) -> None:
    body = '[[situation]]\nid = "nb.deed_seen"\nemergency = { value = 1, unit = "1", ' + EVIDENCE
    (note,) = load(tmp_path, body).notes
    assert "has no effect on a deed" in note


def test_a_society_is_patched_like_a_regime() -> None:
    society = Society.load("city").patched({"learning.kappa": 0.3, "society.population": 500})
    assert float(society.data.learning.kappa) == 0.3
    assert society.data.learning.kappa.range == (-0.1, 1.0)
    assert society.data.society.population == 500


def test_a_society_is_listed_shown_and_checked() -> None:
    assert [line.split()[0] for line in list_text().splitlines()] == [
        "society",
        "city",
        "city-networked",
        "country",
        "hamlet",
    ]
    assert "a synthetic society of 20,000 people" in show_text("city")
    assert check_text(KIND, "hamlet").splitlines()[0] == "hamlet: no problems"
