"""Covered plates and moves: chosen by their worth, seen with their chance, and worth what they promise.

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, live, subject_kind
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import (
    APPEAL_FILED,
    ARRIVAL,
    COPY_ESCAPED,
    MOVED_AWAY,
    PLATE_CLEARED,
    PLATE_COVERED,
    RECORD,
    THIN_FILE_OPENED,
)
from demerit.catalogue.gaming import PLATE_HIDDEN
from demerit.catalogue.words import CAMERA_KINDS, CITIZEN, KINDS
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 546
CALM = {"life_course.enabled": False, "collisions.enabled": False, "rescue.enabled": False}
CHEAP = {
    "gaming.harm": 0.0,
    "gaming.plate_days": 0.05,
    "gaming.move_days": 1.0,
    "situation.road.red_light.rate": 8,
}
"""Covers and moves cost little, and lights turn red often."""
HIDES, FOUND, FOLLOWS, TERM = 0.75, 0.2, 0.25, 180
EASY = {
    "conduct.road.red_light.coverage": 0.8,
    "conduct.road.speeding.coverage": 0.4,
    "gaming.plates.hides": HIDES,
    "gaming.plates.found": FOUND,
    "gaming.moves.found": FOLLOWS,
    "gaming.moves.takes_days": 3,
    "hukou.thin_file": 0,
    "sanction.band-b.wage_loss": 0.03,
    "sanction.band-c.below": 955,
}
CAMERAS = KINDS[:CAMERA_KINDS]


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(CALM | CHEAP), 3_000, 3)


@pytest.fixture(scope="module")
def easy(town: Setting) -> Lived:
    return live(town, Regime.load("essay").patched(EASY), DAYS)


def days_covered(lived: Lived) -> dict[int, list[tuple[int, int]]]:
    """Return from when to when everybody's plate was covered, by person."""
    ends = {int(row["cause"]): int(row["day"]) for row in lived.of(PLATE_CLEARED)}
    found: dict[int, list[tuple[int, int]]] = {}
    for row in lived.of(PLATE_COVERED):
        spell = int(row["day"]), ends.get(int(row["id"]), lived.days)
        found.setdefault(int(row["subject"]), []).append(spell)
    return found


def test_plates_are_covered_with_their_chances(easy: Lived, figure: Figure) -> None:
    acted, expected = total(easy, "road.plate.acted"), total(easy, "road.plate.expected") / 2**20
    errors = (acted - expected) / math.sqrt(expected)
    figure(f"{acted} plates where {expected:.0f} should be, errors off", errors, ERRORS)
    assert acted == len(easy.of(PLATE_COVERED)) > 50
    assert abs(errors) < ERRORS


def test_a_cover_follows_a_record_by_a_camera_and_nobody_has_two(easy: Lived) -> None:
    for row in easy.of(PLATE_COVERED):
        record = easy.cause_of(row)
        assert record["what"] == RECORD
        assert record["subject"] == row["subject"]
        assert easy.regime.data.conducts[int(record["rule"])].answers in CAMERAS
    for spells in days_covered(easy).values():
        for (_, end), (begin, _) in pairwise(spells):
            assert end <= begin


def test_a_cover_is_seen_with_its_chance_and_recorded_with_nine_points(easy: Lived, figure: Figure) -> None:
    over = [row for row in easy.of(PLATE_COVERED) if row["day"] + TERM < easy.days]
    cleared = {int(row["cause"]): row for row in easy.of(PLATE_CLEARED)}
    caught = [
        record
        for row in over
        for record in easy.effects.get(int(cleared[int(row["id"])]["id"]), [])
        if record["what"] == RECORD
    ]
    # who is exempt is seen and not recorded: three in a hundred here
    share = FOUND * 0.97
    errors = (len(caught) - share * len(over)) / math.sqrt(len(over) * share * (1 - share))
    figure(f"{len(caught)} of {len(over)} seen, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
    assert {easy.regime.data.conducts[int(row["rule"])].answers for row in caught} == {"road.plate"}
    rule = next(one for one in easy.regime.data.conducts if one.answers == "road.plate")
    assert float(rule.licence_points) == 9
    lasted = [int(cleared[int(row["id"])]["day"]) - int(row["day"]) for row in over]
    assert max(lasted) == TERM
    assert 1 <= min(lasted) < TERM


def test_a_covered_plate_hides_its_share_from_cameras_and_nothing_from_others(
    easy: Lived, figure: Figure
) -> None:
    spells = days_covered(easy)
    records = easy.of(RECORD)
    kinds = easy.kinds_of_rows(records)
    mine = records[(subject_kind(records["subject"]) == CITIZEN) & np.isin(kinds, CAMERAS)]
    read = sum(
        any(begin < row["day"] <= end for begin, end in spells.get(int(row["subject"]), [])) for row in mine
    )
    unread = total(easy, "plates_unread")
    # of what a camera sees of those who drive with a cover a share goes unread
    share = unread / (unread + read)
    errors = (share - HIDES) / math.sqrt(HIDES * (1 - HIDES) / (unread + read))
    figure(f"{unread} unread and {read} read, errors off", errors, ERRORS)
    assert unread > 50
    assert abs(errors) < ERRORS
    hidden = (easy.world.accounts_of(CITIZEN)["access"] & PLATE_HIDDEN) != 0
    assert hidden.sum() == sum(end == easy.days for many in spells.values() for _, end in many)


def test_people_move_with_their_chances(easy: Lived, figure: Figure) -> None:
    moves, expected = total(easy, "moves"), total(easy, "moves_expected") / 2**20
    errors = (moves - expected) / math.sqrt(expected)
    figure(f"{moves} moves where {expected:.1f} should be, errors off", errors, ERRORS)
    assert moves == len(easy.of(MOVED_AWAY)) > 30
    assert abs(errors) < ERRORS


def test_copies_of_a_city_do_not_find_whoever_has_moved(easy: Lived, figure: Figure) -> None:
    moved = [row for row in easy.of(MOVED_AWAY) if row["day"] + 120 < easy.days]
    city = {one.id for one in easy.regime.data.authorities if one.level == "city"}
    registers = [one.id for one in easy.regime.data.registers if one.authority in city]
    stayed = 0
    for row in moved:
        record = int(row["cause"])
        escaped = [one for one in easy.effects.get(int(row["id"]), []) if one["what"] == COPY_ESCAPED]
        came = [
            one
            for one in easy.effects.get(record, [])
            if one["what"] == ARRIVAL and one["subject"] == row["subject"] and one["day"] > row["day"] + 3
        ]
        names = [easy.regime.data.registers[int(one["register"])].id for one in (*escaped, *came)]
        assert set(names) <= set(registers)
        # either the file follows, with all its copies, or none of them comes
        assert bool(escaped) != bool(came)
        stayed += not escaped
        assert not any(one["what"] == APPEAL_FILED for one in easy.effects.get(record, []))
    errors = (stayed - FOLLOWS * len(moved)) / math.sqrt(len(moved) * FOLLOWS * (1 - FOLLOWS))
    figure(f"{stayed} of {len(moved)} files follow, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
    assert total(easy, "copies_escaped") == len(easy.of(COPY_ESCAPED)) > 20


def test_whoever_moves_where_newcomers_are_unknown_begins_with_a_thin_file(town: Setting) -> None:
    lived = live(town, Regime.load("essay").patched(EASY | {"hukou.thin_file": -1}), 182)
    moved = [row for row in lived.of(MOVED_AWAY) if row["day"] + 4 < lived.days]
    assert moved
    for row in moved:
        assert [one for one in lived.effects[int(row["id"])] if one["what"] == THIN_FILE_OPENED]
