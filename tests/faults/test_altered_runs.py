"""Nothing wrong is ever read back as right: altered files, full disks, two at once."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.runs import carry_out, digests

from demerit.cli import main
from demerit.engine import disk
from demerit.engine.folder import RunFolder, verify_folder
from demerit.errors import RunFolderError
from demerit.study import lived
from demerit.study.run import Interrupted, resume

STOP = 100
CHECKPOINT = Path(f"worlds/essay/checkpoints/day-{STOP:06d}")
LEDGER = Path("worlds/essay/ledger")


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a hamlet's run that was stopped after a hundred days."""
    folder = tmp_path_factory.mktemp("stopped") / "run"
    after_day = lived.LivedWorld._after_day

    def stop_then(self: lived.LivedWorld, world: Any) -> None:
        if world.day == STOP and self.name == "essay":
            self.stop.set()
        after_day(self, world)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lived.LivedWorld, "_after_day", stop_then)
        with pytest.raises(Interrupted):
            carry_out(folder)
    return folder.with_name("run.partial")


@pytest.fixture
def copy(stopped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the stopped run, in the folder one stands in."""
    shutil.copytree(stopped, tmp_path / "run.partial")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "run.partial"


def refusal(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Resume from the command line, expect to be refused, and return the message."""
    with pytest.raises(SystemExit) as ended:
        main(["resume", folder.name])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert "Traceback" not in err
    assert folder.is_dir()
    assert not folder.with_name("run").exists()
    return err


def flip(path: Path, place: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def cut(path: Path, kept: int) -> None:
    os.truncate(path, kept)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_copy_itself_can_be_resumed(copy: Path, hamlet: Any) -> None:
    assert digests(resume(copy)) == digests(hamlet)


def test_a_flipped_bit_in_a_checkpoint_is_refused_by_name(
    stopped: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("MANIFEST.sha256", "meta.json", "pending.npy", "state.npy"):
        path = copy / CHECKPOINT / name
        flip(path, path.stat().st_size // 2, 3)
        message = refusal(copy, capsys)
        assert message.startswith(f"demerit: run.partial/{CHECKPOINT} cannot be used:\n")
        assert ("altered" if name == "MANIFEST.sha256" else name) in message
        shutil.copy(stopped / CHECKPOINT / name, path)


@pytest.mark.parametrize("fault", ["cut", "gone", "extra"])
def test_a_checkpoint_with_a_file_cut_gone_or_added_is_refused(
    fault: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / CHECKPOINT / "state.npy"
    if fault == "cut":
        cut(path, path.stat().st_size - 1)
    elif fault == "gone":
        path.unlink()
    else:
        path = path.with_name("more.npy")
        path.touch()
    assert path.name in refusal(copy, capsys)


def test_a_checkpoint_of_another_run_is_refused(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lived, "CHECKPOINT_DAYS", STOP)
    other = carry_out(tmp_path / "other", seed=2)
    shutil.rmtree(copy / CHECKPOINT)
    newest = max((other.folder / CHECKPOINT.parent).iterdir())
    shutil.copytree(newest, copy / CHECKPOINT.with_name(newest.name))
    assert "belongs to another run" in refusal(copy, capsys)


def test_an_altered_newest_checkpoint_gives_way_to_the_one_before(
    tmp_path: Path, hamlet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lived, "CHECKPOINT_DAYS", 60)

    def press(*_: object) -> None:
        raise KeyboardInterrupt

    from demerit.study.request import RunRequest
    from demerit.study.run import run

    with pytest.raises(Interrupted):
        run(RunRequest(society="hamlet", years=1, threads=1, out=str(tmp_path / "run")), finish=press)
    kept = tmp_path / "run.partial/worlds/essay/checkpoints"
    assert files(kept) == ["day-000240", "day-000300"]
    flip(kept / "day-000300/state.npy", 500)
    done = resume(tmp_path / "run")
    assert digests(done) == digests(hamlet)
    assert verify_folder(done.folder) == []


LEDGER_FAULTS: dict[str, Callable[[Path], object]] = {
    "cut short": lambda path: cut(path, path.stat().st_size // 2),
    "cut to nothing": lambda path: cut(path, 0),
    "one bit flipped": lambda path: flip(path, path.stat().st_size // 2),
    "gone": Path.unlink,
}


@pytest.mark.parametrize("fault", LEDGER_FAULTS)
def test_an_altered_ledger_part_is_refused_by_name(
    fault: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    LEDGER_FAULTS[fault](copy / LEDGER / "2014-000.parquet")
    message = refusal(copy, capsys)
    assert message.startswith(f"demerit: run.partial/{LEDGER}/2014-000.parquet ")
    assert "missing" in message if fault == "gone" else "altered" in message


def test_an_altered_plan_is_refused(stopped: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / "plan.json"
    text = path.read_text()
    for old, new in (
        ('"seed": 1', '"seed": 3'),
        ('"population": 200', '"population": 201'),
        ("0.05", "0.04"),
    ):
        assert old in text
        path.write_text(text.replace(old, new, 1))
        assert "plan.json was altered: it cannot be resumed" in refusal(copy, capsys)
    for broken in ("", "{", "[]", "{}", "\0", text[:-9], text.replace('"essay"', "7")):
        path.write_text(broken)
        assert "holds no readable plan.json" in refusal(copy, capsys)
    path.write_bytes(b"\xff\xfe")
    assert "holds no readable plan.json" in refusal(copy, capsys)
    path.unlink()
    assert "holds no readable plan.json" in refusal(copy, capsys)
    shutil.copy(stopped / "plan.json", path)


def test_what_a_crash_left_half_written_is_cleared_away(copy: Path, hamlet: Any) -> None:
    (copy / LEDGER / "2014-001.parquet").write_bytes(b"written after the checkpoint")
    (copy / LEDGER / "2014-002.parquet.tmp").write_bytes(b"half")
    shutil.copytree(copy / CHECKPOINT, copy / CHECKPOINT.with_name("day-000200.tmp"))
    (copy / "manifest.json.tmp").touch()
    (copy / "MANIFEST.sha256").write_text("")
    (copy / "overview.png").write_bytes(b"an old picture")
    done = resume(copy, finish=lambda run, folder: (folder / "overview.png").unlink())
    assert digests(done) == digests(hamlet)
    assert verify_folder(done.folder) == []
    assert not list(done.folder.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["state.npy", "MANIFEST.sha256", "2014-000.parquet", "manifest.json"])
def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(
    name: str, tmp_path: Path, hamlet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fill the disk when a file is to be forced onto it."""
    write = disk.os.fsync

    def full(handle: int) -> None:
        if name in Path(f"/proc/self/fd/{handle}").readlink().name:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(handle)

    monkeypatch.setattr(lived, "CHECKPOINT_DAYS", 150)
    with monkeypatch.context() as patch:
        patch.setattr(disk.os, "fsync", full)
        with pytest.raises(RunFolderError, match="no space is left on the disk"):
            carry_out(tmp_path / "run")
    assert files(tmp_path) == ["run.partial"]
    assert digests(resume(tmp_path / "run")) == digests(hamlet)


def test_a_run_that_is_being_written_is_left_alone(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = RunFolder.resume(copy)
    assert "is being written by another process" in refusal(copy, capsys)
    held.release()
    with pytest.raises(SystemExit):
        main(["run", "--society", "hamlet", "--years", "1", "--out", "run"])
    assert "continue it with `demerit resume run.partial`" in capsys.readouterr().err


def test_an_error_in_one_world_stops_the_other_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = lived.LivedWorld._hand_over
    days: dict[str, int] = {}

    def fail(self: lived.LivedWorld) -> None:
        days[self.name] = self.day
        if self.name == "essay":
            raise RunFolderError("the disk is gone")
        hand_over(self)

    monkeypatch.setattr(lived.LivedWorld, "_hand_over", fail)
    with pytest.raises(RunFolderError, match="the disk is gone"):
        carry_out(tmp_path / "run", threads=2, years=100)
    assert days["essay"] == 28
    assert days["ordinary-law"] < 100 * 365


def test_the_checkpoint_that_the_message_names_is_json_without_places(stopped: Path) -> None:
    meta = json.loads((stopped / CHECKPOINT / "meta.json").read_text())
    assert meta["day"] == STOP
    assert str(stopped.parent) not in json.dumps(meta)
