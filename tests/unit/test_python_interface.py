"""The Python interface: the same results as the command line, as frames and charts, and clear refusals."""

from __future__ import annotations

import gc
import io
import json
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import altair as alt
import jsonschema
import polars as pl
import pytest

import demerit as dm
from demerit.engine.folder import verify_folder
from demerit.measures.indicators import BY_NAME, INDICATORS
from demerit.report.comparing import order, telling
from demerit.report.outcomes import Compared, Simulated
from demerit.simulation.manifest import read_manifest
from demerit.study import replicate
from demerit.study.comparison_results import comparison_json
from demerit.study.findings import findings
from demerit.study.paired import paired
from demerit.study.results import indicators_json

SCHEMA = json.loads((Path(alt.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json").read_text())
QUIET: dict[str, Any] = {"years": 1, "quiet": True}


@pytest.fixture(scope="module")
def run() -> Simulated:
    return dm.simulate("hamlet", dm.Regime.load("essay"), threads=1, **QUIET)


@pytest.fixture(scope="module")
def pair() -> Compared:
    return dm.compare("hamlet", "ordinary-law", "essay", "empty", seeds=4, workers=1, **QUIET)


# a life


def test_a_life_in_a_comparison_is_the_life_in_the_run_of_that_seed(pair: Compared) -> None:
    alone = dm.simulate("hamlet", "essay", seed=3, threads=1, **QUIET)
    told = alone.ledger().filter(pl.col("kind") == "citizen").collect()
    busiest = told["subject"].value_counts(sort=True)["subject"][0]
    within, expected = pair.life(busiest, "essay", seed=3), alone.life(busiest)
    assert within.entries().equals(expected.entries())
    assert within.data["scores"] == expected.data["scores"]
    assert pair.life(busiest).life.told.manifest.seed == pair.seeds[0]
    assert isinstance(within.plot().to_dict(), dict)


@pytest.mark.parametrize(("regime", "seed"), [("essay", 99), ("rongcheng", 1)])
def test_a_life_in_a_world_that_was_not_compared_is_refused(pair: Compared, regime: str, seed: int) -> None:
    with pytest.raises(dm.DemeritError, match=rf"no world '{regime}' under seed {seed}; it has ordinary-law"):
        pair.life(8, regime, seed)


# people and rules


def test_a_society_may_be_loaded_with_another_number_of_people() -> None:
    assert dm.Society.load("hamlet").data.society.population == 200
    assert dm.Society.load("hamlet", population=12).data.society.population == 12
    with pytest.raises(dm.DemeritError, match="greater than or equal to 1"):
        dm.Society.load("hamlet", population=0)


def test_a_value_is_set_or_scaled_by_its_dotted_name() -> None:
    essay = dm.Regime.load("essay")
    fine = float(next(one for one in essay.data.conducts if one.id == "road.crosswalk").fine)
    for asked, expected in ((7, 7), ({"set": 7}, 7), ({"scale": 3}, 3 * fine)):
        changed = essay.patched({"conduct.road.crosswalk.fine": asked})
        now = next(one for one in changed.data.conducts if one.id == "road.crosswalk").fine
        assert float(now) == expected
    with pytest.raises(dm.DemeritError, match="cannot scale by 'much'"):
        essay.patched({"conduct.road.crosswalk.fine": {"scale": "much"}})


# one run


def test_a_run_from_python_is_the_run_of_the_command_line(
    hamlet: Any, run: Simulated, tmp_path: Path
) -> None:
    kept = dm.simulate("hamlet", "essay", out=tmp_path / "kept", threads=1, **QUIET)
    expected = [world.digest for world in read_manifest(hamlet.folder).worlds]
    for done in (run, kept):
        assert [world.digest for world in read_manifest(done.folder).worlds] == expected
    assert verify_folder(kept.folder) == []
    assert (tmp_path / "kept" / "overview.png").is_file()


def test_frames_hold_what_the_files_hold(hamlet: Any, run: Simulated) -> None:
    assert run.indicators().equals(pl.read_parquet(hamlet.folder / "indicators.parquet"))
    told = indicators_json(hamlet)
    for row in run.table().iter_rows(named=True):
        entry = told[row["indicator"]]
        assert (row["essay"], row["ordinary-law"], row["difference"], row["unit"]) == (
            entry["value"],
            entry["against"],
            entry["difference"],
            entry["unit"],
        )
    ledger = run.ledger()
    assert isinstance(ledger, pl.LazyFrame)
    assert ledger.collect().height == read_manifest(run.folder).worlds[0].rows
    assert run.ledger("ordinary-law").collect().height == read_manifest(run.folder).worlds[1].rows


def test_cells_add_up_to_their_groups(run: Simulated) -> None:
    cells = run.cells("acts")
    assert cells["indicator"].unique().len() == sum(name.startswith("acts.") for name in BY_NAME)
    keys = ["world", "month", "indicator", "group"]
    groups = run.indicators().filter(pl.col("indicator").is_in(cells["indicator"].unique().to_list()))
    for by in ("stratum", "hukou", "income fifth"):
        sums = cells.group_by("world", "month", "indicator", pl.col(by).alias("group")).agg(
            pl.col("top", "bottom").sum()
        )
        both = sums.join(groups.filter(pl.col("by") == by), on=keys, suffix="_there")
        assert both.height == sums.height > 0
        assert both["top"].to_list() == both["top_there"].to_list()
        assert both["bottom"].to_list() == pytest.approx(both["bottom_there"].to_list())
    with pytest.raises(dm.DemeritError, match="there is no indicator"):
        run.cells("nothing")


def test_a_world_alone_has_nothing_beside_it() -> None:
    alone = dm.simulate("hamlet", "essay", against=None, ledger="none", **QUIET)
    assert alone.worlds == ("essay",)
    assert alone.table().columns == ["indicator", "unit", "essay"]
    with pytest.raises(dm.DemeritError, match="kept no ledger"):
        alone.ledger()
    with pytest.raises(dm.DemeritError, match="there is no world 'ordinary-law'; the worlds are essay"):
        alone.ledger("ordinary-law")


def test_a_folder_that_nobody_asked_for_goes_with_the_result() -> None:
    done = dm.simulate("hamlet", "empty", against=None, **QUIET)
    folder = done.folder
    assert folder.is_dir()
    del done
    gc.collect()
    assert not folder.parent.exists()


def test_everything_wrong_with_a_call_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(dm.DemeritError) as told:
        dm.simulate("cty", "esay", years=0, seed=-1, threads=0)
    for word in ("5 problems", "'city'", "'essay'", "--years", "--seed", "--threads"):
        assert word in str(told.value)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    with pytest.raises(dm.DemeritError, match="exists and is not empty"):
        dm.compare("hamlet", "essay", "empty", out=tmp_path / "full", **QUIET)


# a comparison


def test_a_comparison_holds_every_pair_group_and_seed(pair: Compared) -> None:
    assert pair.regimes == ("ordinary-law", "essay", "empty")
    assert pair.seeds == (1, 2, 3, 4)
    table = pair.table()
    assert table.height == 3 * len(INDICATORS)
    row = table.row(
        by_predicate=(pl.col("indicator") == "acts_share.money.bill")
        & (pl.col("regime") == "empty")
        & (pl.col("against") == "essay"),
        named=True,
    )
    values = pair.values().filter(indicator="acts_share.money.bill", by="all").sort("seed")
    essay, empty = (values.filter(regime=name)["value"].to_numpy()[:, None] for name in ("essay", "empty"))
    assert row["difference"] == pytest.approx(paired(essay, empty).difference[0], rel=1e-12)
    assert row["high"] == pytest.approx(paired(essay, empty).high[0], rel=1e-12)
    with pytest.raises(dm.DemeritError, match="there is no grouping 'age'; choose one of all, stratum"):
        pair.table("age")


def test_the_text_is_the_one_of_the_command_line(pair: Compared) -> None:
    text = re.sub(r"[\s│]+", " ", str(pair))
    assert "Synthetic society. No real person is described or scored." in text
    assert "under essay, empty set against ordinary-law; 4 seeds (1 to 4)" in text
    told = comparison_json(pair._done)["indicators"]
    ranked = [one for one in findings(pair._done) if one.ranking is not None]
    assert ranked
    for one in ranked:
        assert one.ranking == told[one.indicator.name]["ranking"]
        assert order(pair._done, one) == " < ".join(one.ranking or ())
        means = [told[one.indicator.name]["regimes"][name]["mean"] for name in one.ranking or ()]
        assert means == sorted(means)
    for one in telling(findings(pair._done))[:24]:
        assert one.indicator.name in text
    assert "nan" not in text.lower()


def test_indicators_that_allow_no_order_are_warned_about_instead(pair: Compared) -> None:
    told = comparison_json(pair._done)["indicators"]
    unclear = [name for name, entry in told.items() if entry["warning"] is not None]
    assert unclear
    for name in unclear:
        assert told[name]["ranking"] is None
        assert re.fullmatch(r".+ cannot be told apart at [234] seeds", told[name]["warning"]), name
        doubtful = [one for one in told[name]["differences"] if one["verdict"] == "unclear"]
        assert doubtful
        assert all(low <= 0 <= high for one in doubtful for low, high in (one["interval"],))
    assert "warning: some regimes cannot be told apart in " in str(pair)


def test_one_seed_is_shown_without_an_interval_and_without_an_order() -> None:
    one = dm.compare("hamlet", "ordinary-law", "essay", seeds=1, workers=1, **QUIET)
    text = re.sub(r"\s+", " ", str(one))
    assert "One seed gives no interval, and no order: take more with --seeds." in text
    assert "±" not in text
    assert set(one.table()["verdict"].unique()) <= {"one seed", "same", "undefined"}
    assert one.table()["low"].is_null().all()


def test_a_reform_is_named_by_its_hash_and_equal_rules_by_number() -> None:
    essay = dm.Regime.load("essay")
    done = dm.compare(
        "hamlet",
        essay,
        essay.patched({"conduct.road.crosswalk.fine": 50}),
        essay,
        seeds=2,
        workers=1,
        **QUIET,
    )
    names = done.regimes
    assert names[0] == f"essay-{essay.hash8}"
    assert names[2] == f"essay-{essay.hash8}-2"
    assert done.equal == [(names[0], names[2])]
    equal = done.table().filter(pl.col("regime") == names[2], pl.col("against") == names[0])
    assert set(equal["verdict"].unique()) <= {"same", "undefined"}
    assert (equal["difference"].drop_nulls() == 0).all()


def test_a_world_that_fails_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    before = replicate.live

    def live(plan: Any, tuned: Any, task: Any, *rest: Any) -> None:
        if task.seed == 1:
            raise ValueError("no such town")
        before(plan, tuned, task, *rest)

    monkeypatch.setattr(replicate, "live", live)
    with pytest.warns(
        UserWarning, match="seed 1 under (essay|empty) failed: ValueError: no such town"
    ) as told:
        done = dm.compare("hamlet", "essay", "empty", seeds=2, workers=1, **QUIET)
    assert len(told) == len(done.failures) == 2


# charts


def test_charts_are_valid_and_drawn_without_a_network(
    run: Simulated, pair: Compared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a chart asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    check = jsonschema.Draft7Validator(SCHEMA)
    for chart in (
        run.plot(),
        run.plot("trust"),
        pair.plot(),
        pair.plot("records"),
        pair.plot("trust.strangers"),
    ):
        check.validate(chart.to_dict())
        text = json.dumps(chart.to_dict())
        assert "No real person is described" in text
        picture = io.StringIO()
        chart.save(picture, format="svg")
        assert picture.getvalue().startswith("<svg")
        assert "NaN" not in re.sub(r'aria-label="[^"]*"', "", picture.getvalue())


def drawn(chart: Any, column: str) -> list[dict[str, Any]]:
    """Return the rows behind a chart that have a column."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows if column in row]


def test_the_picture_of_differences_draws_what_the_table_holds(pair: Compared) -> None:
    rows = {(row["regime"], row["indicator"]): row for row in drawn(pair.plot(), "unpaired_low")}
    assert 5 < len({name for _, name in rows}) <= 24
    table = pair.table().filter(pl.col("against") == "ordinary-law")
    for row in table.iter_rows(named=True):
        shown = rows.get((row["regime"], row["indicator"]))
        if shown is None or shown["difference"] is None:
            continue
        larger = max(abs(row["mean"]), abs(row["against_mean"]))
        for end in ("difference", "low", "high", "unpaired_low", "unpaired_high"):
            assert shown[end] * larger == pytest.approx(row[end], abs=1e-12)


def test_differences_over_time_are_paired(pair: Compared) -> None:
    months = pair.indicators().filter(pl.col("indicator") == "records", pl.col("by") == "all").collect()
    last = months["month"].max()
    ends = months.filter(pl.col("month") == last).sort("seed")
    law, essay = (ends.filter(world=name)["value"].to_numpy()[:, None] for name in ("ordinary-law", "essay"))
    expected = paired(law, essay)
    rows = [row for row in drawn(pair.plot("records"), "low") if row["world"] == "essay"]
    shown = max(rows, key=lambda row: row["month"])
    candidates = [row for row in rows if row["month"] == shown["month"]]
    assert any(
        row["low"] == pytest.approx(expected.low[0]) and row["high"] == pytest.approx(expected.high[0])
        for row in candidates
    )


def test_the_beginning_of_a_name_stands_for_all_that_begin_so(run: Simulated, pair: Compared) -> None:
    circles = sum(name.startswith("trust.") for name in BY_NAME)
    assert len(run.plot("trust").to_dict()["concat"]) == circles
    assert len(pair.plot("trust").to_dict()["vconcat"]) == circles
    assert len(run.plot("records").to_dict()["concat"]) == 1
    for done in (run, pair):
        with pytest.raises(dm.DemeritError, match="there is no indicator 'trsut'; did you mean 'trust'"):
            done.plot("trsut")


# the package


def test_public_names_are_listed_and_loaded_when_asked_for() -> None:
    assert set(dm.__all__) <= set(dir(dm))
    for name in dm.__all__:
        assert getattr(dm, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'simulat'"):
        dm.simulat  # noqa: B018
    code = "import sys, demerit; demerit.Regime.load('essay'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numba", "polars", "scipy", "altair"} & set(done.stdout.split())
