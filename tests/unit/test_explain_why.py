"""Why a sanction is in force or not: against the engine's accounts, and against runs that go on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.runs import STRICT, carry_out, write_regime

from demerit.catalogue.words import SUBJECTS
from demerit.errors import UsageError
from demerit.explain.crossings import least
from demerit.explain.lives import Life, life_of
from demerit.explain.source import Told, in_silence, open_world
from demerit.explain.waterfall import Fold
from demerit.explain.why import WhyNot, standing_under, why_not
from demerit.institutions.standing import whole

Tell = Callable[..., tuple[int, str, str]]
HARSH = {**STRICT, "repair.credit-course.share": 0.3, "repair.credit-course.waiting_days": 30}
"""Patches of the essay under which much happens and a course is soon offered."""
LAPSING: dict[str, Any] = {"conduct.nb.nuisance.coverage": 0.9, "sanction.no-honours.below": 1000}
"""Patches of rongcheng, whose points expire, under which many stand under a sanction."""
LOADED = {
    "conduct.road.speeding.coverage": 0.8,
    "conduct.road.speeding.violation": "true",
    "sanction.permit-revoked.at_least": 1,
}
"""Patches of the essay under which a vehicle is off the road after one speeding."""
MOVING = (
    "record", "credit", "entered", "derived", "conviction", "shared_in", "withdrawal", "withdrawn_derived",
    "arrival", "recall", "repaired", "list_entry", "list_exit", "integrity_lost", "death",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("why")


def live(place: Path, name: str, years: int, extends: str = "essay", **patches: Any) -> tuple[Any, Told]:
    """Live a world alone and open it."""
    file = place / f"{name}.toml"
    regime = str(write_regime(file, extends=extends, **patches)) if patches else extends
    done = carry_out(place / f"{name}-{years}", regime=regime, years=years, against=None)
    return done, open_world(done.folder)


@pytest.fixture(scope="module")
def short(place: Path) -> tuple[Any, Told]:
    return live(place, "harsh", 2, **HARSH)


@pytest.fixture(scope="module")
def long(place: Path) -> Told:
    return live(place, "harsh", 4, **HARSH)[1]


def subjects_in(told: Told) -> list[str]:
    rows = told.ledger.select("kind", "subject").unique().sort("kind", "subject").collect().rows()
    return [f"{kind}:{number}" for kind, number in rows]


def answers(told: Told) -> list[WhyNot]:
    """Ask about every sanction and reward that reads a score or a list, of every subject with entries."""
    rules = told.rules
    found = []
    for name in subjects_in(told):
        life = life_of(told, name)
        for one in (*rules.sanctions, *rules.rewards):
            if one.of == SUBJECTS[life.kind] and one.reads is not None:
                found.append(why_not(life, one.id, in_silence))
    return found


@pytest.fixture(scope="module")
def asked(short: tuple[Any, Told]) -> list[WhyNot]:
    return answers(short[1])


def later_entries(later: Told, why: WhyNot) -> list[tuple[int, dict[str, Any]]]:
    own = life_of(later, why.life.name).own
    days = [(later.day_of(entry["date"]), entry) for entry in own]
    return [(day, entry) for day, entry in days if day > why.life.told.last_day]


def cleared_as_told(asked: list[WhyNot], later: Told) -> int:
    """Compare every day on which time alone would end a sanction with a run that goes on; return how many.

    Those to whom something happens before that day are left out.
    """
    checked = 0
    for why in asked:
        if why.since is None or why.clears is None:
            continue
        entries = later_entries(later, why)
        touched = [day for day, entry in entries if entry["what"] in MOVING]
        if why.clears > later.last_day or (touched and touched[0] <= why.clears):
            continue
        over = f"sanction:{why.rule.id}"
        ends = [day for day, entry in entries
                if entry["what"] == "sanction_end" and entry["rule"] == over]  # fmt: skip
        assert ends[:1] == [why.clears], (why.life.name, why.rule.id)
        checked += 1
    return checked


def test_what_the_ledger_says_is_in_force_is_what_the_score_calls_for(asked: list[WhyNot]) -> None:
    told = 0
    for why in asked:
        edge = next((one for one in why.edges if one.name == why.rule.id), None)
        if edge is not None:
            assert (why.since is not None) == (edge.above == (edge.what == "reward"))
            told += why.since is not None
    assert told > 10


def test_a_run_that_goes_on_ends_each_sanction_on_the_day_told(asked: list[WhyNot], long: Told) -> None:
    assert cleared_as_told(asked, long) >= 10


def test_expiry_ends_a_sanction_on_the_day_told(place: Path) -> None:
    _, told = live(place, "lapsing", 2, "rongcheng", **LAPSING)
    _, later = live(place, "lapsing", 4, "rongcheng", **LAPSING)
    asked = [why for why in answers(told) if why.by == "expiry"]
    assert cleared_as_told(asked, later) >= 3


def test_courses_are_offered_on_the_day_told(asked: list[WhyNot], long: Told) -> None:
    """Whoever begins a course in a run that goes on begins it on a day of offer."""
    checked = 0
    for why in asked:
        if why.since is None or not any(road.what == "course" for road in why.roads):
            continue
        entries = later_entries(long, why)
        begun = [day for day, entry in entries if entry["what"] == "repair_begun"]
        ended = [day for day, entry in entries if entry["what"] == "sanction_end"]
        if begun and (not ended or ended[0] > begun[0]):
            offer = next(road for road in why.roads if road.what == "course").how
            waiting = round(float(why.life.told.rules.repairs[0].waiting_days))
            dates = [str(long.date_of(begun[0] - turn * waiting)) for turn in range(12)]
            assert any(date in offer for date in dates)
            checked += 1
    assert checked >= 1


def test_an_edge_is_crossed_by_the_points_told_and_by_not_a_thousandth_less(asked: list[WhyNot]) -> None:
    checked = 0
    for why in asked[:400]:
        fall = Fold(why.life).waterfall(why.rule.reads or "") if why.edges else None
        if fall is None or not fall.moves:
            continue
        lowest, highest = (fall.scale.base * 1000 + end for end in (fall.scale.floor, fall.scale.ceiling))
        for edge in why.edges:
            if lowest < edge.at * 1000 <= highest:
                way = -1 if edge.above else 1
                shown = [fall.shown_at(fall.total(fall.day) + way * (edge.points - less)) for less in (0, 1)]
                assert [score >= edge.at for score in shown] == [not edge.above, edge.above]
                checked += 1
    assert checked > 100


def test_least_is_the_smallest_sum_that_shows_a_score() -> None:
    for base, edge in ((1000, 850), (1000, 1004), (100, 100), (650, 651)):
        need = least(base, edge)
        assert whole(base, need) >= edge > whole(base, need - 1)


def test_sure_roads_come_before_unsure_ones_and_the_cheapest_first(asked: list[WhyNot]) -> None:
    out = [why for why in asked if why.roads]
    assert out
    for why in out:
        best = why.cheapest
        assert best is None or best.certain
        sure = [road.cost for road in why.roads if road.certain and road.days is not None]
        if best is not None and best.cost is not None:
            assert best.cost == min(cost for cost in sure if cost is not None)
        assert (why.clears is not None) == any(road.what == "wait" for road in why.roads)


def test_violations_are_those_of_the_account_and_leave_on_the_day_told(place: Path) -> None:
    done, told = live(place, "loaded", 1, **LOADED)
    _, later = live(place, "loaded", 2, **LOADED)
    accounts = done.worlds[0].world.accounts_of(2)
    under = [number for number in range(len(accounts)) if accounts["violations"][number]]
    assert under
    for number in under[:1]:
        why = why_not(life_of(told, f"vehicle:{number}"), "permit-revoked", in_silence)
        assert why.state.startswith(f"it stands at {accounts['violations'][number]}:")
        assert why.since is not None
        entries = later_entries(later, why)
        again = [day for day, entry in entries if entry["what"] == "derived"]
        if why.clears is not None and not (again and again[0] <= why.clears):
            assert [day for day, entry in entries if entry["what"] == "sanction_end"][:1] == [why.clears]
        assert (why.missing, why.unit) == (float(accounts["violations"][number]), "violations")


@pytest.mark.parametrize(
    ("subject", "sanction", "answer"),
    [
        ("citizen:5", "nothing-like-it", "on a citizen harsh hangs lenders-refuse"),
        ("citizen:5", "company-b", "hangs on a company"),
        ("agency:1", "band-b", "on an agency harsh hangs"),
    ],
)
def test_a_sanction_that_hangs_on_nobody_of_the_kind_is_refused(
    short: tuple[Any, Told], subject: str, sanction: str, answer: str
) -> None:
    with pytest.raises(UsageError, match=answer):
        why_not(life_of(short[1], subject), sanction, in_silence)


def test_the_command_says_why_not(short: tuple[Any, Told], asked: list[WhyNot], tell: Tell) -> None:
    why = next(one for one in asked if one.since is not None and one.roads and one.edges)
    arguments = ("explain", str(short[0].folder), why.life.name, "--why-not", why.rule.id)
    code, out, _ = tell(*arguments)
    assert code == 0
    for text in ("is in force since", "Edges of the score", "Roads out"):
        assert text in out
    assert json.loads(tell(*arguments, "--json")[1])["why_not"] == json.loads(json.dumps(why.as_plain()))
    assert tell(*arguments[:-1], "utopia")[0] == 2


def test_whoever_has_no_entry_is_under_nothing(short: tuple[Any, Told]) -> None:
    life = Life(short[1], 0, [], {})
    assert standing_under(life, "sanction:band-b") is None
    assert why_not(life, "band-b", in_silence).since is None
