"""Comparing regimes: the same bits as a run, exact noughts for equal rules, refusals, failures as data."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.runs import ROOT, write_regime

from demerit.engine.folder import verify_folder
from demerit.measures.indicators import INDICATORS
from demerit.report.words import number
from demerit.simulation.manifest import read_manifest
from demerit.study import replicate, side_by_side, worker
from demerit.study.comparison import Comparison, ComparisonInterrupted, compare
from demerit.study.comparison_manifest import ComparisonManifest
from demerit.study.comparison_plan import ComparisonRequest, make_comparison
from demerit.study.comparison_results import comparison_json
from demerit.study.paired import paired
from demerit.study.results import indicators_json
from demerit.study.worker import Post

Told = tuple[int, str, str]
Tell = Callable[..., Told]
HAMLET: dict[str, Any] = {"society": "hamlet", "years": 1, "workers": 1}


def carry_out_comparison(out: Path, *regimes: str, **request: Any) -> Comparison:
    """Compare in this process: the hamlet for a year, unless told otherwise."""
    return compare(make_comparison(ComparisonRequest(regimes, out=str(out), **{**HAMLET, **request})))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Return three regimes over four seeds of the hamlet, by two processes."""
    out = tmp_path_factory.mktemp("three") / "out"
    return carry_out_comparison(out, "essay", "ordinary-law", "empty", seeds=4, workers=2)


# what is compared


def test_one_seed_gives_the_indicators_and_the_state_of_a_run(tmp_path: Path, hamlet: Any) -> None:
    done = carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=1)
    told = comparison_json(done)["indicators"]
    expected = indicators_json(hamlet)
    assert list(told) == list(expected)
    for name, run in expected.items():
        regimes = told[name]["regimes"]
        assert (regimes["essay"]["mean"], regimes["ordinary-law"]["mean"]) == (run["value"], run["against"])
    manifest = read_manifest(hamlet.folder)
    assert [world.state_digest for world in done.worlds] == [one.state_digest for one in manifest.worlds]
    assert [world.events for world in done.worlds] == [one.events for one in manifest.worlds]


def test_the_months_are_those_of_a_run(tmp_path: Path, hamlet: Any) -> None:
    done = carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=1)
    frames = [
        pl.read_parquet(done.folder / f"worlds/{name}/seed-1.parquet") for name in ("essay", "ordinary-law")
    ]
    both = pl.concat(frames).drop("seed")
    assert both.equals(pl.read_parquet(hamlet.folder / "indicators.parquet"))


def test_each_seed_stands_for_itself(tmp_path: Path, three: Comparison) -> None:
    """Seed 3 among four seeds and processes is seed 3 alone."""
    alone = carry_out_comparison(tmp_path / "out", "essay", "empty", seeds=1, seed=3)
    digests = {(world.name, world.seed): world.state_digest for world in three.worlds}
    for world in alone.worlds:
        assert digests[world.name, 3] == world.state_digest


def test_regimes_with_the_same_rules_differ_by_exactly_nothing_and_it_is_said(
    tmp_path: Path, tell: Tell
) -> None:
    write_regime(tmp_path / "twin.toml")
    code, out, err = tell(
        *("compare", "essay", "twin.toml", "--society", "hamlet", "--years", "1", "--seeds", "3"),
        *("--workers", "1", "--json"),
    )
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["equal"] == [["essay", "twin"]]
    for name, indicator in told["indicators"].items():
        (difference,) = indicator["differences"]
        if difference["verdict"] != "undefined":
            assert difference["verdict"] == "same", name
            assert difference["difference"] == 0.0
            assert difference["interval"] == ([0.0, 0.0] if difference["n"] > 1 else None)
    code, out, _ = tell(
        "compare", "essay", "twin.toml", "--society", "hamlet", "--years", "1", "--seeds", "2"
    )
    assert code == 0
    assert "essay and twin have the same rules (hash" in out
    assert "0 of " in out


def test_the_command_compares_two_regimes_at_five_seeds(tell: Tell) -> None:
    """Every figure of the table is that of the object, rounded; what cannot be told apart is warned of."""
    arguments = (
        "compare",
        "essay",
        "ordinary-law",
        "--seeds",
        "5",
        "--society",
        "hamlet",
        "--population",
        "80",
    )
    code, out, err = tell(*arguments, "--years", "1", "--workers", "1", "--out", "out")
    assert (code, err) == (0, "")
    told = json.loads(tell("compare", *arguments[1:], "--years", "1", "--workers", "1", "--json")[1])
    assert told["seeds"] == [1, 2, 3, 4, 5]
    verdicts = {name: one["differences"][0]["verdict"] for name, one in told["indicators"].items()}
    apart = [name for name, verdict in verdicts.items() if verdict == "apart"]
    rows = {
        row.split()[1]: row for row in out.splitlines() if row.startswith("│ ") and row.split()[1] in verdicts
    }
    assert set(rows) <= set(apart)
    assert len(rows) == min(len(apart), 24) > 5
    for name, row in rows.items():
        cells = [cell.strip() for cell in row.split("│")[1:-1]]
        regimes, (difference,) = told["indicators"][name]["regimes"], told["indicators"][name]["differences"]
        assert cells[1:3] == [number(regimes[regime]["mean"]) for regime in ("essay", "ordinary-law")]
        assert float(cells[3].replace(",", "").replace("−", "-")) == pytest.approx(
            difference["difference"], rel=0.01
        )
        assert cells[6] == told["indicators"][name]["unit"]
    words = " ".join(out.split())
    assert f"{len(apart)} of {len(verdicts)} indicators can be told apart at 5 seeds" in words
    assert "No order is given." in words
    unclear = next(name for name, verdict in verdicts.items() if verdict == "unclear")
    assert f"essay and ordinary-law cannot be told apart at 5 seeds in {unclear}" in words
    assert verify_folder(Path("out")) == []
    assert (Path("out") / "comparison.png").is_file()


# the folder


def test_the_folder_is_whole_and_says_what_was_compared(three: Comparison) -> None:
    assert verify_folder(three.folder) == []
    manifest = ComparisonManifest.model_validate_json((three.folder / "manifest.json").read_bytes())
    assert manifest.seeds == (1, 2, 3, 4)
    assert [regime.regime for regime in manifest.regimes] == ["essay", "ordinary-law", "empty"]
    assert [(world.name, world.seed) for world in manifest.worlds] == [
        (name, seed) for seed in (1, 2, 3, 4) for name in ("essay", "ordinary-law", "empty")
    ]
    assert manifest.failures == ()
    assert not list(three.folder.parent.glob("*.partial"))


def test_the_table_holds_every_pair_group_and_indicator(three: Comparison) -> None:
    frame = pl.read_parquet(three.folder / "comparison.parquet")
    pairs = frame.select("regime", "against").unique(maintain_order=True).rows()
    assert pairs == [("ordinary-law", "essay"), ("empty", "essay"), ("empty", "ordinary-law")]
    groups = frame.select("by", "group").unique().height
    assert groups > 10
    assert len(frame) == len(pairs) * groups * len(INDICATORS)


def test_differences_by_group_are_those_of_the_seeds(three: Comparison) -> None:
    """Computed anew from the months of each seed's file."""
    values = []
    for name in ("essay", "ordinary-law"):
        months = pl.concat(
            [pl.read_parquet(three.folder / f"worlds/{name}/seed-{seed}.parquet") for seed in (1, 2, 3, 4)]
        ).filter(pl.col("indicator") == "records", pl.col("group") == "lowest fifth")
        sums = months.group_by("seed", maintain_order=True).agg(pl.col("top", "bottom").sum())
        values.append((1000 * sums["top"] / sums["bottom"]).to_numpy()[:, None])
    expected = paired(*values)
    row = pl.read_parquet(three.folder / "comparison.parquet").row(
        by_predicate=(pl.col("regime") == "ordinary-law")
        & (pl.col("indicator") == "records")
        & (pl.col("group") == "lowest fifth"),
        named=True,
    )
    assert row["n"] == 4
    assert row["difference"] == pytest.approx(expected.difference[0], rel=1e-12)
    assert row["low"] == pytest.approx(expected.low[0], rel=1e-9)
    assert row["variance_saved"] == pytest.approx(expected.saved[0], rel=1e-9)


# interruptions and failures


def stop_after(monkeypatch: pytest.MonkeyPatch, worlds: int) -> None:
    """Let Ctrl-C be pressed when so many worlds are done."""
    before = Post.work
    done: list[Any] = []

    def work(self: Post, task: Any) -> str | None:
        if len(done) == worlds:
            raise KeyboardInterrupt
        done.append(task)
        return before(self, task)

    monkeypatch.setattr(worker.Post, "work", work)


def test_an_interrupted_comparison_keeps_its_worlds_and_the_same_request_goes_on(
    tmp_path: Path, three: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        stop_after(during, 3)
        with pytest.raises(ComparisonInterrupted, match=r"3 of 6 worlds are kept in .*run the same command"):
            carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=3)
    assert not (tmp_path / "out").exists()
    done = carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=3)
    assert done.kept == 3
    expected = {(world.name, world.seed): world.state_digest for world in three.worlds}
    assert {(world.name, world.seed): world.state_digest for world in done.worlds} == {
        key: value for key, value in expected.items() if key[0] != "empty" and key[1] <= 3
    }
    assert verify_folder(done.folder) == []


def test_another_request_does_not_go_on_with_what_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from demerit.errors import UsageError

    with monkeypatch.context() as during:
        stop_after(during, 1)
        with pytest.raises(ComparisonInterrupted):
            carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=2)
    with pytest.raises(UsageError, match="is left of an interrupted"):
        carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=3)


def test_a_file_of_a_world_that_was_damaged_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        stop_after(during, 2)
        with pytest.raises(ComparisonInterrupted):
            carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=2)
    file = tmp_path / "out.partial/worlds/essay/seed-1.parquet"
    file.write_bytes(file.read_bytes()[:-100])
    assert carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=2).kept == 1


def test_a_world_that_fails_is_reported_and_the_others_are_compared(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = replicate.live

    def live(plan: Any, tuned: Any, task: Any, *rest: Any) -> None:
        if (task.name, task.seed) == ("ordinary-law", 2):
            raise MemoryError("no room")
        before(plan, tuned, task, *rest)

    monkeypatch.setattr(replicate, "live", live)
    code, out, err = tell(
        *("compare", "essay", "ordinary-law", "--society", "hamlet", "--years", "1", "--seeds", "4"),
        *("--workers", "1", "--json"),
    )
    assert code == 1
    assert err == "demerit: seed 2 under ordinary-law failed: MemoryError: no room\n"
    told = json.loads(out)
    assert told["failures"] == [{"name": "ordinary-law", "seed": 2, "reason": "MemoryError: no room"}]
    (difference,) = told["indicators"]["records"]["differences"]
    assert difference["n"] == 3
    assert told["indicators"]["records"]["regimes"]["essay"]["n"] == 4


def test_where_every_world_fails_all_of_them_are_reported(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def live(*_: Any) -> None:
        raise ValueError("no such town")

    monkeypatch.setattr(replicate, "live", live)
    code, out, err = tell(
        *(
            "compare",
            "essay",
            "empty",
            "--society",
            "hamlet",
            "--years",
            "1",
            "--seeds",
            "2",
            "--workers",
            "1",
        )
    )
    assert code == 1
    assert err.count("failed: ValueError: no such town") == 4
    assert "0 of " in out
    assert "nan" not in out.lower()


class _Ended(worker.Post):
    """A post at which one world ends the process that lives it."""

    def work(self, task: Any) -> str | None:
        if (task.name, task.seed) == ("essay", 2):
            os._exit(9)
        return super().work(task)


def test_a_process_that_is_ended_from_outside_costs_one_world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, "Post", _Ended)
    monkeypatch.syspath_prepend(ROOT)  # workers look for the class by name
    done = carry_out_comparison(tmp_path / "out", "essay", "ordinary-law", seeds=3, workers=2)
    assert [(failure.name, failure.seed) for failure in done.failures] == [("essay", 2)]
    assert "ended from outside, twice" in done.failures[0].reason
    assert len(done.worlds) == 5


# refusals


REFUSED = {
    "an unknown regime": (["essay", "ordinry-law"], "did you mean 'ordinary-law'?"),
    "a missing file": (["essay", "nowhere.toml"], "there is no regime preset or file 'nowhere.toml'"),
    "a regime named twice": (
        ["essay", "empty", "essay"],
        "demerit: regime essay is named 2 times; name each regime once\n",
    ),
    "one regime only": (
        ["essay"],
        "demerit: a comparison needs at least two regimes; got 1; for example: "
        "demerit compare essay ordinary-law\n",
    ),
    "no regime": ([], "Missing argument 'REGIMES'"),
    "no seeds": (
        ["essay", "empty", "--seeds", "0"],
        "demerit: --seeds must lie between 1 and 10,000; got 0\n",
    ),
    "too many seeds": (
        ["essay", "empty", "--seeds", "10001"],
        "demerit: --seeds must lie between 1 and 10,000; got 10,001\n",
    ),
    "a seed below nought": (["essay", "empty", "--seed", "-1"], "--seed must lie between 0 and"),
    "no workers": (
        ["essay", "empty", "--workers", "0"],
        "demerit: --workers must lie between 1 and 256; got 0\n",
    ),
    "too many workers": (
        ["essay", "empty", "--workers", "257"],
        "demerit: --workers must lie between 1 and 256; got 257\n",
    ),
    "no years": (["essay", "empty", "--years", "0"], "demerit: --years must lie between 1 and 100; got 0\n"),
    "nobody": (["essay", "empty", "--population", "0"], "--population must lie between 1 and"),
    "too many people": (["essay", "empty", "--population", "500000000"], "take fewer people"),
    "a misspelt society": (["essay", "empty", "--society", "cty"], "did you mean 'city'?"),
    "a day that does not exist": (["essay", "empty", "--start", "2014-02-30"], "February 2014 has 28 days"),
    "a folder with something in it": (
        ["essay", "empty", "--out", "full"],
        "demerit: full exists and is not empty; remove it or choose another folder with --out\n",
    ),
    "a file for a folder": (["essay", "empty", "--out", "full/file"], "full/file exists and is not a folder"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_request_is_refused_with_one_clear_message(case: str, tell: Tell) -> None:
    Path("full").mkdir()
    Path("full/file").touch()
    arguments, message = REFUSED[case]
    code, out, err = tell("compare", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
    assert sorted(path.name for path in Path().rglob("*")) == ["file", "full"]


def test_the_folder_one_stands_in_may_be_the_place(tell: Tell) -> None:
    Path("here").mkdir()
    os.chdir("here")
    hamlet = ("--society", "hamlet", "--years", "1", "--seeds", "1", "--workers", "1", "--quiet")
    assert tell("compare", "essay", "empty", *hamlet, "--out", ".") == (0, "", "")
    os.chdir("..")
    assert verify_folder(Path("here")) == []


def test_all_problems_of_a_request_are_told_at_once(tell: Tell) -> None:
    code, _, err = tell(
        "compare", "esay", "--seeds", "0", "--workers", "0", "--years", "0", "--society", "cty"
    )
    assert code == 2
    assert err.startswith("demerit: 6 problems\n")


def test_a_regime_that_the_society_cannot_hold_is_refused_before_anything_is_lived(
    tmp_path: Path, tell: Tell
) -> None:
    register = '[[register]]\nid = "r{}"\ntitle = "R"\nauthority = "courts"\ncovers = ["citizen"]\n'
    scale = "base = 100\nfloor = 0\nceiling = 130\nhalf_life_days = 365\n"
    path = write_regime(tmp_path / "many.toml")
    with path.open("a") as file:
        file.writelines(register.format(number) + scale for number in range(9))
    code, out, err = tell("compare", "essay", "many.toml", "--society", "hamlet", "--out", "deep/run")
    assert (code, out) == (2, "")
    assert "registers" in err
    assert not (tmp_path / "deep").exists()
