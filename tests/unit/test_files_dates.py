"""Rules with dates, and changes that come later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from demerit.errors import FileProblems
from demerit.regime import Regime
from demerit.regime.describe import describe

HEAD = """[regime]
id = "dated"
title = "Dated"
basis = "hypothetical"
schema_version = 1
extends = "essay"
"""
SCHEDULE = """
[[chain]]
id = "driver-to-vehicle"
since = 2016-01-01
until = 2018-12-31

[[patch]]
op = "scale"
at = "conduct.road.crosswalk.points.road"
value = 2
reason = "harder"
date = 2017-06-01

[[tightening]]
id = "second"
year = 2019
[[tightening.patch]]
op = "set"
at = "detection.mismatch"
value = 0.001
reason = "more cameras"
"""


def load(folder: Path, body: str) -> Regime:
    """Load a regime that extends the essay's."""
    path = folder / "dated.toml"
    path.write_text(HEAD + body)
    return Regime.load(path)


def refused(folder: Path, body: str) -> list[str]:
    """Return what is said of a file that cannot be loaded."""
    with pytest.raises(FileProblems) as raised:
        load(folder, body)
    return [str(one).removeprefix(f"{folder}/") for one in raised.value.problems]


def test_a_rule_holds_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    regime = load(tmp_path, SCHEDULE)
    there = {
        day: [one.id for one in regime.on(day).chains if one.from_ in ("citizen", "vehicle")]
        for day in (date(2015, 12, 31), date(2016, 1, 1), date(2018, 12, 31), date(2019, 1, 1))
    }
    there = {day: [one for one in held if "vehicle" in one] for day, held in there.items()}
    assert there == {
        date(2015, 12, 31): ["vehicle-to-company"],
        date(2016, 1, 1): ["driver-to-vehicle", "vehicle-to-company"],
        date(2018, 12, 31): ["driver-to-vehicle", "vehicle-to-company"],
        date(2019, 1, 1): ["vehicle-to-company"],
    }


def test_a_dated_patch_and_a_step_take_effect_on_their_days(tmp_path: Path) -> None:
    regime = load(tmp_path, SCHEDULE)
    points = [
        float(regime.on(day).conducts[0].points["road"]) for day in (date(2017, 5, 31), date(2017, 6, 1))
    ]
    assert points == [-6, -12]
    errors = [float(regime.on(day).detection.mismatch) for day in (date(2018, 12, 31), date(2019, 1, 1))]  # type: ignore[union-attr]
    assert errors == [0.0005, 0.001]


def test_changes_are_days_of_a_run_with_the_rules_from_then_on(tmp_path: Path) -> None:
    regime = load(tmp_path, SCHEDULE)
    days = [day for day, _ in regime.changes(date(2016, 1, 1), 4 * 365)]
    assert days == [0, 517, 1096]
    assert [day for day, _ in regime.changes(date(2020, 1, 1), 365)] == [0]
    assert regime.changes(date(2018, 12, 31), 2)[1][1] == regime.on(date(2019, 1, 1))


def test_a_regime_without_dates_changes_never() -> None:
    essay = Regime.load("essay")
    assert essay.changes(date(2014, 1, 1), 3652) == [(0, essay.data)]


def test_loading_says_what_changes_when(tmp_path: Path) -> None:
    assert load(tmp_path, SCHEDULE).notes == [
        "from 2016-01-01 on: 1 rule added",
        "from 2017-06-01 on: 1 value in 1 rule",
        "from 2019-01-01 on: 1 value in 1 rule, 1 rule removed",
    ]


def test_the_page_of_a_regime_tells_when_its_rules_hold(tmp_path: Path) -> None:
    page = describe(load(tmp_path, SCHEDULE)).splitlines()
    assert "  chain driver-to-vehicle  from 2016-01-01 until 2018-12-31" in page
    assert "  2019: set detection.mismatch to 0.001. more cameras" in page


def test_a_schedule_survives_its_manifest(tmp_path: Path) -> None:
    regime = load(tmp_path, SCHEDULE)
    copy = Regime.from_canonical(regime.canonical())
    assert copy == regime
    assert copy.on(date(2019, 1, 1)) == regime.on(date(2019, 1, 1))


def test_rules_that_take_turns_may_answer_the_same_situation(tmp_path: Path) -> None:
    second = """
[[conduct]]
id = "road.crosswalk"
until = 2015-12-31
[[conduct]]
id = "crossing"
since = 2016-01-01
answers = "road.crosswalk"
authority = "transport"
coverage = 0.1
fine = 50
"""
    assert load(tmp_path, second).on(date(2016, 1, 1)).conducts[0].id == "road.speeding"
    (problem,) = refused(tmp_path, second.replace("until = 2015-12-31", "until = 2016-01-01"))
    assert problem.startswith(
        "dated.toml:14: conduct.crossing.answers: from 2016-01-01 on: 'road.crosswalk' is"
    )


def test_what_a_step_breaks_is_told_with_its_day_and_line(tmp_path: Path) -> None:
    wrong = SCHEDULE.replace("value = 0.001", "value = 5")
    assert refused(tmp_path, wrong) == [
        "dated.toml:23: detection.mismatch.value: from 2019-01-01 on: 5 is too large; "
        "expected 0 to 1 (probability/event)"
    ]
    unknown = SCHEDULE.replace("detection.mismatch", "detection.mismatched")
    assert refused(tmp_path, unknown)[0].endswith("did you mean 'mismatch'?")


def test_a_step_that_changes_nothing_says_so(tmp_path: Path) -> None:
    same = SCHEDULE.replace("value = 0.001", "value = 0.0005")
    assert (
        "from 2019-01-01 on: patch changes nothing: detection.mismatch is already 0.0005"
        in load(tmp_path, same).notes
    )


def test_a_patch_of_a_rule_that_never_acts_says_so(tmp_path: Path) -> None:
    vain = '[[patch]]\nop = "set"\nat = "chain.driver-to-vehicle.fraction"\nvalue = 0\nreason = "none"\n'
    notes = load(tmp_path, vain).notes
    assert "patch changes nothing that happens: chain 'driver-to-vehicle' its fraction is 0" in notes


@pytest.mark.parametrize("written", ["2018-13-01", '"soon"', "5", "1066-10-14", "2018-01-01T00:00:00"])
def test_what_is_not_a_date_is_refused(written: str, tmp_path: Path) -> None:
    (problem, *_) = refused(tmp_path, f'[[chain]]\nid = "driver-to-vehicle"\nsince = {written}\n')
    assert "date" in problem


def test_a_society_has_no_dates(tmp_path: Path) -> None:
    from demerit.society import Society

    path = tmp_path / "s.toml"
    path.write_text(
        '[society]\nid = "s"\ntitle = "S"\nschema_version = 1\nextends = "hamlet"\n'
        '[[patch]]\nop = "set"\nat = "choice.tau"\nvalue = 0.4\nreason = "x"\ndate = 2016-01-01\n'
    )
    with pytest.raises(FileProblems, match="a society has no dates"):
        Society.load(path)
