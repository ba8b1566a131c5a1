"""Indicators that no other law looks at, each worked out anew from ledger and state by a plain loop."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, id_subject, live, subject_index, subject_kind

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import (
    ARRIVAL,
    CONVICTION,
    DERIVED,
    LICENCE_WITHHELD,
    LOSS,
    RECORD,
    SANCTION_END,
    SANCTION_START,
)
from demerit.catalogue.letters import ARRIVED
from demerit.catalogue.words import AGENCY, CITIZEN, COMPANY, LABELS, SERVICE, VEHICLE
from demerit.measures.indicators import BY_NAME
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY, Setting, settle
from demerit.society import Society

DAYS, ERRORS = 546, 4.0
MISMATCH, DOUBLED, PLEADED = 0.1, 0.2, 0.4
PLAIN = {
    "life_course.enabled": False,
    "collisions.enabled": False,
    "rescue.enabled": False,
    "gaming.enabled": False,
    "power.enabled": False,
    "situation.law.judgment.rate": 0.3,
    "vehicles.networked_share": 0.6,
    "situation.svc.failure.rate": 12,
    "situation.ag.bill.rate": 12,
}
BUSY = {
    "complaints.enabled": False,
    "staging.enabled": False,
    "civil_service.enabled": False,
    "screens.enabled": False,
    "appeals.wrongful": 0.0,
    "appeals.inability": 0.0,
    "appeals.rightful": 0.0,
    "appeals.organisations.cost_days": 36500.0,
    "detection.mismatch": 0.0,
    "conduct.road.speeding.coverage": 0.6,
    "conduct.road.red_light.coverage": 0.8,
    "conduct.svc.failure.coverage": 0.9,
    "conduct.ag.bill.coverage": 0.9,
    "transfer.road-to-province.mismatch": MISMATCH,
    "transfer.road-to-province.duplication": DOUBLED,
    "platform.province.deduplicates": False,
    "licence.hardship": PLEADED,
    "licence.limit": 6,
    "sanction.office-cut.below": 999,
    "sanction.service-cut.below": 999,
}
STOPS = """[regime]
id = "stops"
title = "Cars that stop"
basis = "hypothetical"
schema_version = 1
extends = "essay"

[[sanction]]
id = "stop"
title = "A car stops"
of = "vehicle"
reads = "road"
below = 97
stops = "networked"
"""
"""An essay in which connected cars stop after an offence or two, and platforms enter copies twice."""


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(PLAIN), 2_000, 8)


@pytest.fixture(scope="module")
def busy(town: Setting, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    path = tmp_path_factory.mktemp("stops") / "stops.toml"
    path.write_text(STOPS)
    return live(town, Regime.load(str(path)).patched(BUSY), DAYS)


def counted(lived: Lived, name: str) -> int:
    return int(lived.world.counters()[:, flow(name)].sum())


def test_copies_that_go_astray_arrive_under_another_name(busy: Lived, figure: Figure) -> None:
    rows = busy.of(ARRIVAL)
    names = [transfer.id for transfer in busy.regime.data.transfers]
    arrived = sum(int(row["subject"]) != int(id_subject(row["cause"])) for row in rows)
    pending = busy.world.pending()
    pending = pending[pending["kind"] == ARRIVED]
    waiting = sum(int(row["target"]) != int(id_subject(row["cause"])) for row in pending)
    # whose four draws find no adult of the surname gets lost on the way to somebody
    assert 0 <= counted(busy, "astray") - arrived - waiting <= busy.world.dropped
    copies = len(rows) + len(busy.of(LOSS))
    assert counted(busy, "arrivals") + counted(busy, "losses") == copies
    road = names.index("road-to-province")
    mine = [row for row in (*rows, *pending) if int(row["rule"]) == road]
    mine = [row for row in mine if subject_kind(int(id_subject(row["cause"]))) == CITIZEN]
    astray = counted(busy, "astray")
    errors = (astray - MISMATCH * len(mine)) / math.sqrt(len(mine) * MISMATCH * (1 - MISMATCH))
    figure(f"{astray} of {len(mine)} copies, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def test_copies_that_are_entered_twice_are_duplicates(busy: Lived, figure: Figure) -> None:
    label = LABELS.index("duplicate")
    rows, pending = busy.of(ARRIVAL), busy.world.pending()
    waiting = pending[(pending["kind"] == ARRIVED) & (pending["label"] == label)]
    doubled = sum(int(row["label"]) == label for row in rows) + len(waiting)
    # those that go astray as well are called mistaken, or find nobody
    assert doubled <= counted(busy, "doubled")
    road = [transfer.id for transfer in busy.regime.data.transfers].index("road-to-province")
    copies = sum(int(row["rule"]) == road for row in (*rows, *pending[pending["kind"] == ARRIVED]))
    share = DOUBLED / (1 + DOUBLED)
    found = counted(busy, "doubled")
    errors = (found - share * copies) / math.sqrt(copies * share * (1 - share))
    figure(f"{found} of {copies} copies, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def test_points_from_others_are_those_of_copies_without_an_act_of_ones_own(busy: Lived) -> None:
    own = others = 0
    first = busy.regime.data.score
    assert first is not None
    platform = {transfer.id for transfer in busy.regime.data.transfers if transfer.to == first.platform}
    innocent = (LABELS.index("mistaken"), LABELS.index("fabricated"))
    for row in busy.of(ARRIVAL):
        transfer = busy.regime.data.transfers[int(row["rule"])].id
        if subject_kind(row["subject"]) != CITIZEN or row["points"] >= 0 or transfer not in platform:
            continue
        record = busy.cause_of(row)
        while record["what"] not in (RECORD, CONVICTION, DERIVED):
            record = busy.cause_of(record)
        if row["label"] in innocent or record["what"] == DERIVED or record["subject"] != row["subject"]:
            others -= int(row["points"])
        else:
            own -= int(row["points"])
    assert counted(busy, "points_own") == own > 0
    assert counted(busy, "points_other") == others > 0


def test_whoever_pleads_hardship_drives_on(busy: Lived, figure: Figure) -> None:
    withheld, spared = len(busy.of(LICENCE_WITHHELD)), counted(busy, "hardship")
    reached = withheld + spared
    errors = (spared - PLEADED * reached) / math.sqrt(reached * PLEADED * (1 - PLEADED))
    figure(f"{spared} of {reached} at the limit, errors off", errors, ERRORS)
    assert spared > 10
    assert abs(errors) < ERRORS


def by_subject(lived: Lived, kind: int) -> dict[int, list[np.void]]:
    """Return the beginnings and ends of sanctions of subjects of a kind, in order, by subject."""
    found: dict[int, list[np.void]] = {}
    rows = lived.of(SANCTION_START, SANCTION_END)
    for row in rows[subject_kind(rows["subject"]) == kind]:
        found.setdefault(int(row["subject"]), []).append(row)
    return found


def hanging(lived: Lived) -> list[object]:
    """Return sanctions and rewards in the order in which rows name them."""
    assert lived.world.book is not None
    return list(lived.world.book.layout.numbers.hanging)


def test_a_car_is_counted_whenever_it_comes_to_a_stop(busy: Lived) -> None:
    names = [one.id for one in hanging(busy)]  # type: ignore[attr-defined]
    stops = {one.id: one.stops for one in busy.regime.data.sanctions if one.of == "vehicle"}
    networked = busy.world.vehicles["networked"]
    stopped = 0
    for subject, rows in by_subject(busy, VEHICLE).items():
        held: set[str] = set()
        still = False
        connected = bool(networked[subject_index(subject)])
        for place, row in enumerate(rows):
            name = names[int(row["rule"])]
            held = held | {name} if row["what"] == SANCTION_START else held - {name}
            if place + 1 < len(rows) and rows[place + 1]["day"] == row["day"]:
                continue  # a day's reckoning is one
            now = any(stops[one] == "any" or (stops[one] == "networked" and connected) for one in held)
            stopped += now and not still
            still = now
    assert counted(busy, "vehicles_stopped") == stopped > 10


def test_budget_days_are_the_weeks_under_a_sanction_times_its_share(busy: Lived) -> None:
    names = [one.id for one in hanging(busy)]  # type: ignore[attr-defined]
    share = {one.id: round(1000 * float(one.budget_loss)) for one in busy.regime.data.sanctions}
    weekly = {
        one.id: bool(float(one.budget_loss) or float(one.leader_loss) or float(one.job_loss))
        for one in busy.regime.data.sanctions
    }
    lost = 0
    for kind in (COMPANY, AGENCY, SERVICE):
        for rows in by_subject(busy, kind).values():
            held: set[str] = set()
            due = None
            for day in range(busy.days):
                touched = False
                if day == due:
                    lost += 7 * min(sum(share[one] for one in held), 1000)
                    due, touched = None, True
                for row in rows:
                    if int(row["day"]) == day:
                        name = names[int(row["rule"])]
                        held = held | {name} if row["what"] == SANCTION_START else held - {name}
                        touched = True
                if touched and due is None and any(weekly[one] for one in held):
                    due = day + 7
    assert counted(busy, "budget_days") == lost > 0


def test_cases_are_heard_of_by_as_many_as_hear_of_one(busy: Lived) -> None:
    records = busy.of(RECORD)
    mine = records[(subject_kind(records["subject"]) == CITIZEN) & (records["day"] < busy.days - 1)]
    told = len(mine) * int(float(busy.setting.society.data.learning.hearers))
    # some have nobody in the circle that is drawn, and listings are published to a neighbour besides
    published = counted(busy, "published")
    assert told - busy.world.dropped <= counted(busy, "heard") <= told + published
    assert counted(busy, "heard") > told / 2


def test_hidden_breaches_are_hidden_with_their_null_probability(town: Setting, figure: Figure) -> None:
    """With harm as the only cost the share that hides is the one that the gain was solved for."""
    lived = live(town, Regime.load("empty"), 364)
    judgment = next(one for one in town.society.data.situations if one.id == "law.judgment")
    assert judgment.hide is not None
    free = counted(lived, "law.judgment.met") - counted(lived, "law.judgment.inability")
    free -= counted(lived, "law.judgment.vetoed")
    hidden = counted(lived, "hidden")
    assert 0 < hidden < counted(lived, "law.judgment.acted")
    no_hiding = town.society.patched({"situation.law.judgment.hide.null_probability": 0.03})
    less = live(settle(no_hiding, 2_000, 8), Regime.load("empty"), 364)
    figure(f"hidden {hidden} of {free}, with three hundredths", counted(less, "hidden") / max(hidden, 1), 1.0)
    assert counted(less, "hidden") < hidden


def test_indicators_are_their_counters_over_adult_years(town: Setting, busy: Lived) -> None:
    world = town.world(busy.regime)
    recorder = Recorder(FIRST_DAY, 364)
    world.run(364, each_day=recorder)
    everybody = np.ones(world.counters().shape[0] - 1, bool)
    years = float(np.count_nonzero(busy.adult)) * 364 / 365
    for name, column, scale in (
        ("hardship", "hardship", 1000.0),
        ("vehicles_stopped", "vehicles_stopped", 1000.0),
        ("heard", "heard", 1.0),
        ("hidden", "hidden", 1000.0),
    ):
        expected = scale * int(world.counters()[:, flow(column)].sum()) / years
        assert recorder.value(BY_NAME[name], everybody) == pytest.approx(expected, rel=0.02)
