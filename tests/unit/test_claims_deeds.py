"""Deeds for points and what holds people back, counted again from the months of small worlds."""

from __future__ import annotations

import math

import pytest
from tests.claims_worlds import few, pair

from demerit.catalogue.counters import FLOWS
from demerit.claims.of_deeds import STATISTICS, tempting
from demerit.claims.reading import Reading

PETTY_HARM = ("situation.road.speeding.harm", 0.04)


@pytest.fixture(scope="module")
def essay() -> Reading:
    return pair()[0]


@pytest.fixture(scope="module")
def law() -> Reading:
    return pair()[1]


def last_months(reading: Reading, name: str) -> int:
    """Add up a counter over the last third of the months, cell by cell."""
    column = [counter for counter, _, _ in FLOWS].index(name)
    months = reading.recorder.flows
    return sum(int(cell[column]) for month in months[len(months) * 2 // 3 :] for cell in month)


def test_deeds_for_points_are_those_that_needed_the_score(essay: Reading) -> None:
    found = STATISTICS["C3.1"].read(essay)
    done = last_months(essay, "nb.deed_seen.acted")
    assert found == (last_months(essay, "nb.deed_seen.score") / done, done)


def test_nobody_does_good_for_points_where_there_are_none(law: Reading) -> None:
    assert STATISTICS["C3.1"].read(law).value == 0


def test_unseen_deeds_are_counted_over_unseen_occasions(essay: Reading) -> None:
    met = last_months(essay, "nb.deed_unseen.met")
    assert STATISTICS["C3.2"].read(essay) == (last_months(essay, "nb.deed_unseen.acted") / met, met)


def test_temptations_are_offences_of_people_that_do_a_harm_of_a_twentieth() -> None:
    kinds = tempting(few().society.data)
    assert "road.phone_belt" in kinds  # its harm is a twentieth
    assert not {"nb.deed_seen", "work.firm", "civ.speech", "work.separation"} & set(kinds)
    assert "road.speeding" in kinds
    assert "road.speeding" not in tempting(few().society.patched(dict([PETTY_HARM])).data)


@pytest.mark.parametrize("world", [0, 1])
def test_abstentions_are_told_apart_by_what_held(world: int) -> None:
    reading = pair()[world]
    principle = law_or_score = chosen = 0
    for situation in reading.setting.society.data.situations:
        if situation.id not in tempting(reading.setting.society.data):
            continue
        counted = {
            field: last_months(reading, f"{situation.id}.{field}")
            for field in ("acted", "inability", "principle", "law", "score")
        }
        principle += counted["principle"]
        law_or_score += counted["law"] + counted["score"]
        chosen += counted["acted"] - counted["inability"]
    held = principle + law_or_score
    assert STATISTICS["C10.1"].read(reading) == pytest.approx((law_or_score / held, held))
    assert STATISTICS["C10.2"].read(reading) == pytest.approx(
        (1000 * principle / (held + chosen), held + chosen)
    )


def test_fear_takes_the_place_of_principle_under_the_essay(essay: Reading, law: Reading) -> None:
    more = STATISTICS["C10.1"].read(essay).value - STATISTICS["C10.1"].read(law).value
    less = STATISTICS["C10.2"].read(essay).value - STATISTICS["C10.2"].read(law).value
    assert more > 0 > less


def test_every_figure_has_a_value(essay: Reading) -> None:
    assert not any(math.isnan(statistic.read(essay).value) for statistic in STATISTICS.values())
