"""A run that is killed at any moment leaves nothing wrong, and goes on to the same bits."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.runs import digests, with_tests

from demerit.cli import main
from demerit.engine import disk
from demerit.engine.folder import verify_folder
from demerit.errors import RunFolderError
from demerit.study.run import resume

SCRIPT = """
import json, os, signal, sys
from pathlib import Path
from demerit.engine import checkpoints, folder
from demerit.study import lived, run
from tests.runs import carry_out

def kill_at(place, name, when, turn=1, after=False):
    act, left = getattr(place, name), [turn]
    def killing(*given, **named):
        if when(*given):
            left[0] -= 1
            if left[0] == 0:
                if after:
                    act(*given, **named)
                os.kill(os.getpid(), signal.SIGKILL)
        return act(*given, **named)
    setattr(place, name, killing)

lived.CHECKPOINT_DAYS = 60
for name, moment in json.loads(sys.argv[1]).items():
    child = os.fork()  # the kernels are loaded once for all
    if child == 0:
        os.mkdir(name)
        os.chdir(name)
        exec(moment)
        carry_out(Path("run"))
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WTERMSIG(status) == signal.SIGKILL, (name, status)
"""
TO_COMMAND = "on a day like any other"
MOMENTS = {
    "while a ledger part is given its name": (
        'kill_at(Path, "replace", lambda path, *_: path.name == "2014-002.parquet.tmp")'
    ),
    "after a ledger part, before its checkpoint": (
        'kill_at(Path, "replace", lambda path, *_: path.name == "2014-003.parquet.tmp", after=True)'
    ),
    "in the middle of the files of a checkpoint": (
        'kill_at(checkpoints, "_write_array", lambda path, _: path.name == "counters.npy", 3)'
    ),
    "before a checkpoint is given its name": (
        'kill_at(Path, "rename", lambda path, *_: path.name == "day-000180.tmp")'
    ),
    "while an old checkpoint is removed": (
        'kill_at(Path, "rename", lambda path, *_: path.name == "day-000240.tmp", after=True)'
    ),
    "while the manifest is written": 'kill_at(run, "write_manifest", lambda *_: True)',
    "while the list of hashes is written": 'kill_at(folder, "write_hash_list", lambda *_: True, after=True)',
    "before the folder is given its name": (
        'kill_at(Path, "rename", lambda path, *_: path.name == "run.partial")'
    ),
}
LAST, AT_THE_END = "before the folder is given its name", "after the folder has its name"


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the hamlet once for every moment, in processes that are killed then; return where they ran."""
    place = tmp_path_factory.mktemp("killed")
    moments = {
        **MOMENTS,
        AT_THE_END: f"{MOMENTS[LAST].removesuffix(')')}, after=True)",
        TO_COMMAND: 'kill_at(lived.LivedWorld, "_after_day", lambda _, world: world.day == 203)',
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(moments)],
        cwd=place,
        env=with_tests(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return place


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_goes_on_to_the_same_bits(moment: str, killed: Path, hamlet: Any) -> None:
    assert [path.name for path in (killed / moment).iterdir()] == ["run.partial"]
    if moment == LAST:  # nothing is lost, so take something away: a checkpoint half removed is not used
        kept = max((killed / moment / "run.partial/worlds/essay/checkpoints").iterdir())
        (kept / "state.npy").unlink()
    done = resume(killed / moment / "run")
    assert digests(done) == digests(hamlet)
    assert (done.folder / "indicators.parquet").read_bytes() == (
        hamlet.folder / "indicators.parquet"
    ).read_bytes()
    assert verify_folder(done.folder) == []
    assert not list(done.folder.rglob("*.tmp"))


def test_the_command_resumes_a_killed_run_and_verifies_it(
    killed: Path,
    tmp_path: Path,
    hamlet: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(killed / TO_COMMAND, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    told = []
    for words in (["resume", "run"], ["verify", "run"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        told.append(capsys.readouterr().out)
        assert ended.value.code == 0
    assert f"digest of the first world: {digests(hamlet)[0]}" in told[0]
    assert told[1].endswith("state at the end are identical\nidentical\n")


def test_a_run_killed_after_its_folder_has_its_name_is_finished(killed: Path) -> None:
    assert verify_folder(killed / AT_THE_END / "run") == []
    with pytest.raises(RunFolderError, match="is complete already; nothing to resume"):
        resume(killed / AT_THE_END / "run")


# what the command line says


def refuse(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refusing(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().name.startswith("2014-"):
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(disk.os, "fsync", refusing)


@pytest.mark.parametrize(
    ("code", "ended", "told"),
    [
        (
            errno.ENOSPC,
            1,
            "no space is left on the disk; free some, or choose a folder on another disk with --out",
        ),
        (errno.EIO, 1, "Input/output error"),
        (errno.EROFS, 2, "the disk is read-only; choose another folder with --out"),
        (errno.EACCES, 2, "permission is denied; choose a folder you may write to with --out"),
    ],
)
def test_a_disk_that_refuses_has_its_exit_code(
    code: int,
    ended: int,
    told: str,
    hamlet: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        refuse(patch, code)
        with pytest.raises(SystemExit) as stopped:
            main(["run", "--society", "hamlet", "--years", "1", "--out", "run", "--quiet"])
    out, err = capsys.readouterr()
    assert (stopped.value.code, out) == (ended, "")
    assert told in err
    assert "Traceback" not in err
    if ended == 1:
        assert err.endswith("; then go on with: demerit resume run.partial\n")
        assert digests(resume(tmp_path / "run")) == digests(hamlet)
    shutil.rmtree(tmp_path / ("run" if ended == 1 else "run.partial"))
