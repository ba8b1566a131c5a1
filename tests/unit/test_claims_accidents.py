"""The injured, collisions and staged accidents, counted again from the entries of small worlds."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.claims_worlds import few, pair, read

from demerit.catalogue.colliding import SERIOUS, SEVERITIES
from demerit.catalogue.rescuing import WALK_ON
from demerit.catalogue.words import ELIGIBILITY, LABELS
from demerit.claims.of_accidents import (
    DAYS_AFTER,
    STATISTICS,
    driver_years,
    stands_anywhere,
    sticks,
    stuck_roots,
)
from demerit.claims.reading import Reading
from demerit.regime import Regime


@pytest.fixture(scope="module", params=["essay", "ordinary law"])
def world(request: pytest.FixtureRequest) -> Reading:
    return pair()[0 if request.param == "essay" else 1]


def test_who_walks_away_is_entered_so(world: Reading) -> None:
    met = world.of("met_stranger")
    walked = sum(1 for row in met if row["rule"] == WALK_ON)
    assert STATISTICS["C4.1"].read(world) == (walked / len(met), len(met))


def test_eligible_collisions_are_some_of_the_serious_ones(world: Reading) -> None:
    serious = sum(1 for row in world.of("collided") if row["rule"] % len(SEVERITIES) == SERIOUS)
    share, eligible = STATISTICS["C6.1"].read(world)
    assert 0 < eligible <= serious
    assert 0 <= share <= 1
    assert STATISTICS["C6.2"].read(world).occasions == eligible


def test_chances_of_finishing_are_given_by_the_thousand(world: Reading) -> None:
    eligible = world.count("road.finish.met")
    found = STATISTICS["C6.2"].read(world).value
    assert found == pytest.approx(1000 * world.count("road.finish.expected") / 2**20 / eligible)


def test_drivers_count_while_they_live_and_hold_their_licence(world: Reading) -> None:
    drives = world.setting.population.traits["flags"] >> ELIGIBILITY.index("driver") & 1 == 1
    end = {int(row["subject"]): int(row["day"]) for row in world.of("death")}
    days = sum(end.get(person, world.days) for person in np.flatnonzero(drives))
    taken: dict[int, int] = {}
    for row in world.of("licence_withheld", "licence_returned"):
        person = int(row["subject"])
        if person in taken:
            days -= int(row["day"]) - taken.pop(person)
        else:
            taken[person] = int(row["day"])
    days -= sum(world.days - since for since in taken.values())
    # months tell of their last day only
    assert driver_years(world) == pytest.approx(days / 365, rel=0.003)


def test_staged_claims_are_accidents_that_somebody_stages(world: Reading) -> None:
    staged = len(world.of("accident_staged"))
    for key in ("C7.1", "C7.2"):
        found = STATISTICS[key].read(world)
        assert found == pytest.approx((1000 * staged / driver_years(world), driver_years(world)))


def test_contradicted_complaints_that_stick_are_the_drivers_records(world: Reading) -> None:
    roots = stuck_roots(world)
    assert len(roots) == world.count("staged_stuck")
    assert set(roots["label"].tolist()) <= {LABELS.index("fabricated")}


def test_a_record_stands_unless_it_and_all_its_copies_are_taken_back(world: Reading) -> None:
    roots = world.of("record")
    standing = stands_anywhere(world, roots)
    gone = slowly_gone(world)
    assert {int(row["id"]) for row in roots[~standing]} == gone
    assert gone


def slowly_gone(world: Reading) -> set[int]:
    """Follow every reversal, entry by entry."""
    row_of = {int(row["id"]): row for row in world.rows}
    effects: dict[int, list[np.void]] = {}
    for row in world.rows:
        effects.setdefault(int(row["cause"]), []).append(row)
    kinds = {name: world.of(name)["what"][:1].tolist() for name in ("arrival", "withdrawal", "recall")}
    gone = set()
    for reversal in world.of("record_reversed"):
        root = row_of[int(row_of[int(reversal["cause"])]["cause"])]
        limit = int(root["day"]) + DAYS_AFTER
        copies = sum(
            [row["what"]] == kinds["arrival"] and row["subject"] == root["subject"] and row["day"] <= limit
            for row in effects[int(root["id"])]
        )
        taken = [row for row in effects[int(reversal["id"])] if [row["what"]] == kinds["withdrawal"]]
        recalls = [row for one in taken for row in effects.get(int(one["id"]), ())]
        back = sum([row["what"]] == kinds["recall"] and row["day"] <= limit for row in recalls)
        if reversal["day"] <= limit and back >= copies:
            gone.add(int(root["id"]))
    return gone


def test_a_record_whose_copy_is_not_called_back_stands() -> None:
    essay = pair()[0]
    roots = essay.of("record")
    before = stands_anywhere(essay, roots)
    forgetful = dataclasses.replace(
        essay, rows=essay.rows[~np.isin(essay.rows["id"], essay.of("recall")["id"])]
    )
    after = stands_anywhere(forgetful, roots)
    copied = np.isin(roots["id"], essay.of("arrival")["cause"])
    assert after[copied].all()
    assert not before[copied].all()


def test_a_record_that_is_reversed_too_late_stands_on_the_day() -> None:
    essay = pair()[0]
    assert stands_anywhere(essay, essay.of("record"), 0).all()


def test_complaints_of_the_last_half_year_are_left_out() -> None:
    essay = pair()[0]
    share, contradicted = sticks(essay)
    last = essay.days - 1 - DAYS_AFTER
    whole = [month for month, end in enumerate(essay.recorder.ends) if end <= last]
    assert contradicted == sum(
        int(month[:, column("staged_filmed")].sum()) for month in essay.recorder.flows[: len(whole)]
    )
    assert 0 <= share <= 1


def column(name: str) -> int:
    from demerit.catalogue.counters import flow

    return flow(name)


def test_nothing_is_known_of_a_run_shorter_than_half_a_year() -> None:
    brief = read(few(), Regime.load("ordinary-law"), days=150)
    assert sticks(brief).occasions == 0
