"""Reports of people about people, counted again from the entries of small worlds."""

from __future__ import annotations

import pytest
from tests.claims_worlds import pair

from demerit.catalogue.words import LABELS
from demerit.claims.of_reports import STATISTICS
from demerit.claims.reading import Reading

FABRICATED = LABELS.index("fabricated")


@pytest.fixture(scope="module", params=["essay", "ordinary law"])
def world(request: pytest.FixtureRequest) -> Reading:
    return pair()[0 if request.param == "essay" else 1]


def test_reports_are_the_entries_of_reports_by_adult_years(world: Reading) -> None:
    filed = sum(1 for _ in world.of("reported"))
    for key in ("C5.1", "C5.2"):
        found = STATISTICS[key].read(world)
        assert found.value == pytest.approx(100 * filed / world.adult_years)
        assert found.occasions == pytest.approx(world.adult_years)


def test_false_reports_are_those_about_what_was_not_done(world: Reading) -> None:
    late = [row for row in world.of("reported") if row["day"] >= world.late_day]
    false = [row for row in late if row["label"] == FABRICATED]
    assert STATISTICS["C5.3"].read(world) == (len(false) / len(late), len(late))


def test_a_reciprocal_report_is_about_whoever_has_reported_its_author(world: Reading) -> None:
    row_of = {int(row["id"]): row for row in world.rows}
    feuds = {int(row["id"]): row for row in world.of("feud")}
    dealt_with = world.of("record", "false_report_found", "complaint_dismissed")
    outcomes = {int(row["cause"]): row for row in dealt_with}
    answers = [row for row in world.of("reported") if int(row["cause"]) in feuds]
    right = 0
    for answer in answers:
        wronged_by = row_of[int(feuds[int(answer["cause"])]["cause"])]
        report = row_of[int(wronged_by["cause"])]
        assert feuds[int(answer["cause"])]["subject"] == answer["subject"]
        outcome = outcomes.get(int(answer["id"]))
        right += outcome is not None and outcome["subject"] == report["subject"]
    filed = len(world.of("reported"))
    assert STATISTICS["C25.1"].read(world) == (right / filed, filed)
    # who guesses rightly is counted by the run; a wrong guess can hit upon the reporter all the same
    open_ = sum(int(answer["id"]) not in outcomes for answer in answers)
    assert 0 < world.count("reprisals_right") <= right + open_


def test_more_people_report_under_the_essay() -> None:
    here, there = (STATISTICS["C5.1"].read(reading).value for reading in pair())
    assert here > 2 * there
