"""Two regimes compared in words, as data, and as a patch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from demerit.files.commands import diff_json, diff_patch, diff_text
from demerit.files.difference import differences
from demerit.files.saying import lines
from demerit.regime import Regime
from demerit.regime.direction import direction
from demerit.regime.load import KIND as REGIMES
from demerit.society.load import KIND as SOCIETIES


def words(**values: object) -> str:
    """Return the words for the last of some patches of the essay's regime."""
    essay = Regime.load("essay")
    patched = essay.patched({name.replace("__", "."): value for name, value in values.items()})
    found = differences(essay.canonical(), patched.canonical())
    return " ".join(lines(found, direction)[-1].split())


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (
            "conduct.road.crosswalk.points.road",
            -3,
            "road.crosswalk.points.road −6 points → −3 points (softer)",
        ),
        ("conduct.road.crosswalk.fine", 200, "road.crosswalk.fine 100 CNY → 200 CNY (harsher)"),
        ("chain.vehicle-to-company.fraction", 0.2, "vehicle-to-company.fraction 15 % → 20 % (wider)"),
        ("transfer.road-to-province.loss", 0.05, "road-to-province.loss 2 % → 5 % (narrower)"),
        ("transfer.road-to-province.delay_days", 7, "road-to-province.delay_days 14 d → 7 d (faster)"),
        ("register.road.half_life_days", 1000, "road.half_life_days 730 d → 1000 d (slower)"),
        ("sanction.band-c.below", 900, "band-c.below 850 points → 900 points (wider)"),
        ("sanction.lenders-refuse.refuses", [], "lenders-refuse.refuses loan → none (softer)"),
        ("scolding.state", False, "state yes → no (softer)"),
    ],
)
def test_a_change_is_said_with_its_unit_and_what_it_means(at: str, value: object, said: str) -> None:
    assert words(**{at: value}) == said


def test_equal_regimes_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert diff_text(REGIMES, "essay", "essay") == "essay and essay hold the same rules."
    monkeypatch.chdir(tmp_path)
    Path("same.toml").write_text(
        '[regime]\nid = "same"\ntitle = "Same"\nbasis = "essay"\nschema_version = 1\nextends = "essay"\n'
        '[[sanction]]\nid = "band-b"\ntitle = "Called otherwise"\n'
    )
    told = diff_text(REGIMES, "essay", "same.toml").splitlines()
    assert told == ["essay and same.toml hold the same rules.", "1 title, note or source differs."]


def test_the_difference_as_data_names_place_values_unit_and_word() -> None:
    found = json.loads(diff_json(REGIMES, "essay", "ordinary-law"))
    assert found["before"] == {"name": "essay", "hash": Regime.load("essay").hash}
    recognised = next(one for one in found["differences"] if one["at"] == "detection.context_recognition")
    assert recognised == {
        "at": "detection.context_recognition",
        "change": "changed",
        "old": 0.0,
        "new": 0.5,
        "unit": "probability/event",
        "word": "softer",
    }


@pytest.mark.parametrize(
    ("before", "after"), [("essay", "ordinary-law"), ("ordinary-law", "essay"), ("empty", "essay")]
)
def test_a_difference_written_as_a_file_has_the_rules_of_the_second(
    before: str, after: str, tmp_path: Path
) -> None:
    path = tmp_path / "patch.toml"
    path.write_text(diff_patch(REGIMES, before, after))
    assert Regime.load(path).canonical() == Regime.load(after).canonical()


def test_societies_are_compared_the_same_way() -> None:
    assert "population  20000 → 200 (lower)" in diff_text(SOCIETIES, "city", "hamlet")
