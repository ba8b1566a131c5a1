"""What if not: worlds without a rule beside the run itself; and lives from Python, with their picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.runs import STRICT, carry_out, write_regime

import demerit as dm
from demerit.errors import UsageError
from demerit.explain.lives import life_of
from demerit.explain.source import Told, in_silence, open_world
from demerit.explain.waterfall import Fold
from demerit.explain.without import compared, find, lived, sanction_days, without, without_rule
from demerit.regime import Regime
from demerit.report.life_chart import score_over_time
from demerit.report.lives import told_life

Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    place = tmp_path_factory.mktemp("without")
    done = carry_out(place / "run", regime=str(write_regime(place / "harsh.toml", **STRICT)), against=None)
    return open_world(done.folder)


def busiest(told: Told, kind: str, what: str = "record") -> str:
    import polars as pl

    rows = told.ledger.filter((pl.col("what") == what) & (pl.col("kind") == kind)).collect()
    subject, _ = max(rows["subject"].value_counts().sort("subject").rows(), key=lambda row: row[1])
    return f"{kind}:{subject}"


@pytest.fixture(scope="module")
def without_chain(told: Told) -> Any:
    return without(life_of(told, busiest(told, "vehicle", "derived")), "chain:driver-to-vehicle", in_silence)


def test_without_the_chain_a_vehicle_inherits_nothing(without_chain: Any) -> None:
    assert without_chain.reached
    assert without_chain.entries["derived"][0] > 0 == without_chain.entries["derived"][1]
    assert {entry["what"] for entry in without_chain.gone} >= {"derived"}
    shown = without_chain.scores["road"]
    assert shown[0] < shown[1] == 100


def test_whom_the_chain_never_reached_lives_the_same_life(told: Told, without_chain: Any) -> None:
    """Taking a rule out moves nothing else: not even the numbers that other rules give to draws."""
    other = without_chain.other.told
    same = 0
    for number in range(200):
        found = compared("chain", life_of(told, number), life_of(other, number))
        if not any(entry["kind"] != "citizen" for entry in found.life.known.values()):
            same += not found.reached
    assert same > 100


def test_differences_are_those_of_two_plain_lists(without_chain: Any) -> None:
    def said(life: Any) -> list[str]:
        return sorted(str({**entry, "id": 0, "cause": 0}) for entry in life.own)

    ours, theirs = said(without_chain.life), said(without_chain.other)
    for entry in without_chain.gone:
        ours.remove(str({**entry, "id": 0, "cause": 0}))
    for entry in without_chain.new:
        theirs.remove(str({**entry, "id": 0, "cause": 0}))
    assert ours == theirs


def test_days_under_sanctions_are_counted_day_by_day(told: Told) -> None:
    life = life_of(told, busiest(told, "citizen", "sanction_start"))
    counted: dict[str, int] = {}
    for day in range(told.last_day + 1):
        open_ = set()
        for entry in life.own:
            if told.day_of(entry["date"]) <= day and entry["what"] in ("sanction_start", "list_entry"):
                open_.add(entry["rule"])
            elif told.day_of(entry["date"]) <= day and entry["what"] in ("sanction_end", "list_exit"):
                open_.discard(entry["rule"])
        for rule in open_:
            counted[rule] = counted.get(rule, 0) + 1
    assert sum(counted.values()) > 0
    assert {rule: days for rule, days in sanction_days(life).items() if days} == counted


@pytest.mark.parametrize(
    "section", ["conduct", "chain", "transfer", "list", "sanction", "reward", "repair", "register", "band"]
)
def test_rules_of_every_section_can_be_taken_out(told: Told, section: str) -> None:
    first = told.regime.canonical()[section][0]["id"]
    assert without_rule(told.regime, section, first).hash != told.regime.hash


def test_sections_can_be_taken_out_as_a_whole(told: Told) -> None:
    for section in ("licence", "prosecution", "screens", "appeals", "complaints"):
        assert without_rule(told.regime, section, "").hash != told.regime.hash


def test_what_the_other_rules_lean_on_stays(told: Told) -> None:
    """The lowest band holds the scores below the next one, which would belong to no band."""
    with pytest.raises(UsageError, match="cannot stand without band d"):
        without_rule(told.regime, "band", "d")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("chain:driver-to-vehicle", ("chain", "driver-to-vehicle")),
        ("chain.driver-to-vehicle", ("chain", "driver-to-vehicle")),
        ("driver-to-vehicle", ("chain", "driver-to-vehicle")),
        ("conduct:road.crosswalk", ("conduct", "road.crosswalk")),
        ("screens", ("screens", "")),
    ],
)
def test_rules_are_named_in_several_ways(asked: str, found: tuple[str, str]) -> None:
    assert find(Regime.load("essay"), asked) == found


@pytest.mark.parametrize(
    ("asked", "answer"), [("driver-to-vehicel", "did you mean driver-to-vehicle"), ("weather", "has no rule")]
)
def test_rules_that_are_not_there_are_refused(asked: str, answer: str) -> None:
    with pytest.raises(UsageError, match=answer):
        find(Regime.load("essay"), asked)


def test_the_same_rules_give_the_same_life(told: Told) -> None:
    """Lived again with nothing taken out, nothing is different for anybody."""
    from demerit.explain.source import one_world

    again = lived(one_world(told.manifest, told.folder, told.regime), in_silence)
    assert again.ledger.collect().sort("id").equals(told.ledger.collect().sort("id"))
    name = busiest(told, "citizen")
    assert not compared("nothing", life_of(told, name), life_of(again, name)).reached


def test_the_command_lives_without_a_rule(told: Told, tell: Tell) -> None:
    name = busiest(told, "citizen")
    arguments = ("explain", str(told.folder), name, "--without", "conduct:road.crosswalk")
    code, out, _ = tell(*arguments)
    assert code == 0
    assert "lived again without conduct:road.crosswalk" in out
    assert json.loads(tell(*arguments, "--json")[1])["without"]["rule"] == "conduct:road.crosswalk"
    assert tell(*arguments[:-1], "weather")[0] == 2


def test_a_life_from_python(told: Told) -> None:
    life = told_life(told.folder, busiest(told, "citizen", "sanction_start"), None)
    assert "score shown" in str(life)
    assert life.entries().to_dicts() == life.data["entries"]
    record = life.data["records"][0]["id"]
    assert life.record(record).data["id"] == record
    trees = life.tree()
    assert {one["id"] for tree in trees.data for one in tree} >= {
        entry["id"] for entry in life.data["entries"]
    }
    assert str(record) in repr(trees)
    assert life.why_not("band-b").data["sanction"] == "band-b"
    assert life.without("conduct:road.speeding").data["rule"] == "conduct:road.speeding"
    with pytest.raises(UsageError):
        life.why_not("utopia")


def test_a_run_from_python_has_lives() -> None:
    done = dm.simulate("hamlet", "essay", years=1, ledger="none", against=None, quiet=True)
    life = done.life(8)
    assert (life.name, life.data["lived_again"]) == ("citizen:8", True)


def test_the_picture_shows_the_score_of_every_week(told: Told) -> None:
    """Points drawn are the folds; they end with the score that the waterfall shows."""
    life = life_of(told, busiest(told, "citizen", "arrival"))
    fold = Fold(life)
    fall = next(fall for fall in fold.waterfalls() if fall.moves)
    frame = score_over_time(life, fold, fall.system)
    assert frame["score"][0] == fall.scale.base
    assert frame["score"][-1] == fall.shown
    for entry, system, points, day in fold.moves:
        if system == fall.system:
            before, after = fold.shown_on(system, day - 1), fold.shown_on(system, day)
            assert before is not None
            assert after is not None
            assert abs(after - before - points / 1000) < 30, entry


def test_the_picture_is_drawn(told: Told, tmp_path: Path) -> None:
    import vl_convert as vlc

    chart = told_life(told.folder, busiest(told, "citizen", "arrival"), None).plot()
    svg = vlc.vegalite_to_svg(chart.to_dict())
    assert "No real person is described" in svg
    quiet = told_life(told.folder, busiest(told, "citizen", "sanction_start"), None).plot()
    assert quiet.to_dict()["vconcat"]
