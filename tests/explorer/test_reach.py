"""Whom a difference reaches, as the explorer tells it: what Python counts, of a run and of a comparison."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import demerit as dm
from demerit.errors import RunFolderError, UsageError
from demerit.explain.reach import reach
from demerit.explain.reaching import reach_in_run
from demerit.explorer.app import create_app
from demerit.explorer.serving import shelf_for
from demerit.explorer.views.reach import Reached, live_comparison, live_run, reached_page
from demerit.report.words import written
from demerit.simulation.manifest import read_manifest
from demerit.simulation.setting import settle
from demerit.study.again import plan_of
from demerit.study.branch import BranchRequest, branch


def in_silence(share: float, doing: str) -> None:
    assert 0 <= share <= 1
    assert doing


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("reach") / "three"
    return dm.compare(
        "hamlet", "essay", "watchdog", "no-chain", years=1, seeds=2, workers=1, out=folder, quiet=True
    )


def test_a_run_tells_what_its_two_worlds_come_to_side_by_side(hamlet: Any) -> None:
    page = Reached.model_validate(live_run(in_silence, hamlet.folder))
    plan = hamlet.plan
    setting = settle(plan.society, plan.population, 1, 1, {law.id: law for law in plan.laws})
    found = reach(plan, setting, plan.regimes[1], plan.regimes[0])
    people = found.as_plain()["citizen"]
    assert f"{written(100 * people['share'], '.1f')}\u00a0%" in page.sentence
    assert page.kinds[0][:2] == ("citizens", 200)
    last = {row[1]: row[2] for row in page.chart.rows[-2:]}
    assert last == {"reached": people["share"], "other_entries": people["other_entries"] / 200}
    assert found.digests == tuple(world.world.state_digest().hex() for world in hamlet.worlds[::-1])


def test_a_comparison_tells_what_python_tells(pair: Any) -> None:
    for asked, name in ((None, "watchdog"), ("no-chain", "no-chain")):
        page = Reached.model_validate(live_comparison(in_silence, pair.folder, asked))
        expected = reached_page(pair.reach(name)._found)
        assert json.loads(page.model_dump_json()) == json.loads(expected.model_dump_json())
        assert page.seeds == 2
    with pytest.raises(UsageError, match="there is no regime 'utopia'"):
        live_comparison(in_silence, pair.folder, "utopia")


def test_a_chart_names_its_lines_with_and_without_an_interval(hamlet: Any, pair: Any) -> None:
    pages = live_run(in_silence, hamlet.folder), live_comparison(in_silence, pair.folder, None)
    for page in map(Reached.model_validate, pages):
        ends = [rows[0] for rows in page.chart.spec["datasets"].values() if len(rows) == 1]
        assert {row["world"] for row in ends} == {"something differs", "the ledger differs"}
        assert all(row["edge"] is not None for row in ends)


def test_a_run_that_cannot_be_lived_again_or_has_no_twin_is_refused(hamlet: Any, tmp_path: Path) -> None:
    manifest = read_manifest(hamlet.folder)
    plan = plan_of(manifest, hamlet.folder)
    with pytest.raises(RunFolderError, match="same bits"):
        reach_in_run(plan, ["0" * 64, "0" * 64], hamlet.folder)
    with pytest.raises(UsageError, match="without a twin world"):
        reach_in_run(replace(plan, regimes=plan.regimes[:1]), ["0" * 64], hamlet.folder)


def test_a_branch_is_followed_through_what_both_worlds_have_lived_under(hamlet: Any, tmp_path: Path) -> None:
    out = tmp_path / "branch"
    done = branch(BranchRequest(hamlet.folder, "2014-07-01", regimes=("watchdog",), out=str(out)))
    page = Reached.model_validate(live_run(in_silence, done.folder))
    reached = {row[0]: row[2] for row in page.chart.rows if row[1] == "reached"}
    assert all(share == 0 for month, share in reached.items() if str(month) < "2014-07")
    assert reached["2014-12-31"]


def test_the_addresses_begin_jobs(hamlet: Any, pair: Any) -> None:
    app = create_app(shelf_for((hamlet.folder, pair.folder)))
    paths = app.openapi()["paths"]
    for path in ("/api/runs/{run}/reach", "/api/comparisons/{name}/reach"):
        assert "JobState" in str(paths[path]["post"]["responses"]["200"])
