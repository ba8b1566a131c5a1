"""What is documented: rules in force on their days, each with its source."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from demerit.files.inventory import numbers
from demerit.regime import Regime

DOCUMENTED = Regime.load("documented")
DAY = timedelta(days=1)


def refused(day: date) -> set[str]:
    """Return what those on the courts' list are refused on a day."""
    rules = DOCUMENTED.on(day).sanctions
    return {service for one in rules if one.reads == "defaulters" for service in one.refuses}


@pytest.mark.parametrize(("first", "service"), [(date(2015, 7, 22), "train"), (date(2016, 6, 12), "loan")])
def test_limits_on_consumption_widen_on_their_day(first: date, service: str) -> None:
    assert refused(first) - refused(first - DAY) == {service}
    assert {"flight", "school", "housing"} <= refused(first - DAY)


def test_entries_are_published_for_ever_shorter_times() -> None:
    days = [date(2014, 1, 1), date(2023, 5, 1), date(2026, 4, 1)]
    kept = [next(one for one in DOCUMENTED.on(day).registers if one.id == "market") for day in days]
    assert [float(one.expiry_days or 0) for one in kept] == [1825, 1095, 365]


def test_lists_of_firms_come_with_their_law() -> None:
    before, after = DOCUMENTED.on(date(2014, 9, 30)), DOCUMENTED.on(date(2014, 10, 1))
    assert [one.id for one in before.lists] == ["defaulters"]
    assert {one.id for one in after.lists} - {"defaulters"} == {"abnormal-operation", "serious-violators"}


@pytest.mark.parametrize("year", range(2014, 2027))
def test_in_no_year_is_there_a_score_a_chain_or_an_exemption(year: int) -> None:
    rules = DOCUMENTED.on(date(year, 6, 1))
    assert rules.score is rules.exemptions is rules.screens is None
    assert rules.ratings == rules.chains == rules.transfers == rules.bands == ()
    assert float(rules.awareness.share) == 0.1  # type: ignore[union-attr]


def test_every_step_has_a_reason_and_every_number_its_ground() -> None:
    assert all(patch.reason for step in DOCUMENTED.data.steps for patch in step.patches)
    for path, number in numbers(DOCUMENTED.data):
        assert number.basis in ("law", "assumed") or number.source or number.note, path


def test_the_draft_law_changes_nothing() -> None:
    assert DOCUMENTED.on(date(2022, 11, 14)) == DOCUMENTED.on(date(2022, 11, 13))
