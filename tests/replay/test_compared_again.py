"""The folder of a comparison: listed, shown, resumed, verified; whatever is altered in it is found."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from demerit.engine.hashlist import write_hash_list
from demerit.errors import RunFolderError
from demerit.study import worker
from demerit.study.comparison import Comparison, ComparisonInterrupted, compare
from demerit.study.comparison_again import read_comparison
from demerit.study.comparison_plan import ComparisonRequest, make_comparison
from demerit.study.comparison_results import comparison_json
from demerit.study.worker import Post

Told = tuple[int, str, str]
Tell = Callable[..., Told]


def hamlets(out: Path) -> Comparison:
    """Compare two regimes in the hamlet for a year, over two seeds."""
    request = ComparisonRequest(
        ("essay", "empty"), society="hamlet", years=1, seeds=2, workers=1, out=str(out)
    )
    return compare(make_comparison(request))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return hamlets(tmp_path_factory.mktemp("compared") / "out")


@pytest.fixture
def copy(done: Comparison, tmp_path: Path) -> Path:
    return Path(shutil.copytree(done.folder, tmp_path / "copy"))


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what a comparison leaves that is interrupted after three of its four worlds."""
    before, lived = Post.work, []

    def work(self: Post, task: Any) -> str | None:
        if len(lived) == 3:
            raise KeyboardInterrupt
        lived.append(task)
        return before(self, task)

    with monkeypatch.context() as during:
        during.setattr(worker.Post, "work", work)
        with pytest.raises(ComparisonInterrupted):
            hamlets(tmp_path / "cut")
    return tmp_path / "cut.partial"


def test_a_comparison_read_back_says_what_it_said(done: Comparison) -> None:
    told, again = comparison_json(done), comparison_json(read_comparison(done.folder))
    for key in ("indicators", "worlds", "failures", "equal", "regimes", "seeds", "society", "population"):
        assert told[key] == again[key], key


def test_comparisons_are_listed_and_shown(copy: Path, left: Path, tell: Tell) -> None:
    code, out, _ = tell("runs", "list", ".")
    assert code == 0
    words = re.sub(r"\s+", " ", out)
    assert re.search(r"copy complete essay, empty hamlet 200 1 1 20", words)
    assert "copy: complete: a comparison over 2 seeds" in words
    assert re.search(r"cut.partial partial essay, empty hamlet 200 1 1 –", words)
    assert "a comparison over 2 seeds, 3 of 4 worlds lived" in words
    code, out, _ = tell("runs", "show", "copy")
    assert code == 0
    assert "under empty set against essay; 2 seeds" in re.sub(r"[\s│]+", " ", out)


def test_resume_goes_on_with_a_comparison(left: Path, done: Comparison, tell: Tell) -> None:
    code, out, err = tell("resume", "cut", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["kept"], told["folder"]) == (3, "cut")
    assert told["worlds"] == comparison_json(done)["worlds"]
    assert not left.exists()


def test_a_plan_that_was_altered_is_not_carried_out(left: Path, tell: Tell) -> None:
    file = left / "comparison.json"
    file.write_text(file.read_text().replace('"years": 1', '"years": 2'))
    code, _, err = tell("resume", "cut.partial")
    assert code == 2
    assert "was altered, or begun by another version of the program" in err
    file.write_text("{")
    code, _, err = tell("resume", "cut.partial")
    assert code == 2
    assert "holds no readable comparison.json" in err


def test_interrupted_comparisons_are_pruned(left: Path, copy: Path, tell: Tell) -> None:
    code, out, _ = tell("runs", "prune", ".", "--yes")
    assert (code, left.exists(), copy.exists()) == (0, False, True)
    assert "deleted cut.partial" in out


def test_a_comparison_is_verified_by_living_it_again(copy: Path, tell: Tell) -> None:
    code, out, _ = tell("verify", "copy")
    assert code == 0
    assert "every byte is as listed" in out
    assert "4 worlds are identical" in out
    assert out.endswith("identical\n")


def test_a_flipped_bit_is_found_before_anything_is_lived(copy: Path, tell: Tell) -> None:
    file = copy / "worlds/empty/seed-2.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    code, out, _ = tell("verify", "copy")
    assert code == 1
    assert "worlds/empty/seed-2.parquet: altered" in out
    assert "lived again" not in out


def test_a_figure_that_another_run_does_not_give_is_named(copy: Path, tell: Tell) -> None:
    """A file that was changed together with the list of hashes."""
    file = copy / "worlds/empty/seed-2.parquet"
    frame = pl.read_parquet(file)
    facts = {key: value for key, value in pl.read_parquet_metadata(file).items() if key != "ARROW:schema"}
    target = (pl.col("indicator") == "records") & (pl.col("by") == "all")
    later = target & (pl.col("month") > frame["month"].unique().sort()[5])
    altered = frame.with_columns(top=pl.when(later).then(pl.col("top") + 1).otherwise(pl.col("top")))
    altered.write_parquet(file, metadata=facts)
    write_hash_list(copy)
    code, out, _ = tell("verify", "copy")
    assert code == 1
    assert "3 worlds are identical" in out
    last = out.splitlines()[-1]
    assert last.startswith(
        "first difference: world empty, seed 2: records of all in the month that ends on 2014-07-31"
    )


def test_a_state_that_another_run_does_not_reach_is_named(copy: Path, tell: Tell) -> None:
    path = copy / "manifest.json"
    told = json.loads(path.read_text())
    told["worlds"][0]["state_digest"] = "0" * 32
    path.write_text(json.dumps(told))
    write_hash_list(copy)
    code, out, _ = tell("verify", "copy")
    assert code == 1
    assert f"first difference: world essay, seed 1: state at the end: {'0' * 32} in the folder" in out


def test_a_manifest_that_was_altered_is_refused_with_every_problem(copy: Path) -> None:
    path = copy / "manifest.json"
    told = json.loads(path.read_text())
    told["society"]["hash"] = "0" * 64
    told["seeds"] = ["one"]
    path.write_text(json.dumps(told))
    with pytest.raises(RunFolderError) as refused:
        read_comparison(copy)
    assert "2 problems" in str(refused.value)
    assert "society" in str(refused.value)
