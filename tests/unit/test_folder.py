"""Run folders: complete or resumable, never half; and every flipped bit has a name."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from demerit.engine import folder as folder_module
from demerit.engine.disk import shown
from demerit.engine.folder import RunFolder, free_name, open_run, verify_folder
from demerit.engine.hashlist import HASH_LIST
from demerit.errors import RunFolderError, UsageError


def finished_run(path: Path) -> Path:
    """Write a small run folder with files at the top and below."""
    with RunFolder.create(path) as folder:
        (folder.path / "manifest.json").write_text('{"kind": "run"}\n')
        (folder.path / "ledger").mkdir()
        (folder.path / "ledger" / "2014-000.parquet").write_bytes(bytes(range(64)))
        (folder.path / "ledger" / "empty").write_bytes(b"")
        return folder.complete()


def test_a_run_appears_under_its_name_only_when_it_is_complete(tmp_path: Path) -> None:
    final = tmp_path / "runs" / "essay-1"
    with RunFolder.create(final) as folder:
        assert folder.path == tmp_path / "runs" / "essay-1.partial"
        (folder.path / "indicators.txt").write_text("1")
        assert not final.exists()
        assert folder.complete() == final == folder.path
    assert [path.name for path in final.parent.iterdir()] == ["essay-1"]
    assert verify_folder(final) == []
    assert open_run(final) == final


def test_the_list_of_hashes_is_read_by_the_usual_tool(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", HASH_LIST], cwd=run, capture_output=True, text=True, check=True
    )
    assert checked.stdout.splitlines() == [
        "ledger/2014-000.parquet: OK",
        "ledger/empty: OK",
        "manifest.json: OK",
    ]
    assert str(tmp_path) not in (run / HASH_LIST).read_text()


def test_an_empty_folder_may_become_a_run(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert verify_folder(finished_run(tmp_path / "out")) == []


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    before = (run / HASH_LIST).read_bytes()
    with pytest.raises(
        UsageError, match=r"run exists and is not empty; remove it or choose another folder with --out"
    ):
        RunFolder.create(run)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="file exists and is not a folder"):
        RunFolder.create(tmp_path / "file")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="link exists and is not a folder"):
        RunFolder.create(tmp_path / "link")
    assert (run / HASH_LIST).read_bytes() == before
    assert not list(tmp_path.glob("*.partial"))


def test_a_killed_run_leaves_a_partial_folder_that_can_be_resumed(tmp_path: Path) -> None:
    program = """
        import os, signal, sys
        from pathlib import Path
        from demerit.engine.folder import RunFolder
        folder = RunFolder.create(Path(sys.argv[1]))
        (folder.path / "day-10").write_text("state")
        (folder.path / "day-20.tmp").write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)
    """
    final = tmp_path / "run"
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(program), str(final)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.iterdir()] == ["run.partial"]
    for path in (final, tmp_path / "run.partial"):
        with pytest.raises(RunFolderError, match=r"run\.partial is an interrupted run; continue it with"):
            open_run(path)
    with pytest.raises(UsageError, match=r"run\.partial is left of an interrupted run; continue it with"):
        RunFolder.create(final)
    for path in (final, tmp_path / "run.partial"):
        with RunFolder.resume(path) as folder:
            assert [entry.name for entry in folder.path.iterdir()] == ["day-10"]
    with RunFolder.resume(final) as folder:
        folder.complete()
    assert verify_folder(final) == []
    with pytest.raises(RunFolderError, match="run is complete already; nothing to resume"):
        RunFolder.resume(final)
    with pytest.raises(RunFolderError, match="other is not an interrupted run"):
        RunFolder.resume(tmp_path / "other")


def test_a_run_in_progress_is_left_alone_by_others(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path / "run") as folder:
        for take in (RunFolder.create, RunFolder.resume):
            with pytest.raises(UsageError, match=r"run\.partial is being written by another process"):
                take(tmp_path / "run")
        (folder.path / "x").write_text("x")
        folder.complete()
    assert verify_folder(tmp_path / "run") == []


def test_processes_that_ask_at_once_get_different_names(tmp_path: Path) -> None:
    (tmp_path / "runs" / "essay-2").mkdir(parents=True)
    names: list[Path] = []
    barrier = threading.Barrier(8)

    def ask() -> None:
        barrier.wait()
        for _ in range(5):
            names.append(free_name(tmp_path / "runs", "essay"))

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    numbers = sorted(int(path.name.removeprefix("essay-")) for path in names)
    assert numbers == [1, *range(3, 42)]
    with RunFolder.create(names[0]) as folder:
        (folder.path / "x").write_text("x")
        folder.complete()
    assert free_name(tmp_path / "runs", "essay").name == "essay-42"


def test_every_flipped_bit_of_every_file_is_named(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    for name in ("manifest.json", "ledger/2014-000.parquet"):
        path = run / name
        content = path.read_bytes()
        for bit in range(8 * len(content)):
            flipped = bytearray(content)
            flipped[bit // 8] ^= 1 << bit % 8
            path.write_bytes(flipped)
            (found,) = verify_folder(run)
            assert found.startswith(f"{name}: altered (SHA-256 ")
        path.write_bytes(content)
    assert verify_folder(run) == []


def test_every_flipped_bit_of_the_list_itself_is_found(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    content = (run / HASH_LIST).read_bytes()
    for bit in range(8 * len(content)):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        (run / HASH_LIST).write_bytes(flipped)
        assert verify_folder(run) != [], f"bit {bit}"
    for length in range(len(content)):
        (run / HASH_LIST).write_bytes(content[:length])
        assert verify_folder(run) != [], f"{length} bytes"


def test_missing_and_extra_files_are_named(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    (run / "ledger" / "empty").unlink()
    (run / "ledger" / "more").write_text("x")
    (run / "manifest.json").unlink()
    (run / "manifest.json").symlink_to("/dev/null")
    expected = [
        "ledger/empty: missing",
        f"ledger/more: not in {HASH_LIST}",
        "manifest.json: not a plain file",
    ]
    assert verify_folder(run) == expected
    with pytest.raises(RunFolderError, match="altered after the run: 3 files differ") as refused:
        open_run(run)
    assert str(refused.value).splitlines()[1:] == [f"  {line}" for line in expected]


def test_a_list_that_names_a_file_twice_or_not_at_all_is_altered(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    content = (run / HASH_LIST).read_text()
    (run / HASH_LIST).write_text(content + content)
    assert verify_folder(run) == [f"{HASH_LIST}: altered (line 4 names ledger/2014-000.parquet again)"]
    (run / HASH_LIST).write_bytes(b"\xff\xfe\n")
    assert verify_folder(run) == [f"{HASH_LIST}: altered (not text)"]
    (run / HASH_LIST).unlink()
    assert verify_folder(run) == [f"{HASH_LIST}: missing"]
    with pytest.raises(RunFolderError, match=f"is not a finished run: it has no {HASH_LIST}"):
        open_run(run)


def test_opening_looks_at_all_of_a_small_folder_and_verifying_at_all_of_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = finished_run(tmp_path / "run")
    (run / "ledger" / "2014-000.parquet").write_bytes(b"other")
    with pytest.raises(RunFolderError, match=r"ledger/2014-000\.parquet: altered"):
        open_run(run)
    monkeypatch.setattr(folder_module, "READ_AT_OPENING", 0)  # as if the folder held more than is read
    assert open_run(run) == run
    (found,) = verify_folder(run)
    assert re.fullmatch(
        r"ledger/2014-000\.parquet: altered \(SHA-256 [0-9a-f]{12}…, not [0-9a-f]{12}…\)", found
    )
    (run / "manifest.json").write_text("{}")
    with pytest.raises(
        RunFolderError, match=r"1 file differs from MANIFEST\.sha256\n  manifest\.json: altered"
    ):
        open_run(run)


def test_opening_nothing_says_so(tmp_path: Path) -> None:
    for name in ("run", "run.partial"):
        with pytest.raises(RunFolderError, match=f"{name} does not exist; give the folder a run has written"):
            open_run(tmp_path / name)
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunFolderError, match="file is not a finished run"):
        open_run(tmp_path / "file")


def test_a_folder_with_a_link_or_an_unlistable_name_is_not_completed(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path / "run") as folder:
        (folder.path / "link").symlink_to(tmp_path)
        with pytest.raises(RunFolderError, match=r"link is not a plain file"):
            folder.complete()
        (folder.path / "link").unlink()
        (folder.path / "two\nlines").write_text("x")
        with pytest.raises(RunFolderError, match="rename it in plain letters"):
            folder.complete()
    assert [path.name for path in tmp_path.iterdir()] == ["run.partial"]


def test_a_run_whose_name_could_not_be_forced_to_the_disk_can_be_completed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with RunFolder.create(tmp_path / "run") as folder:
        (folder.path / "x").write_text("x")
        with monkeypatch.context() as patched:
            patched.setattr(folder_module, "sync_folder", refuse)
            with pytest.raises(RunFolderError, match="Input/output error"):
                folder.complete()
        assert [path.name for path in tmp_path.iterdir()] == ["run.partial"]
        assert folder.complete() == tmp_path / "run"
    assert verify_folder(tmp_path / "run") == []


REFUSALS = [
    (errno.ENOSPC, "no space is left on the disk; free some, or choose a folder on another disk with --out"),
    (errno.EROFS, "the disk is read-only; choose another folder with --out"),
    (errno.EACCES, "permission is denied; choose a folder you may write to with --out"),
    (errno.EIO, "Input/output error"),
]


@pytest.mark.parametrize(("code", "message"), REFUSALS)
def test_a_disk_that_refuses_is_told_in_one_sentence_and_leaves_the_partial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, message: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with RunFolder.create(tmp_path / "run") as folder:
        (folder.path / "x").write_text("x")
        for target, name in ((os, "fsync"), (Path, "rename"), (Path, "replace")):
            with monkeypatch.context() as patched:
                patched.setattr(target, name, refuse)
                with pytest.raises(RunFolderError) as refused:
                    folder.complete()
            assert str(refused.value).startswith("cannot write ")
            assert str(refused.value).endswith(f": {message}")
            assert [path.name for path in tmp_path.iterdir()] == ["run.partial"]
        folder.complete()
    assert verify_folder(tmp_path / "run") == []

    monkeypatch.setattr(Path, "mkdir", refuse)
    for begin in (lambda: RunFolder.create(tmp_path / "new"), lambda: free_name(tmp_path / "runs", "essay")):
        with pytest.raises(RunFolderError, match="cannot write"):
            begin()


def test_paths_are_shown_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "runs" / "essay-1") == "runs/essay-1"
    assert shown(Path("runs") / ".." / "runs" / "essay-1") == "runs/essay-1"
    assert shown(Path("/elsewhere/essay-1")) == "/elsewhere/essay-1"
