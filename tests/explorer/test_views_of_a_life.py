"""The view of a life: who is found, what is told of them, and that it is what `demerit explain` says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl
import pytest

from demerit.explain.answers import asked
from demerit.explain.lives import life_of, whose
from demerit.explain.source import Told, in_silence, open_world
from demerit.explorer.views.burdens import sanction_spells
from demerit.explorer.views.life_cast import cast
from demerit.explorer.views.life_page import life_page, unfolded
from demerit.explorer.views.life_ties import GROUPS, ties_page
from demerit.explorer.views.life_why import at_once, live_for_counts, live_without
from demerit.explorer.views.rule_terms import evidence_of, terms_of


@pytest.fixture(scope="module")
def worlds(town: Any) -> tuple[Told, Told]:
    return open_world(town.folder), open_world(town.folder, "ordinary-law")


@pytest.fixture(scope="module")
def found(worlds: tuple[Told, Told]) -> dict[str, str]:
    return {one.role: str(one.subject) for one in cast(*worlds)}


def number(subject: str) -> int:
    return int(subject.split(":")[1])


def test_the_ruined_have_one_record_and_nobody_like_that_was_longer_under_sanctions(
    worlds: tuple[Told, Told], found: dict[str, str]
) -> None:
    rows = worlds[0].ledger.filter((pl.col("what") == "record") & (pl.col("kind") == "citizen")).collect()
    records = Counter(rows["subject"].to_list())
    days: Counter[int] = Counter()
    for citizen, long in sanction_spells(worlds[0]).select("citizen", "days").iter_rows():
        days[citizen] += long
    who = number(found["ruined"])
    assert records[who] == 1
    assert days[who] == max(days[one] for one in days if records[one] == 1)


def test_the_untouchable_are_exempt_and_least_recorded(
    worlds: tuple[Told, Told], found: dict[str, str]
) -> None:
    exempt = worlds[0].rules.exemptions
    assert exempt is not None
    least = min(exempt.filed, key=lambda one: float(exempt.filed[one]))
    page = life_page(worlds[0], found["untouchable"], worlds[1])
    assert page.facts["class"] == least.replace("_", " ")


def test_a_driver_s_record_reaches_others(worlds: tuple[Told, Told], found: dict[str, str]) -> None:
    page = life_page(worlds[0], found["driver"], worlds[1])
    assert any(one.line.rule and one.line.rule.startswith("conduct:road") for one in page.records)
    assert any("vehicle" in who for one in page.records for who in one.reached)


def test_a_life_holds_what_explain_says(worlds: tuple[Told, Told], found: dict[str, str]) -> None:
    for role in ("ruined", "driver", "shown", "official"):
        page = life_page(worlds[0], found[role], worlds[1])
        plain = asked(life_of(worlds[0], found[role]), None, None, None, in_silence).as_plain()
        assert [int(one.line.id) for one in page.records] == [one["id"] for one in plain["records"]]
        assert {one.system: one.shown for one in page.scores} == {
            one["system"]: one["shown"] for one in plain["scores"]
        }
        assert {one.id for one in page.hanging if one.in_force} == {
            one["rule"].partition(":")[2] for one in plain["in_force"] if one["rule"].startswith("sanction:")
        }
        assert page.entries == len(plain["entries"])
        for score in page.scores:
            assert sum(step.points for step in score.steps) == pytest.approx(score.shown)


def test_the_twin_is_the_same_person_elsewhere(worlds: tuple[Told, Told], found: dict[str, str]) -> None:
    there = life_page(worlds[1], found["ruined"], worlds[0])
    here = life_page(worlds[0], found["ruined"], worlds[1])
    assert here.facts == there.facts
    fines = {one.what: (one.here, one.twin) for one in here.beside}["fines"]
    assert {one.what: (one.twin, one.here) for one in there.beside}["fines"] == fines


def test_a_tree_is_everything_below_its_root(worlds: tuple[Told, Told], found: dict[str, str]) -> None:
    page = life_page(worlds[0], found["ruined"], worlds[1])
    rows = worlds[0].ledger.select("id", "cause").collect().iter_rows()
    children: dict[int, list[int]] = {}
    for one, cause in rows:
        if one != cause:
            children.setdefault(cause, []).append(one)
    root = int(page.records[0].line.id)
    todo, below = [root], set()
    while todo:
        at = todo.pop()
        below.add(str(at))
        todo += children.get(at, [])
    lines = unfolded(worlds[0], found["ruined"], root)
    assert {line.id for line in lines} == below
    assert page.records[0].followed == len(below) - 1


def test_those_near_are_tied_in_the_society_and_what_travelled_stands_in_the_ledger(
    worlds: tuple[Told, Told], found: dict[str, str]
) -> None:
    people = worlds[0].setting.population
    went = 0
    for who in (found["driver"], found["shown"], "company:0", "vehicle:0", "agency:0", "service:0"):
        page = ties_page(worlds[0], who, worlds[1])
        near = {group: [one.subject for one in page.near if one.group == group] for group in GROUPS}
        assert len({one.subject for one in page.near}) == len(page.near) > 1
        assert [(one.group, one.shown) for one in page.groups] == [
            (group, len(near[group])) for group in GROUPS if near[group]
        ]
        if who.startswith("citizen"):
            home = people.members(people.household_of(number(who)))
            assert {number(one) for one in near["household"]} == {*home} - {number(who)}
            friends = people.friends[number(who)]
            assert {f"citizen:{one - 1}" for one in friends if one} <= {one.subject for one in page.near}
            assert all(number(who) + 1 in people.friends[number(one)] for one in near["friends"])
        for world, told in zip(page.worlds, worlds, strict=True):
            assert len(world.codes) == len(page.near)
            entries = told.entries([int(one.id) for one in world.travelled])
            causes = told.entries([entry["cause"] for entry in entries.values()])
            for one in world.travelled:
                entry = entries[int(one.id)]
                assert whose(entry) == page.near[one.target].subject
                assert whose(causes[entry["cause"]]) == page.near[one.source].subject
            went += len(world.travelled)
    assert went > 5


def test_why_not_is_what_explain_says(worlds: tuple[Told, Told], found: dict[str, str]) -> None:
    who = found["ruined"]
    for hanging in life_page(worlds[0], who, worlds[1]).hanging:
        if hanging.lives_again:
            continue
        page = at_once(worlds[0], who, hanging.id)
        answer = asked(life_of(worlds[0], who), None, hanging.id, None, in_silence).why
        assert answer is not None
        plain = answer.as_plain()
        for field in ("in_force", "condition", "state", "missing", "clears", "cheapest"):
            assert getattr(page, field) == plain[field]
        assert len(page.roads) == len(plain["roads"])


def test_a_life_without_a_rule_is_lived_again_and_told_as_explain_tells_it(hamlet: Any) -> None:
    told = open_world(hamlet.folder)
    who = next(
        int(one)
        for one in told.ledger.filter((pl.col("what") == "record") & (pl.col("kind") == "citizen")).collect()[
            "subject"
        ]
    )
    rule = life_page(told, str(who)).rules[0].rule
    heard: list[float] = []
    page = live_without(lambda share, _: heard.append(share), str(hamlet.folder), told.name, str(who), rule)
    answer = asked(life_of(told, who), None, None, rule, in_silence).but_for
    assert answer is not None
    plain = answer.as_plain()
    assert page["reached"] == plain["reached"] is True
    assert page["gone_count"] == len(plain["gone"])
    assert {one["name"]: one["with_rule"] for one in page["scores"]} == {
        name: pair["with"] for name, pair in plain["scores"].items()
    }
    assert heard == sorted(heard)
    assert heard[-1] > 0


def test_counts_that_no_ledger_holds_are_lived_for(hamlet: Any) -> None:
    told = open_world(hamlet.folder)
    hanging = [one for one in life_page(told, "vehicle:0").hanging if one.lives_again]
    assert hanging
    page = live_for_counts(
        lambda share, doing: None, str(hamlet.folder), told.name, "vehicle:0", hanging[0].id
    )
    assert page["condition"].startswith("in force from")


def test_a_rule_is_told_with_every_number_and_every_fact(worlds: tuple[Told, Told]) -> None:
    rule = next(one for one in worlds[0].rules.conducts if one.id == "road.crosswalk")
    text = "; ".join(terms_of(rule))
    assert f"coverage: {float(rule.coverage):g}" in text
    assert all(name in text for name in rule.points)
    assert set(rule.references) <= set(evidence_of(rule))
