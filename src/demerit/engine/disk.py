"""Write files whole or not at all, and say in one sentence why the disk refused."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from demerit.errors import DiskError, RunFolderError

TEMPORARY = ".tmp"
"""Ending of a file or folder that is being written; what a crash leaves under it is never read."""

_REASONS = {
    errno.ENOSPC: "no space is left on the disk; free some, or choose a folder on another disk with --out",
    errno.EDQUOT: "your quota on this disk is used up; free some space, or choose another folder with --out",
    errno.EROFS: "the disk is read-only; choose another folder with --out",
    errno.EACCES: "permission is denied; choose a folder you may write to with --out",
    errno.EPERM: "permission is denied; choose a folder you may write to with --out",
}

_BROKEN = {errno.ENOSPC, errno.EDQUOT, errno.EIO}
"""What is no fault of the request: it could be carried out on another disk, or later."""


def shown(path: Path) -> str:
    """Return a path as people should read it: relative to the working folder where it lies inside.

    >>> shown(Path.cwd() / "runs" / "essay-1")
    'runs/essay-1'
    """
    try:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the user named them
        return absolute.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


@contextmanager
def refusals(path: Path, action: str = "write") -> Iterator[None]:
    """Turn what the operating system refuses inside the block into a `RunFolderError` about ``path``.

    A disk that is full or broken becomes a `DiskError`.
    """
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        kind = DiskError if error.errno in _BROKEN else RunFolderError
        raise kind(f"cannot {action} {shown(path)}: {reason}") from error


def write_whole(path: Path, *pieces: bytes | memoryview) -> str:
    """Write a file under a temporary name, force it to the disk and give it its name.

    Returns:
        The SHA-256 of the content, hexadecimal.

    Raises:
        RunFolderError: the disk refused; the temporary file is removed and no half-written file has the name.
    """
    temporary = path.with_name(path.name + TEMPORARY)
    digest = hashlib.sha256()
    with refusals(path):
        try:
            with temporary.open("wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    return digest.hexdigest()


def sync_folder(path: Path) -> None:
    """Force the names in a folder to the disk, so that a rename outlives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path, *, sync: bool = False) -> str:
    """Return the SHA-256 of a file's content; with ``sync`` the content is forced to the disk first."""
    with path.open("rb") as file:
        if sync:
            os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()
