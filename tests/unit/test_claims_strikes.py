"""What a first record does: people recorded against the same people let off, told again in plain loops."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pytest

from demerit.catalogue.entries import (
    HIRED,
    JOB_LOST,
    MILESTONE,
    RECORD,
    ROW_DTYPE,
    SANCTION_END,
    SANCTION_START,
    STRIKE_SPARED,
    TURNED_AWAY,
)
from demerit.catalogue.words import (
    COMPANY,
    FABRICATED,
    INABILITY,
    LEAVES_SCHOOL,
    MISTAKEN,
    NECESSITY,
    RETIRES,
    SEEKING,
    SUBJECT_SHIFT,
    TRUE,
)
from demerit.claims.of_strikes import (
    NEITHER,
    POOR,
    RICH,
    STATISTICS,
    Strikes,
    days_refused,
    days_without_work,
    groups,
    has_lost_wealth,
    repeated,
    strikes,
)
from demerit.claims.purses import EVERY, Purses
from demerit.claims.reading import Figure, Reading
from demerit.claims.statistics import Kept
from demerit.measures.recorder import Recorder
from demerit.measures.stocks import COLUMN, stocks
from demerit.mechanisms.dying import is_dead
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY, Setting, settle
from demerit.society import Society

PEOPLE, DAYS, SHARE = 2_000, 1_096, 0.5
ESSAY = Regime.load("essay")
AGAIN, RUIN, LESS = (STATISTICS[key] for key in ("C0.1", "C13.1", "C13.2"))


class Both(NamedTuple):
    recorded: Reading
    spared: Reading


def lived(setting: Setting, regime: Regime, days: int, first: date = FIRST_DAY) -> Reading:
    world = setting.world(regime, start=first, days=days)
    recorder, purses = Recorder(first, days), Purses(world)

    def after(world: Any) -> None:
        recorder(world)
        purses(world)

    world.run(days, each_day=after)
    rows = world.take_rows()
    return Reading(setting, regime, world, recorder, rows[np.argsort(rows["id"])], first, days, purses)


@pytest.fixture(scope="module")
def setting() -> Setting:
    return settle(Society.load("city"), PEOPLE, 1)


@pytest.fixture(scope="module")
def both(setting: Setting) -> Both:
    thinned = ESSAY.patched({"detection.first_spared": SHARE})
    return Both(lived(setting, ESSAY, DAYS), lived(setting, thinned, DAYS))


# told again in plain loops


def is_person(row: np.void) -> bool:
    return int(row["subject"]) >> SUBJECT_SHIFT == 0


def first_strikes(reading: Reading, what: int) -> dict[int, np.void]:
    """Return everybody's first record, or the one let pass, if a year can be lived after it."""
    found: dict[int, np.void] = {}
    for row in reading.rows:
        if row["what"] == what and is_person(row):
            found.setdefault(int(row["subject"]), row)
    return {
        person: row
        for person, row in found.items()
        if reading.adult[person] and row["day"] + 365 < reading.days
    }


def on_the_road(row: np.void) -> bool:
    conduct = ESSAY.data.conducts[int(row["rule"])]
    return conduct.answers.startswith("road.") and row["label"] in (TRUE, NECESSITY, INABILITY)


def does_it_again(reading: Reading, strike: np.void) -> bool:
    return any(
        row["what"] == RECORD
        and row["subject"] == strike["subject"]
        and row["rule"] == strike["rule"]
        and row["label"] in (TRUE, NECESSITY, INABILITY)
        and 0 < int(row["day"]) - int(strike["day"]) <= 365
        for row in reading.rows[reading.rows["subject"] == strike["subject"]]
    )


def seeking_on(reading: Reading, person: int, day: int) -> bool:
    """Tell whether somebody seeks work at the end of a day, from the ledger alone."""
    jobs = [
        row
        for row in reading.rows[reading.rows["subject"] == person]
        if row["what"] in (JOB_LOST, HIRED, MILESTONE)
    ]
    if not jobs:
        return bool(reading.world.state["job"][person] == SEEKING)
    past = [row for row in jobs if row["day"] <= day]
    if not past:
        return bool(jobs[0]["what"] == HIRED)
    last = past[-1]
    return bool(last["what"] == JOB_LOST or (last["what"] == MILESTONE and last["rule"] == LEAVES_SCHOOL))


def is_ruined(reading: Reading, strike: np.void) -> bool:
    person, day = int(strike["subject"]), int(strike["day"])
    assert reading.purses is not None
    looks, wealth = reading.purses.days, reading.purses.wealth[:, person]
    income = int(reading.setting.population.traits["income_fen_day"][person])
    before = wealth[[at for at, look in enumerate(looks) if look < day][-1]]
    after = [wealth[at] for at, look in enumerate(looks) if day <= look <= day + 365]
    poorer = any(held < before - 180 * income or held < -30 * income for held in after)
    year = range(day + 1, day + 366)
    idle = sum(seeking_on(reading, person, one) for one in year)
    return poorer or idle >= 90 or days_without_bread(reading, person, day) >= 30


def days_without_bread(reading: Reading, person: int, day: int) -> int:
    bread = [
        number
        for number, one in enumerate(ESSAY.data.sanctions)
        if one.of == "citizen" and {"food", "transit"} & set(one.refuses)
    ]
    under: set[int] = set()
    count = 0
    rows = list(reading.rows[reading.rows["subject"] == person])
    for today in range(day + 366):
        turned = False
        while rows and rows[0]["day"] == today:
            row = rows.pop(0)
            if row["what"] == SANCTION_START and row["rule"] in bread:
                under.add(int(row["rule"]))
            if row["what"] == SANCTION_END:
                under.discard(int(row["rule"]))
            turned |= bool(row["what"] == TURNED_AWAY)
        count += today > day and (turned or bool(under))
    return count


def told(kept: Kept, name: str) -> dict[tuple[int, int], int]:
    return {(a, b): c for a, b, c in zip(kept["person"], kept["strike"], kept[name], strict=True)}


@pytest.mark.parametrize(("world", "what"), [("recorded", RECORD), ("spared", STRIKE_SPARED)])
def test_who_breaks_the_same_rule_again_is_who_is_recorded_again(both: Both, world: str, what: int) -> None:
    reading = getattr(both, world)
    expected = {
        (person, int(row["day"]) * 256 + int(row["rule"])): does_it_again(reading, row)
        for person, row in first_strikes(reading, what).items()
        if on_the_road(row)
    }
    assert len(expected) > 30
    assert told(AGAIN.read(reading), "again") == expected
    assert 0 < sum(expected.values()) < len(expected)


@pytest.mark.parametrize(("world", "what"), [("recorded", RECORD), ("spared", STRIKE_SPARED)])
def test_who_is_ruined_is_who_has_no_work_no_money_or_no_bread(both: Both, world: str, what: int) -> None:
    reading = getattr(both, world)
    kept = RUIN.read(reading)
    expected = {
        (person, int(row["day"]) * 256 + int(row["rule"])): is_ruined(reading, row)
        for person, row in first_strikes(reading, what).items()
        if person in kept["person"]
    }
    assert len(expected) > 30
    assert told(kept, "ruined") == expected
    assert 0 < sum(expected.values()) < len(expected)


def test_the_poor_and_the_rich_are_so_in_wealth_and_in_score(both: Both) -> None:
    reading = both.spared
    assert reading.purses is not None
    kept = RUIN.read(reading)
    group = dict(zip(kept["person"], kept["group"], strict=True))
    wealth, score = reading.purses.wealth, reading.purses.score
    found = set()
    for person, row in first_strikes(reading, STRIKE_SPARED).items():
        look = [at for at, day in enumerate(reading.purses.days) if day < row["day"]][-1]
        richer = np.mean(wealth[look][reading.adult] < wealth[look, person])
        above = score[look, person] - np.median(score[look][reading.adult])
        expected = NEITHER
        if richer < 0.4 and above < 0:
            expected = POOR
        elif richer >= 0.6 and above > 0:
            expected = RICH
        assert group.get(person, NEITHER) == expected
        found.add(expected)
    assert found == {NEITHER, POOR, RICH}


def test_the_same_people_are_set_against_each_other(both: Both) -> None:
    recorded, spared = AGAIN.read(both.recorded), AGAIN.read(both.spared)
    ours, theirs = told(spared, "again"), told(recorded, "again")
    pairs = [ours[key] - theirs[key] for key in ours.keys() & theirs.keys()]
    assert len(pairs) > 0.8 * len(ours)  # a few first records come otherwise where others are spared
    assert AGAIN.against is not None
    figure = AGAIN.against(spared, recorded)
    assert figure.occasions == len(pairs)
    assert figure.value == pytest.approx(sum(pairs) / len(pairs))


def test_ruin_is_that_of_the_poor_and_of_the_poor_less_the_rich(both: Both) -> None:
    recorded, spared = RUIN.read(both.recorded), RUIN.read(both.spared)
    ours, theirs, group = told(recorded, "ruined"), told(spared, "ruined"), told(spared, "group")
    by_group = {
        one: [ours[key] - theirs[key] for key in ours.keys() & theirs.keys() if group[key] == one]
        for one in (POOR, RICH)
    }
    assert RUIN.against is not None
    assert LESS.against is not None
    poor = RUIN.against(recorded, spared)
    assert poor.occasions == len(by_group[POOR]) > 0
    assert poor.value == pytest.approx(np.mean(by_group[POOR]))
    less = LESS.against(recorded, spared)
    assert less.occasions == min(len(pairs) for pairs in by_group.values()) > 0
    assert less.value == pytest.approx(np.mean(by_group[POOR]) - np.mean(by_group[RICH]))


@pytest.mark.parametrize("key", list(STATISTICS))
def test_equal_worlds_do_not_differ(both: Both, key: str) -> None:
    statistic = STATISTICS[key]
    kept = statistic.read(both.recorded)
    assert statistic.against is not None
    assert isinstance(kept, dict)
    assert statistic.against(kept, kept).value == 0
    assert all(type(value) is int for values in kept.values() for value in values)


def test_without_anybody_there_is_no_figure() -> None:
    nobody: Kept = {"person": [], "strike": [], "again": [], "group": [], "ruined": []}
    for statistic in STATISTICS.values():
        assert statistic.against is not None
        figure = statistic.against(nobody, nobody)
        assert math.isnan(figure.value)
        assert figure.occasions == 0


# hand-made ledgers with a known answer


def ledger(reading: Reading, *rows: tuple[int, int, int, int, int]) -> Reading:
    """Return a world in which only this has happened: day, subject, what, rule, label."""
    made = np.zeros(len(rows), ROW_DTYPE)
    for place, (day, subject, what, rule, label) in enumerate(sorted(rows)):
        made[place]["id"] = place + 1
        for name, value in zip(
            ("day", "subject", "what", "rule", "label"), (day, subject, what, rule, label), strict=True
        ):
            made[place][name] = value
    return replace(reading, rows=made)


def struck(*strikes: tuple[int, int, int]) -> Strikes:
    """Return strikes by person, day and rule."""
    columns = np.array(strikes, np.int64).reshape(-1, 3).T
    return Strikes(*columns, np.zeros(len(strikes), np.int64))


def rule(name: str) -> int:
    return [conduct.id for conduct in ESSAY.data.conducts].index(name)


def test_again_is_the_same_rule_truly_broken_within_365_days(both: Both) -> None:
    red, fast = rule("road.red_light"), rule("road.speeding")
    company = COMPANY << SUBJECT_SHIFT
    reading = ledger(
        both.recorded,
        *[(100, person, RECORD, red, TRUE) for person in range(1, 8)],
        (465, 1, RECORD, red, NECESSITY),
        (466, 2, RECORD, red, TRUE),
        (200, 3, RECORD, fast, TRUE),
        (200, 4, RECORD, red, MISTAKEN),
        (200, 5, RECORD, red, FABRICATED),
        (100, 6, RECORD, red, TRUE),
        (300, company | 7, RECORD, red, TRUE),
    )
    found = repeated(reading, struck(*((person, 100, red) for person in range(1, 8))))
    assert found.tolist() == [True, False, False, False, False, False, False]


def test_work_is_missed_from_the_day_it_is_lost_until_somebody_is_hired(both: Both) -> None:
    reading = ledger(
        both.recorded,
        (150, 1, JOB_LOST, 0, 0),
        (250, 1, HIRED, 0, 0),
        (50, 2, JOB_LOST, 0, 0),  # 101 days before the strike has been lived through, and 20 after
        (121, 2, HIRED, 0, 0),
        (460, 3, JOB_LOST, 0, 0),
        (130, 4, MILESTONE, LEAVES_SCHOOL, 0),
        (140, 4, HIRED, 0, 0),
        (145, 4, JOB_LOST, 0, 0),
        (150, 4, MILESTONE, RETIRES, 0),
        (131, 5, HIRED, 0, 0),  # has sought from the first day
    )
    found = days_without_work(reading, struck(*((person, 100, 0) for person in range(1, 6))))
    assert found.tolist() == [100, 20, 6, 15, 30]


def test_bread_is_missed_on_days_under_sanction_or_turned_away(both: Both) -> None:
    shunned = [one.id for one in ESSAY.data.sanctions].index("band-d")
    band_c = [one.id for one in ESSAY.data.sanctions].index("band-c")
    reading = ledger(
        both.recorded,
        (150, 1, SANCTION_START, shunned, 0),
        (180, 1, SANCTION_END, shunned, 0),
        (160, 1, TURNED_AWAY, 0, 0),
        (300, 1, TURNED_AWAY, 0, 0),
        (60, 2, SANCTION_START, shunned, 0),
        (111, 2, SANCTION_END, shunned, 0),
        (460, 3, SANCTION_START, shunned, 0),
        (150, 4, SANCTION_START, band_c, 0),
        (90, 5, TURNED_AWAY, 0, 0),
        (466, 5, TURNED_AWAY, 0, 0),
    )
    found = days_refused(reading, struck(*((person, 100, 0) for person in range(1, 6))))
    assert found.tolist() == [31, 10, 6, 0, 0]


def looked_at(days: list[int], wealth: Any, score: Any) -> Purses:
    purses = object.__new__(Purses)
    purses.days = days
    purses._found = [np.array([held, points], np.int64) for held, points in zip(wealth, score, strict=True)]
    return purses


def test_wealth_is_lost_by_half_a_year_of_income_or_into_debt_within_the_year(both: Both) -> None:
    income = both.recorded.setting.population.traits["income_fen_day"].astype(np.int64)
    days = [-1, 29, 119, 299, 465, 495]
    wealth = np.tile(200 * income, (len(days), 1))
    wealth[3, 1] = 20 * income[1]  # by just so much
    wealth[3, 2] = 20 * income[2] - 1
    wealth[4, 3] = -1
    wealth[5, 4] = -1000 * income[4]  # when the year is over
    wealth[1, 5] = 500 * income[5]  # before the strike there was more
    wealth[:, 6] = 10 * income[6]
    wealth[2, 6] = -31 * income[6]
    reading = replace(both.recorded, purses=looked_at(days, wealth, wealth))
    found = has_lost_wealth(reading, struck(*((person, 100, 0) for person in range(1, 7))))
    assert found.tolist() == [False, True, True, False, True, True]


def test_who_is_poor_is_told_by_the_last_look_before_the_strike(both: Both) -> None:
    adults = np.flatnonzero(both.recorded.adult)
    rank = np.zeros(PEOPLE, np.int64)
    rank[adults] = np.arange(len(adults))
    first = rank - len(adults) // 2
    # at the second look those with little are those with a high score
    reading = replace(both.recorded, purses=looked_at([-1, 29], [rank, rank], [first, -first]))
    low, middle, high = adults[5], adults[len(adults) // 2], adults[-5]
    found = groups(reading, struck((low, 0, 0), (middle, 10, 0), (high, 29, 0), (low, 30, 0), (high, 99, 0)))
    assert found.tolist() == [POOR, NEITHER, RICH, NEITHER, NEITHER]


def test_a_strike_that_cannot_be_followed_for_a_year_is_left_out(both: Both) -> None:
    last = DAYS - 366
    grown = np.flatnonzero(both.recorded.adult)[:3]
    reading = ledger(
        both.recorded,
        (last, grown[0], RECORD, 0, TRUE),
        (last + 1, grown[1], RECORD, 0, TRUE),
        (5, np.flatnonzero(~both.recorded.adult)[0], RECORD, 0, TRUE),
    )
    assert strikes(reading).person.tolist() == [grown[0]]


# the looks at purses


def test_looks_tell_what_everybody_has_and_change_nothing(setting: Setting) -> None:
    plain, watched = setting.world(ESSAY), setting.world(ESSAY)
    purses = Purses(watched)
    start = setting.world(ESSAY).state["wealth_fen"]
    watched.run(3 * EVERY, each_day=purses)
    plain.run(3 * EVERY)
    assert watched.state_digest().hex() == plain.state_digest().hex()
    assert purses.days == [-1, EVERY - 1, 2 * EVERY - 1, 3 * EVERY - 1]
    assert np.array_equal(purses.wealth[0], start)
    held = stocks(watched).sum(axis=0)
    alive = [
        setting.population.traits["flags"][one] & 1 and not is_dead(watched.state[one])
        for one in range(PEOPLE)
    ]
    counts = np.array(alive, bool)
    assert purses.wealth[-1][counts].sum() == held[COLUMN["wealth"]]
    assert purses.score[-1][counts].sum() == held[COLUMN["composite"]]
    assert purses.before(np.array([0, 1, EVERY - 1, EVERY])).tolist() == [0, 0, 0, 1]


def test_a_figure_of_these_claims_has_the_people_as_occasions(both: Both) -> None:
    assert RUIN.against is not None
    figure = RUIN.against(RUIN.read(both.recorded), RUIN.read(both.spared))
    assert isinstance(figure, Figure)
    assert -1 <= figure.value <= 1
