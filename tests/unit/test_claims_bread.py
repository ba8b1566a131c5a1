"""Bread and bus in a world that shuns many, held against what the run itself has counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.claims_worlds import few, pair, read, shunned

from demerit.claims.of_bread import STATISTICS, Weeks, longest_runs, lowest_band, weeks_of
from demerit.claims.reading import Reading
from demerit.regime import Regime

LENIENT = {"sanction.band-d.refuses": [], "screens.enabled": False}


@pytest.fixture(scope="module")
def harsh() -> Reading:
    return shunned()


@pytest.fixture(scope="module")
def weeks(harsh: Reading) -> Weeks:
    return weeks_of(harsh)


@pytest.mark.parametrize("reading", [shunned, lambda: pair()[0]])
def test_what_is_drawn_again_is_what_the_run_has_counted(reading: object) -> None:
    world: Reading = reading()  # type: ignore[operator]
    found = weeks_of(world)
    food, bus = (int(one.sum()) for one in found.refused)
    # whoever goes without for want of money is not refused by anybody
    by_sanction = [
        world.count(f"{name}_refused") - world.count(f"want_{name}") for name in ("food", "transit")
    ]
    assert food == by_sanction[0] + world.count("turned_away")
    # a ride on display and a bundle that a new sanction refuses can fall in one week
    assert 0 <= by_sanction[1] + world.count("turned_off") - bus <= 2


def test_the_lowest_band_is_seen_by_the_sanction_on_its_edge(harsh: Reading) -> None:
    hanging = harsh.world.book.layout.numbers.hanging  # type: ignore[union-attr]
    assert [hanging[number].id for number in lowest_band(harsh)] == ["band-d"]
    assert lowest_band(pair()[1]) == []


def test_weeks_are_exposed_in_the_band_on_a_list_or_on_display(harsh: Reading, weeks: Weeks) -> None:
    hanging = harsh.world.book.layout.numbers.hanging  # type: ignore[union-attr]
    exposed: set[tuple[int, int]] = set()
    for opens, closes in (
        ("sanction_start", "sanction_end"),
        ("list_entry", "list_exit"),
        ("display_start", "display_end"),
    ):
        begun: dict[tuple[int, int], int] = {}
        codes = harsh.of(opens)["what"][:1].tolist()
        spells = []
        for row in harsh.of(opens, closes):
            place = int(row["subject"]), int(row["rule"])
            if row["what"] in codes:
                begun[place] = int(row["day"])
            elif place in begun:
                spells.append((place, begun.pop(place), int(row["day"])))
        spells += [(place, first, harsh.days) for place, first in begun.items()]
        for (subject, rule), first, end in spells:
            if subject >> 29 or (opens == "sanction_start" and hanging[rule].id != "band-d"):
                continue
            exposed |= {
                (subject, day // 7) for day in range(first + 1, min(end + 1, harsh.days)) if day % 7 == 0
            }
    places = np.argwhere(weeks.exposed)
    assert {(int(weeks.people[who]), int(week)) for who, week in places} == exposed
    assert exposed


def test_bundles_refused_are_counted_over_bundles_tried(harsh: Reading, weeks: Weeks) -> None:
    tried = refused = 0
    for service in range(2):
        for who, week in np.argwhere(weeks.exposed):
            tried += bool(weeks.tried[service][who, week])
            refused += bool(weeks.refused[service][who, week])
    assert STATISTICS["C14.1"].read(harsh) == (refused / tried, tried)
    assert refused / tried > 0.5


def test_only_what_was_tried_is_refused(weeks: Weeks) -> None:
    for tried, refused in zip(weeks.tried, weeks.refused, strict=True):
        assert not (refused & ~tried).any()


def test_ninety_days_are_thirteen_weeks_in_a_row(harsh: Reading, weeks: Weeks) -> None:
    listed = {int(row["subject"]) for row in harsh.of("list_entry") if row["subject"] >> 29 == 0}
    shut_out = 0
    for who, person in enumerate(weeks.people):
        if int(person) in listed:
            refused = weeks.refused[0][who] | weeks.refused[1][who]
            shut_out += any(refused[week : week + 13].all() for week in range(len(refused) - 12))
    assert STATISTICS["C14.2"].read(harsh) == (shut_out / len(listed), len(listed))


def test_runs_of_weeks_are_unbroken() -> None:
    broken = np.array([[True] * 12 + [False] + [True] * 12, [False] * 25, [True] * 25])
    assert longest_runs(broken).tolist() == [12, 0, 25]


def test_ordinary_law_has_no_such_weeks() -> None:
    for statistic in STATISTICS.values():
        value, occasions = statistic.read(pair()[1])
        assert math.isnan(value)
        assert occasions == 0


def test_nobody_is_refused_where_no_sanction_refuses_and_nobody_is_shown() -> None:
    lenient = read(few(), Regime.load("essay").patched(LENIENT))
    value, occasions = STATISTICS["C14.1"].read(lenient)
    assert value == 0 < occasions
    assert STATISTICS["C14.2"].read(lenient).value == 0
