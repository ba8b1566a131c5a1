"""The views of a run against independent counts from its ledger, its indicators and its people."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import numpy as np
import polars as pl
import pytest

from demerit.catalogue.words import DEEDS, KINDS, WRONGFUL
from demerit.errors import UsageError
from demerit.explain.source import Told, open_world
from demerit.explorer.views.machine import Machine, machine
from demerit.explorer.views.pays_model import FATES, Grouping
from demerit.explorer.views.roads import way
from demerit.explorer.views.screen import invented, screen
from demerit.explorer.views.story import scenes, story
from demerit.explorer.views.who_pays import Adults, adults_of, who_pays
from demerit.measures.indicators import BY_NAME
from demerit.study.indicator_totals import indicator_totals


@pytest.fixture(scope="module")
def told(town: Any) -> Told:
    return open_world(town.folder)


@pytest.fixture(scope="module")
def entries(told: Told) -> list[dict[str, Any]]:
    return told.ledger.collect().to_dicts()


@pytest.fixture(scope="module")
def works(told: Told) -> Machine:
    return machine(told)


@pytest.fixture(scope="module")
def adults(told: Told) -> Adults:
    return adults_of(told)


def test_every_copy_of_the_ledger_arrives_or_is_lost_on_a_road(
    works: Machine, entries: list[dict[str, Any]]
) -> None:
    counts = Counter(one["what"] for one in entries)
    into = {flow.end for flow in works.flows if flow.kind == "transfer"}
    score = next(flow for flow in works.flows if flow.kind == "weighs")
    assert score.arrived <= counts["arrival"]
    assert sum(flow.lost for flow in works.flows) == counts["loss"] + counts["copy_escaped"]
    assert sum(flow.recalled for flow in works.flows) == counts["recall"]
    assert sum(flow.stale for flow in works.flows) == counts["stale"]
    for flow in works.flows:
        assert flow.sent == flow.arrived + flow.lost
    assert "platform:province" in into


def test_what_enters_a_road_by_way_of_another_has_arrived_there(works: Machine, told: Told) -> None:
    nation = [flow for flow in works.flows if flow.end == "platform:nation"]
    out = next(flow for flow in works.flows if flow.start == "platform:nation")
    assert 0 < out.sent == sum(flow.arrived for flow in nation)
    assert way(told.rules.transfers, "court", "province") == ("court-to-nation", "nation-to-province")
    assert way(told.rules.transfers, "province", "court") == ()


def test_the_delay_of_a_road_is_the_median_of_its_copies(
    works: Machine, entries: list[dict[str, Any]]
) -> None:
    by_id = {one["id"]: one for one in entries}
    road = "municipal-to-province"
    days = [
        (one["date"] - by_id[one["cause"]]["date"]).days
        for one in entries
        if one["what"] == "arrival" and one["rule"] == f"transfer:{road}" and one["cause"] in by_id
    ]
    flow = next(flow for flow in works.flows if flow.id == road)
    assert flow.days_seen == float(np.median(days))


def test_a_register_holds_its_records_by_truth(works: Machine, entries: list[dict[str, Any]]) -> None:
    for one in works.registers:
        mine = [
            e for e in entries if e["what"] in ("record", "conviction") and e["register"] == one.register_id
        ]
        assert one.records == len(mine)
        assert {truth: n for truth, n in one.truths.items() if n} == Counter(e["label"] for e in mine)
        assert one.points == pytest.approx(-sum(e["points"] for e in mine))
        assert one.wrongful == sum(e["label"] in WRONGFUL for e in mine)


def test_who_waits_is_who_asked_and_has_no_answer(works: Machine, entries: list[dict[str, Any]]) -> None:
    counts = Counter(one["what"] for one in entries)
    assert sum(month.filed for month in works.queue) == counts["appeal_filed"]
    answered = counts["record_upheld"] + counts["record_reversed"] + counts["appeal_left"]
    assert works.queue[-1].waiting == counts["appeal_filed"] - answered


def test_a_day_of_the_screen_shows_who_is_between_start_and_end(
    told: Told, entries: list[dict[str, Any]]
) -> None:
    found = screen(told)
    starts = [one for one in entries if one["what"] == "display_start"]
    assert found.ever == len(starts) > 0
    assert found.ever_wrongful == sum(one["label"] in WRONGFUL for one in starts)
    assert found.on_display == max(count for _, count in found.days) == len(found.shown)
    ends = [one for one in entries if one["what"] in ("display_end", "death") and one["kind"] == "citizen"]
    for one in found.shown:
        number = int(one.subject.split(":")[1])
        began = [e for e in starts if e["subject"] == number and e["date"].isoformat() == one.since]
        over = [e for e in ends if e["subject"] == number and one.since < e["date"].isoformat() <= found.date]
        assert began[0]["label"] == one.truth
        assert not over
        assert one.since <= found.date < one.until
    assert screen(told, 0).on_display == 0
    with pytest.raises(UsageError, match="the run has the days"):
        screen(told, told.last_day + 1)


def test_whoever_is_on_the_screen_cannot_exist() -> None:
    for number in (0, 17, 123_456, 10**9):
        name, identity, address = invented(number)
        assert (identity[:6], identity[-1]) == ("000000", "Z")
        assert int(identity[10:12]) > 12
        assert int(identity[12:14]) > 31
        assert name
        assert str(number) in address


def test_a_sanction_that_ends_in_the_ledger_lasts_that_long(
    adults: Adults, entries: list[dict[str, Any]]
) -> None:
    sanctions = {f"sanction:{one.id}" for one in adults.told.rules.sanctions if one.of == "citizen"}
    open_: dict[Any, Any] = {}
    total = 0
    for one in sorted(entries, key=lambda e: (e["date"], e["id"])):
        if one["kind"] != "citizen":
            continue
        if one["what"] == "sanction_start" and one["rule"] in sanctions:
            open_[one["subject"], one["rule"]] = one["date"]
        elif one["what"] == "sanction_end" and (one["subject"], one["rule"]) in open_:
            total += (one["date"] - open_.pop((one["subject"], one["rule"]))).days
        elif one["what"] == "death":
            for key in [key for key in open_ if key[0] == one["subject"]]:
                total += (one["date"] - open_.pop(key)).days
    end = adults.told.date_of(adults.told.last_day + 1)
    total += sum((end - since).days for since in open_.values())
    assert adults.spells["days"].sum() == total > 0


@pytest.mark.parametrize("by", ["stratum", "hukou", "income fifth", "group", "province"])
def test_groups_add_up_to_everybody(adults: Adults, by: Grouping) -> None:
    found = who_pays(adults, by)
    everybody, *groups = found.groups
    assert sum(one.adults for one in groups) == everybody.adults
    assert sum(one.sanctions for one in groups) == everybody.sanctions
    for field in ("sanction_days", "wrongful_days"):
        mean = sum(getattr(one, field) * one.adults for one in groups) / everybody.adults
        assert mean == pytest.approx(getattr(everybody, field))
    for one in found.groups:
        assert sum(one.of_1000) == 1000
        assert len(one.of_1000) == len(FATES)
        assert sum(one.stretches) == pytest.approx(1)
        assert one.wrongful_days <= 1000 * one.sanction_days
    for chart in found.charts:
        assert chart.rows


def test_at_equal_conduct_is_days_over_what_the_same_acts_bring_others(adults: Adults) -> None:
    found = {one.group: one for one in who_pays(adults, "hukou").groups}
    mine = dict(adults.frame.select("citizen", "hukou").iter_rows())
    days: Counter[Any] = Counter()
    for citizen, long, kind in adults.spells.select("citizen", "days", "kind").iter_rows():
        if kind is not None and citizen in mine:
            days[mine[citizen] == "migrant_rural", kind] += long
    rows = adults.months.filter(pl.col("world") == adults.told.name, pl.col("by") == "hukou")
    acts: Counter[Any] = Counter()
    for group, indicator, top in rows.select("group", "indicator", "top").iter_rows():
        if indicator.startswith("acts."):
            acts[group == "migrant_rural", indicator.removeprefix("acts.")] += top
    shared = [kind for kind in KINDS if acts[False, kind]]
    expected = sum(acts[True, kind] * days[False, kind] / acts[False, kind] for kind in shared)
    ratio = sum(days[True, kind] for kind in shared) / expected
    assert found["migrant_rural"].equal_conduct == pytest.approx(ratio)


def test_the_burden_is_the_indicator_of_penalties(adults: Adults) -> None:
    totals = indicator_totals(adults.told.folder)
    everybody = who_pays(adults, "stratum").groups[0]
    own, twin = (totals[name]["penalty_days"] for name in totals)
    assert everybody.burden == pytest.approx(own)
    assert everybody.burden_twin == pytest.approx(twin)
    assert all(one.burden is None for one in who_pays(adults, "group").groups[1:])


def test_what_escapes_is_what_no_record_names(adults: Adults) -> None:
    rules = [one for _, rules in adults.told.periods for one in rules.conducts]
    assert set(adults.offences) <= {one.answers for one in rules} - set(DEEDS)
    for one in who_pays(adults, "income fifth").groups:
        assert one.escape is not None
        assert 0 <= one.escape <= 1


def test_every_chart_is_one_that_vega_lite_knows(works: Machine, adults: Adults) -> None:
    charts = [*works.charts, *who_pays(adults, "hukou").charts]
    assert len(charts) == 5
    for chart in charts:
        alt.Chart.from_dict(chart.spec)
        assert chart.spec["autosize"]["type"] == "fit-x"
        assert len(chart.rows[0]) == len(chart.columns)


def test_every_number_of_the_story_is_the_run_s(told: Told) -> None:
    totals = indicator_totals(told.folder)
    found = story(told)
    numbers = [
        piece
        for one in found.scenes
        for line in one.sentences
        for piece in line
        if piece.indicator is not None
    ]
    assert len(found.scenes) == 10
    assert len(numbers) > 40
    for piece in numbers:
        assert piece.world in totals
        assert piece.value == totals[piece.world][piece.indicator]
        assert piece.definition == BY_NAME[str(piece.indicator)].definition
    assert {one.id for one in found.scenes if one.warning} == set(found.warnings)


def test_a_scene_that_shows_violence_says_so_beforehand() -> None:
    for one in scenes():
        hard = {"R12", "R16", "R20"} & set(one.rows)
        assert bool(one.warning) == bool(hard), one.id


def test_the_example_of_a_scene_is_an_entry_of_the_run(told: Told, entries: list[dict[str, Any]]) -> None:
    by_id = {one["id"]: one for one in entries}
    examples = [one.example for one in story(told).scenes if one.example is not None]
    assert examples
    for example in examples:
        entry = by_id[int(example.entry)]
        assert example.subject == f"{entry['kind']}:{entry['subject']}"
        assert example.date == entry["date"].isoformat()
