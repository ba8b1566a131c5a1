"""Verifying a run folder: identical, or the first difference by name."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.runs import write_regime

from demerit.cli import main
from demerit.engine.hashlist import HASH_LIST, write_hash_list
from demerit.engine.ledger import read_ledger
from demerit.regime import Regime
from demerit.simulation.manifest import read_manifest
from demerit.study.run import LivedWorld

Told = tuple[int, str, str]
Verify = Callable[..., Told]
LEDGER = "worlds/essay/ledger/2014-000.parquet"


@pytest.fixture
def copy(hamlet: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the hamlet's run, in the folder one stands in."""
    shutil.copytree(hamlet.folder, tmp_path / "run")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "run"


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    """Return a function that verifies a folder from the command line: exit code, output, errors."""

    def call(folder: Path, *options: str) -> Told:
        with pytest.raises(SystemExit) as ended:
            main(["verify", folder.name, *options])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return call


def seal(folder: Path) -> None:
    """Write the list of hashes anew, as somebody would who wants an altered folder to look whole."""
    (folder / HASH_LIST).unlink()
    write_hash_list(folder)


def alter(path: Path, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    told = {key: text for key, text in pl.read_parquet_metadata(path).items() if key.startswith("demerit")}
    change(pl.read_parquet(path)).write_parquet(path, metadata=told)


def test_a_run_is_identical_to_its_repetition(copy: Path, verify: Verify, hamlet: Any) -> None:
    code, out, _ = verify(copy)
    assert code == 0
    size = sum(path.stat().st_size for path in copy.rglob("*") if path.is_file() and path.name != HASH_LIST)
    essay, law = hamlet.worlds
    assert out.splitlines() == [
        f"run: {sum(path.is_file() for path in copy.rglob('*')) - 1} files, {size / 1e6:.1f} MB",
        "  written by demerit 0.1.0, as this program is",
        "  every byte is as listed in MANIFEST.sha256",
        "  run again from its manifest:",
        f"    essay: indicators, {essay.rows} ledger entries and state at the end are identical",
        f"    ordinary-law: indicators, {law.rows} ledger entries and state at the end are identical",
        "identical",
    ]


def test_no_preset_is_looked_at_when_a_run_is_repeated(
    copy: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: object) -> Regime:
        raise AssertionError(f"the preset {name} was read")

    monkeypatch.setattr(Regime, "load", staticmethod(gone))
    assert verify(copy)[0] == 0


def test_a_patched_regime_is_repeated_as_it_was_stored(
    tmp_path: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.runs import carry_out

    mine = write_regime(tmp_path / "mine.toml", **{"conduct.road.crosswalk.fine": 150})
    carry_out(tmp_path / "run", regime=str(mine), against=None, ledger="none", threads=2, shards=3)
    mine.unlink()
    monkeypatch.chdir(tmp_path)
    code, out, _ = verify(tmp_path / "run")
    assert (code, out.splitlines()[-1]) == (0, "identical")


def test_the_first_indicator_that_differs_is_named_with_both_values(copy: Path, verify: Verify) -> None:
    picked = (pl.col("indicator") == "records") & (pl.col("world") == "ordinary-law")
    later = pl.col("month") >= pl.date(2014, 3, 1)
    wrong = pl.when(picked & later & (pl.col("by") == "all")).then(7.25).otherwise(pl.col("value"))
    path = copy / "indicators.parquet"
    true = pl.read_parquet(path).filter(picked & (pl.col("by") == "all")).sort("month")["value"][2]
    alter(path, lambda frame: frame.with_columns(wrong.alias("value")))
    seal(copy)
    code, out, _ = verify(copy)
    assert code == 1
    assert "    essay: indicators" in out
    assert out.splitlines()[-1] == (
        "first difference: world ordinary-law, indicators.parquet, value of records for all in the month to "
        f"2014-03-31: 7.25 in the folder, {true!r} when run again"
    )


def test_the_first_ledger_entry_that_differs_is_named_by_its_id(copy: Path, verify: Verify) -> None:
    rows = read_ledger(copy / "worlds/essay").collect().sort("id")
    wrong = rows.row(len(rows) // 2, named=True)
    dearer = pl.when(pl.col("id") == wrong["id"]).then(pl.col("amount") + 150).otherwise(pl.col("amount"))
    alter(copy / LEDGER, lambda frame: frame.with_columns(dearer.cast(pl.Int32).alias("amount")))
    seal(copy)
    code, out, _ = verify(copy)
    assert code == 1
    assert out.splitlines()[-1] == (
        f"first difference: world essay, worlds/essay/ledger, 2014, amount_cny of entry {wrong['id']} of "
        f"{wrong['date']} ({wrong['kind']}:{wrong['subject']}): {wrong['amount_cny'] + 1.5!r} in the folder, "
        f"{wrong['amount_cny']!r} when run again"
    )


@pytest.mark.parametrize("fault", ["left out", "twice"])
def test_an_entry_left_out_or_made_up_is_named(fault: str, copy: Path, verify: Verify) -> None:
    rows = read_ledger(copy / "worlds/essay").collect()
    if fault == "left out":
        alter(copy / LEDGER, lambda frame: frame.slice(0, len(frame) - 1))
        last = rows.row(-1, named=True)
        expected = f"presence of entry {last['id']} of {last['date']} .*: nothing in the folder, there when"
    else:
        alter(copy / LEDGER, lambda frame: pl.concat([frame, frame.tail(1)]))
        expected = "number of entries: .* in the folder, .* when run again"
    seal(copy)
    code, out, _ = verify(copy)
    assert code == 1
    assert re.search(expected, out.splitlines()[-1])


def test_a_figure_of_the_whole_run_is_compared_too(copy: Path, verify: Verify) -> None:
    told = json.loads((copy / "manifest.json").read_text())
    true = told["worlds"][1]["events"]
    told["worlds"][1]["events"] = true + 1
    (copy / "manifest.json").write_text(json.dumps(told))
    seal(copy)
    code, out, _ = verify(copy)
    assert (code, out.splitlines()[-1]) == (
        1,
        f"first difference: world ordinary-law, manifest.json, events: {true + 1} in the folder, {true} when "
        "run again",
    )


def test_another_version_is_named_and_compared_all_the_same(copy: Path, verify: Verify) -> None:
    told = json.loads((copy / "manifest.json").read_text())
    told["demerit"] = "0.0.9"
    (copy / "manifest.json").write_text(json.dumps(told))
    seal(copy)
    code, out, _ = verify(copy)
    assert code == 0
    assert (
        "  written by demerit 0.0.9; this is demerit 0.1.0: results may differ on purpose between versions, "
        "see the changelog\n"
    ) in out
    assert out.splitlines()[-1] == "identical"


def test_a_manifest_of_a_later_kind_is_checked_by_its_files_and_not_run(copy: Path, verify: Verify) -> None:
    told = json.loads((copy / "manifest.json").read_text())
    told.update(schema_version=99, demerit="9.0.0")
    (copy / "manifest.json").write_text(json.dumps(told))
    seal(copy)
    code, out, _ = verify(copy, "--files-only")
    assert code == 0
    assert "written by demerit 9.0.0; this is demerit 0.1.0" in out
    code, out, err = verify(copy)
    assert code == 2
    assert "every byte is as listed" in out
    assert "has schema_version 99; this program reads 1; open the run with the version" in err


# every byte


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a bit of the ledger": (lambda run: flip(run / LEDGER, 999), rf"{LEDGER}: altered \(SHA-256 \w+…, not"),
    "a bit of the manifest": (lambda run: flip(run / "manifest.json", 5), r"manifest\.json: altered"),
    "a bit of the list": (lambda run: flip(run / HASH_LIST, 9), "altered|missing"),
    "a file cut short": (lambda run: os.truncate(run / LEDGER, 100), f"{LEDGER}: altered"),
    "a file cut to nothing": (lambda run: os.truncate(run / "plan.json", 0), r"plan\.json: altered"),
    "a file gone": (lambda run: (run / LEDGER).unlink(), f"{LEDGER}: missing"),
    "a file too many": (lambda run: (run / "worlds/notes").touch(), r"worlds/notes: not in MANIFEST\.sha256"),
    "a link for a file": (lambda run: link(run / LEDGER), f"{LEDGER}: not a plain file"),
    "no list": (lambda run: (run / HASH_LIST).unlink(), r"MANIFEST\.sha256: missing"),
    "no manifest": (lambda run: (run / "manifest.json").unlink(), r"manifest\.json: missing"),
}


def link(path: Path) -> None:
    kept = path.rename(path.parents[3] / "elsewhere")
    path.symlink_to(kept)


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_happens_to_a_file_is_found_and_nothing_is_run(
    fault: str, copy: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(self: LivedWorld) -> None:
        raise AssertionError("a world was lived")

    monkeypatch.setattr(LivedWorld, "live", never)
    act, expected = FAULTS[fault]
    act(copy)
    code, out, _ = verify(copy)
    assert code == 1
    assert re.search(r"  \d+ files? differs? from MANIFEST\.sha256:\n    ", out)
    assert re.search(expected, out)
    assert verify(copy, "--quiet")[:2] == (1, "")


INTERRUPTED = "half.partial is an interrupted run; continue it with `demerit resume half.partial`"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "nowhere does not exist; give the folder a run has written"),
        ("other", "other is not a run folder: it has no manifest.json and no MANIFEST.sha256"),
        (
            "half.partial",
            "half.partial is an interrupted run; continue it with `demerit resume half.partial`",
        ),
        ("half", "half.partial is an interrupted run; continue it with `demerit resume half.partial`"),
    ],
)
def test_what_is_no_finished_run_is_refused(name: str, message: str, copy: Path, verify: Verify) -> None:
    (copy.parent / "other").mkdir()
    (copy.parent / "half.partial").mkdir()
    assert verify(copy.parent / name) == (2, "", f"demerit: {message}\n")


def test_ctrl_c_leaves_nothing_behind(
    copy: Path, verify: Verify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def press(self: LivedWorld) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(LivedWorld, "live", press)
    code, out, err = verify(copy)
    assert (code, err) == (3, "demerit: interrupted; nothing is left behind\n")
    assert "identical" not in out
    assert not list(scratch.iterdir())
    assert read_manifest(copy).days == 365
