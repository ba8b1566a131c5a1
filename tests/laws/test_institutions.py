"""Chains, expiry, roads, withdrawals, lists and clocks: each to the day and the thousandth, on the engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import TEN_YEARS, Lived
from tests.laws.stage import Stage

from demerit.catalogue.entries import (
    ARRIVAL,
    DERIVED,
    FINE_PAID,
    LAPSE,
    LICENCE_RETURNED,
    LICENCE_WITHHELD,
    LIST_ENTRY,
    LIST_EXIT,
    POINTS_RESTORED,
    RECALL,
    RECORD,
    SANCTION_END,
    SANCTION_START,
    STALE,
)
from demerit.catalogue.letters import CURED
from demerit.catalogue.words import CITIZEN, COMPANY, KINDS, SUBJECT_SHIFT, VEHICLE
from demerit.engine.clock import add_working_days
from demerit.simulation.setting import FIRST_DAY, Setting, settle
from demerit.society import Society

AUTHORITY = '[[authority]]\nid = "police"\ntitle = "Police"\nlevel = "city"\n'
KEPT = 'covers = ["citizen", "vehicle", "company"]\nbase = 100\nfloor = 0\nceiling = 130\n'


def register(name: str = "road", more: str = "") -> str:
    return f'[[register]]\nid = "{name}"\ntitle = "{name}"\nauthority = "police"\n{KEPT}{more}\n'


def conduct(kind: str = "road.crosswalk", points: str = "{ road = -6 }", more: str = "") -> str:
    head = f'[[conduct]]\nid = "{kind}"\nanswers = "{kind}"\nauthority = "police"\ncoverage = 0\n'
    return f"{head}points = {points}\n{more}\n"


def transfer(start: str, end: str, more: str = "", delay: float = 5) -> str:
    name = f"{start}-to-{end}"
    ends = f'id = "{name}"\nfrom = "{start}"\nto = "{end}"\n'
    return f"[[transfer]]\n{ends}delay_days = {delay}\nloss = 0\n{more}\n"


def platform(name: str, more: str = "") -> str:
    return f'[[platform]]\nid = "{name}"\ntitle = "{name}"\nlevel = "province"\n{more}\n'


SCORE = '[score]\nplatform = "province"\nbase = 1000\nfloor = 0\nceiling = 1300\nweights = { road = 0.1 }\n'


@pytest.fixture(scope="module")
def hamlet() -> Setting:
    """Return a hamlet of 400."""
    return settle(
        Society.load("hamlet").patched(
            {"collisions.enabled": False, "power.enabled": False, "gaming.enabled": False}
        ),
        400,
        1,
    )


def chain(start: str, end: str, by: str, fraction: float, depth: int) -> str:
    return (
        f'[[chain]]\nid = "{start}-{end}"\nfrom = "{start}"\nto = "{end}"\nby = "{by}"\nregister = "road"\n'
        f"fraction = {fraction}\ndepth = {depth}\n"
    )


def test_a_ring_of_three_adds_up_to_the_geometric_series(
    hamlet: Setting, tmp_path: Path, figure: Figure
) -> None:
    # X8: a half is passed on along citizen, vehicle, company and back; 1/(1 - 1/8) and its halves
    ring = (
        chain("citizen", "vehicle", "driver", 0.5, 100)
        + chain("vehicle", "company", "owner", 0.5, 100)
        + chain("company", "citizen", "representative", 0.5, 100)
    )
    stage = Stage(hamlet, tmp_path, AUTHORITY + register() + conduct(points="{ road = -1000 }") + ring)
    stage.record("road.crosswalk", 1)
    stage.run(60)
    found = [stage.account(kind, stage.driver if kind == CITIZEN else 0)["points"][0] / -1e6
             for kind in (CITIZEN, VEHICLE, COMPANY)]  # fmt: skip
    for kind, total, expected in zip(
        ("citizen", "vehicle", "company"), found, (8 / 7, 4 / 7, 2 / 7), strict=True
    ):
        figure(f"{kind}: total of a ring with a half passed on, less {expected:.6f}", total - expected, 5e-6)
        assert total == pytest.approx(expected, abs=5e-6), (
            "less than a thousandth of a point is dropped a link"
        )
    derived = stage.of(DERIVED)
    assert [int(row["points"]) for row in derived] == [-(10**6 >> k) for k in range(1, len(derived) + 1)]
    assert (np.diff(derived["day"].astype(int)) == 1).all(), "one link a day"


def test_points_lapse_to_the_thousandth_on_their_day(hamlet: Setting, tmp_path: Path) -> None:
    rules = AUTHORITY + register(more="expiry_days = 100") + conduct(points="{ road = -6.789 }")
    stage = Stage(hamlet, tmp_path, rules)
    stage.record("road.crosswalk", 3)
    stage.record("road.crosswalk", 50)
    for day, points in ((3, 0), (4, -6789), (103, -13578), (104, -6789), (150, -6789), (151, 0)):
        stage.run(day)
        assert stage.account(CITIZEN, stage.driver)["points"][0] == points, f"morning of day {day}"
    assert stage.of(LAPSE)["day"].tolist() == [103, 150]


@pytest.mark.parametrize(("merges", "copies"), [("true", 1), ("false", 2)])
def test_two_roads_to_a_platform_count_once_where_it_deduplicates(
    hamlet: Setting, tmp_path: Path, merges: str, copies: int
) -> None:
    rules = (
        AUTHORITY + register() + conduct() + platform("city")
        + platform("province", f"deduplicates = {merges}")
        + transfer("road", "city") + transfer("city", "province") + transfer("road", "province", delay=40)
        + SCORE
    )  # fmt: skip
    stage = Stage(hamlet, tmp_path, rules)
    stage.record("road.crosswalk", 1)
    stage.run(500)
    arrivals = stage.of(ARRIVAL)
    assert len(arrivals) == copies
    assert stage.account(CITIZEN, stage.driver)["composite"][0] == copies * -6000


def withdrawn(hamlet: Setting, folder: Path, road: str, fading: str) -> Stage:
    rules = (
        AUTHORITY + register(more=fading) + conduct() + platform("city") + platform("province")
        + transfer("road", "city") + transfer("city", "province", road)
        + SCORE + fading + "\n" + chain("citizen", "vehicle", "driver", 0.5, 1)
    )  # fmt: skip
    stage = Stage(hamlet, folder, rules)
    stage.record("road.crosswalk", 1)
    stage.run(100)
    stage.withdraw("road.crosswalk", int(stage.of(RECORD)["id"][0]))
    stage.run(600)
    return stage


@pytest.mark.parametrize("fading", ["", "half_life_days = 200", "expiry_days = 365"])
def test_a_withdrawal_takes_away_exactly_what_is_left_everywhere(
    hamlet: Setting, tmp_path: Path, fading: str
) -> None:
    stage = withdrawn(hamlet, tmp_path, "", fading)
    assert len(stage.of(RECALL)) == 1
    rounding = 6 if fading.startswith("half") else 0
    for kind, index in ((CITIZEN, stage.driver), (VEHICLE, 0)):
        account = stage.account(kind, index)
        assert abs(int(account["points"][0])) <= rounding
        assert abs(int(account["composite"][0])) <= rounding


def test_a_lost_withdrawal_leaves_a_stale_copy(hamlet: Setting, tmp_path: Path) -> None:
    stage = withdrawn(hamlet, tmp_path, "retraction_loss = 1", "")
    account = stage.account(CITIZEN, stage.driver)
    assert (account["points"][0], account["composite"][0]) == (0, -6000)
    assert stage.of(STALE)["points"].tolist() == [-6000]


LICENCE = "[licence]\nlimit = 12\ncycle_days = 365\nstudy_days = 7\nstudy_cost_days = 1\n"
THREE = conduct(points="{}", more="licence_points = 3\nfine = 100")


def licence(setting: Setting, folder: Path, more: str) -> tuple[Stage, int]:
    """Return a stage and the first day of the driver's second cycle."""
    stage = Stage(setting, folder, AUTHORITY + THREE + LICENCE + more)
    anchor = int(setting.population.traits["licence_anchor"][stage.driver])
    return stage, 365 - anchor % 365


@pytest.mark.parametrize("late", [0, 1])
def test_points_clear_with_the_cycle_unless_a_fine_is_unpaid(
    hamlet: Setting, tmp_path: Path, late: int
) -> None:
    fines = f"carries_over = true\n[fines]\nlate = {late}\nterm_days = 1000\ndelay_days = 1\n"
    stage, turn = licence(hamlet, tmp_path, fines)
    stage.record("road.crosswalk", turn - 1)
    stage.record("road.crosswalk", turn)
    stage.run(turn)
    assert stage.world.state["licence_points"][stage.driver] == 3
    stage.run(turn + 1)
    assert stage.world.state["licence_points"][stage.driver] == (6 if late else 3)
    stage.run(turn + 1010)
    paid = stage.of(FINE_PAID)["day"].tolist()
    assert paid == ([turn + 1000, turn + 1001] if late else [])


def test_at_twelve_points_the_licence_is_held_for_seven_days(hamlet: Setting, tmp_path: Path) -> None:
    stage, turn = licence(hamlet, tmp_path, "")
    for day in (turn + 10, turn + 20, turn + 30, turn + 40):
        stage.record("road.crosswalk", day)
    stage.run(turn + 100)
    assert stage.of(LICENCE_WITHHELD)["day"].tolist() == [turn + 40]
    assert stage.of(LICENCE_RETURNED)["day"].tolist() == [turn + 47]
    assert stage.world.state["licence_points"][stage.driver] == 0


def test_study_restores_six_points_a_cycle_at_most(hamlet: Setting, tmp_path: Path) -> None:
    course = "[licence.course]\nshare = 1\npoints = 2\nmost = 6\ndays = 3\n"
    stage, turn = licence(hamlet, tmp_path, course)
    for day in range(turn + 10, turn + 210, 40):
        stage.record("road.crosswalk", day)
    stage.run(turn + 300)
    restored = stage.of(POINTS_RESTORED)
    assert restored["points"].tolist() == [2000, 2000, 2000]
    assert stage.world.state["licence_points"][stage.driver] == 5 * 3 - 6


def test_points_of_three_years_and_a_clean_slate_after_a_ban(hamlet: Setting, tmp_path: Path) -> None:
    stage, _ = licence(hamlet, tmp_path, "expiry_days = 1095\n")
    for day in (10, 500, 1000, 1090, 1100):
        stage.record("road.crosswalk", day)
    stage.run(1106)
    # the first three points lapse on day 1105: twelve are reached on day 1090
    assert stage.of(LICENCE_WITHHELD)["day"].tolist() == [1090]
    assert stage.world.state["licence_points"][stage.driver] == 3, "only what came after the ban"
    stage.run(3000)
    assert stage.world.state["licence_points"][stage.driver] == 0


LISTED = (
    '[[list]]\nid = "debtors"\ntitle = "Debtors"\ngrace_days = 10\nperformance = true\n'
    'removal_working_days = 3\n[[sanction]]\nid = "listed"\ntitle = "Listed"\nreads = "debtors"\n'
    'refuses = ["flight"]\n'
)


def test_lists_are_entered_after_grace_and_left_three_working_days_after_performance(
    hamlet: Setting, tmp_path: Path
) -> None:
    rules = AUTHORITY + conduct("law.judgment", "{}", "fine = 1\nlists = { debtors = 1 }") + LISTED
    for performed in range(40, 47):
        stage = Stage(hamlet, tmp_path, rules)
        stage.record("law.judgment", 5)
        stage.send(CURED, stage.driver, performed, KINDS.index("law.judgment"), 100)
        stage.run(80)
        left = add_working_days(FIRST_DAY, performed, 3)
        assert stage.of(LIST_ENTRY)["day"].tolist() == [15]
        assert stage.of(LIST_EXIT)["day"].tolist() == [left]
        assert stage.of(SANCTION_START)["day"].tolist() == [15]
        assert stage.of(SANCTION_END)["day"].tolist() == [left]
        assert date.fromordinal(FIRST_DAY.toordinal() + left).weekday() < 5


def test_who_performs_in_the_days_of_grace_is_never_listed(hamlet: Setting, tmp_path: Path) -> None:
    rules = AUTHORITY + conduct("law.judgment", "{}", "fine = 1\nlists = { debtors = 1 }") + LISTED
    stage = Stage(hamlet, tmp_path, rules)
    stage.record("law.judgment", 5)
    stage.send(CURED, stage.driver, 14, KINDS.index("law.judgment"), 100)
    stage.run(80)
    assert len(stage.of(LIST_ENTRY)) == 0


FLEET = (
    "[violations]\nwindow_days = 365\n"
    '[[sanction]]\nid = "permit"\ntitle = "Permit"\nof = "vehicle"\ncounts = "violations"\nat_least = 4\n'
    'stops = "any"\n'
    '[[sanction]]\nid = "fleet"\ntitle = "Fleet"\nof = "company"\ncounts = "violations"\nat_least = 11\n'
    "budget_loss = 0.2\n"
)


def test_more_than_three_violations_and_more_than_a_tenth_of_the_fleet(
    hamlet: Setting, tmp_path: Path
) -> None:
    # S101: the permit goes with the fourth in a year; two of ten vehicles are more than a tenth
    rules = AUTHORITY + register() + conduct(more="violation = true") + FLEET
    stage = Stage(hamlet, tmp_path, rules)
    stage.world.companies["fleet"][0] = 10
    other = int(np.flatnonzero(hamlet.population.traits["flags"] >> 1 & 1)[1])
    stage.world.work["vehicle"][other] = 2
    stage.world.vehicles["owner"][1] = COMPANY << SUBJECT_SHIFT
    for day in (10, 20, 30):
        stage.record("road.crosswalk", day)
    stage.run(60)
    assert len(stage.of(SANCTION_START)) == 0, "three of a vehicle, one vehicle of ten"
    stage.record("road.crosswalk", 60)
    stage.record("road.crosswalk", 70, other)
    stage.run(800)
    kinds = (stage.of(SANCTION_START)["subject"] >> SUBJECT_SHIFT).tolist()
    assert kinds == [VEHICLE, COMPANY]
    assert stage.of(SANCTION_START)["day"].tolist() == [61, 72]
    # the vehicle's first leaves the window on day 11 + 365, its last on day 61 + 365, told a day later
    assert stage.of(SANCTION_END)["day"].tolist() == [376, 61 + 365 + 1]


def test_the_listed_share_is_entries_times_stay(essay: Lived, figure: Figure) -> None:
    # Little's law on the last two years, whatever the distribution of stays (F23)
    entries, exits = essay.of(LIST_ENTRY), essay.of(LIST_EXIT)
    number = [one.id for one in essay.regime.data.lists].index("defaulters")
    entries, exits = entries[entries["rule"] == number], exits[exits["rule"] == number]
    assert len(entries) > 100
    began: dict[int, int] = {}
    stays, area = [], 0
    window = range(TEN_YEARS - 2 * 365, TEN_YEARS)
    for row in sorted((*entries, *exits), key=lambda row: (int(row["day"]), int(row["id"]))):
        subject, day = int(row["subject"]), int(row["day"])
        if row["what"] == LIST_ENTRY:
            began[subject] = day
        else:
            stays.append(day - began[subject])
            area += max(0, day - max(began.pop(subject), window.start))
    area += sum(essay.days - max(day, window.start) for day in began.values())
    stock = area / len(window)
    inflow = int((entries["day"] >= window.start).sum()) / len(window)
    mean = float(np.mean(stays))
    bound = 4 / np.sqrt(max(inflow * len(window), 1)) + 0.1
    figure(f"{stock:.1f} listed for {inflow * 365:.1f} a year who stay {mean:.0f} days, ratio less 1",
           stock / (inflow * mean) - 1, bound)  # fmt: skip
    assert abs(stock / (inflow * mean) - 1) < bound
