"""Lives told from a ledger: against plain folds of it, and against the accounts that the engine keeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runs import STRICT, carry_out, write_regime

from demerit.catalogue.words import AGENCY, SUBJECTS, subject_code
from demerit.engine.folder import PARTIAL
from demerit.errors import DemeritError, UsageError
from demerit.explain import fading
from demerit.explain.answers import Answer, life_as_plain, shares
from demerit.explain.lives import Life, life_of, whose
from demerit.explain.source import Told, open_world
from demerit.explain.subjects import read_subject
from demerit.explain.waterfall import Fold
from demerit.institutions import standing
from demerit.study.causes import Causes

Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("explain")


@pytest.fixture(scope="module")
def strict(place: Path) -> Any:
    """Two years under a regime under which much happens, with its twin world."""
    return carry_out(place / "strict", regime=str(write_regime(place / "harsh.toml", **STRICT)), years=2)


@pytest.fixture(scope="module")
def told(strict: Any) -> Told:
    return open_world(strict.folder)


@pytest.fixture(scope="module")
def rows(told: Told) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = told.ledger.collect().sort("id").to_dicts()
    return listed


def plain_below(rows: list[dict[str, Any]], root: int) -> set[int]:
    """Follow the causes of a ledger the slow way, row by row, until nothing is added."""
    found = {root}
    while True:
        more = {row["id"] for row in rows if row["cause"] in found} | found
        if more == found:
            return found - {root}
        found = more


def lives(told: Told, rows: list[dict[str, Any]]) -> list[Life]:
    """Return the lives of all subjects with entries, without what belongs to others."""
    own: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        own.setdefault(subject_code(SUBJECTS.index(row["kind"]), row["subject"]), []).append(row)
    return [Life(told, code, entries, {}) for code, entries in sorted(own.items())]


def longest(told: Told, rows: list[dict[str, Any]], kind: str) -> Life:
    counts: dict[str, int] = {}
    for row in rows:
        if row["kind"] == kind:
            counts[whose(row)] = counts.get(whose(row), 0) + 1
    return life_of(told, max(counts, key=lambda name: counts[name]))


@pytest.mark.parametrize("kind", ["citizen", "company", "vehicle", "agency", "service"])
def test_a_life_holds_every_entry_about_its_subject(
    told: Told, rows: list[dict[str, Any]], kind: str
) -> None:
    life = longest(told, rows, kind)
    assert life.own == [row for row in rows if whose(row) == life.name]
    assert [entry["id"] for entry in life_as_plain(life)["entries"]] == [entry["id"] for entry in life.own]


def test_the_tree_below_a_record_is_what_a_slow_search_finds(told: Told, rows: list[dict[str, Any]]) -> None:
    life = longest(told, rows, "citizen")
    for entry in life.records[:8]:
        links = life.tree(entry["id"])
        assert {link.entry["id"] for link in links[1:]} == plain_below(rows, entry["id"])
        assert len({link.entry["id"] for link in links}) == len(links)
        depth = {link.entry["id"]: link.depth for link in links}
        for link in links[1:]:
            assert link.depth == depth[link.entry["cause"]] + 1


def test_the_way_up_ends_where_no_entry_is_named(told: Told, rows: list[dict[str, Any]]) -> None:
    by_id = {row["id"]: row for row in rows}
    life = longest(told, rows, "company")
    assert life.own
    for entry in life.own:
        expected, now = [], entry
        while now["cause"] != now["id"] and now["cause"] in by_id:
            now = by_id[now["cause"]]
            expected.append(now)
        assert life.way_up(entry) == expected


def test_an_unfolded_record_sorts_everything_that_followed(told: Told, rows: list[dict[str, Any]]) -> None:
    life = longest(told, rows, "citizen")
    for entry in life.records:
        unfolded = life.unfolded(entry["id"])
        parts = [one["id"] for value in unfolded.values() if isinstance(value, list)
                 for one in value if isinstance(one, dict)]  # fmt: skip
        above = [one["id"] for one in life.way_up(entry)]
        assert sorted(parts) == sorted(plain_below(rows, entry["id"]) | set(above))
        below = plain_below(rows, entry["id"])
        assert set(unfolded["reached"]) == {whose(row) for row in rows if row["id"] in below} - {life.name}


def accounts_agree(done: Any, told: Told) -> int:
    """Compare every fold with the engine's account, to the thousandth; return how many scores have moved."""
    world = done.worlds[0].world
    layout = world.book.layout
    listed = lives(told, told.ledger.collect().sort("id").to_dicts())
    folds = {life.code: (life, Fold(life)) for life in listed}
    moved = 0
    for kind in range(len(SUBJECTS)):
        for index, account in enumerate(world.accounts_of(kind)):
            code = subject_code(kind, index)
            life, fold = folds.get(code) or (Life(told, code, [], {}), Fold(Life(told, code, [], {})))
            assert fold.sums.day == account["day"], life.name
            kept = [*zip(layout.slots[kind], account["points"], strict=False)]
            kept += zip(layout.scores[kind], account["composite"], strict=False)
            assert {name: int(points) for name, points in kept} == fold.sums.points, life.name
            for fall in fold.waterfalls():
                assert sum(height for _, height, _ in fall.steps()) == fall.shown * 1000
                assert abs(fall.fading) <= 3 * len(fall.moves) * (len(life.own) + 1)
                moved += bool(fall.moves)
    return moved


def test_every_waterfall_is_the_score_in_the_state_of_the_engine(strict: Any, told: Told) -> None:
    assert accounts_agree(strict, told) > 100


@pytest.mark.parametrize(("regime", "years"), [("rongcheng", 4), ("documented", 4), ("tightened", 5)])
def test_folds_hold_where_points_expire_and_where_rules_change(place: Path, regime: str, years: int) -> None:
    """Expiry, a schedule of steps, half-lives that turn into expiry: each under a preset that has it."""
    done = carry_out(place / regime, regime=regime, years=years, against=None, population=100)
    assert accounts_agree(done, open_world(done.folder)) > 5


def test_shares_of_a_score_add_up(told: Told, rows: list[dict[str, Any]]) -> None:
    life = longest(told, rows, "citizen")
    for fall in Fold(life).waterfalls():
        found = shares(life, fall)
        assert sum(share.left for share in found) == sum(move.left for move in fall.moves)
        assert sum(share.entries for share in found) == len(fall.moves)


@pytest.mark.parametrize("ledger", ["panel", "none"])
def test_a_life_is_recovered_from_a_run_that_kept_no_full_ledger(
    hamlet: Any, place: Path, ledger: str
) -> None:
    less = carry_out(place / ledger, against=None, ledger=ledger)
    again, told = open_world(less.folder), open_world(hamlet.folder)
    assert (again.replayed, told.replayed) == (True, False)
    for number in range(20):
        assert life_of(again, number).known == life_of(told, number).known


def test_the_twin_world_is_another(strict: Any, told: Told) -> None:
    twin = open_world(strict.folder, "ordinary-law")
    assert twin.name == "ordinary-law" != told.name
    assert len(twin.tree.ids) < len(told.tree.ids)


def test_offices_are_found_by_what_they_are(told: Told) -> None:
    agencies = told.setting.population.agencies
    life = life_of(told, "agency:court-0")
    assert agencies["kind"][life.code & 0xFFFF] == 2
    assert life.code == life_of(told, "agency:courts-0").code == subject_code(AGENCY, 2)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("nobody", "names no subject; write citizen:8173"),
        ("citizen:-1", "names no subject"),
        ("planet:3", "names no subject"),
        ("200", "citizen:0 to citizen:199"),
        ("company:999999", "the run has company:0 to"),
        ("agency:court-77", "there is no court in province 77"),
        ("agency:weather-0", "choose one of transport"),
    ],
)
def test_whoever_is_not_there_is_refused_with_those_who_are(told: Told, asked: str, answer: str) -> None:
    with pytest.raises(UsageError, match=answer):
        life_of(told, asked)


def test_whoever_lived_without_an_entry_has_an_empty_life(told: Told, rows: list[dict[str, Any]]) -> None:
    quiet = min(set(range(200)) - {row["subject"] for row in rows if row["kind"] == "citizen"})
    life = life_of(told, quiet)
    assert life.own == []
    assert [fall.shown for fall in Fold(life).waterfalls()] == [
        fall.scale.base for fall in Fold(life).waterfalls()
    ]


def test_subjects_are_written_in_several_ways() -> None:
    assert read_subject("8173") == read_subject(" Citizen:8173 ") == 8173
    assert read_subject("vehicle:5") == subject_code(2, 5)


def test_causes_that_no_entry_bears_end_a_tree() -> None:
    tree = Causes(np.array([3, 5, 9, 12]), np.array([1, 5, 3, 9]))
    assert tree.above(np.arange(4)).tolist() == [-1, -1, 0, 2]
    assert tree.below(np.array([0])).tolist() == [2, 3]
    assert tree.below(np.array([1])).tolist() == []
    assert tree.nearest(np.array([3]), np.array([True, True, False, False])).tolist() == [0]


def test_the_command_answers_in_tables_and_in_json(
    strict: Any, told: Told, rows: list[dict[str, Any]], tell: Tell
) -> None:
    life = longest(told, rows, "citizen")
    code, out, _ = tell("explain", str(strict.folder), life.name)
    assert (code, "synthetic society" in out, "score shown" in out) == (0, True, True)
    said = json.loads(tell("explain", str(strict.folder), life.name, "--json")[1])
    assert said["synthetic"] is True
    assert said == json.loads(json.dumps(Answer(life).as_plain()))
    one = str(life.records[0]["id"])
    assert "What it led to" in tell("explain", str(strict.folder), life.name, "--record", one)[1]
    unfolded = json.loads(tell("explain", str(strict.folder), life.name, "--record", one, "--json")[1])
    assert unfolded["record"]["id"] == int(one)


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("nowhere", "5"), "does not exist"),
        (("strict", "5", "--world", "utopia"), "it has harsh, ordinary-law"),
        (("strict", "5", "--record", "77"), "citizen:5 has no entry 77"),
        (("strict", "moon:5"), "names no subject"),
    ],
)
def test_bad_input_is_one_message_and_exit_2(
    strict: Any, place: Path, tell: Tell, arguments: tuple[str, ...], answer: str
) -> None:
    code, _, err = tell("explain", str(place / arguments[0]), *arguments[1:])
    assert code == 2
    assert answer in err
    assert "Traceback" not in err


def test_an_unfinished_run_is_not_explained(place: Path) -> None:
    (place / f"half{PARTIAL}").mkdir()
    with pytest.raises(DemeritError, match="resume"):
        open_world(place / "half")


def test_the_page_answers_five_questions_about_four_subjects() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explain.md").read_text()
    for title in ("A person: citizen:", "A company: company:", "A vehicle: vehicle:", "An office: agency:"):
        assert page.count(f"## {title}") == 1
    for question in ("What happened?", "Why?", "Why not?", "What if not?", "How to get out?"):
        assert page.count(f"**{question}**") == 4


@given(st.integers(-(10**9), 10**9), st.integers(0, 40_000), st.integers(0, 4_000))
def test_points_fade_to_the_bit_as_in_the_kernels(points: int, elapsed: int, half_life: int) -> None:
    assert fading.decayed(points, elapsed, half_life) == standing.decayed(points, elapsed, half_life)
    assert fading.whole(1000, points) == standing.whole(1000, points)
