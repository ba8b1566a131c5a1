"""Run folders: written under another name, complete or resumable, and checked file by file.

A run is written in ``<name>.partial`` beside its final place and renamed when everything, the list of hashes
included, has reached the disk. A crash leaves the ``.partial`` folder only; of a finished folder that was
altered, the files that differ are named.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from demerit.engine.disk import TEMPORARY, refusals, shown, sync_folder
from demerit.engine.hashlist import HASH_LIST, differences, files_under, size_of, write_hash_list
from demerit.errors import RunFolderError, UsageError

PARTIAL = ".partial"
READ_AT_OPENING = 64 * 2**20
"""Bytes of a folder that are compared with their hashes whenever it is opened: a tenth of a second's work."""


class RunFolder:
    """A run folder being written, held by this process alone until it is complete or released.

    Attributes:
        final: where the folder will be when it is complete.
        path: where it is now; files are written here.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as root, RunFolder.create(Path(root) / "essay-1") as folder:
    ...     _ = (folder.path / "indicators.txt").write_text("none yet")
    ...     print(folder.path.name, folder.complete().name, verify_folder(folder.path))
    essay-1.partial essay-1 []
    """

    def __init__(self, final: Path, handle: int) -> None:
        self.final = _absolute(final)
        self.path = _partial(final)
        self._handle: int | None = handle

    @classmethod
    def create(cls, path: Path) -> Self:
        """Begin a new run folder.

        Args:
            path: its final place: absent, empty, or reserved by `free_name`.

        Raises:
            UsageError: the place is taken by a file, a finished run, an interrupted run or a running one.
            RunFolderError: the disk refused.
        """
        refuse_taken(path)
        partial = _partial(path)
        with refusals(partial):
            partial.mkdir(parents=True, exist_ok=True)
        folder = cls(path, _hold(partial))
        try:
            # Another process may have finished the same folder between the first look and the lock.
            refuse_taken(path)
            if any(partial.iterdir()):
                raise UsageError(
                    f"{shown(partial)} is left of an interrupted run; continue it with `demerit resume "
                    f"{shown(partial)}`, remove it, or choose another folder with --out"
                )
        except BaseException:
            with suppress(OSError):
                partial.rmdir()  # goes only if it is empty
            folder.release()
            raise
        return folder

    @classmethod
    def resume(cls, path: Path) -> Self:
        """Take an interrupted run folder up again and clear away files that were half written.

        Args:
            path: the ``.partial`` folder, or the place it would have had.

        Raises:
            UsageError: another process is writing it.
            RunFolderError: there is no interrupted run there, or the disk refused.
        """
        whole = _absolute(path)
        final = whole.parent / whole.name.removesuffix(PARTIAL)
        partial = _partial(final)
        if not partial.is_dir():
            state = "is complete already" if (final / HASH_LIST).is_file() else "is not an interrupted run"
            raise RunFolderError(f"{shown(path)} {state}; nothing to resume")
        folder = cls(final, _hold(partial))
        with refusals(partial):
            (partial / HASH_LIST).unlink(missing_ok=True)
            for leftover in list(partial.rglob("*" + TEMPORARY)):
                if leftover.is_dir():
                    shutil.rmtree(leftover)
                else:
                    leftover.unlink(missing_ok=True)
        return folder

    def complete(self) -> Path:
        """Write the list of hashes, force everything to the disk and give the folder its final name.

        Raises:
            RunFolderError: the disk refused, or the final place was taken meanwhile; the ``.partial`` stays.
        """
        write_hash_list(self.path)
        with refusals(self.final):
            self.path.rename(self.final)
            try:
                sync_folder(self.final.parent)
            except OSError:
                self.final.rename(self.path)  # told as failed, so that it can be resumed and not found taken
                raise
            self.path = self.final
        self.release()
        return self.final

    def abandon(self) -> None:
        """Remove the folder again: the request turned out to be one that cannot be carried out."""
        with suppress(OSError):
            shutil.rmtree(self.path)
        self.release()

    def release(self) -> None:
        """Let other processes at the folder; what is written stays."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def free_name(root: Path, stem: str) -> Path:
    """Reserve ``<root>/<stem>-<n>`` with the first free n and return it, for `RunFolder.create`.

    The reservation is an empty ``.partial`` folder, so two processes never get the same name.

    Raises:
        RunFolderError: the disk refused.
    """
    with refusals(root):
        root.mkdir(parents=True, exist_ok=True)
        number = 0
        while True:
            number += 1
            path = root / f"{stem}-{number}"
            if path.exists():
                continue
            with suppress(FileExistsError):
                _partial(path).mkdir()
                if not path.exists():
                    return path
                _partial(path).rmdir()  # finished by another process between the two looks


def is_held(partial: Path) -> bool:
    """Tell whether a process is writing an unfinished run folder."""
    try:
        os.close(_hold(partial))
    except UsageError:
        return True
    return False


def verify_folder(path: Path, look: Callable[[int], None] = lambda size: None) -> list[str]:
    """Name every file of a finished run folder that is missing, extra or altered; an empty list means none.

    Every byte is read, so a single flipped bit is found; ``look`` is told the bytes of every file read.
    """
    return differences(path, look=look)


def open_run(path: Path) -> Path:
    """Return a finished run folder after a quick check.

    Every listed file must be there and no other, and the files at the top of the folder must be unaltered,
    those below too where all together are small; more than that is compared by `verify_folder` only.

    Raises:
        RunFolderError: nothing is there, the run was interrupted, or the folder was altered, with every
            difference.
    """
    if path.name.endswith(PARTIAL) or (not path.exists() and _partial(path).is_dir()):
        partial = path if path.name.endswith(PARTIAL) else _partial(path)
        if not partial.is_dir():
            raise RunFolderError(f"{shown(path)} does not exist; give the folder a run has written")
        raise RunFolderError(
            f"{shown(partial)} is an interrupted run; continue it with `demerit resume {shown(partial)}`"
        )
    if not path.exists():
        raise RunFolderError(f"{shown(path)} does not exist; give the folder a run has written")
    if not (path / HASH_LIST).is_file():
        raise RunFolderError(f"{shown(path)} is not a finished run: it has no {HASH_LIST}")
    with refusals(path, "read"):
        small = sum(size_of(file) for _, file in files_under(path)) <= READ_AT_OPENING
    found = differences(path, hashed=lambda name: small or "/" not in name)
    if found:
        count = "1 file differs" if len(found) == 1 else f"{len(found)} files differ"
        listed = "\n".join(f"  {line}" for line in found)
        raise RunFolderError(f"{shown(path)} was altered after the run: {count} from {HASH_LIST}\n{listed}")
    return path


def _absolute(path: Path) -> Path:
    """Give ``.`` and ``..`` their names; links stay as the user named them."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _partial(path: Path) -> Path:
    whole = _absolute(path)
    return whole.parent / (whole.name + PARTIAL)


def refuse_taken(path: Path) -> None:
    """Refuse a place for a run folder that holds something already.

    Raises:
        UsageError: there is a file, or a folder that is not empty, or the name is kept for interrupted runs.
    """
    if _absolute(path).name.endswith(PARTIAL):
        raise UsageError(
            f"{shown(path)}: names that end in {PARTIAL} are for interrupted runs; choose another with --out"
        )
    with refusals(path, "read"):
        folder = path.is_dir() and not path.is_symlink()
        taken = any(path.iterdir()) if folder else path.exists() or path.is_symlink()
    if taken:
        what = "empty" if folder else "a folder"
        raise UsageError(
            f"{shown(path)} exists and is not {what}; remove it or choose another folder with --out"
        )


def _hold(partial: Path) -> int:
    """Lock a folder for this process; the lock ends with the process, however that ends."""
    with refusals(partial):
        handle = os.open(partial, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise UsageError(
            f"{shown(partial)} is being written by another process; wait for it, or choose another folder "
            "with --out"
        ) from None
    except OSError:
        pass  # a file system without locks: the exclusive names still guard against a second fresh run
    return handle
